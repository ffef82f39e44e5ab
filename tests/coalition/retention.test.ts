// How long names are kept: the days, what is told before, what goes and what stays.
import { describe, expect, it } from 'vitest';
import { insertAction, insertProof, showMember } from '../../db/actions.js';
import { insertComment } from '../../db/comments.js';
import { type PetitionState, petitionById, updatePetition } from '../../db/petitions.js';
import { addDays, startOfDay } from '../../src/coalition/day.js';
import { setState } from '../../src/coalition/petition-state.js';
import { recountPetition } from '../../src/coalition/recount.js';
import {
  type InSteps,
  personalIn,
  removalDay,
  removePersonal,
  retentionDays,
  startClock,
  taskOf,
  tellRemoval,
  warningDays,
} from '../../src/coalition/retention.js';
import { aCount, aDatabase, ana, everyRow, hostServer, storyBegins } from '../support/stories.js';

const delivery = '2023-07-10';

/** Runs work to its end; how many pauses it left to others. */
function pauses(steps: InSteps<unknown>): number {
  let count = 0;
  while (!steps.next().done) count += 1;
  return count;
}

/** A petition with names, outreach and a board, that can be delivered. */
function aDelivery(database = aDatabase(), timezone = 'America/Lima') {
  const story = aCount({ database, timezone });
  const { id } = story.petition;
  const petition = () => petitionById(database, id) ?? story.petition;
  const move = (state: PetitionState, at = storyBegins) =>
    setState(database, story.pen({ at }), petition(), state, 'x');
  return {
    ...story,
    move,
    current: petition,
    /** The beginning of a day after delivery, in the petition's zone. */
    daysOn: (days: number) => startOfDay(addDays(delivery, days), timezone),
    task: (at: number) => taskOf(petition(), at),
    tell: (at: number) => pauses(tellRemoval(database, petition(), at)),
    remove: (at: number) => pauses(removePersonal(database, petition(), at)),
    /** What organizers were told of it. */
    notices: () =>
      (everyRow(database).notices ?? [])
        .map((row) => Object(row))
        .filter(({ key }) => /^notices\.remov/.test(key)),
    commented() {
      insertComment(database, {
        petitionId: id,
        serverId: hostServer,
        userId: ana,
        sealed: Buffer.from('sealed'),
        language: 'es',
        messageId: '77',
        state: 'approved',
        at: storyBegins,
      });
    },
    /** An entry of outreach with all that a member may say to it. */
    logged() {
      const said = {
        note: 'spoke to Ms. Reed',
        outcome: 'she will call back',
        messageLink: 'https://discord.com/x',
      };
      const { id: actionId } = insertAction(database, {
        petitionId: id,
        serverId: hostServer,
        userId: ana,
        type: 'call',
        count: 3,
        day: delivery,
        state: 'counted',
        at: storyBegins,
        ...said,
      });
      insertProof(database, { actionId, name: 'call.jpg', contentType: null, bytes: Buffer.from('photo') });
      showMember(database, { petitionId: id, userId: ana, name: 'Ana', at: storyBegins });
    },
  };
}

describe('the time', () => {
  it('begins with delivery, stops where the petition is opened again, and begins anew', () => {
    const { move, current, daysOn } = aDelivery();
    expect(removalDay(current(), storyBegins)).toBeUndefined();
    move('delivered');
    expect(current().deliveredAt).toBe(storyBegins);
    expect(removalDay(current(), storyBegins)).toBe(addDays(delivery, retentionDays));
    move('open', daysOn(100));
    expect([current().deliveredAt, removalDay(current(), daysOn(500))]).toEqual([null, undefined]);
    move('delivered', daysOn(200));
    expect(removalDay(current(), daysOn(200))).toBe(addDays(delivery, 200 + retentionDays));
  });

  it('leaves organizers a fortnight from when they are told, however late that is', () => {
    const { move, add, task, tell, daysOn, current } = aDelivery();
    add();
    move('delivered');
    const toTell = daysOn(retentionDays - warningDays);
    expect([task(toTell - 1), task(toTell)]).toEqual([undefined, 'tell']);
    // The bot was off until long after.
    const late = daysOn(400);
    expect(task(late)).toBe('tell');
    tell(late);
    expect(removalDay(current(), late)).toBe(addDays(delivery, 400 + warningDays));
    expect([task(late), task(daysOn(400 + warningDays) - 1), task(daysOn(400 + warningDays))]).toEqual([
      undefined,
      undefined,
      'remove',
    ]);
  });

  it('begins now for what was delivered before it was kept', () => {
    const { database, current } = aDelivery();
    updatePetition(database, current().id, { state: 'delivered' });
    expect(taskOf(current(), storyBegins)).toBeUndefined();
    startClock(database, current(), storyBegins);
    startClock(database, current(), storyBegins + 1);
    expect(current().deliveredAt).toBe(storyBegins);
  });

  it('also stops where the petition is opened again once organizers know of it', () => {
    const { move, add, tell, remove, daysOn, current, database } = aDelivery();
    add();
    move('delivered');
    tell(daysOn(retentionDays - warningDays));
    const stale = current();
    move('open', daysOn(retentionDays - 1));
    const before = everyRow(database);
    pauses(removePersonal(database, stale, daysOn(retentionDays)));
    remove(daysOn(retentionDays));
    expect(everyRow(database)).toEqual(before);
    move('delivered', daysOn(retentionDays));
    expect(current()).toMatchObject({ removalToldAt: null, namesRemovedAt: null });
  });
});

