// Which command somebody means, and whether Discord would offer it to them here.
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIAuthorizingIntegrationOwnersMap,
  ApplicationCommandOptionType,
  type ApplicationCommandType,
  ApplicationIntegrationType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { may, permissionsIn } from '../permissions.js';
import { guildOf } from '../world.js';
import { DriverError } from './contract.js';
import { contextOf, type Place } from './envelope.js';

/** A registered command; a server's own comes before the global one of the same name. */
export function findCommand(
  { world, channel }: Place,
  name: string,
  types: ApplicationCommandType[],
): APIApplicationCommand {
  const found = world.commands
    .filter((command) => command.name === name && types.includes(command.type))
    .filter(({ guild_id }) => guild_id === undefined || guild_id === channel.guildId)
    .sort((one) => (one.guild_id === undefined ? 1 : -1))[0];
  if (found) return found;
  const names = world.commands.filter(({ type }) => types.includes(type)).map((command) => command.name);
  throw new DriverError(`There is no command “${name}”. There are: ${names.join(', ') || 'none'}`);
}

/** By whose installation a command can be used here: the server's, or the person's own. */
export function ownersOf(
  { world, channel, user }: Place,
  command: APIApplicationCommand,
): APIAuthorizingIntegrationOwnersMap {
  const types = command.guild_id === undefined ? (command.integration_types ?? []) : [0];
  const guild = guildOf(world, channel);
  const isWithBot = guild ? guild.members.has(world.bot.id) : channel.recipients.length === 1;
  const byServer = isWithBot && types.includes(ApplicationIntegrationType.GuildInstall);
  const byUser = !guild?.members.has(world.bot.id) && types.includes(ApplicationIntegrationType.UserInstall);
  return {
    ...(byServer && { [ApplicationIntegrationType.GuildInstall]: guild?.id ?? '0' }),
    ...(byUser && { [ApplicationIntegrationType.UserInstall]: user.id }),
  };
}

/** @throws DriverError where Discord would not show this person the command */
export function demandAvailable(place: Place, command: APIApplicationCommand): void {
  const { world, channel, user } = place;
  const refuse = (why: string) => {
    throw new DriverError(`Discord does not offer “${command.name}” to ${user.displayName} here: ${why}`);
  };
  const context = contextOf(place);
  if (command.guild_id === undefined && !(command.contexts ?? [context]).includes(context)) {
    refuse(`its contexts are ${command.contexts?.join(', ')}, this is ${context}`);
  }
  if (Object.keys(ownersOf(place, command)).length === 0) {
    refuse(`its integration types are ${command.integration_types?.join(', ')}`);
  }
  if (!guildOf(world, channel)) return;
  if (!may(world, channel, user.id, PermissionFlagsBits.UseApplicationCommands)) {
    refuse('they may not use commands in this channel');
  }
  const needed = command.default_member_permissions;
  if (needed === null || needed === undefined) return;
  const held = permissionsIn(world, channel, user.id);
  const bits = BigInt(needed) || PermissionFlagsBits.Administrator;
  if ((held & bits) !== bits) refuse(`it is for members with the permissions ${needed}`);
}

/** The options that can be typed after a whole name, and the subcommands that lead there. */
export interface Leaf {
  options: APIApplicationCommandOption[];
  /** Wraps the options that were typed into the group and subcommand they belong to. */
  wrap(typed: object[]): object[];
}

/** Follows `petition share` from the command down to the subcommand. */
export function findLeaf(command: APIApplicationCommand, words: string[]): Leaf {
  let options: APIApplicationCommandOption[] = command.options ?? [];
  let wrap: Leaf['wrap'] = (typed) => typed;
  for (const word of words) {
    const next = options.find(({ name, type }) => name === word && isSubcommand(type));
    if (!next) throw new DriverError(`“${command.name}” has no “${word}”. It has: ${listed(options)}`);
    const outer = wrap;
    wrap = (typed) => outer([{ name: word, type: next.type, options: typed }]);
    options = ('options' in next ? next.options : undefined) ?? [];
  }
  if (options.some(({ type }) => isSubcommand(type))) {
    throw new DriverError(`“${[command.name, ...words].join(' ')}” goes on: ${listed(options)}`);
  }
  return { options, wrap };
}

function isSubcommand(type: ApplicationCommandOptionType): boolean {
  return (
    type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup
  );
}

/** The names of options, for an error's text. */
export function listed(options: { name: string }[]): string {
  return options.map(({ name }) => name).join(', ') || 'nothing';
}
