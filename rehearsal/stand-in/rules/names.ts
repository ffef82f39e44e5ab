// What Discord refuses of the names and descriptions of commands, options and choices.
import { Locale } from 'discord-api-types/v10';
import { isBlank, type Path, type Refusal, refusal, refusedIf, required } from './refusal.js';

type Translations = Partial<Record<Locale, string | null | undefined>> | null | undefined;

/** A command, an option or a choice: named in several languages. */
export interface Named {
  name: string;
  name_localizations?: Translations;
  description?: string | null | undefined;
  description_localizations?: Translations;
  value?: string | number;
  options?: readonly Named[] | null | undefined;
  choices?: readonly Named[] | null | undefined;
}

/** Rules for what is typed after the slash; names in menus and of choices are free. */
export function nameRefusals(named: Named, path: Path): Refusal[] {
  return [
    ...invalidNames(named, path),
    ...unknownLocales(named, path),
    ...refusedIf(isBlank(named.description), required([...path, 'description'])),
  ];
}

/** @see https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
function invalidNames({ name, name_localizations }: Named, path: Path): Refusal[] {
  const translated = Object.entries(name_localizations ?? {}).flatMap(([locale, text]) =>
    refusedIf(!isName(text ?? ''), invalidName([...path, 'name_localizations', locale])),
  );
  return [...refusedIf(!isName(name), invalidName([...path, 'name'])), ...translated];
}

// Lower case wherever a letter has one.
function isName(text: string): boolean {
  return /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(text) && text === text.toLowerCase();
}

function invalidName(path: Path): Refusal {
  return refusal(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

/** Languages that Discord does not have, such as plain `es`. */
export function unknownLocales(named: Named, path: Path): Refusal[] {
  const known: string[] = Object.values(Locale);
  return (['name_localizations', 'description_localizations'] as const).flatMap((field) =>
    Object.keys(named[field] ?? {}).flatMap((locale) =>
      refusedIf(
        !known.includes(locale),
        refusal([...path, field, locale], 'BASE_TYPE_CHOICES', `Value must be one of (${known.join(', ')}).`),
      ),
    ),
  );
}

/** Characters of all names, descriptions and values in it, of each the longest translation only. */
export function sizeOf(named: Named): number {
  return (
    longest(named.name, named.name_localizations) +
    longest(named.description, named.description_localizations) +
    String(named.value ?? '').length +
    [...(named.options ?? []), ...(named.choices ?? [])].reduce((sum, inner) => sum + sizeOf(inner), 0)
  );
}

function longest(text: string | null | undefined, translations: Translations): number {
  return Math.max(...[text, ...Object.values(translations ?? {})].map((variant) => variant?.length ?? 0));
}
