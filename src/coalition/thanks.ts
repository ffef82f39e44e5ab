// Thanks to the coalition for a petition that was delivered: each server once, where its daily tally goes out.

import { publishedOrganizations } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { deliveriesOf, responsesOf } from '../../db/deliveries.js';
import { eventsFrom } from '../../db/events.js';
import { insertNotice, noticedAbout } from '../../db/notices.js';
import { serversOf } from '../../db/partners.js';
import type { Petition } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { schedulesOf } from '../../db/tally-posts.js';
import { targetsOf } from '../../db/targets.js';
import { insertThanks, type Thanks, thanksOf, updateThanks, waitingThanks } from '../../db/thanks.js';
import { inSnapshot, inTransaction } from '../../db/transaction.js';
import { isHandedOver } from './delivery.js';
import { zoneOf } from './event.js';
import { plainTitle, today } from './petition.js';
import { type Figures, tallyOf } from './tally.js';

/** How long a process has for one attempt before another may take over, in milliseconds. */
const lease = 60_000;

/** So many events are on the card. */
const mostEvents = 4;

/** Promises its thanks to each server that never had them; organizers of one without a daily tally are told instead. */
export function promiseThanks(connection: Connection, petition: Petition, at: number): void {
  const { id: petitionId } = petition;
  const before = thanksOf(connection, petitionId).filter(({ refusedAt }) => refusedAt === null);
  for (const { id: serverId } of serversOf(connection, petitionId)) {
    if (before.some((one) => one.serverId === serverId)) continue;
    const channels = schedulesOf(connection, serverId).filter((one) => one.petitionId === petitionId);
    for (const { channelId } of channels) insertThanks(connection, { petitionId, serverId, channelId });
    const notice = { serverId, key: 'notices.thanksNowhere' };
    if (channels.length > 0 || noticedAbout(connection, notice, petitionId)) continue;
    const values = { title: plainTitle(petition), count: tallyOf(connection, petitionId).total, petitionId };
    insertNotice(connection, { ...notice, values, at });
  }
}

/** Thanks that this process is to send. */
export interface ClaimedThanks extends Thanks {
  /** When an earlier attempt began that may have arrived, epoch milliseconds. */
  earlier: number | undefined;
}

/**
 * Takes the next thanks that are to go out, and begins an attempt: it is written before Discord is spoken to, so that
 * after a crash it is known as one that may have arrived.
 *
 * @param holder - names this process
 */
export function claimThanks(database: Database, now: number, holder: string): ClaimedThanks | undefined {
  // Asked before the write lock is taken: most ticks have none.
  if (waitingThanks(database, now).length === 0) return undefined;
  return inTransaction(database, (connection) => {
    const [next] = waitingThanks(connection, now);
    if (!next) return undefined;
    const begun = { holder, leaseUntil: now + lease, attempts: next.attempts + 1 };
    updateThanks(connection, next, begun);
    return { ...next, ...begun, earlier: next.attempts > 0 ? next.leaseUntil - lease : undefined };
  });
}

/** What the thanks say. */
export interface ThanksFacts extends Figures {
  total: number;
  /** Organizations that back the petition and may be named. */
  backing: Localized[];
  handed: { name: Localized; day: string }[];
  planned: { name: Localized; day: string }[];
  /** Of those it was handed to, how many have not answered. */
  unanswered: number;
  events: { name: Localized; place: string; day: string; startsAt: number | null; timezone: string }[];
}

export function thanksFacts(connection: Connection, petition: Petition, at: number): ThanksFacts {
  return inSnapshot(connection, (snapshot) => {
    const { total, people, organizations } = tallyOf(snapshot, petition.id);
    const names = new Map(targetsOf(snapshot, petition.id).map(({ id, name }) => [id, name]));
    const answered = new Set(responsesOf(snapshot, petition.id).map(({ deliveryId }) => deliveryId));
    const deliveries = deliveriesOf(snapshot, petition.id);
    const handed = deliveries.filter((one) => isHandedOver(one, petition));
    const day = today(petition, at);
    const named = ({ targetId, day }: (typeof deliveries)[number]) => ({
      name: names.get(targetId) ?? {},
      day,
    });
    return {
      total,
      people,
      organizations,
      backing: publishedOrganizations(snapshot, petition.id).map(({ name }) => name),
      handed: handed.map(named),
      // What was planned for a day that has come is no news: nobody said what became of it.
      planned: deliveries.filter((one) => one.day > day).map(named),
      unanswered: handed.filter(({ id }) => !answered.has(id)).length,
      events: eventsFrom(snapshot, petition.id, day, at, mostEvents).map((event) => {
        const { name, place, day, startsAt } = event;
        return { name, place, day, startsAt, timezone: zoneOf(event, petition) };
      }),
    };
  });
}
