// Typed options, checked as Discord's own client checks them before it sends anything.
import {
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { listed } from './commands.js';
import { type Channel, DriverError, type OptionValue, type OptionValues, type SentFile } from './contract.js';
import type { Place } from './envelope.js';
import { type Resolved, resolve } from './resolved.js';

/** How options are to be typed. */
export interface Typing {
  /** Sends even what the client would hold back. */
  unchecked?: boolean;
  /** The option still being typed; nothing is required yet. */
  focused?: string;
}

/** The options as the interaction carries them; people, channels, roles and files go into `resolved`. */
export function typedOptions(
  place: Place,
  declared: APIApplicationCommandOption[],
  values: OptionValues,
  resolved: Resolved,
  { unchecked = false, focused }: Typing = {},
): object[] {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, value }],
  );
  if (!unchecked && focused === undefined) {
    const missing = declared.find(
      (option) => 'required' in option && option.required && values[option.name] === undefined,
    );
    if (missing) throw new DriverError(`The option “${missing.name}” is required`);
  }
  return given.map(({ name, value }) => {
    const option = declared.find((one) => one.name === name);
    if (!option && !unchecked) {
      throw new DriverError(`There is no option “${name}”. There are: ${listed(declared)}`);
    }
    const isFocused = name === focused;
    const chosen = option ? chosenValue(option, value) : value;
    const problem = option && !isFocused && !unchecked ? problemOf(place, option, chosen) : undefined;
    if (problem) throw new DriverError(`The option “${name}” ${problem}, not ${shown(chosen)}`);
    return {
      name,
      type: option?.type ?? typeOf(chosen),
      value:
        typeof chosen === 'object'
          ? resolve(place, resolved, chosen, unchecked)
          : isFocused
            ? String(chosen)
            : chosen,
      ...(isFocused && { focused: true }),
    };
  });
}

// People pick a choice by what it says; its value does as well.
function chosenValue(option: APIApplicationCommandOption, value: OptionValue): OptionValue {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  return choices.find((choice) => choice.name === value)?.value ?? value;
}

/** What is wrong with a value, as the end of a sentence; nothing when the client would take it. */
function problemOf(
  { world }: Place,
  option: APIApplicationCommandOption,
  value: OptionValue,
): string | undefined {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    return `has to be one of ${choices.map((choice) => choice.value).join(', ')}`;
  }
  switch (option.type) {
    case Type.String: {
      const { min_length: least = 1, max_length: most = 6000 } = option;
      if (typeof value !== 'string') return 'has to be text';
      return fits(value.length, Math.max(least, 1), most, 'characters');
    }
    case Type.Integer:
    case Type.Number: {
      if (typeof value !== 'number' || Number.isNaN(value)) return 'has to be a number';
      if (option.type === Type.Integer && !Number.isSafeInteger(value)) return 'has to be a whole number';
      return fits(value, option.min_value ?? -(2 ** 53), option.max_value ?? 2 ** 53);
    }
    case Type.Boolean:
      return typeof value === 'boolean' ? undefined : 'has to be true or false';
    case Type.User:
      return isA(value, 'person') ? undefined : 'has to be a person';
    case Type.Role:
      return isA(value, 'role') ? undefined : 'has to be a role';
    case Type.Mentionable:
      return isA(value, 'person') || isA(value, 'role') ? undefined : 'has to be a person or a role';
    case Type.Channel: {
      const type = isA(value, 'channel') ? world.channels.get((value as Channel).id)?.type : undefined;
      if (type === undefined) return 'has to be a channel';
      const { channel_types: types } = option;
      return types?.some((one) => one === type) === false ? 'has to be another kind of channel' : undefined;
    }
    case Type.Attachment: {
      if (typeof value !== 'object' || !('bytes' in value)) return 'has to be a file';
      return isOfType(value, option.file_types) ? undefined : `takes ${option.file_types?.join(', ')}`;
    }
    default:
      return 'is a subcommand';
  }
}

function fits(size: number, least: number, most: number, unit = ''): string | undefined {
  return size < least || size > most ? `takes from ${least} to ${most} ${unit}`.trim() : undefined;
}

// Extensions, or whole kinds such as `image`.
function isOfType({ name, contentType }: SentFile, types: readonly string[] | undefined): boolean {
  return (
    types?.some((type) =>
      type.startsWith('.') ? name.toLowerCase().endsWith(type) : contentType.startsWith(`${type}/`),
    ) ?? true
  );
}

function isA(value: OptionValue, kind: string): boolean {
  return typeof value === 'object' && value.kind === kind;
}

function typeOf(value: OptionValue): Type {
  if (typeof value === 'number') return Type.Number;
  if (typeof value === 'boolean') return Type.Boolean;
  if (typeof value === 'string') return Type.String;
  const types = { person: Type.User, channel: Type.Channel, role: Type.Role, file: Type.Attachment };
  return types[value.kind ?? 'file'];
}

function shown(value: OptionValue): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  return 'bytes' in value ? value.name : value.id;
}
