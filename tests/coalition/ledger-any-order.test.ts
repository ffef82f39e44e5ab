// The ledger after whatever is entered, imported, merged, kept, voided, withdrawn, forgotten and removed, in any order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../db/connect.js';
import { importById } from '../../db/imports.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { signatureById } from '../../db/signatures.js';
import { inTransaction } from '../../db/transaction.js';
import { dayIn } from '../../src/coalition/day.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { beginImport } from '../../src/coalition/import/begin.js';
import { marked } from '../../src/coalition/import/marked.js';
import { prepareImport } from '../../src/coalition/import/prepare.js';
import { publishImport, undoImport } from '../../src/coalition/import/publish.js';
import { byAccount, likenessOf } from '../../src/coalition/mark.js';
import { enterSignature } from '../../src/coalition/person.js';
import { today } from '../../src/coalition/petition.js';
import { setState } from '../../src/coalition/petition-state.js';
import { forget } from '../../src/coalition/privacy.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { removePersonal, retentionDays, tellRemoval, warningDays } from '../../src/coalition/retention.js';
import { judgePair, nextPair } from '../../src/coalition/review.js';
import { sign, withdraw } from '../../src/coalition/signing.js';
import { sourceNamed } from '../../src/coalition/source.js';
import { groupings, tallyLines, tallyOf } from '../../src/coalition/tally.js';
import {
  likelyPairs,
  type PlainLedger,
  type PlainName,
  personOf,
  plainFigures,
  type Row,
} from '../support/plain-ledger.js';
import { aCount, aDatabase, failureOf, hostServer, seal, storyBegins } from '../support/stories.js';

