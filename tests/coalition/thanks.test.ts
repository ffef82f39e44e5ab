// Who is promised thanks for a delivered petition, and what they say, on a real database.
import { describe, expect, it } from 'vitest';
import { insertPartner } from '../../db/partners.js';
import { type PetitionState, petitionById } from '../../db/petitions.js';
import { deleteSchedule, putSchedule } from '../../db/tally-posts.js';
import { insertTarget } from '../../db/targets.js';
import { thanksOf, updateThanks } from '../../db/thanks.js';
import { recordDelivery } from '../../src/coalition/delivery.js';
import { addOrganization } from '../../src/coalition/organization.js';
import { setState } from '../../src/coalition/petition-state.js';
import { claimThanks, thanksFacts } from '../../src/coalition/thanks.js';
import { aCount, aPetition, everyRow, hostServer, partnerServer, storyBegins } from '../support/stories.js';

const minute = 60_000;
const later = storyBegins + 60 * minute;

/** A petition of two servers, with a daily tally in two channels of the host's. */
function aCoalition() {
  const story = aCount();
  const { database, petition, pen } = story;
  const schedule = (channelId: string, serverId = hostServer, petitionId = petition.id) =>
    putSchedule(database, {
      channelId,
      serverId,
      petitionId,
      time: '20:00',
      timezone: 'UTC',
      language: 'en',
      when: 'always',
      effectiveFrom: 0,
    });
  insertPartner(database, { petitionId: petition.id, serverId: partnerServer, joinedAt: storyBegins });
  const current = () => petitionById(database, petition.id) ?? petition;
  return {
    ...story,
    schedule,
    move: (state: PetitionState) => setState(database, pen({ at: later }), current(), state, 'x'),
    promised: () => thanksOf(database, petition.id).map(({ channelId }) => channelId),
    told: () => (everyRow(database).notices ?? []).map((row) => [Object(row).server_id, Object(row).key]),
  };
}

describe('thanks', () => {
  it('are promised to each channel of the daily tally, once; where there is none, organizers are told, once', () => {
    const { schedule, move, promised, told, database } = aCoalition();
    schedule('1');
    schedule('2');
    schedule('3', hostServer, aPetition(database).id);
    expect([promised(), told()]).toEqual([[], []]);
    move('closed');
    expect([promised(), told()]).toEqual([[], []]);
    move('delivered');
    const once = [['1', '2'], [[partnerServer, 'notices.thanksNowhere']]];
    expect([promised(), told()]).toEqual(once);
    move('closed');
    move('delivered');
    expect([promised(), told()]).toEqual(once);
  });

  it('come to a server that was left out before, and never twice to one whose channel moved', () => {
    const { schedule, move, promised, database } = aCoalition();
    schedule('1');
    move('delivered');
    deleteSchedule(database, '1');
    schedule('2');
    schedule('9', partnerServer);
    move('closed');
    move('delivered');
    expect(promised()).toEqual(['1', '9']);
    for (const one of thanksOf(database, 1)) updateThanks(database, one, { refusedAt: 1 });
    move('closed');
    move('delivered');
    expect(promised()).toEqual(['1', '2', '9']);
  });

  it('are taken by one process at a time, while the petition is delivered', () => {
    const { schedule, move, database } = aCoalition();
    schedule('1');
    schedule('2');
    move('delivered');
    const claim = (at: number) => {
      const claimed = claimThanks(database, at, 'me');
      return claimed && [claimed.channelId, claimed.attempts, claimed.earlier];
    };
    expect([claim(later), claim(later), claim(later)]).toEqual([
      ['1', 1, undefined],
      ['2', 1, undefined],
      undefined,
    ]);
    updateThanks(database, { petitionId: 1, channelId: '2' }, { messageId: '7', sentAt: later });
    move('open');
    expect(claim(later + 2 * minute)).toBeUndefined();
    move('delivered');
    expect([claim(later + 2 * minute), claim(later + 2 * minute)]).toEqual([['1', 2, later], undefined]);
  });
});

it('say who signed and backed it, to whom it went, and what comes next', () => {
  const { database, petition, pen, count } = aCoalition();
  count('Page', 1950, { organizations: 34 });
  for (const [name, representativeId] of [
    ['CODEPINK', null],
    ['Not agreed', '5'],
  ] as const)
    addOrganization(
      database,
      pen(),
      petition,
      { name: { en: name }, url: null, country: null, representativeId },
      true,
    );
  for (const [name, day] of [
    ['Done', '2023-07-10'],
    ['Planned', '2023-07-12'],
    ['Unsaid', '2023-07-11'],
  ] as const) {
    insertTarget(database, { petitionId: petition.id, name: { en: name } });
    recordDelivery(database, pen({ at: storyBegins }), petition, { target: name, day });
  }
  insertTarget(database, { petitionId: petition.id, name: { en: 'Open' } });
  expect(thanksFacts(database, petition, storyBegins + 1440 * minute)).toEqual({
    total: 1984,
    people: 1950,
    organizations: 34,
    backing: [{ en: 'CODEPINK' }],
    handed: [{ name: { en: 'Done' }, day: '2023-07-10' }],
    planned: [{ name: { en: 'Planned' }, day: '2023-07-12' }],
    unanswered: 1,
    events: [],
  });
});
