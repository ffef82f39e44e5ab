// The daily tally: what a card says, and which cards are due. Decided here, in the database; Discord comes after.
import { isDeepStrictEqual } from 'node:util';
import { sumActions } from '../../db/actions.js';
import { organizationsSince, publishedOrganizations } from '../../db/coalition.js';
import { unquotedIn } from '../../db/comments.js';
import type { Connection, Database } from '../../db/connect.js';
import { eventsFrom } from '../../db/events.js';
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
import { inSnapshot, inTransaction } from '../../db/transaction.js';
import { lastDue } from './due.js';
import { zoneOf } from './event.js';
import { latestMilestone, milestoneBetween } from './milestone.js';
import { type OwnPart, ownPart } from './partner.js';
import { today } from './petition.js';
import { curveOf, type Figures, mayOverlap, tallyLines, tallyOf } from './tally.js';
import { type Turnout, turnoutsSince } from './turnout.js';

/** Posted late up to this, in milliseconds; older ones are folded into the next card. */
export const latest = 6 * 3_600_000;

/** So many of the events that come next are on a card. */
const mostEvents = 4;

/** How long a process has for one attempt before another may take over, in milliseconds. */
export const lease = 60_000;

/** All that a daily card says: stored with the claim, so that a second attempt says the same. */
export interface TallyFacts extends Figures {
  day: string;
  at: number;
  total: number;
  goal: number;
  mayOverlap: boolean;
  /** Likely duplicates to be reviewed; cards of before this was counted don't have it. */
  likely?: number;
  /** Since the channel's last daily card; absent on the first. */
  since?: { day: string; gain: number; people: number; organizations: number };
  /** Crossed since the last card. */
  milestone?: number;
  /** The highest milestone reached so far, announced or not. */
  reached: number;
  /** How many of each type since the last card; since the beginning on the first. */
  outreach: Record<string, number>;
  /** How many of each type count since the beginning: what the next card takes its own from. */
  outreachSoFar: Record<string, number>;
  /** The part of the server it is for so far, and since the last card; where it is the only one, there is none. */
  own?: OwnPart & { gained?: OwnPart };
  newOrganizations: Localized[];
  /** The zone is of the place; older cards don't have it. */
  events: { name: Localized; place: string; day: string; startsAt: number | null; timezone?: string }[];
  /** How many came to events, where somebody has said so since the last card; older cards don't have it. */
  turnouts?: Turnout[];
  /** The id of the comment it quotes; what that says is opened as the card is made. */
  comment?: number;
  deadline: string | null;
  /** The total at the end of each day on which it changed. */
  curve: { day: string; total: number }[];
}

/** The facts of a petition's card in a channel of a server at a moment, counted from a baseline where there is one. */
export function tallyFacts(
  connection: Connection,
  petition: Petition,
  at: number,
  baseline: TallyFacts | undefined,
  place: Pick<Schedule, 'serverId' | 'channelId'>,
): TallyFacts {
  return inSnapshot(connection, (snapshot) => factsOf(snapshot, petition, at, baseline, place));
}

/** A server's part, and how much of it came since the last card that said it. */
function ownSince(own: OwnPart, before: OwnPart | undefined): NonNullable<TallyFacts['own']> {
  if (!before) return own;
  const gained = Object.entries(own.outreach).map(([type, count]) => [
    type,
    count - (before.outreach[type] ?? 0),
  ]);
  return { ...own, gained: { outreach: Object.fromEntries(gained), paper: own.paper - before.paper } };
}