describe('the dry run', () => {
  it('changes nothing, and says how much there is', () => {
    const { database, current, add, logged, commented } = aDelivery();
    add();
    add({ name: 'Luis', source: 'Plaza' });
    logged();
    commented();
    const before = everyRow(database);
    expect(personalIn(database, current().id).next().done).toBe(false);
    const steps = personalIn(database, current().id);
    let last = steps.next();
    while (!last.done) last = steps.next();
    expect(last.value).toEqual({ names: 2, comments: 1, notes: 1, proofs: 1 });
    expect(everyRow(database)).toEqual(before);
  });

  it('is told once, with the day', () => {
    const { move, add, tell, notices, daysOn } = aDelivery();
    add();
    move('delivered');
    const day = daysOn(retentionDays - warningDays);
    tell(day);
    tell(day);
    expect(notices().map(({ server_id, key }) => [server_id, key])).toEqual([
      [hostServer, 'notices.removalAhead'],
    ]);
    expect(JSON.parse(notices()[0].values)).toMatchObject({ day: { day: addDays(delivery, retentionDays) } });
  });

  it('bothers nobody where there is nothing to remove', () => {
    const { move, count, tell, notices, daysOn, current } = aDelivery();
    count('Page', 100);
    move('delivered');
    tell(daysOn(retentionDays));
    expect([notices(), current().namesRemovedAt]).toEqual([[], daysOn(retentionDays)]);
  });
});

describe('removal', () => {
  it('takes names, comments, notes, proofs and names on boards, in every source, and leaves every count', () => {
    const {
      database,
      move,
      add,
      count,
      voided,
      logged,
      commented,
      tell,
      remove,
      daysOn,
      lines,
      figures,
      notices,
      current,
    } = aDelivery();
    count('Page', 100);
    add({ source: 'Page' });
    add({ name: 'Red Andina', kind: 'organization' });
    add({ name: 'Red Andina', kind: 'organization' });
    voided(`signature:${add().entry.id}`);
    logged();
    commented();
    move('delivered');
    const counted = [lines(), figures()];
    const { summaries, likely_duplicates } = everyRow(database);
    tell(daysOn(retentionDays - warningDays));
    remove(daysOn(retentionDays));
    const rows = everyRow(database);
    expect(rows.signatures).toHaveLength(4);
    for (const row of rows.signatures ?? []) expect(row).toMatchObject({ sealed: null, consent: 0 });
    expect(rows.actions).toMatchObject([{ count: 3, note: null, outcome: null, message_link: null }]);
    expect(rows.comments).toMatchObject([{ sealed: null, message_id: null, state: 'approved' }]);
    expect([rows.proofs, rows.shown_members]).toEqual([[], []]);
    expect([rows.summaries, rows.likely_duplicates]).toEqual([summaries, likely_duplicates]);
    expect([lines(), figures()]).toEqual(counted);
    expect(recountPetition(database, current().id)).toEqual([]);
    expect(notices().map(({ key }) => key)).toEqual(['notices.removalAhead', 'notices.removed']);
    expect(Object(rows.audit?.at(-1))).toMatchObject({
      deed: 'petition.namesRemoved',
      detail: '{"signatures":4}',
    });
  });

  it('goes in short steps, and what was left halfway is finished later', () => {
    const { database, petition, move, add, tell, remove, daysOn, current } = aDelivery();
    const { sourceId } = add().entry;
    database.$client.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500)
      insert into signatures (source_id, kind, sealed, day, server_id, at)
      select ${sourceId}, 'person', x'00', '${delivery}', '${hostServer}', 0 from n`);
    move('delivered');
    tell(daysOn(retentionDays - warningDays));
    const now = daysOn(retentionDays);
    const named = () =>
      database.$client.prepare('select count(*) from signatures where sealed is not null').pluck().get();
    const stopped = removePersonal(database, petition, now);
    stopped.next();
    expect([named(), current().namesRemovedAt]).toEqual([3501, null]);
    expect(remove(now)).toBe(5);
    expect([named(), current().namesRemovedAt]).toEqual([0, now]);
  });

  it('is not done where the petition is opened again just before its end', () => {
    const { database, petition, move, add, tell, notices, daysOn, current } = aDelivery();
    add();
    move('delivered');
    tell(daysOn(retentionDays - warningDays));
    const steps = removePersonal(database, petition, daysOn(retentionDays));
    steps.next();
    move('open', daysOn(retentionDays));
    pauses(steps);
    expect([current().namesRemovedAt, notices().length]).toEqual([null, 1]);
  });

  it('comes again after a second delivery, for the names that came in between', () => {
    const { move, add, tell, remove, notices, daysOn, current } = aDelivery();
    for (const begins of [0, 1000]) {
      if (begins > 0) move('open', daysOn(begins));
      add();
      move('delivered', daysOn(begins));
      tell(daysOn(begins + retentionDays - warningDays));
      remove(daysOn(begins + retentionDays));
      expect(current().namesRemovedAt).toBe(daysOn(begins + retentionDays));
    }
    expect(notices()).toHaveLength(4);
  });

  it('is of this petition alone', () => {
    const database = aDatabase();
    const [own, other] = [aDelivery(database), aDelivery(database)];
    for (const one of [own, other]) {
      one.add();
      one.logged();
    }
    own.move('delivered');
    own.tell(own.daysOn(retentionDays - warningDays));
    own.remove(own.daysOn(retentionDays));
    const { signatures, proofs, shown_members, actions } = everyRow(database);
    expect(signatures?.map((row) => Object(row).sealed === null)).toEqual([true, false]);
    expect(actions?.map((row) => Object(row).note === null)).toEqual([true, false]);
    expect([proofs?.length, shown_members?.length]).toEqual([1, 1]);
  });
});
