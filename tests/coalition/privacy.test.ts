// What is held on a person, all of it; and that erasing it leaves the figures as they were, and no byte of the person.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getTableName, is } from 'drizzle-orm';
import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { beforeEach, describe, expect, it } from 'vitest';
import { insertProof } from '../../db/actions.js';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { linkOf } from '../../db/links.js';
import { insertNotice } from '../../db/notices.js';
import { ownRows, writtenRows } from '../../db/privacy.js';
import * as schema from '../../db/schema.js';
import { rememberServer, updateServer } from '../../db/servers.js';
import { insertMerge, type Signature } from '../../db/signatures.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { logAction } from '../../src/coalition/action.js';
import { boardOf, showOnBoard } from '../../src/coalition/board.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { settlePerson } from '../../src/coalition/person.js';
import { sharePetition } from '../../src/coalition/petition.js';
import { forget, heldOn } from '../../src/coalition/privacy.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { keepTyped, sign, withdraw } from '../../src/coalition/signing.js';
import { aCount, aDatabase, everyRow, failureOf, hostServer, seal } from '../support/stories.js';

const rosa = '740000000000000004';
const luis = '750000000000000005';
const png = Buffer.from('the bytes of a photo');

/** Rosa signs, logs, shares and organizes: she is in every table that can name anybody; Luis signs and logs too. */
function aCampaign(database = aDatabase()) {
  const story = aCount({ database });
  const { petition, pen } = story;
  updateServer(database, hostServer, { signing: true, name: 'Semillas' });
  const by = (userId: string) => pen({ userId });
  const signAs = (userId: string, name: string) =>
    sign(
      database,
      by(userId),
      petition,
      { name, country: 'PE', comment: 'Por mi tierra', consent: true },
      seal,
    );
  const logAs = (userId: string, more: object = {}) => {
    const write = by(userId);
    return writeOnce(database, write, (connection, record) => {
      const made = logAction(connection, write, petition, { type: 'call', count: 3, ...more });
      record({ petitionId: petition.id, deed: 'action.log', detail: { action: made.id } });
      return made;
    });
  };
  const signed = signAs(rosa, 'Rosa Huamán');
  signAs(luis, 'Luis Quispe');
  const action = logAs(rosa, { outcome: 'Atendió Marta', note: 'Vivo en Puno', messageLink: 'https://d/1' });
  logAs(luis, { note: 'De Luis' });
  insertProof(database, { actionId: action.id, name: 'foto.png', contentType: 'image/png', bytes: png });
  showOnBoard(database, by(rosa), petition, 'Rosita');
  sharePetition(database, by(rosa), petition, '1');
  const link = { petitionId: petition.id, kind: 'member', subjectId: rosa, serverId: null } as const;
  linkOf(database, { ...link, code: 'ABCDEF', at: 1 });
  rememberServer(database, rosa, hostServer);
  const mine = { serverId: hostServer, userId: rosa, at: 1 };
  const inPetition = { petitionId: petition.id, ...mine };
  database
    .insert(schema.actionJoins)
    .values({ actionId: action.id, ...mine })
    .run();
  database
    .insert(schema.organizations)
    .values({ ...inPetition, name: { en: 'Semillas' }, state: 'proposed', representativeId: rosa })
    .run();
  database
    .insert(schema.invitations)
    .values({ ...inPetition, digest: 'x', expiresAt: 1 })
    .run();
  const target = database
    .insert(schema.targets)
    .values({ petitionId: petition.id, name: { en: 'A committee' } })
    .returning()
    .get();
  database
    .insert(schema.positions)
    .values({ targetId: target.id, value: 'undecided', ...mine })
    .run();
  const event = database
    .insert(schema.events)
    .values({ ...inPetition, name: { en: 'A march' }, place: 'Lima', day: '2023-07-19' })
    .returning()
    .get();
  database
    .insert(schema.turnouts)
    .values({ eventId: event.id, low: 1, high: 2, ...mine })
    .run();
  const sealed = seal.seal({ text: 'Ya basta', name: 'Rosa Huamán' });
  database
    .insert(schema.comments)
    .values({ ...inPetition, sealed, language: 'es', state: 'approved', reviewedBy: rosa })
    .run();
  database
    .insert(schema.memberNotices)
    .values({ ...mine, key: 'x', values: {} })
    .run();
  const delivery = database
    .insert(schema.deliveries)
    .values({ ...inPetition, targetId: target.id, day: '2023-07-19' })
    .returning()
    .get();
  database
    .insert(schema.responses)
    .values({ deliveryId: delivery.id, day: '2023-07-20', text: 'They will read it', ...mine })
    .run();
  database
    .insert(schema.packets)
    .values({ ...inPetition, format: 'pdf', language: 'es', sha256: 'x', size: 1, total: 1, names: 1 })
    .run();
  database
    .insert(schema.releaseFacts)
    .values({ ...inPetition, fact: 'contact', value: { en: 'the coalition' } })
    .run();
  const own: Partial<Write> = { userId: rosa };
  const { entry } = story.count('Página', 500, {}, own);
  story.batch('Hojas', 7, 0, own);
  story.voided(`observation:${entry.id}`, 'otra página', own);
  const byHand = story.add({ name: 'Rosa H.' }, own).entry as Signature;
  insertMerge(database, { signatureId: byHand.id, intoId: signed.id, userId: rosa, at: 1 });
  settlePerson(database, byHand);
  const sourceId = byHand.sourceId;
  const at = { serverId: hostServer, userId: rosa, at: 1 };
  const file = {
    staged: 'x',
    fileName: 'x.csv',
    state: 'done',
    consent: 'names',
    holder: 'x',
    leaseUntil: 1,
  } as const;
  database
    .insert(schema.imports)
    .values({ petitionId: petition.id, sourceId, ...file, ...at })
    .run();
  database
    .insert(schema.connections)
    .values({ sourceId, connector: 'x', settings: {}, nextAt: 1, ...at })
    .run();
  const version = {
    petitionId: petition.id,
    language: 'en',
    version: 1,
    text: 'x',
    authorId: rosa,
    at: 1,
  } as const;
  const statement = database.insert(schema.statements).values(version).returning().get();
  database
    .insert(schema.statementMatches)
    .values({ petitionId: petition.id, en: 1, es: 1, confirmedBy: rosa, at: 1 })
    .run();
  const post = { serverId: hostServer, channelId: '1', messageIds: [], postedBy: rosa, at: 1 };
  database
    .insert(schema.statementPosts)
    .values({ statementId: statement.id, ...post })
    .run();
  database.update(schema.petitions).set({ createdBy: rosa }).run();
  writeOnce(database, by(luis), (_connection, record) =>
    record({ deed: 'petition.edit', detail: { before: { createdBy: rosa }, told: `<@${rosa}>` } }),
  );
  insertNotice(database, { serverId: hostServer, key: 'x', values: { person: `<@${rosa}>` }, at: 1 });
  keepDraft(database, by(rosa), { half: 'typed' });
  keepTyped(database, by(rosa), seal, { name: 'Rosa' });
  return {
    ...story,
    by,
    forget(userId: string) {
      const write = by(userId);
      forget(database, write, seal, keepDraft(database, write, 'x'));
    },
    held: (userId: string) => heldOn(database, seal, userId),
    board: (by: 'member' | 'type') => {
      const { lines, rest, entries, count } = boardOf(database, { petitionId: petition.id }, by, 10);
      return { lines, rest, entries, count };
    },
  };
}