const people = ['810000000000000001', '810000000000000002', '810000000000000003'];
const somebody = fc.constantFrom(...people);
const row: fc.Arbitrary<Row> = fc.record({
  identity: fc.option(somebody, { nil: undefined, freq: 3 }),
  kind: fc.oneof(
    { arbitrary: fc.constant('person' as const), weight: 4 },
    { arbitrary: fc.constant('organization' as const), weight: 1 },
  ),
  name: fc.constantFrom('Rosa', 'ROSA', 'Luis'),
  country: fc.constantFrom('PE', ''),
});
const files = ['Plaza', 'Mercado', 'Página'];
const addresses = ['rosa@example.org', 'luis@example.org'];
const written = fc.record({
  ...{ identity: fc.option(fc.constantFrom(...addresses), { nil: undefined }) },
  ...{ kind: fc.constant('person' as const), name: fc.constantFrom('Rosa', 'ROSA', 'Luis') },
  country: fc.constantFrom('PE', ''),
});
const which = fc.nat(30);
const step = fc.oneof(
  {
    arbitrary: fc.record({
      does: fc.constant('enter' as const),
      source: fc.constantFrom(...files),
      rows: fc.array(row, { minLength: 1, maxLength: 4 }),
    }),
    weight: 5,
  },
  {
    arbitrary: fc.record({
      does: fc.constantFrom('import', 'undo'),
      source: fc.constantFrom(...files),
      rows: fc.array(written, { minLength: 1, maxLength: 5 }),
    }),
    weight: 3,
  },
  { arbitrary: fc.record({ does: fc.constantFrom('merge', 'keep', 'void'), which }), weight: 5 },
  { arbitrary: fc.record({ does: fc.constantFrom('sign', 'withdraw', 'forget'), who: somebody }), weight: 3 },
  { arbitrary: fc.record({ does: fc.constant('count' as const), people: fc.nat(9) }), weight: 1 },
  { arbitrary: fc.record({ does: fc.constant('retention' as const) }), weight: 1 },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
const day = 24 * 3_600_000;

let folder: string;
let filesMade = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'minga-ledger-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A ledger told twice: as it is kept, and in plain words. */
function aLedger() {
  const database = aDatabase();
  updateServer(database, hostServer, { signing: true });
  const story = aCount({ database });
  const { id } = story.petition;
  // Whatever names it first.
  inTransaction(
    database,
    (connection) => void sourceNamed(connection, id, 'Página', 'platform', storyBegins),
  );
  const plain: PlainLedger = { names: [], merged: [], counts: [] };
  const withdrawn = new Set<string>();
  const forgotten = new Set<string>();
  let at = storyBegins;
  const petition = (): Petition => petitionById(database, id) ?? story.petition;
  const signedBy = (who: string) => plain.names.filter(({ identity }) => identity === who);
  const standing = (names: PlainName[]) => names.filter(({ voided }) => !voided);
  const pen = (userId?: string) => story.pen({ at, ...(userId ? { userId } : {}) });

  /** Rows of a file. One that is there already, or whose person withdrew, changes nothing. */
  function enter(source: string, rows: Row[]): void {
    for (const row of rows) {
      const { identity } = row;
      const known = identity !== undefined && signedBy(identity).some((one) => one.source === source);
      if (known || (identity !== undefined && withdrawn.has(identity))) continue;
      const erased = identity !== undefined && forgotten.has(identity);
      note(enterRow(source, row, erased), source, row, erased);
    }
  }

  function enterRow(source: string, row: Row, erased: boolean): number {
    const { identity, kind, name } = row;
    const country = row.country === '' ? null : row.country;
    return inTransaction(database, (connection) => {
      const kept = source === 'Página' ? 'platform' : 'file';
      return enterSignature(connection, {
        sourceId: sourceNamed(connection, id, source, kept, at).id,
        kind,
        country,
        sealed: erased ? null : seal.seal({ name }),
        identity: identity === undefined ? null : byAccount(seal, id, identity),
        likeness: likenessOf(seal, id, { kind, name, country }),
        day: today(petition(), at),
        serverId: hostServer,
        userId: null,
        at,
      }).id;
    });
  }

  /** A file, taken in or cut off and undone. The same row again changes nothing; nobody who left comes back. */
  async function importFile(source: string, rows: Row[], does: 'import' | 'undo'): Promise<void> {
    const ids = await importedIds(source, rows, does);
    if (does === 'undo') return expect(ids).toEqual([]);
    const times = new Map<string, number>();
    for (const row of rows) {
      const said = `${source} ${row.kind} ${row.name} ${row.country}`;
      if (row.identity === undefined) times.set(said, (times.get(said) ?? 0) + 1);
      const identity = row.identity ?? `${said} ${times.get(said)}`;
      const known = signedBy(identity).some((one) => one.source === source);
      if (known || withdrawn.has(identity) || forgotten.has(identity)) continue;
      note(ids.shift() ?? 0, source, { ...row, identity });
    }
    expect(ids).toEqual([]);
  }

  async function importedIds(source: string, rows: Row[], does: 'import' | 'undo'): Promise<number[]> {
    filesMade += 1;
    const staged = path.join(folder, `${filesMade}.sqlite`);
    const about = { petitionId: id, source, fileName: 'names.csv', shape: null, seal };
    const read = rows.map(({ identity, country, ...row }, index) => ({
      ...{ line: index + 2, country: country || null, ...row },
      ...(identity === undefined ? {} : { email: identity }),
    }));
    async function* batches() {
      yield { rows: read, rejected: [], consumed: 1 };
    }
    await prepareImport(staged, about, marked(batches(), about), 1, () => {});
    const draft = { petitionId: id, staged, fileName: 'names.csv', source };
    const begun = beginImport(database, pen(), petition(), draft, { consent: 'names', holder: 'here' });
    const cut = () => {
      throw new Error('cut');
    };
    const published = publishImport(
      database,
      staged,
      begun,
      today(petition(), at),
      does === 'undo' ? cut : () => {},
    );
    if (does === 'undo') {
      await expect(published).rejects.toThrow('cut');
      database.$client.exec('detach database staged');
      await undoImport(database, importById(database, begun.id) ?? begun);
    } else await published;
    const ids = 'select id from signatures where import_id = ? order by id';
    return database.$client.prepare<[number], number>(ids).pluck().all(begun.id);
  }

  function note(entered: number, source: string, row: Row, erased = false): PlainName {
    const noted = {
      id: entered,
      source,
      day: dayIn('UTC', at),
      ...row,
      voided: false,
      settled: false,
      erased,
    };
    plain.names.push(noted);
    return noted;
  }

  /** The pair that is chosen of those that wait, in order. */
  function judge(verdict: 'merge' | 'keep', chosen: number): void {
    const pairs = likelyPairs(plain);
    const pair = pairs[chosen % pairs.length];
    if (!pair) return;
    const ids = { earlier: pair.earlier.id, later: pair.later.id };
    expect(judgePair(database, pen(), petition(), ids, verdict)).toBe(true);
    expect(judgePair(database, pen(), petition(), ids, verdict)).toBe(false);
    if (verdict === 'keep') pair.later.settled = true;
    else plain.merged.push([pair.later.id, pair.earlier.id]);
  }

  function voidOne(chosen: number): void {
    const one = plain.names[chosen % plain.names.length];
    if (!one) return;
    const refused = failureOf(() => story.voided(`signature:${one.id}`, 'wrong', { at }));
    expect(refused).toBe(one.voided ? 'alreadyVoid' : undefined);
    one.voided = true;
  }

  /** Signs in Discord, or says the same anew: what stood before goes, and keeps its day and source. */
  function signs(who: string): void {
    const [before] = standing(signedBy(who));
    const given = { name: 'Rosa', country: 'PE', consent: true };
    const { id: signed, sourceId } = sign(database, pen(who), petition(), given, seal, before?.id);
    for (const one of signedBy(who)) one.erased = true;
    if (before) before.voided = true;
    withdrawn.delete(who);
    forgotten.delete(who);
    const source = before?.source ?? discordSource(sourceId);
    const noted = note(signed, source, { identity: who, kind: 'person', name: 'Rosa', country: 'PE' });
    const sameAsBefore = before?.name === 'Rosa' || before?.name === 'ROSA';
    if (!before) return;
    noted.day = before.day;
    noted.settled = before.settled && sameAsBefore && before.country === 'PE' && before.kind === 'person';
  }

  const discordSource = (sourceId: number) =>
    tallyOf(database, id).sources.find(({ source }) => source.id === sourceId)?.source.name ?? '';

  function withdraws(who: string): void {
    const theirs = signedBy(who).flatMap((one) => personOf(plain, one));
    const refused = failureOf(() => withdraw(database, pen(who), id, seal));
    expect(refused).toBe(standing(theirs).length === 0 ? 'notSigned' : undefined);
    if (refused) return;
    for (const one of theirs) {
      Object.assign(one, { voided: true, erased: true });
      if (one.identity) withdrawn.add(one.identity);
    }
  }

  function isForgotten(who: string): void {
    const write = pen(who);
    const key = inTransaction(database, (connection) => keepDraft(connection, write, {}));
    forget(database, write, seal, key);
    for (const one of signedBy(who).flatMap((one) => personOf(plain, one))) {
      one.erased = true;
      if (one.identity) forgotten.add(one.identity);
    }
  }

  /** It is delivered, the time passes, names are removed, and the campaign goes on. */
  function retention(): void {
    setState(database, pen(), petition(), 'delivered', 'x');
    at += retentionDays * day;
    for (const _ of tellRemoval(database, petition(), at));
    at += warningDays * day;
    for (const _ of removePersonal(database, petition(), at));
    expect(petition().namesRemovedAt).not.toBeNull();
    setState(database, pen(), petition(), 'open', 'x');
    for (const one of plain.names) one.erased = true;
  }

  function count(figure: number): void {
    const { entry } = story.count('Página', figure, {}, { at });
    const said = { source: 'Página', day: dayIn('UTC', at), voided: false, people: figure };
    plain.counts.push({
      is: 'observation',
      code: `observation:${entry.id}`,
      organizations: undefined,
      ...said,
    });
  }

  async function take(step: Step): Promise<void> {
    at += day / 4;
    if (step.does === 'enter') enter(step.source, step.rows);
    else if (step.does === 'merge' || step.does === 'keep') judge(step.does, step.which);
    else if (step.does === 'import' || step.does === 'undo')
      await importFile(step.source, step.rows, step.does);
    else if (step.does === 'void') voidOne(step.which);
    else if (step.does === 'sign') signs(step.who);
    else if (step.does === 'withdraw') withdraws(step.who);
    else if (step.does === 'forget') isForgotten(step.who);
    else if (step.does === 'count') count(step.people);
    else retention();
  }

  return { database, id, plain, take };
}

/** All that the tally says, sources by name, lines that are 0 left out, sorted by key. */
function realFigures(database: Database, petitionId: number) {
  const { people, organizations, likely, sources } = tallyOf(database, petitionId);
  const nameOf = (key: string) => sources.find(({ source }) => String(source.id) === key)?.source.name ?? '';
  const linesBy = Object.fromEntries(
    groupings.map((by) => [
      by,
      tallyLines(database, petitionId, by)
        .filter((line) => line.people !== 0 || line.organizations !== 0)
        .map((line) => ({ ...line, key: by === 'source' ? nameOf(line.key) : line.key }))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
    ]),
  );
  return { people, organizations, likely, ...linesBy };
}

/** The pairs that an organizer is led through, one after another. */
function pairsShown(database: Database, petitionId: number) {
  const pairs = [];
  for (let after = 0; ; ) {
    const pair = nextPair(database, petitionId, after);
    if (!pair || pair.later.id <= after) return pairs;
    pairs.push([pair.earlier.id, pair.later.id]);
    after = pair.later.id;
  }
}

it('counts whom product.md says, shows the likely duplicates there are, and its rows prove it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { database, id, plain, take } = aLedger();
      for (const step of steps) {
        await take(step);
        expect(realFigures(database, id)).toEqual(plainFigures(plain));
        expect(recountPetition(database, id)).toEqual([]);
      }
      expect(pairsShown(database, id)).toEqual(
        likelyPairs(plain).map(({ earlier, later }) => [earlier.id, later.id]),
      );
      const erased = plain.names.map((one) => signatureById(database, one.id)?.sealed === null);
      expect(erased).toEqual(plain.names.map((one) => one.erased));
    }),
    { numRuns: 60 },
  );
});
