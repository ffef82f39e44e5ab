// A server's scheduled events over REST: marches and calls, at a place outside of Discord.
import {
  type APIGuildScheduledEvent,
  GatewayDispatchEvents,
  GuildScheduledEventStatus,
  PermissionFlagsBits,
  type RESTPatchAPIGuildScheduledEventJSONBody,
  type RESTPostAPIGuildScheduledEventJSONBody,
} from 'discord-api-types/v10';
import type { FastifyInstance } from 'fastify';
import { userPayload } from '../payloads.js';
import { permissionsInGuild } from '../permissions.js';
import { type EventBody, eventRefusals } from '../rules/event.js';
import type { Guild, User, World } from '../world.js';
import { ownGuild } from './access.js';
import { accepted } from './bodies.js';
import { Failure, failures, invalidBody } from './failure.js';

interface OfGuild {
  Params: { guild: string; event: string };
}

/** So many may be to come or under way. */
const most = 100;

/** Which states follow which; the last two are for good. */
const transitions: Partial<Record<GuildScheduledEventStatus, GuildScheduledEventStatus[]>> = {
  [GuildScheduledEventStatus.Scheduled]: [
    GuildScheduledEventStatus.Active,
    GuildScheduledEventStatus.Canceled,
  ],
  [GuildScheduledEventStatus.Active]: [GuildScheduledEventStatus.Completed],
};

export function eventRoutes(api: FastifyInstance, world: World): void {
  const all = '/guilds/:guild/scheduled-events';

  api.get<OfGuild>(all, async ({ params }) => [...ownGuild(world, params.guild).events.values()]);

  api.get<OfGuild>(`${all}/:event`, async ({ params }) => found(ownGuild(world, params.guild), params.event));

  api.post<OfGuild>(all, async (request) => {
    const guild = writable(world, request.params.guild);
    const body = accepted('event', request) as RESTPostAPIGuildScheduledEventJSONBody;
    demandSound(body, world.clock.now());
    if (guild.events.size >= most) {
      throw new Failure(400, 30_038, 'Maximum number of guild scheduled events reached (100)');
    }
    return scheduleEvent(world, guild, world.bot, body);
  });

  api.patch<OfGuild>(`${all}/:event`, async (request) => {
    const guild = writable(world, request.params.guild);
    const event = found(guild, request.params.event);
    const body = accepted('event-edit', request) as RESTPatchAPIGuildScheduledEventJSONBody;
    const { status } = body;
    if (status !== undefined && status !== event.status && !transitions[event.status]?.includes(status)) {
      throw new Failure(400, 180_000, 'Invalid Guild Scheduled Event Status Transition');
    }
    const edited = { ...event, ...body } as APIGuildScheduledEvent;
    const isMoved = body.scheduled_start_time !== undefined;
    demandSound(edited, isMoved ? world.clock.now() : undefined);
    // One that is over or called off is no longer there; whoever holds it sees its last state.
    const isOver = edited.status > GuildScheduledEventStatus.Active;
    if (isOver) guild.events.delete(event.id);
    else guild.events.set(event.id, edited);
    tell(world, GatewayDispatchEvents.GuildScheduledEventUpdate, edited);
    return edited;
  });

  api.delete<OfGuild>(`${all}/:event`, async ({ params }, reply) => {
    const guild = writable(world, params.guild);
    const event = found(guild, params.event);
    guild.events.delete(event.id);
    tell(world, GatewayDispatchEvents.GuildScheduledEventDelete, event);
    return reply.code(204).send();
  });
}

/** Puts an event into a server's calendar; the bot hears of it. */
export function scheduleEvent(
  world: World,
  guild: Guild,
  by: User,
  body: RESTPostAPIGuildScheduledEventJSONBody,
): APIGuildScheduledEvent {
  const event = {
    id: world.nextId(),
    guild_id: guild.id,
    channel_id: null,
    creator_id: by.id,
    creator: userPayload(by),
    description: null,
    scheduled_end_time: null,
    status: GuildScheduledEventStatus.Scheduled,
    entity_id: null,
    recurrence_rule: null,
    user_count: 0,
    ...body,
  } as APIGuildScheduledEvent;
  guild.events.set(event.id, event);
  tell(world, GatewayDispatchEvents.GuildScheduledEventCreate, event);
  world.events.emit('change');
  return event;
}

/** A server whose events the bot may make; what it may do with those of others is not told apart. */
function writable(world: World, id: string): Guild {
  const guild = ownGuild(world, id);
  if (!(permissionsInGuild(guild, world.bot.id) & PermissionFlagsBits.CreateEvents)) {
    throw failures.missingPermissions();
  }
  return guild;
}

function found(guild: Guild, id: string): APIGuildScheduledEvent {
  const event = guild.events.get(id);
  if (!event) throw new Failure(404, 10_070, 'Unknown Guild Scheduled Event');
  return event;
}

function demandSound(body: EventBody, now: number | undefined): void {
  const refusals = eventRefusals(body, now);
  if (refusals.length > 0) throw invalidBody(refusals);
}

function tell(world: World, event: GatewayDispatchEvents, data: APIGuildScheduledEvent): void {
  world.events.emit('dispatch', { event, data });
}