let story: ReturnType<typeof aCampaign>;
beforeEach(() => {
  story = aCampaign();
});

it('knows every column that names somebody', () => {
  const known = [...ownRows, ...writtenRows].map((column) => `${getTableName(column.table)}.${column.name}`);
  const tables = Object.values(schema).filter((one) => is(one, SQLiteTable));
  const columns = tables.flatMap((table) => {
    const { name, columns } = getTableConfig(table);
    return columns.map((column) => `${name}.${column.name}`);
  });
  expect(
    columns
      .filter((name) => /user_id$|(?<!answered)_by$|author_id$|representative_id$|subject_id$/.test(name))
      .sort(),
  ).toEqual(known.sort());
});

describe('what is held', () => {
  it('is all of it, opened, and nothing of anybody else', () => {
    const held = story.held(rosa);
    expect(held.signatures).toEqual([
      {
        petitionId: story.petition.id,
        petition: { en: 'Bring them home', es: 'Que regresen' },
        server: 'Semillas',
        name: 'Rosa Huamán',
        comment: 'Por mi tierra',
        country: 'PE',
        day: '2023-07-10',
        consent: true,
        state: 'counts',
        at: '2023-07-10T23:30:00.000Z',
      },
    ]);
    expect(held.proofs).toEqual([
      { actionId: expect.any(Number), name: 'foto.png', contentType: 'image/png', size: png.length },
    ]);
    const places = [...ownRows, ...writtenRows].map(({ table }) => getTableName(table));
    expect(Object.keys(held.rows).sort()).toEqual([...new Set(places)].sort());
    expect(held.rows.comments).toMatchObject([{ text: 'Ya basta', name: 'Rosa Huamán' }]);
    expect(held.rows.actions).toMatchObject([{ note: 'Vivo en Puno', outcome: 'Atendió Marta' }]);
    expect(held.rows.audit?.map(({ deed }) => deed)).toContain('action.log');
    expect(held.rows.signatures).toEqual([{ sourceId: expect.any(Number), importId: null, names: 1 }]);
    expect(JSON.stringify(held)).not.toMatch(/Luis|750000000000000005|Rosa H\./);
  });

  it('is nothing for who never used Minga', () => {
    expect(story.held('1')).toEqual({ account: '1', signatures: [], proofs: [], rows: {} });
  });

  it('says of a signature that was taken back that it doesn’t count, and has no name', () => {
    withdraw(story.database, story.by(luis), story.petition.id, seal);
    const [signature] = story.held(luis).signatures;
    expect(signature).toMatchObject({ state: 'takenOut', consent: false });
    expect(signature?.name).toBeUndefined();
  });
});

