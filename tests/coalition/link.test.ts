// Links to share: made once for each, and what they carry; what came by them is credited, each signature in one line.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertOrganization, updateOrganization } from '../../db/coalition.js';
import type { Database } from '../../db/connect.js';
import { linkOf } from '../../db/links.js';
import { insertPartner } from '../../db/partners.js';
import type { Petition } from '../../db/petitions.js';
import { audit, linkKinds, links } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { insertSource } from '../../db/sources.js';
import { boardGroupings, showOnBoard } from '../../src/coalition/board.js';
import { randomCode } from '../../src/coalition/code.js';
import { type Credits, creditsOf, sharedLinks } from '../../src/coalition/credit.js';
import {
  addressOf,
  isLinkParameter,
  type LinkOwner,
  organizationsOf,
  signaturesBy,
  trackedLink,
} from '../../src/coalition/link.js';
import { characters } from '../../src/coalition/plain-text.js';
import { networks, shareTexts } from '../../src/coalition/share-text.js';
import { linkCard } from '../../src/discord/cards/link.js';
import { wordsOfPost } from '../../src/i18n/words.js';
import { aDatabase, ana, aPen, aPetition, failureOf, hostServer, partnerServer } from '../support/stories.js';

const rosa = '740000000000000004';

function aShare() {
  const database = aDatabase();
  const petition = aPetition(database);
  const pen = aPen();
  const link = (owner: LinkOwner) => trackedLink(database, pen(), petition, owner);
  return { database, petition, pen, link };
}

describe('a link', () => {
  it('is made once for each, in the server where that was, and is on record', () => {
    const { database, link } = aShare();
    const mine = link({ kind: 'member', subjectId: rosa, serverId: partnerServer });
    expect(link({ kind: 'member', subjectId: rosa, serverId: null })).toEqual(mine);
    const others = [
      link({ kind: 'member', subjectId: ana, serverId: null }),
      link({ kind: 'server', subjectId: partnerServer }),
      link({ kind: 'organization', subjectId: '1' }),
    ];
    expect([mine, ...others].map(({ serverId }) => serverId)).toEqual([partnerServer, null, null, null]);
    expect(new Set([mine, ...others].map(({ code }) => code)).size).toBe(4);
    expect(database.select().from(audit).all()).toHaveLength(4);
  });

  it('is not made for what cannot be shared', () => {
    const { database, pen, petition } = aShare();
    const owner = { kind: 'server', subjectId: hostServer } as const;
    const paused = { ...petition, state: 'paused' } as const;
    expect(failureOf(() => trackedLink(database, pen(), paused, owner))).toBe('state.paused');
    expect(database.select().from(links).all()).toEqual([]);
  });

  it("adds its code by the petition's own parameter, in place of what stood there", () => {
    const { link, petition } = aShare();
    const made = link({ kind: 'server', subjectId: hostServer });
    const page = { ...petition, link: 'https://example.org/peru?lang=es&r=x#form', linkParameter: 'r' };
    expect(addressOf(page, made)).toBe(`https://example.org/peru?lang=es&r=${made.code}#form`);
    expect(addressOf(petition, made)).toBe(`https://example.org/peru?source=${made.code}`);
  });

  it.each(['source', 'r', 'utm_source', 'a-b', `a${'b'.repeat(31)}`])('%s may be its parameter', (name) =>
    expect(isLinkParameter(name)).toBe(true),
  );
  it.each(['', '1a', '_a', 'a b', 'a=b', 'ñ', 'a&b', `a${'b'.repeat(32)}`])('%j may not', (name) =>
    expect(isLinkParameter(name)).toBe(false),
  );

  it('of an organization is for whoever speaks for it, once it is published', () => {
    const { database, petition } = aShare();
    const row = { petitionId: petition.id, name: { en: 'CODEPINK' }, state: 'approved', at: 0 } as const;
    insertOrganization(database, { ...row, representativeId: rosa });
    expect(organizationsOf(database, petition, rosa)).toEqual([]);
    updateOrganization(database, 1, { publishedAt: 5 });
    expect(organizationsOf(database, petition, rosa).map(({ id }) => id)).toEqual([1]);
    expect(organizationsOf(database, petition, ana)).toEqual([]);
  });
});

