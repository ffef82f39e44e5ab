// What Discord refuses of a command's options, its subcommands among them.
import type { APIApplicationCommandBasicOption, APIApplicationCommandOption } from 'discord-api-types/v10';
import { ApplicationCommandOptionType, Locale } from 'discord-api-types/v10';
import { type Named, nameRefusals, unknownLocales } from './names.js';
import { type Path, type Refusal, refusal, refusedIf, repeatedAt, tooLong } from './refusal.js';

type Option = APIApplicationCommandOption;
type BasicOption = APIApplicationCommandBasicOption;
type Bounds = { name: string } & { [B in `${'min' | 'max'}_${'value' | 'length'}`]?: number };

/** One level of options and all levels under it; the path is that of the list. */
export function optionRefusals(options: Option[], path: Path): Refusal[] {
  const each = options.flatMap((option, index) => {
    const at = [...path, index];
    const own = isBasic(option)
      ? basicRefusals(option, at)
      : optionRefusals(option.options ?? [], [...at, 'options']);
    return [...nameRefusals(option, at), ...own];
  });
  return [
    ...repeatedNames(options, path),
    ...repeatedTranslations(options, path),
    ...requiredAfterOptional(options, path),
    ...subcommandsAmongOthers(options, path),
    ...each,
  ];
}

function isBasic(option: Option): option is BasicOption {
  return (
    option.type !== ApplicationCommandOptionType.Subcommand &&
    option.type !== ApplicationCommandOptionType.SubcommandGroup
  );
}

function repeatedNames(options: Option[], path: Path): Refusal[] {
  return repeatedAt(options.map((option) => option.name)).map((index) => nameTaken([...path, index, 'name']));
}

// A translated name differs from the others of its language and from the others' own names.
function repeatedTranslations(options: Named[], path: Path): Refusal[] {
  return Object.values(Locale).flatMap((locale) =>
    options.flatMap((option, index) => {
      const name = option.name_localizations?.[locale];
      const earlier = options.slice(0, index).map((other) => other.name_localizations?.[locale]);
      const others = options.filter((other) => other !== option).map((other) => other.name);
      return refusedIf(
        name != null && [...earlier, ...others].includes(name),
        nameTaken([...path, index, 'name_localizations', locale]),
      );
    }),
  );
}

function nameTaken(path: Path): Refusal {
  return refusal(path, 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED', 'Option names must be unique');
}

function requiredAfterOptional(options: Option[], path: Path): Refusal[] {
  return options.flatMap((option, index) =>
    refusedIf(
      option.required && options.slice(0, index).some((earlier) => !earlier.required),
      refusal(
        [...path, index],
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      ),
    ),
  );
}

function subcommandsAmongOthers(options: Option[], path: Path): Refusal[] {
  return refusedIf(
    options.some(isBasic) && !options.every(isBasic),
    refusal(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    ),
  );
}

function basicRefusals(option: BasicOption, path: Path): Refusal[] {
  return [...choiceRefusals(option, [...path, 'choices']), ...impossibleRanges(option, path)];
}

function choiceRefusals(option: BasicOption, path: Path): Refusal[] {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const repeated = (['name', 'value'] as const).flatMap((part) =>
    repeatedAt(choices.map((choice) => choice[part])).map((index) =>
      refusal([...path, index, part], 'APPLICATION_COMMAND_OPTIONS_CHOICE_DUPLICATED', 'Choices must differ'),
    ),
  );
  const each = choices.flatMap((choice, index) => [
    ...unknownLocales(choice, [...path, index]),
    // The schema says 6000; the docs say 100.
    ...refusedIf(String(choice.value).length > 100, tooLong([...path, index, 'value'], 100)),
  ]);
  const both = refusedIf(
    choices.length > 0 && 'autocomplete' in option && option.autocomplete,
    refusal(
      path,
      'APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID',
      'Choices and autocomplete exclude each other',
    ),
  );
  return [...both, ...repeated, ...each];
}

function impossibleRanges(option: BasicOption, path: Path): Refusal[] {
  const bounds: Bounds = option;
  return (['value', 'length'] as const).flatMap((what) => {
    const least = bounds[`min_${what}`] ?? Number.NEGATIVE_INFINITY;
    const most = bounds[`max_${what}`] ?? Number.POSITIVE_INFINITY;
    return refusedIf(
      least > most,
      refusal([...path, `min_${what}`], 'NUMBER_TYPE_MAX', `At least ${least}, but at most ${most}`),
    );
  });
}