describe('forgetting', () => {
  it('leaves every figure as it was, and proves it', () => {
    const before = [story.lines(), story.figures(), story.board('type')];
    const { entries, count } = story.board('member');
    story.forget(rosa);
    expect([story.lines(), story.figures(), story.board('type')]).toEqual(before);
    expect(story.board('member')).toMatchObject({ entries, count });
    expect(story.board('member').lines).toMatchObject([{ key: '', count: 3 }]);
    expect(recountPetition(story.database, story.petition.id)).toEqual([]);
  });

  it('leaves nothing of the person: no row, no text, no byte of the file', () => {
    story.forget(rosa);
    const bytes = story.database.$client.serialize();
    for (const gone of [
      rosa,
      'Ya basta',
      'Rosita',
      'Vivo en Puno',
      'Marta',
      'ABCDEF',
      'https://d/1',
      png.toString(),
    ]) {
      expect(bytes.includes(gone), gone).toBe(false);
    }
    expect(story.held(rosa)).toMatchObject({ signatures: [{ state: 'counts' }], proofs: [], rows: {} });
    expect(story.held(rosa).signatures[0]?.name).toBeUndefined();
    const last = everyRow(story.database).audit?.at(-1);
    expect(last).toMatchObject({ deed: 'privacy.forget', user_id: null, detail: '{}' });
  });

  it('leaves nothing in the files on the disk either', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'minga-'));
    const file = path.join(folder, 'minga.sqlite');
    const database = openDatabase(file);
    try {
      const onDisk = () => Buffer.concat([file, `${file}-wal`].map((one) => readFileSync(one)));
      const campaign = aCampaign(database);
      expect(onDisk().includes('Vivo en Puno')).toBe(true);
      campaign.forget(rosa);
      for (const gone of [rosa, 'Vivo en Puno', png.toString()]) expect(onDisk().includes(gone)).toBe(false);
    } finally {
      closeDatabase(database);
      rmSync(folder, { recursive: true });
    }
  });

  it('leaves others as they were', () => {
    const before = story.held(luis);
    story.forget(rosa);
    const after = story.held(luis);
    const mentioned = JSON.stringify(before).replaceAll(`<@${rosa}>`, '').replaceAll(rosa, '');
    expect(after).toEqual(JSON.parse(mentioned));
    expect(bytesOf('De Luis')).toBe(true);
  });

  it('covers what was merged with the signature', () => {
    story.forget(rosa);
    const sealed = story.database.$client.prepare(
      'select count(*) n from signatures where sealed is not null',
    );
    expect(sealed.get()).toEqual({ n: 1 });
    const how = story.database.$client.prepare('select how from departures').all();
    expect(how).toEqual([{ how: 'forgotten' }]);
  });

  it('does not bring back what was withdrawn', () => {
    withdraw(story.database, story.by(luis), story.petition.id, seal);
    const before = story.figures();
    story.forget(luis);
    expect(story.figures()).toEqual(before);
    const how = story.database.$client.prepare('select how from departures').all();
    expect(how).toEqual([{ how: 'withdrawn' }]);
  });

  it('is confirmed by the person, once', () => {
    const { database, by } = story;
    const key = keepDraft(database, by(rosa), 'x');
    const before = everyRow(database);
    expect(failureOf(() => forget(database, by(luis), seal, key))).toBe('staleButton');
    expect(everyRow(database)).toEqual(before);
    forget(database, by(rosa), seal, key);
    expect(failureOf(() => forget(database, by(rosa), seal, key))).toBe('staleButton');
  });

  const bytesOf = (text: string) => story.database.$client.serialize().includes(text);
});
