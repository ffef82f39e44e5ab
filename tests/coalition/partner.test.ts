// Partner servers on a real database: codes, joining, leaving, what stays and what goes, and each server's part.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertAction } from '../../db/actions.js';
import { insertJoin } from '../../db/joins.js';
import { openInvitations, serversOf } from '../../db/partners.js';
import { serverOf, updateServer } from '../../db/servers.js';
import { schedulesOf } from '../../db/tally-posts.js';
import type { Write } from '../../db/transaction.js';
import { keepDraft } from '../../src/coalition/draft.js';
import { codeTyped, invitationLasts, invite, randomInvitation } from '../../src/coalition/invitation.js';
import { addOrganization, withdrawOrganization } from '../../src/coalition/organization.js';
import {
  joinCoalition,
  leaveCoalition,
  ownPart,
  partnerName,
  partnersOf,
  removePartner,
} from '../../src/coalition/partner.js';
import { findPetition, usePetition } from '../../src/coalition/petition.js';
import { scheduleTally } from '../../src/coalition/schedule.js';
import { editStatement } from '../../src/coalition/statement.js';
import { serversCard } from '../../src/discord/cards/coalition.js';
import { wordsFor } from '../../src/i18n/words.js';
import {
  aCount,
  ana,
  aPetition,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
} from '../support/stories.js';

const thirdServer = '760000000000000006';
const rosa = '740000000000000004';

/** A petition that invites others, in short words. */
function aHost() {
  const story = aCount();
  const { database, petition, pen } = story;
  updateServer(database, partnerServer, { name: 'CODEPINK *DC*' });
  const at = (serverId: string, more: Partial<Write> = {}) => ({
    ...pen({ userId: rosa, ...more }),
    serverId,
  });
  const codeFor = (organization?: string) => invite(database, pen(), petition, organization).code;
  return {
    ...story,
    at,
    codeFor,
    join: (code = codeFor(), serverId = partnerServer, more: Partial<Write> = {}) =>
      joinCoalition(database, at(serverId, more), code),
    leave: (serverId = partnerServer) => {
      const key = keepDraft(database, at(serverId), { petitionId: petition.id });
      return () => leaveCoalition(database, at(serverId), key);
    },
    remove: (named: string, serverId = hostServer) => removePartner(database, at(serverId), petition, named),
    partners: () => partnersOf(database, petition.id).map(({ id }) => id),
    told: () =>
      (everyRow(database).notices ?? []).map((row) => {
        const { server_id, key } = row as { server_id: string; key: string };
        return [server_id, key];
      }),
  };
}

