// Refused of commands: names, languages, order, choices, sizes.
import { describe } from 'vitest';
import { long, named, refuses } from './bodies.js';

const option = (name: string) => ({ type: 3, name, description: 'x' });

describe('commands', () => {
  refuses([
    ['a name in capitals', 'commands', '1.name', 'Help', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name with a space', 'commands', '1.name', 'help me', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name with a point', 'commands', '1.name', 'help.me', 'APPLICATION_COMMAND_INVALID_NAME'],
    ['a name of 33', 'commands', '1.name', long(33), 'BASE_TYPE_MAX_LENGTH'],
    ['no name', 'commands', '1.name', undefined, 'BASE_TYPE_REQUIRED'],
    [
      'a translated name in capitals',
      'commands',
      '0.name_localizations.es-ES',
      'Petición',
      'APPLICATION_COMMAND_INVALID_NAME',
    ],
    ['a translated name of 33', 'commands', '0.name_localizations.es-ES', long(33), 'BASE_TYPE_MAX_LENGTH'],
    ['Spanish of nowhere', 'commands', '0.name_localizations.es', 'petición', 'BASE_TYPE_CHOICES'],
    ['Spanish of nowhere in a menu', 'commands', '2.name_localizations.es', 'Registrar', 'BASE_TYPE_CHOICES'],
    [
      'a described language that there is not',
      'commands',
      '0.description_localizations.en',
      'x',
      'BASE_TYPE_CHOICES',
    ],
    ['no description', 'commands', '1.description', undefined, 'BASE_TYPE_REQUIRED'],
    ['an empty description', 'commands', '1.description', '', 'BASE_TYPE_REQUIRED'],
    ['a description of 101', 'commands', '1.description', long(101), 'BASE_TYPE_MAX_LENGTH'],
    ['two of one name', 'commands', '1.name', 'petition', 'APPLICATION_COMMANDS_DUPLICATE_NAME'],
    [
      'a menu with a description',
      'commands',
      '2.description',
      'x',
      'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
    ],
    [
      'a menu with options',
      'commands',
      '2.options',
      [option('x')],
      'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID',
    ],
    ['a context that there is not', 'commands', '0.contexts', [3], '0.contexts.0 BASE_TYPE_CHOICES'],
    ['permissions in words', 'commands', '0.default_member_permissions', 'ManageGuild', 'NUMBER_TYPE_COERCE'],
    ['an unknown field', 'commands', '1.dmPermission', true, 'UNKNOWN_FIELD'],
    ['101 of them', 'commands', '', named(101, 1), '30032'],
    ['16 menus on people', 'commands', '', named(16, 2), '30032'],
    ['16 menus on messages', 'commands', '', named(16, 3), '30032'],
    [
      '8001 characters',
      'command of 8000 characters',
      '0.description',
      long(97),
      '0 APPLICATION_COMMAND_TOO_LARGE',
    ],
    [
      '8001 characters in one language',
      'command of 8000 characters',
      '0.description_localizations',
      { 'es-ES': long(97), fr: 'x' },
      '0 APPLICATION_COMMAND_TOO_LARGE',
    ],
    [
      '8001 characters by a choice',
      'command of 8000 characters',
      '0.options.9.options.0',
      { ...option('one'), description: long(96), choices: [{ name: 'x', value: 'y' }] },
      '0 APPLICATION_COMMAND_TOO_LARGE',
    ],
  ]);
});

describe('options', () => {
  const at = '1.options';
  const taken = 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATED';
  refuses([
    [
      '26 of them',
      'commands',
      at,
      'abcdefghijklmnopqrstuvwxyz'.split('').map(option),
      `${at} BASE_TYPE_MAX_LENGTH`,
    ],
    ['of no known type', 'commands', `${at}.1.type`, 12, 'UNION_TYPE_CHOICES'],
    ['two of one name', 'commands', `${at}.1.name`, 'petition', `${at}.1.name ${taken}`],
    [
      'two of one name in a subcommand',
      'commands',
      '0.options.0.options.1.name',
      'petition',
      `0.options.0.options.1.name ${taken}`,
    ],
    ['two subcommands of one name', 'commands', '0.options.1.name', 'share', `0.options.1.name ${taken}`],
    [
      'two of one name in Spanish',
      'commands',
      `${at}.1.name_localizations`,
      { 'es-ES': 'petición' },
      `${at}.1.name_localizations.es-ES ${taken}`,
    ],
    [
      'one called in Spanish as another in English',
      'commands',
      `${at}.1.name_localizations`,
      { 'es-ES': 'period' },
      `${at}.1.name_localizations.es-ES ${taken}`,
    ],
    ['a name in capitals', 'commands', `${at}.1.name`, 'Count', 'APPLICATION_COMMAND_INVALID_NAME'],
    [
      'a name in capitals in a subcommand',
      'commands',
      '0.options.1.options.0.name',
      'List',
      'APPLICATION_COMMAND_INVALID_NAME',
    ],
    ['no description', 'commands', `${at}.1.description`, undefined, 'BASE_TYPE_REQUIRED'],
    [
      'a required one after an optional one',
      'commands',
      `${at}.3.required`,
      true,
      `${at}.3 APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID`,
    ],
    [
      'a subcommand among options',
      'commands',
      `${at}.3`,
      { type: 1, name: 'x', description: 'x' },
      `${at} APPLICATION_COMMAND_OPTIONS_TYPE_INVALID`,
    ],
    [
      'a group in a group',
      'commands',
      '0.options.1.options.0',
      { type: 2, name: 'x', description: 'x' },
      '0.options.1.options.0.type BASE_TYPE_CHOICES',
    ],
    [
      'choices and autocomplete',
      'commands',
      `${at}.2.autocomplete`,
      true,
      `${at}.2.choices APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID`,
    ],
    [
      '26 choices',
      'commands',
      `${at}.2.choices`,
      'abcdefghijklmnopqrstuvwxyz'.split('').map((value) => ({ name: value, value })),
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'two choices of one name',
      'commands',
      `${at}.2.choices.1.name`,
      'Today',
      'APPLICATION_COMMAND_OPTIONS_CHOICE_DUPLICATED',
    ],
    [
      'two choices of one value',
      'commands',
      `${at}.2.choices.1.value`,
      'today',
      'APPLICATION_COMMAND_OPTIONS_CHOICE_DUPLICATED',
    ],
    ['a choice of 101', 'commands', `${at}.2.choices.1.name`, long(101), 'BASE_TYPE_MAX_LENGTH'],
    [
      'a choice that stands for 101',
      'commands',
      `${at}.2.choices.1.value`,
      long(101),
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a choice in Spanish of nowhere',
      'commands',
      `${at}.2.choices.0.name_localizations`,
      { es: 'Hoy' },
      `${at}.2.choices.0.name_localizations.es BASE_TYPE_CHOICES`,
    ],
    ['at least more than at most', 'commands', `${at}.1.min_value`, 10, 'NUMBER_TYPE_MAX'],
    ['at least longer than at most', 'commands', `${at}.0.min_length`, 101, 'NUMBER_TYPE_MAX'],
    ['longer than 6000', 'commands', `${at}.0.max_length`, 6001, 'NUMBER_TYPE_MAX'],
  ]);
});
