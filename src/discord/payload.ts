// What Discord is told of the commands: names, descriptions and options in every language it knows us in.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import { type MessageKey, wordsFor } from '../i18n/words.js';
import type { Command, Option, Subcommand } from './command.js';

/** Discord's Spanish locales; a plain «es» is not one. English goes under en-US too, or it would leak to others. */
const locales = ['en-US', 'es-ES', 'es-419'] as const;

/** A text of the language files in each locale. */
function inEach(key: string): Record<string, string> {
  return Object.fromEntries(locales.map((locale) => [locale, wordsFor(locale).say(key as MessageKey)]));
}

const english = (key: string) => wordsFor('en-US').say(key as MessageKey);

const described = (key: string) => ({
  description: english(`${key}.description`),
  description_localizations: inEach(`${key}.description`),
});

function optionPayload(name: string, option: Option) {
  const { type, required, choices, limits, complete } = option;
  return {
    type,
    name,
    name_localizations: inEach(`options.${name}.name`),
    ...described(`options.${option.wording ?? name}`),
    ...(required && { required }),
    ...limits,
    ...(complete && { autocomplete: true }),
    ...(choices && {
      choices: choices.values.map((value) => ({
        name: english(`choices.${choices.set}.${value}`),
        name_localizations: inEach(`choices.${choices.set}.${value}`),
        value,
      })),
    }),
  };
}

const optionPayloads = ({ options }: Subcommand) =>
  Object.entries(options).map(([name, option]) => optionPayload(name, option));

/** A command that has no subcommands is one itself. */
export function isSingle(does: Command['does']): does is Subcommand {
  return typeof does.run === 'function';
}

/**
 * The bodies by which Discord registers commands.
 *
 * @param oneServer - for a single server, where Discord knows no installing by persons
 */
export function payloadsOf(
  commands: readonly Command[],
  oneServer: boolean,
): RESTPostAPIApplicationCommandsJSONBody[] {
  return commands.flatMap((command) => {
    const where = oneServer ? {} : reach(command);
    const key = `commands.${command.name}`;
    const options = isSingle(command.does)
      ? optionPayloads(command.does)
      : Object.entries(command.does).map(([name, does]) => ({
          type: ApplicationCommandOptionType.Subcommand,
          name,
          name_localizations: inEach(`${key}.${name}.name`),
          ...described(`${key}.${name}`),
          options: optionPayloads(does),
        }));
    const slash = {
      type: ApplicationCommandType.ChatInput,
      name: command.name,
      name_localizations: inEach(`${key}.name`),
      ...described(key),
      options,
      ...where,
      ...(command.administrators && { default_member_permissions: String(PermissionFlagsBits.ManageGuild) }),
    };
    const menus = (command.menus ?? []).map(({ name }) => ({
      type: ApplicationCommandType.Message,
      name,
      name_localizations: inEach(`menus.${name}`),
      ...(oneServer ? {} : reach({})),
    }));
    return [slash, ...menus] as RESTPostAPIApplicationCommandsJSONBody[];
  });
}

function reach({ personal, direct }: Pick<Command, 'personal' | 'direct'>) {
  return personal
    ? {
        integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
        contexts: [
          InteractionContextType.Guild,
          InteractionContextType.BotDM,
          InteractionContextType.PrivateChannel,
        ],
      }
    : {
        integration_types: [ApplicationIntegrationType.GuildInstall],
        contexts: [InteractionContextType.Guild, ...(direct ? [InteractionContextType.BotDM] : [])],
      };
}