describe('a code', () => {
  it('is read however people write it', () => {
    fc.assert(
      fc.property(
        fc.constant(undefined).map(randomInvitation),
        fc.func(fc.constantFrom('', ' ', '-', '–', '\u00A0')),
        fc.func(fc.boolean()),
        fc.boolean(),
        (code, between, inSmall, prefixed) => {
          const bare = code.replaceAll('-', '').slice(prefixed ? 0 : 5);
          const alike: Record<string, string> = { 1: 'l', 0: 'O', V: 'u' };
          const typed = [...bare]
            .map((symbol, index) => {
              const read = inSmall(index) ? (alike[symbol] ?? symbol.toLowerCase()) : symbol;
              return `${read}${between(index)}`;
            })
            .join('');
          expect(codeTyped(typed)).toBe(codeTyped(code));
        },
      ),
    );
  });

  it('looks like one, and is none with a symbol more or less', () => {
    const code = randomInvitation();
    expect(code).toMatch(/^MINGA(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    for (const none of [`${code}7`, code.slice(0, -1), 'MINGA', '', '🙂', 'MINGA-MINGA-MINGA']) {
      expect(codeTyped(none)).toBeUndefined();
    }
  });

  it('is kept nowhere', () => {
    const { codeFor, database } = aHost();
    const code = codeFor();
    const kept = JSON.stringify(everyRow(database));
    for (const part of [code, code.slice(6), code.replaceAll('-', '').slice(5)])
      expect(kept).not.toContain(part);
  });

  it('is made by the host alone, under an organization of the coalition', () => {
    const { database, petition, at, codeFor, pen } = aHost();
    expect(failureOf(() => invite(database, at(partnerServer), petition, undefined))).toBe('hostOnly');
    expect(failureOf(() => codeFor('Nobody'))).toBe('organizationUnknown');
    const facts = { name: { en: 'Waiting' }, url: null, country: null, representativeId: null };
    addOrganization(database, pen({ userId: rosa }), petition, facts, false);
    expect(failureOf(() => codeFor('Waiting'))).toBe('organizationUnknown');
  });
});

describe('joining', () => {
  it('makes the server a partner at once, with the petition as its current one', () => {
    const { database, petition, join, partners, told, codeFor, pen } = aHost();
    expect(failureOf(() => findPetition(database, partnerServer, undefined, true))).toBe('noPetitionYet');
    expect(join()).toMatchObject({ current: true, name: 'CODEPINK \\*DC\\*' });
    expect(findPetition(database, partnerServer, undefined, false).id).toBe(petition.id);
    expect(partners()).toEqual([partnerServer]);
    expect(told()).toEqual([[hostServer, 'notices.partnerJoined']]);
    codeFor();
    expect(openInvitations(database, petition.id, pen().at)).toHaveLength(1);
  });

  it('keeps a current petition that the server has', () => {
    const { database, join, at } = aHost();
    const own = aPetition(database);
    database.$client
      .prepare('update petition_servers set server_id = ? where petition_id = ?')
      .run(thirdServer, own.id);
    usePetition(database, at(thirdServer), own);
    expect(join(undefined, thirdServer).current).toBe(false);
    expect(serverOf(database, thirdServer).currentPetitionId).toBe(own.id);
  });

  it('refuses what is no code for this server, and changes nothing', () => {
    const { database, join, codeFor, pen } = aHost();
    const [code, other] = [codeFor(), codeFor()];
    join(code);
    const ended = codeFor();
    const before = everyRow(database, 'interactions');
    const later = pen().at + invitationLasts;
    expect(failureOf(() => join('MINGA-0000-0000-0000', thirdServer))).toBe('invitationUnknown');
    expect(failureOf(() => join('hola', thirdServer))).toBe('invitationUnknown');
    expect(failureOf(() => join(code, thirdServer))).toBe('invitationUsed');
    expect(failureOf(() => join(ended, thirdServer, { at: later }))).toBe('invitationEnded');
    expect(failureOf(() => join(other, hostServer))).toBe('ownPetition');
    expect(failureOf(() => join(other, partnerServer))).toBe('joinedAlready');
    expect(everyRow(database, 'interactions')).toEqual(before);
    expect(join(undefined, thirdServer).name).toBe(thirdServer);
  });

  it('acts under an organization for as long as that is named', () => {
    const { database, petition, codeFor, join, pen } = aHost();
    const facts = { name: { en: 'CODEPINK' }, url: null, country: null, representativeId: null };
    addOrganization(database, pen(), petition, facts, true);
    expect(join(codeFor('codepink')).name).toEqual({ localized: { en: 'CODEPINK' } });
    withdrawOrganization(database, pen(), petition, { named: 'CODEPINK', organizer: true });
    expect(partnersOf(database, petition.id).map(partnerName)).toEqual(['CODEPINK \\*DC\\*']);
  });

  it('a withdrawn organization is named no more, to the host’s organizers neither', () => {
    const { database, petition, codeFor, join, remove, pen } = aHost();
    const facts = { name: { en: 'Semillas' }, url: null, country: null, representativeId: ana };
    addOrganization(database, pen(), petition, facts, true);
    join(codeFor('Semillas'));
    codeFor('Semillas');
    const shown = () => {
      const servers = serversOf(database, petition.id);
      const invitations = openInvitations(database, petition.id, pen().at);
      return JSON.stringify(
        serversCard({ petition, servers, invitations, decides: true }, wordsFor('en-US')),
      );
    };
    expect(shown().match(/Semillas/g)).toHaveLength(2);
    withdrawOrganization(database, pen(), petition, { named: 'Semillas', organizer: true });
    expect(shown()).not.toContain('Semillas');
    expect(failureOf(() => remove('Semillas'))).toBe('partnerUnknown');
  });
});

describe('leaving', () => {
  it('keeps what the server counted, and takes the rest away', () => {
    const { database, petition, join, leave, partners, batch, figures, at, told } = aHost();
    join();
    batch('Hojas', 40, 0, { serverId: partnerServer });
    const daily = {
      channelId: '77',
      time: '20:00',
      timezone: 'UTC',
      language: 'es',
      when: 'always',
    } as const;
    scheduleTally(database, at(partnerServer), petition, daily);
    scheduleTally(database, at(hostServer), petition, { ...daily, channelId: '78' });
    const confirm = leave();
    confirm();
    expect([partners(), figures()]).toEqual([[], [40, 0]]);
    expect(schedulesOf(database, partnerServer)).toEqual([]);
    expect(schedulesOf(database, hostServer)).toHaveLength(1);
    expect(serverOf(database, partnerServer).currentPetitionId).toBeNull();
    expect(failureOf(() => findPetition(database, partnerServer, String(petition.id), true))).toBe(
      'unknownPetition',
    );
    expect(told().slice(1)).toEqual([
      [hostServer, 'notices.partnerLeft'],
      [partnerServer, 'notices.weLeft'],
    ]);
    expect(failureOf(confirm)).toBe('doneAlready');
    expect(failureOf(leave())).toBe('staleButton');
    join();
    expect(partners()).toEqual([partnerServer]);
  });

  it('is not for the host', () => {
    const { leave, partners, join } = aHost();
    join();
    expect(failureOf(leave(hostServer))).toBe('staleButton');
    expect(partners()).toEqual([partnerServer]);
  });

  it('the host takes a partner out by its id or either name; nobody else does', () => {
    const { join, remove, partners, told } = aHost();
    for (const named of [partnerServer, 'codepink *dc*']) {
      join();
      expect(failureOf(() => remove(named, partnerServer))).toBe('hostOnly');
      for (const none of ['Nobody', hostServer]) expect(failureOf(() => remove(none))).toBe('partnerUnknown');
      remove(named);
      expect(partners()).toEqual([]);
    }
    expect(told().filter(([server]) => server === partnerServer)).toEqual(
      [1, 2].map(() => [partnerServer, 'notices.weWereRemoved']),
    );
  });
});

it('a new version of the statement is told to partners alone', () => {
  const { database, petition, pen, join, told } = aHost();
  editStatement(database, pen(), petition, { language: 'en', text: 'Before.' });
  join();
  editStatement(database, pen(), petition, { language: 'en', text: 'After.' });
  expect(told().slice(1)).toEqual([[partnerServer, 'notices.statementEdited']]);
});

it("a server's part is what its people did and the paper it counted, of what stands", () => {
  const { database, petition, join, batch, voided, pen } = aHost();
  const part = (serverId: string, until = pen().at) => ownPart(database, petition.id, serverId, until);
  expect(part(hostServer)).toBeUndefined();
  join();
  const { at } = pen();
  const deed = { petitionId: petition.id, userId: ana, day: '2023-07-10', at, state: 'counted' } as const;
  const shared = insertAction(database, { ...deed, serverId: hostServer, type: 'visit', count: 2 });
  insertAction(database, { ...deed, serverId: partnerServer, type: 'call', count: 3 });
  insertAction(database, { ...deed, serverId: partnerServer, type: 'call', count: 50, state: 'pending' });
  insertJoin(database, {
    actionId: shared.id,
    userId: rosa,
    serverId: partnerServer,
    organizationId: null,
    at,
  });
  batch('Hojas', 40, 2, { serverId: partnerServer });
  batch('Hojas', 7);
  expect(part(partnerServer)).toEqual({ outreach: { call: 3, visit: 2 }, paper: 42 });
  expect(part(hostServer)).toEqual({ outreach: { visit: 2 }, paper: 7 });
  expect(part(partnerServer, at - 1)).toEqual({ outreach: {}, paper: 42 });
  voided('batch:1');
  expect(part(partnerServer)?.paper).toBe(0);
});
