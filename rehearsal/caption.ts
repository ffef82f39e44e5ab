// What the scripted day says of itself, in English and in Spanish; commands by the names their readers see.
import type { APIApplicationCommand, APIApplicationCommandOptionChoice } from 'discord-api-types/v10';
import type { Channel, OptionValue, OptionValues, Person } from './stand-in/index.js';

export interface Caption {
  en: string;
  es: string;
}

interface Named {
  name: string;
  name_localizations?: Partial<Record<string, string | null>> | null | undefined;
  options?: readonly Named[];
  choices?: readonly APIApplicationCommandOptionChoice[];
}

/** The same in both: names, and what went wrong. */
export function inBoth(text: string): Caption {
  return { en: text, es: text };
}

/** Somebody does something somewhere. */
export function inPlace({ displayName }: Person, { name }: Channel, what: Caption): Caption {
  return { en: `${displayName} in #${name}: ${what.en}`, es: `${displayName} en #${name}: ${what.es}` };
}

/** A slash command with its options, as somebody types it: `/acción registrar tipo:llamada`. */
export function typed(commands: readonly Named[], name: string, options: OptionValues): Caption {
  return { en: typedIn(({ name }) => name, ['No', 'Yes']), es: typedIn(inSpanish, ['No', 'Sí']) };

  function typedIn(nameOf: (named: Named) => string, [no, yes]: [string, string]): string {
    let level = commands;
    const path = name.split(' ').map((word) => {
      const found = level.find((one) => one.name === word);
      level = found?.options ?? [];
      return found ? nameOf(found) : word;
    });
    const values = Object.entries(options).map(([option, value]) => {
      const found = level.find((one) => one.name === option);
      const choice = found?.choices?.find((one) => one.value === value);
      const told = typeof value === 'boolean' ? (value ? yes : no) : shown(value);
      return `${found ? nameOf(found) : option}:${choice ? nameOf(choice) : told}`;
    });
    return [`/${path.join(' ')}`, ...values].join(' ');
  }
}

/** The command of a message's menu. */
export function chosen(commands: readonly APIApplicationCommand[], name: string, message: string): Caption {
  const found = commands.find((one) => one.name === name);
  return {
    en: `on the message “${message}”: ${name}`,
    es: `en el mensaje «${message}»: ${found ? inSpanish(found) : name}`,
  };
}

function inSpanish({ name, name_localizations: names }: Named): string {
  return names?.['es-419'] ?? names?.['es-ES'] ?? name;
}

function shown(value: OptionValue | undefined): string {
  if (typeof value !== 'object') return String(value);
  if ('displayName' in value) return `@${value.displayName}`;
  const sign = { channel: '#', role: '@', file: '' }[value.kind ?? 'file'];
  return `${sign}${value.name}`;
}