describe('a text to paste', () => {
  const text = (most: number) =>
    fc.oneof(
      fc.constant('x'.repeat(most)),
      fc
        .array(fc.constantFrom('ñ', 'a', ' ', '```', '✊🏽', '{{url}}', 'Perú'), {
          maxLength: most,
          size: 'max',
        })
        .map((parts) => [...parts.join('')].slice(0, most).join('')),
    );
  const address = fc
    .integer({ min: 0, max: 470 })
    .map((length) => `https://example.org/${'x'.repeat(length)}?s=1`);
  const sharing = fc.record({ title: text(90), ask: text(300), url: address, own: fc.boolean() });

  it('has the whole address and no more than the network and a message take', () => {
    fc.assert(
      fc.property(
        sharing,
        fc.constantFrom(...networks),
        fc.constantFrom(...wordsOfPost('both')),
        fc.constantFrom(undefined, 'Coordinadora', '*'.repeat(100)),
        ({ title, ask, url, own }, network, words, name) => {
          const petition = { title: { en: title, es: title }, ask: { en: ask, es: ask } };
          const texts = shareTexts(network, { petition, url, own }, words);
          expect(texts.filter((one) => one.includes(url))).toHaveLength(1);
          const [first = ''] = texts;
          if (network === 'short') expect(first === url || characters(first) <= 280).toBe(true);
          if (network === 'mastodon') expect(first === url || characters(first) <= 500).toBe(true);
          const shown = {
            petition,
            url,
            own,
            petitionId: 1,
            owner: 'mine',
            signatures: 5,
            ...(name && { name }),
          };
          const { content = '' } = linkCard(shown, network, [], words, words);
          expect(characters(content)).toBeLessThanOrEqual(2000);
          expect(content.split('```')).toHaveLength(2 * texts.length + 1);
          expect(content.split(url)).toHaveLength(3);
        },
      ),
    );
  });

  it.each([
    ['short', ['Que regresen. Firma aquí: https://example.org/?source=b']],
    [
      'chat',
      [
        'Que regresen\n\nActúen para que se retiren.\n\nYo ya firmé. ¿Y tú? Toma un minuto: https://example.org/?source=b',
      ],
    ],
    [
      'email',
      [
        'Que regresen: ¿firmas?',
        'Hola:\n\nYa firmé esta petición: Que regresen.\n\nActúen para que se retiren.\n\n¿La firmas tú también? Toma un minuto:\nhttps://example.org/?source=b\n\nPor favor, pásala a más gente. ¡Gracias!',
      ],
    ],
  ] as const)('reads well: %s', (network, texts) => {
    const { petition } = aShare();
    const [, es] = wordsOfPost('both');
    if (!es) throw new Error('no Spanish');
    const url = 'https://example.org/?source=b';
    expect(shareTexts(network, { petition, url, own: true }, es)).toEqual(texts);
  });
});

/** Signatures that came by a link, as an import leaves them. */
function signed(
  database: Database,
  petition: Petition,
  linkId: number,
  times: number,
  more: { counts?: boolean; day?: string; importId?: number } = {},
): void {
  const source =
    database.$client.prepare<[], number>('select id from sources').pluck().get() ??
    insertSource(database, { petitionId: petition.id, name: 'Page', foldedName: 'page', kind: 'file', at: 0 })
      .id;
  const { counts = true, day = '2023-07-10', importId = null } = more;
  const insert = database.$client.prepare(
    "insert into signatures (source_id, kind, day, counts, link_id, import_id, server_id, at) values (?, 'person', ?, ?, ?, ?, ?, 0)",
  );
  for (let time = 0; time < times; time += 1) {
    insert.run(source, day, Number(counts), linkId, importId, hostServer);
  }
}

const shown = ({ count, lines, rest }: Credits) => ({
  count,
  lines: lines.map(({ key, name, count }) => [name ?? key, count]),
  ...(rest ? { rest: [rest.groups, rest.count] } : {}),
});

