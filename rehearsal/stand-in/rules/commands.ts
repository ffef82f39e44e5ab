// What Discord refuses of a list of commands to register.
import type {
  RESTPostAPIApplicationCommandsJSONBody,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { ApplicationCommandType } from 'discord-api-types/v10';
import { nameRefusals, sizeOf, unknownLocales } from './names.js';
import { optionRefusals } from './options.js';
import { isBlank, type Path, type Refusal, refusal, refusedIf, repeatedAt } from './refusal.js';

type Command = RESTPostAPIApplicationCommandsJSONBody;
type ChatInput = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** @see https://docs.discord.com/developers/interactions/application-commands */
export function commandRefusals(commands: Command[]): Refusal[] {
  return [
    ...repeatedCommands(commands),
    ...tooManyCommands(commands),
    ...commands.flatMap((command, index) =>
      isChatInput(command) ? chatInputRefusals(command, [index]) : menuRefusals(command, [index]),
    ),
  ];
}

function typeOf(command: Command): ApplicationCommandType {
  return command.type ?? ApplicationCommandType.ChatInput;
}

function isChatInput(command: Command): command is ChatInput {
  return typeOf(command) === ApplicationCommandType.ChatInput;
}

function repeatedCommands(commands: Command[]): Refusal[] {
  return repeatedAt(commands.map((command) => `${typeOf(command)} ${command.name}`)).map((index) =>
    refusal(
      [index, 'name'],
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      'Application command names must be unique',
    ),
  );
}

const LIMITS = [
  [ApplicationCommandType.ChatInput, 100],
  [ApplicationCommandType.User, 15],
  [ApplicationCommandType.Message, 15],
] as const;

function tooManyCommands(commands: Command[]): Refusal[] {
  return LIMITS.flatMap(([type, limit]) =>
    refusedIf(
      commands.filter((command) => typeOf(command) === type).length > limit,
      refusal([], '30032', `Maximum number of application commands reached (${limit})`),
    ),
  );
}

function chatInputRefusals(command: ChatInput, path: Path): Refusal[] {
  return [
    ...nameRefusals(command, path),
    ...optionRefusals(command.options ?? [], [...path, 'options']),
    ...refusedIf(
      sizeOf(command) > 8000,
      refusal(path, 'APPLICATION_COMMAND_TOO_LARGE', 'Command exceeds maximum size (8000)'),
    ),
  ];
}

// Commands of the right-click menu have a name, in any case and with spaces, and nothing else.
function menuRefusals(command: Command, path: Path): Refusal[] {
  const described = 'description' in command && !isBlank(command.description);
  const hasOptions = 'options' in command && command.options?.length;
  return [
    ...unknownLocales(command, path),
    ...refusedIf(
      described,
      refusal(
        [...path, 'description'],
        'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID',
        'Context menu commands cannot have description',
      ),
    ),
    ...refusedIf(
      hasOptions,
      refusal(
        [...path, 'options'],
        'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID',
        'Context menu commands cannot have options',
      ),
    ),
  ];
}
