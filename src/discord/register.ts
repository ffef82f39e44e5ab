// Tells Discord which commands there are, when what it knows differs.
import { isDeepStrictEqual } from 'node:util';
import { type Client, Routes } from 'discord.js';
import type { Logger } from 'pino';
import type { Command } from './command.js';
import { payloadsOf } from './payload.js';

/**
 * Registers the commands, for everyone or for one server.
 *
 * @remarks Discord allows 200 creations a day, and a changed command is gone from people's lists for a moment:
 * so nothing is sent where nothing changed.
 */
export async function registerCommands(
  client: Client<true>,
  commands: readonly Command[],
  serverId: string | undefined,
  log: Logger,
): Promise<void> {
  const { id } = client.application;
  const route = serverId ? Routes.applicationGuildCommands(id, serverId) : Routes.applicationCommands(id);
  const wanted = payloadsOf(commands, serverId !== undefined);
  const known = await client.rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
  const aside = new Set(serverId ? [...discords, ...placeless] : discords);
  const registered = !isDeepStrictEqual(byName(known, aside), byName(wanted, aside));
  if (registered) await client.rest.put(route, { body: wanted });
  log.info({ commands: wanted.length, registered }, 'commands');
}

/** What Discord adds to a command of its own accord; we set none of it. */
const discords = ['id', 'application_id', 'guild_id', 'version', 'dm_permission', 'nsfw', 'handler'];

/** What Discord adds to a single server's commands, where we may not set it. */
const placeless = ['integration_types', 'contexts'];

/** Commands in an order of their own, without what Discord adds and without what says nothing. */
function byName(commands: unknown, aside: ReadonlySet<string>): unknown {
  if (!Array.isArray(commands)) return commands;
  const sorted = commands.toSorted((a, b) => `${a.type}${a.name}`.localeCompare(`${b.type}${b.name}`));
  return sorted.map((command) => comparable(command, aside));
}

function comparable(value: unknown, aside: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((item) => comparable(item, aside));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([key, field]) => !aside.has(key) && says(field));
  return Object.fromEntries(fields.map(([key, field]) => [key, comparable(field, aside)]));
}

/** An empty list, an empty description, a null or a false are what Discord fills in for nothing. */
function says(field: unknown): boolean {
  return field !== null && field !== false && field !== '' && !(Array.isArray(field) && field.length === 0);
}
