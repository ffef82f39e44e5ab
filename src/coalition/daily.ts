// The daily tally: what a card says, and which cards are due. Decided here, in the database; Discord comes after.
import { sumActions } from '../../db/actions.js';
import { eventsFrom, organizationsSince } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import {
  abandonedPosts,
  allSchedules,
  claimDay,
  lastSentPost,
  type Schedule,
  type TallyPost,
  tallyPostOf,
  updateTallyPost,
} from '../../db/tally-posts.js';
import { inTransaction } from '../../db/transaction.js';
import { lastDue } from './due.js';
import { latestMilestone } from './milestone.js';
import { today } from './petition.js';
import { curveOf, type Figures, mayOverlap, tallyLines, tallyOf } from './tally.js';

/** Posted late up to this, in milliseconds; older ones are folded into the next card. */
export const latest = 6 * 3_600_000;

/** How long a process has for one attempt before another may take over, in milliseconds. */
export const lease = 60_000;

/** All that a daily card says: stored with the claim, so that a second attempt says the same. */
export interface TallyFacts extends Figures {
  day: string;
  at: number;
  total: number;
  goal: number;
  mayOverlap: boolean;
  /** Since the channel's last daily card; absent on the first. */
  since?: { day: string; gain: number; people: number; organizations: number };
  /** Crossed since the last card. */
  milestone?: number;
  /** The highest milestone reached so far, announced or not. */
  reached: number;
  /** Since the last card; since the beginning on the first. */
  outreach: { type: string; entries: number; count: number }[];
  /** Entries that stand, since the beginning: what «changed» is judged by. */
  outreachEntries: number;
  outreachCount: number;
  newOrganizations: Localized[];
  events: { name: Localized; place: string; day: string; startsAt: number | null }[];
  deadline: string | null;
  /** The total at the end of each day on which it changed. */
  curve: { day: string; total: number }[];
}

/** The facts of a petition's card at a moment, counted from a baseline where there is one. */
export function tallyFacts(
  connection: Connection,
  petition: Petition,
  at: number,
  baseline: Pick<TallyFacts, 'day' | 'at' | 'total' | 'people' | 'organizations' | 'reached'> | undefined,
): TallyFacts {
  const tally = tallyOf(connection, petition.id);
  const { total, people, organizations } = tally;
  const day = today(petition, at);
  const counted = { petitionId: petition.id, state: 'counted', until: at } as const;
  const outreach = sumActions(connection, { ...counted, after: baseline?.at ?? -1 }, 'type');
  const everything = sumActions(connection, counted, 'type');
  const reached = Math.max(latestMilestone(total, petition.goal), baseline?.reached ?? 0);
  return {
    day,
    at,
    total,
    people,
    organizations,
    goal: petition.goal,
    mayOverlap: mayOverlap(tally),
    ...(baseline && {
      since: {
        day: baseline.day,
        gain: total - baseline.total,
        people: people - baseline.people,
        organizations: organizations - baseline.organizations,
      },
    }),
    ...(baseline && reached > baseline.reached && { milestone: reached }),
    reached,
    outreach: outreach.map(({ key, entries, count }) => ({ type: key, entries, count })),
    outreachEntries: everything.reduce((sum, { entries }) => sum + entries, 0),
    outreachCount: everything.reduce((sum, { count }) => sum + count, 0),
    newOrganizations: baseline
      ? organizationsSince(connection, petition.id, baseline.at, at).map(({ name }) => name)
      : [],
    events: eventsFrom(connection, petition.id, day, 3).map(({ name, place, day, startsAt }) => ({
      name,
      place,
      day,
      startsAt,
    })),
    deadline: petition.deadline !== null && petition.deadline >= day ? petition.deadline : null,
    curve: curveOf(tallyLines(connection, petition.id, 'day')),
  };
}

/** The facts that the channel's next daily card counts from. */
export function baselineOf(
  connection: Connection,
  channelId: string,
  petitionId: number,
): TallyFacts | undefined {
  return lastSentPost(connection, channelId, petitionId)?.facts as TallyFacts | undefined;
}

/**
 * Claims the cards that are due now and returns those to be sent by this process.
 *
 * @param holder - names this process, so that of two only one sends
 */
export function claimDueTallies(database: Database, now: number, holder: string): TallyPost[] {
  const fresh = allSchedules(database).flatMap((schedule) => claimDue(database, schedule, now, holder) ?? []);
  return [...fresh, ...takeOver(database, now, holder)];
}

function claimDue(
  database: Database,
  schedule: Schedule,
  now: number,
  holder: string,
): TallyPost | undefined {
  const { channelId, serverId, petitionId } = schedule;
  if (schedule.pausedAt !== null && (schedule.pausedUntil === null || now < schedule.pausedUntil)) return;
  const due = lastDue(schedule, now);
  // A time that was past already when it was set, changed or resumed starts the day after.
  if (!due || due.dueAt < Math.max(schedule.effectiveFrom, schedule.pausedUntil ?? 0)) return;
  if (tallyPostOf(database, channelId, due.day)) return;
  return inTransaction(database, (connection) => {
    const petition = petitionById(connection, petitionId);
    if (!petition) return;
    const baseline = baselineOf(connection, channelId, petitionId);
    const facts = tallyFacts(connection, petition, now, baseline);
    const post = claimDay(connection, {
      channelId,
      serverId,
      petitionId,
      day: due.day,
      dueAt: due.dueAt,
      state: stateOf(schedule, petition, facts, baseline, now - due.dueAt),
      facts,
      at: now,
      holder,
      leaseUntil: now + lease,
    });
    return post?.state === 'claimed' ? post : undefined;
  });
}

function stateOf(
  schedule: Schedule,
  petition: Petition,
  facts: TallyFacts,
  baseline: TallyFacts | undefined,
  late: number,
): TallyPost['state'] {
  if (petition.state !== 'open' && petition.state !== 'closed') return 'skipped';
  if (late > latest) return 'skipped';
  if (schedule.when === 'changed' && baseline && sameFigures(facts, baseline)) return 'unchanged';
  return 'claimed';
}

const sameFigures = (facts: TallyFacts, baseline: TallyFacts) =>
  facts.people === baseline.people &&
  facts.organizations === baseline.organizations &&
  facts.outreachEntries === baseline.outreachEntries &&
  facts.outreachCount === baseline.outreachCount;

/** Takes over what another process claimed and did not finish. */
function takeOver(database: Database, now: number, holder: string): TallyPost[] {
  // Asked before the write lock is taken: most ticks have nothing to take over.
  if (abandonedPosts(database, now).length === 0) return [];
  return inTransaction(database, (connection) =>
    abandonedPosts(connection, now).map((post) => {
      const held = { holder, leaseUntil: now + lease };
      updateTallyPost(connection, post.id, held);
      return { ...post, ...held };
    }),
  );
}
