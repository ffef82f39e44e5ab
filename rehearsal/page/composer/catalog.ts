// The commands as they are typed: every one down to its options, named in the speaker's language.
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
} from 'discord-api-types/v10';
import { spokenLocale } from '../words.js';

/** A command with its group and subcommand, ready to be typed. */
export interface Leaf {
  /** As Discord is told: `petition share`. */
  name: string;
  /** As its reader sees it. */
  shown: string;
  description: string;
  options: APIApplicationCommandBasicOption[];
}

interface Named {
  name: string;
  name_localizations?: Partial<Record<string, string | null>> | null | undefined;
}

/** The name in the speaker's language; Latin American Spanish falls back to that of Spain. */
export function nameIn({ name, name_localizations: names }: Named): string {
  return inLocale(names) ?? name;
}

/** The description in the speaker's language. */
export function describe(
  described: { description: string } & {
    description_localizations?: Partial<Record<string, string | null>> | null | undefined;
  },
): string {
  return inLocale(described.description_localizations) ?? described.description;
}

function inLocale(texts: Partial<Record<string, string | null>> | null | undefined): string | undefined {
  const locale = spokenLocale();
  return texts?.[locale] ?? (locale === 'es-419' ? texts?.['es-ES'] : undefined) ?? undefined;
}

/** Every slash command that can be typed, by what its reader sees. */
export function leaves(commands: readonly APIApplicationCommand[]): Leaf[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap((command) =>
      below(command.options ?? [], {
        name: command.name,
        shown: nameIn(command),
        description: describe(command),
        options: [],
      }),
    )
    .sort((one, other) => one.shown.localeCompare(other.shown));
}

function below(options: APIApplicationCommandOption[], leaf: Leaf): Leaf[] {
  const deeper = options.flatMap((option) => {
    if (!isBranch(option)) return [];
    const next = {
      name: `${leaf.name} ${option.name}`,
      shown: `${leaf.shown} ${nameIn(option)}`,
      description: describe(option),
      options: [],
    };
    return below(option.options ?? [], next);
  });
  if (deeper.length > 0) return deeper;
  return [{ ...leaf, options: options.filter((option) => !isBranch(option)) }];
}

function isBranch(
  option: APIApplicationCommandOption,
): option is Exclude<APIApplicationCommandOption, APIApplicationCommandBasicOption> {
  return (
    option.type === ApplicationCommandOptionType.Subcommand ||
    option.type === ApplicationCommandOptionType.SubcommandGroup
  );
}

/** The commands that what was typed may mean, those that begin with it first. */
export function matching(all: readonly Leaf[], typed: string): Leaf[] {
  const wanted = plain(typed);
  const found = all.filter(({ name, shown, description }) =>
    [name, shown, description].some((text) => plain(text).includes(wanted)),
  );
  const begins = ({ name, shown }: Leaf) => plain(shown).startsWith(wanted) || name.startsWith(wanted);
  return [...found.filter(begins), ...found.filter((leaf) => !begins(leaf))];
}

/** Without accents, capitals and spaces at the ends: as people type. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