function factsOf(
  connection: Connection,
  petition: Petition,
  at: number,
  baseline: TallyFacts | undefined,
  place: Pick<Schedule, 'serverId' | 'channelId'>,
): TallyFacts {
  const comment = unquotedIn(connection, place.channelId, petition.id);
  const own = ownPart(connection, petition.id, place.serverId, at);
  const tally = tallyOf(connection, petition.id);
  const { total, people, organizations } = tally;
  const day = today(petition, at);
  const counted = { petitionId: petition.id, state: 'counted', until: at } as const;
  const soFar = sumActions(connection, counted, 'type').map(({ key, count }) => [key, count] as const);
  // Taken from the sums, not from when entries came in: one that waited for an organizer counts from its approval.
  const outreach = soFar
    .map(([type, count]) => [type, count - (baseline?.outreachSoFar[type] ?? 0)] as const)
    .filter(([, count]) => count > 0);
  const reached = Math.max(latestMilestone(total, petition.goal), baseline?.reached ?? 0);
  return {
    day,
    at,
    total,
    people,
    organizations,
    goal: petition.goal,
    mayOverlap: mayOverlap(tally),
    likely: tally.likely,
    ...(baseline && {
      since: {
        day: baseline.day,
        gain: total - baseline.total,
        people: people - baseline.people,
        organizations: organizations - baseline.organizations,
      },
    }),
    ...(baseline &&
      reached > baseline.reached && {
        milestone: milestoneBetween(baseline.reached, reached, petition.goal),
      }),
    reached,
    outreach: Object.fromEntries(outreach),
    outreachSoFar: Object.fromEntries(soFar),
    ...(own && { own: ownSince(own, baseline?.own) }),
    newOrganizations: baseline
      ? organizationsSince(connection, petition.id, baseline.at, at).map(({ name }) => name)
      : [],
    events: eventsFrom(connection, petition.id, day, at, mostEvents).map((event) => {
      const { name, place, day, startsAt } = event;
      return { name, place, day, startsAt, timezone: zoneOf(event, petition) };
    }),
    turnouts: turnoutsSince(connection, petition, baseline?.at ?? 0, at),
    ...(comment !== undefined && { comment }),
    deadline: petition.deadline !== null && petition.deadline >= day ? petition.deadline : null,
    curve: curveOf(tallyLines(connection, petition.id, 'day')),
  };
}

/** The facts as they may be told now: an organization may have withdrawn since they were put together. */
export function tellable(connection: Connection, petition: Petition, facts: TallyFacts): TallyFacts {
  const named = publishedOrganizations(connection, petition.id);
  const isNamed = (one: Localized) => named.some(({ name }) => isDeepStrictEqual(name, one));
  return { ...facts, newOrganizations: facts.newOrganizations.filter(isNamed) };
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
  if (isPaused(schedule, now)) return;
  const due = lastDue(schedule, now);
  // A time that was past already when it was set, changed or resumed starts the day after.
  if (due.dueAt < Math.max(schedule.effectiveFrom, schedule.pausedUntil ?? 0)) return;
  if (tallyPostOf(database, channelId, due.day)) return;
  return inTransaction(database, (connection) => {
    const petition = petitionById(connection, petitionId);
    if (!petition) return;
    const baseline = baselineOf(connection, channelId, petitionId);
    const facts = tallyFacts(connection, petition, now, baseline, schedule);
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

/** The schedule is held back at a moment. */
export function isPaused({ pausedAt, pausedUntil }: Schedule, now: number): boolean {
  return pausedAt !== null && (pausedUntil === null || now < pausedUntil);
}

/** Daily cards go out while people sign, and while late paper comes in. */
export function takesCards(petition: Petition | undefined): boolean {
  return petition?.state === 'open' || petition?.state === 'closed';
}

function stateOf(
  schedule: Schedule,
  petition: Petition,
  facts: TallyFacts,
  baseline: TallyFacts | undefined,
  late: number,
): TallyPost['state'] {
  if (!takesCards(petition)) return 'skipped';
  if (late > latest) return 'skipped';
  if (schedule.when === 'changed' && baseline && sameFigures(facts, baseline)) return 'unchanged';
  return 'claimed';
}

/** A turnout is news, as a figure is; a comment waits for a card that has some. */
const sameFigures = (facts: TallyFacts, baseline: TallyFacts) =>
  (facts.turnouts ?? []).length === 0 &&
  facts.people === baseline.people &&
  facts.organizations === baseline.organizations &&
  isDeepStrictEqual(facts.outreachSoFar, baseline.outreachSoFar);

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
