// Events in a server's calendar: put there, called off there, and what people do to them there followed.
import {
  type Client,
  DiscordAPIError,
  Events,
  type Guild,
  type GuildScheduledEvent,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { recoverFrom } from '../../db/connect.js';
import { type Event, eventInDiscord, eventsInCalendar } from '../../db/events.js';
import type { Write } from '../../db/transaction.js';
import {
  followDiscord,
  recordShown,
  type Seen,
  type ShownEvent,
  shownIn,
} from '../coalition/event-in-discord.js';
import type { Context } from '../context.js';

/** Why an event is in Minga and not, or still, in Discord. */
export type Obstacle = 'permission' | 'full' | 'refused' | 'unanswered';

/** An event of a server's calendar, as far as it is asked for. */
const calendarEntry = z.object({
  id: z.string(),
  name: z.string(),
  creator_id: z.string().nullish(),
  scheduled_start_time: z.string(),
});

/**
 * Puts an event into a server's calendar, once.
 *
 * @remarks Discord takes no key that would tell a second attempt from a second event. What is there already, by name
 * and start, is taken for this one; no request is repeated without looking, and whoever asks for the same one
 * meanwhile waits for the answer to the first.
 * @returns why it is not there; undefined where it is
 */
export function showEvent(
  context: Context,
  client: Client<true>,
  write: Write,
  event: Event,
): Promise<Obstacle | undefined> {
  const asked = underWay.get(event.id) ?? putThere(context, client, write, event);
  underWay.set(event.id, asked);
  return asked.finally(() => underWay.delete(event.id));
}

/** What Discord is asked for now, by the event's id. */
const underWay = new Map<number, Promise<Obstacle | undefined>>();

async function putThere(
  context: Context,
  client: Client<true>,
  write: Write,
  event: Event,
): Promise<Obstacle | undefined> {
  const shown = shownIn(context.database, event, write.serverId);
  if (!shown) return 'refused';
  const guild = client.guilds.cache.get(write.serverId);
  if (guild && !guild.members.me?.permissions.has('CreateEvents')) return 'permission';
  try {
    const discordId =
      (await findInCalendar(context, client, write.serverId, shown)) ??
      (await putInCalendar(context, client, write.serverId, shown));
    recordShown(context.database, { ...write, key: undefined }, event, discordId);
    return undefined;
  } catch (error) {
    context.log.warn({ err: error, event: event.id }, 'event not put into the calendar');
    return obstacleOf(error);
  }
}

async function putInCalendar(
  context: Context,
  client: Client<true>,
  serverId: string,
  shown: ShownEvent,
): Promise<string> {
  const { name, place, description, startsAt, endsAt } = shown;
  const body = {
    name,
    ...(description !== undefined && { description }),
    entity_type: GuildScheduledEventEntityType.External,
    entity_metadata: { location: place },
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    scheduled_start_time: new Date(startsAt).toISOString(),
    scheduled_end_time: new Date(endsAt).toISOString(),
  };
  // The client's own would repeat a request that was taken and not answered.
  const once = { ...client.rest.options, retries: 0, hashSweepInterval: 0, handlerSweepInterval: 0 };
  const rest = new REST(once).setToken(client.token);
  try {
    return calendarEntry.parse(await rest.post(Routes.guildScheduledEvents(serverId), { body })).id;
  } catch (error) {
    if (isClearNo(error)) throw error;
    const taken = await findInCalendar(context, client, serverId, shown);
    if (taken === undefined) throw error;
    return taken;
  }
}

/** What Minga itself put into the calendar by this name and for this start, and no other event of its own is. */
async function findInCalendar(
  { database }: Context,
  client: Client<true>,
  serverId: string,
  { name, startsAt }: ShownEvent,
): Promise<string | undefined> {
  const entries = z.array(calendarEntry).parse(await client.rest.get(Routes.guildScheduledEvents(serverId)));
  return entries.find(
    (entry) =>
      entry.creator_id === client.user.id &&
      entry.name === name &&
      Date.parse(entry.scheduled_start_time) === startsAt &&
      !eventInDiscord(database, entry.id),
  )?.id;
}

/** Calls an event off in Discord; why it still stands there, or undefined. One that is gone from there is called off. */
export async function cancelInDiscord(
  { log }: Context,
  client: Client<true>,
  { id, serverId, discordId }: Event,
): Promise<Obstacle | undefined> {
  if (serverId === null || discordId === null) return undefined;
  const route = Routes.guildScheduledEvent(serverId, discordId);
  try {
    await client.rest
      .patch(route, { body: { status: GuildScheduledEventStatus.Canceled } })
      // One that has begun can't be called off any more, but it can be taken out.
      .catch((error) => (isRefusal(error, 400) ? client.rest.delete(route) : Promise.reject(error)));
    return undefined;
  } catch (error) {
    if (isGone(error)) return undefined;
    log.warn({ err: error, event: id }, 'event not called off in Discord');
    return obstacleOf(error);
  }
}

/** Heeds what people do to Minga's events in Discord; after an outage, what was done meanwhile. */
export function followEvents(context: Context, client: Client): void {
  client.on(Events.GuildScheduledEventUpdate, (_before, event) => heed(context, event.id, seenIn(event)));
  client.on(Events.GuildScheduledEventDelete, ({ id }) => heed(context, id, 'gone'));
  client.on(Events.GuildAvailable, (guild) => void catchUp(context, guild));
}

/** Looks at the calendars of all servers, at start-up: people may have done something while Minga was away. */
export function catchUpOnEvents(context: Context, client: Client<true>): void {
  for (const guild of client.guilds.cache.values()) if (guild.available) void catchUp(context, guild);
}

function heed({ database, clock, log }: Context, discordId: string, seen: Seen): void {
  try {
    const event = eventInDiscord(database, discordId);
    if (event) followDiscord(database, clock.now(), event, seen);
  } catch (error) {
    log.error({ err: error, scheduledEvent: discordId }, 'could not follow an event');
    recoverFrom(error, database);
  }
}

function seenIn(event: GuildScheduledEvent): Seen {
  const { status, name, scheduledStartTimestamp: startsAt, scheduledEndTimestamp: endsAt } = event;
  if (status === GuildScheduledEventStatus.Canceled || startsAt === null) return 'gone';
  const place = event.entityMetadata?.location ?? null;
  return { name, place, startsAt, endsAt };
}

async function catchUp(context: Context, guild: Guild): Promise<void> {
  try {
    await lookAtCalendar(context, guild);
  } catch (error) {
    context.log.error({ err: error, server: guild.id }, 'could not look at the events');
    recoverFrom(error, context.database);
  }
}

/** Looks at a server's calendar, as Discord told it with the server. */
async function lookAtCalendar(context: Context, guild: Guild): Promise<void> {
  const { database, clock } = context;
  const calendar = guild.scheduledEvents.cache;
  for (const event of eventsInCalendar(database, guild.id, clock.now())) {
    const { discordId } = event;
    if (discordId === null) {
      const shown = shownIn(database, event, guild.id);
      const taken = calendar.find(
        ({ id, name, creatorId, scheduledStartTimestamp }) =>
          creatorId === guild.client.user.id &&
          name === shown?.name &&
          scheduledStartTimestamp === shown.startsAt &&
          !eventInDiscord(database, id),
      );
      const write = { userId: null, serverId: guild.id, at: clock.now() };
      if (taken) recordShown(database, write, event, taken.id);
      continue;
    }
    const there = calendar.get(discordId);
    if (there) heed(context, discordId, seenIn(there));
    // Asked once more, as being called off is for good. What has begun may be over before its time.
    else if ((event.startsAt ?? 0) > clock.now() && (await isTakenOut(guild, discordId)))
      heed(context, discordId, 'gone');
  }
}

const leftCalendar = z.object({ status: z.literal(GuildScheduledEventStatus.Canceled) });

async function isTakenOut({ client, id }: Guild, discordId: string): Promise<boolean> {
  try {
    const entry = await client.rest.get(Routes.guildScheduledEvent(id, discordId));
    return leftCalendar.safeParse(entry).success;
  } catch (error) {
    if (isGone(error)) return true;
    throw error;
  }
}

const isRefusal = (error: unknown, status: number) =>
  error instanceof DiscordAPIError && error.status === status;

const isGone = (error: unknown) =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownGuildScheduledEvent;

const isClearNo = (error: unknown) => error instanceof DiscordAPIError && error.status < 500;

function obstacleOf(error: unknown): Obstacle {
  if (!(error instanceof DiscordAPIError)) return 'unanswered';
  if (error.code === RESTJSONErrorCodes.MaximumNumberOfUncompletedGuildScheduledEventsReached) return 'full';
  if (error.status === 403) return 'permission';
  return error.status < 500 ? 'refused' : 'unanswered';
}