describe('credits', () => {
  it('go to the link, its server and its organization, each signature in one line', () => {
    const { database, petition, pen, link } = aShare();
    const petitionId = petition.id;
    updateServer(database, hostServer, { name: 'Semillas' });
    updateServer(database, partnerServer, { name: 'Minga Lima' });
    for (const [name, publishedAt] of [
      ['CODEPINK', 1],
      ['Quiet', null],
    ] as const) {
      insertOrganization(database, { petitionId, name: { en: name }, state: 'approved', at: 0, publishedAt });
    }
    insertPartner(database, { petitionId, serverId: partnerServer, organizationId: 1, joinedAt: 0 });
    const made = {
      rosa: link({ kind: 'member', subjectId: rosa, serverId: partnerServer }),
      ana: link({ kind: 'member', subjectId: ana, serverId: hostServer }),
      outside: link({ kind: 'member', subjectId: '75', serverId: null }),
      host: link({ kind: 'server', subjectId: hostServer }),
      partner: link({ kind: 'server', subjectId: partnerServer }),
      codepink: link({ kind: 'organization', subjectId: '1' }),
      quiet: link({ kind: 'organization', subjectId: '2' }),
    };
    for (const [place, { id }] of Object.values(made).entries()) signed(database, petition, id, 2 ** place);
    signed(database, petition, made.rosa.id, 9, { counts: false });
    expect(signaturesBy(database, made.rosa)).toBe(1);
    showOnBoard(database, pen({ userId: rosa }), petition, 'Rosa H.');
    const by = (grouping: (typeof boardGroupings)[number], most = 5) =>
      shown(creditsOf(database, { petitionId }, grouping, most));
    expect(by('type')).toEqual({
      count: 127,
      lines: [
        ['organization', 96],
        ['server', 24],
        ['member', 7],
      ],
    });
    expect(by('organization')).toEqual({
      count: 127,
      lines: [
        [{ en: 'CODEPINK' }, 32 + 16 + 1],
        ['', 8 + 4 + 2],
      ],
      rest: [1, 64],
    });
    expect(by('server')).toEqual({
      count: 127,
      lines: [
        ['Minga Lima', 16 + 1],
        ['Semillas', 8 + 2],
        ['', 64 + 32 + 4],
      ],
    });
    expect(by('member')).toEqual({
      count: 127,
      lines: [
        [sharedLinks, 120],
        ['Rosa H.', 1],
      ],
      rest: [2, 6],
    });
    expect(by('server', 1)).toMatchObject({
      lines: [
        ['Minga Lima', 17],
        ['', 100],
      ],
      rest: [1, 10],
    });
  });

  it('are of the days asked for, and of signatures that can be seen', () => {
    const { database, petition, link } = aShare();
    const { id } = link({ kind: 'server', subjectId: hostServer });
    signed(database, petition, id, 1, { day: '2023-07-09' });
    signed(database, petition, id, 2);
    database.$client
      .prepare(
        "insert into imports (id, petition_id, source_id, staged, file_name, state, consent, server_id, at, holder, lease_until) values (7, ?, 1, '', '', 'publishing', 'names', '', 0, '', 0)",
      )
      .run(petition.id);
    signed(database, petition, id, 4, { importId: 7 });
    const count = (from?: string) => creditsOf(database, { petitionId: petition.id, from }, 'type', 5).count;
    expect([count(), count('2023-07-10'), count('2023-07-11')]).toEqual([3, 2, 0]);
    database.$client.prepare("update imports set state = 'done'").run();
    expect(count()).toBe(7);
  });

  it('add up, whoever shares and however few lines there are', () => {
    const owner = fc.record({
      kind: fc.constantFrom(...linkKinds),
      subject: fc.constantFrom('1', '2', hostServer, partnerServer, rosa, '9'),
      serverId: fc.constantFrom(null, hostServer, partnerServer, '9'),
      times: fc.integer({ min: 0, max: 4 }),
      erased: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(owner, { maxLength: 10 }),
        fc.constantFrom(...boardGroupings),
        fc.integer({ min: 1, max: 4 }),
        (owners, by, most) => {
          const { database, petition } = aShare();
          const petitionId = petition.id;
          for (const publishedAt of [1, null]) {
            insertOrganization(database, {
              petitionId,
              name: { en: 'X' },
              state: 'approved',
              at: 0,
              publishedAt,
            });
          }
          let all = 0;
          for (const { kind, subject, serverId, times, erased } of owners) {
            const row = { petitionId, kind, subjectId: subject, serverId, code: randomCode(), at: 0 };
            const { id } = linkOf(database, row);
            if (erased) database.$client.prepare('update links set subject_id = null where id = ?').run(id);
            signed(database, petition, id, times);
            all += times;
          }
          const { count, lines, rest } = creditsOf(database, { petitionId }, by, most);
          expect(count).toBe(all);
          expect([...lines, ...(rest ? [rest] : [])].reduce((sum, line) => sum + line.count, 0)).toBe(all);
          database.$client.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
