// The commands an application registers: global ones, and those of single servers.
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { refusalsOf } from '../rules/index.js';
import type { World } from '../world.js';
import { ownGuild } from './access.js';
import { failures, invalidBody } from './failure.js';

interface Scope {
  Params: { application: string; guild?: string; command: string };
  Querystring: { with_localizations?: string };
}

type Asked = FastifyRequest<Scope>;

export function commandRoutes(api: FastifyInstance, world: World): void {
  const ofApplication = '/applications/:application';
  for (const base of [`${ofApplication}/commands`, `${ofApplication}/guilds/:guild/commands`]) {
    api.get<Scope>(base, async (request) => shown(request, registered(world, request)));

    api.put<Scope>(base, async (request) => {
      const bodies = acceptedCommands(request.body);
      const earlier = registered(world, request);
      const commands = bodies.map((body) => made(world, request, body, same(earlier, body)));
      world.commands = [...world.commands.filter((command) => !earlier.includes(command)), ...commands];
      return commands;
    });

    api.post<Scope>(base, async (request, reply) => {
      const [body] = acceptedCommands([request.body], 1);
      if (!body) throw failures.unknownCommand();
      const earlier = same(registered(world, request), body);
      const command = made(world, request, body, earlier);
      world.commands = [...world.commands.filter((other) => other !== earlier), command];
      return reply.code(earlier ? 200 : 201).send(command);
    });

    api.get<Scope>(`${base}/:command`, async (request) => shown(request, [one(world, request)])[0]);

    api.patch<Scope>(`${base}/:command`, async (request) => {
      const earlier = one(world, request);
      const { id: _, application_id, version, guild_id, ...kept } = earlier;
      const [body] = acceptedCommands([{ ...kept, ...(request.body as object) }], 1);
      if (!body) throw failures.unknownCommand();
      const command = made(world, request, body, earlier);
      world.commands = world.commands.map((other) => (other === earlier ? command : other));
      return command;
    });

    api.delete<Scope>(`${base}/:command`, async (request, reply) => {
      const command = one(world, request);
      world.commands = world.commands.filter((other) => other !== command);
      return reply.code(204).send();
    });
  }
}

/** @param skip - How much of each fault's path is ours: a single command is checked as a list of one */
function acceptedCommands(body: unknown, skip = 0): RESTPostAPIApplicationCommandsJSONBody[] {
  const refusals = refusalsOf('commands', body, []);
  if (refusals.length > 0) {
    throw invalidBody(refusals.map((refusal) => ({ ...refusal, path: refusal.path.slice(skip) })));
  }
  return body as RESTPostAPIApplicationCommandsJSONBody[];
}

function registered(world: World, { params }: Asked): APIApplicationCommand[] {
  if (params.application !== world.applicationId) throw failures.missingAccess();
  if (params.guild !== undefined) ownGuild(world, params.guild);
  return world.commands.filter(({ guild_id }) => guild_id === params.guild);
}

function one(world: World, request: Asked): APIApplicationCommand {
  const command = registered(world, request).find(({ id }) => id === request.params.command);
  if (!command) throw failures.unknownCommand();
  return command;
}

function same(commands: APIApplicationCommand[], body: RESTPostAPIApplicationCommandsJSONBody) {
  return commands.find(({ name, type }) => name === body.name && type === typeOf(body));
}

function typeOf(body: RESTPostAPIApplicationCommandsJSONBody): ApplicationCommandType {
  return body.type ?? ApplicationCommandType.ChatInput;
}

/** The command as Discord keeps it: with an id of its own, and with what the bot left out. */
function made(
  world: World,
  { params }: Asked,
  body: RESTPostAPIApplicationCommandsJSONBody,
  earlier?: APIApplicationCommand,
): APIApplicationCommand {
  const { guild } = params;
  return {
    description: '',
    default_member_permissions: null,
    nsfw: false,
    name_localizations: null,
    description_localizations: null,
    integration_types: [ApplicationIntegrationType.GuildInstall],
    ...(guild === undefined ? { contexts: everywhere } : { guild_id: guild }),
    ...body,
    type: typeOf(body),
    id: earlier?.id ?? world.nextId(),
    application_id: world.applicationId,
    version: world.nextId(),
  } as APIApplicationCommand;
}

const everywhere = [
  InteractionContextType.Guild,
  InteractionContextType.BotDM,
  InteractionContextType.PrivateChannel,
];

// Discord leaves the translations out of what it lists unless asked for them.
function shown({ query }: Asked, commands: APIApplicationCommand[]): APIApplicationCommand[] {
  if (query.with_localizations === 'true') return commands;
  const hidden = ['name_localizations', 'description_localizations'];
  return JSON.parse(JSON.stringify(commands, (key, value) => (hidden.includes(key) ? undefined : value)));
}
