// The contract of a command: plain objects that say who may use it, what it takes, and what it does.
import type {
  APIModalInteractionResponseCallbackData,
  InteractionReplyOptions,
  Message,
  MessageFlags,
  ModalSubmitInteraction,
  RepliableInteraction,
} from 'discord.js';
import type { z } from 'zod';
import type { Connection } from '../../db/connect.js';
import type { Write } from '../../db/transaction.js';
import type { Context } from '../context.js';
import type { Language, Words } from '../i18n/words.js';
import type { Rank } from './access.js';

/** A message as commands make it; the dispatcher decides how it reaches Discord. */
export type Reply = Pick<InteractionReplyOptions, 'content' | 'components' | 'files'> & {
  flags?: MessageFlags.IsComponentsV2;
};

/** What a command comes back with: a message, a modal, or nothing where it has spoken by itself. */
export type Answer = Reply | { modal: APIModalInteractionResponseCallbackData } | undefined;

/** One interaction as commands see it: who, where, when, and in whose words to answer. */
export interface Turn {
  context: Context;
  interaction: RepliableInteraction;
  userId: string;
  /** As others see it in this server. */
  userName: string;
  rank: Rank;
  serverId: string;
  channelId: string;
  /** The words of whoever reads a private reply. */
  words: Words;
  /** The words of a public post here, or in another channel; one language or both. */
  speech(language?: Language | 'both', channelId?: string): [Words, ...Words[]];
  /** What makes a write count once. */
  write: Write & { userId: string };
  /** Says something more, privately, once the answer is out. */
  whisper(reply: Reply): void;
}

/** What completion knows of whoever types. */
export interface Typing {
  connection: Connection;
  serverId: string;
  userId: string;
  rank: Rank;
  words: Words;
  now: number;
  /** The other options as typed so far. */
  others: Readonly<Record<string, unknown>>;
}

export interface Suggestion {
  name: string;
  value: string;
}

/** One option of a command: how Discord shows it, and what becomes of its value. */
export interface Option<Value = unknown> {
  /** Discord's option type. */
  type: number;
  required: boolean;
  /** Which words describe it; the option's own name where it is left out. */
  wording?: string;
  /** Limits and choices, as Discord takes them. */
  limits?: Readonly<Record<string, unknown>>;
  /** The set in the language files that names the choices. */
  choices?: { set: string; values: readonly string[] };
  schema: z.ZodType<Value>;
  complete?(typed: string, typing: Typing): Suggestion[];
}

export type Options = Record<string, Option>;
export type InputOf<Given extends Options> = { [Name in keyof Given]: z.output<Given[Name]['schema']> };

/** What every handler says of itself. */
interface Handler {
  rank: Rank;
  /** The answer is for everyone; private where it is left out. */
  public?: boolean;
  /** May take longer than a moment: Discord shows that Minga is thinking. */
  slow?: boolean;
  /** Nothing is remembered of who used it, as that somebody signed says what they think. */
  discreet?: boolean;
}

export interface Subcommand extends Handler {
  /** Works in any server and in direct messages, on the petition of the server last used. */
  anywhere?: boolean;
  options: Options;
  /** Overrides `slow` where it depends on what was given: a modal cannot follow a thinking state. */
  slowFor?(input: Record<string, unknown>): boolean;
  run(input: Record<string, unknown>, turn: Turn): Promise<Answer> | Answer;
}

/** A pressed button or a chosen row; the arguments are what its id carries. */
export interface Press extends Handler {
  anywhere?: boolean;
  run(args: string[], turn: Turn): Promise<Answer> | Answer;
}

/** A sent modal. */
export interface Submit extends Handler {
  run(args: string[], turn: Turn, fields: ModalSubmitInteraction['fields']): Promise<Answer> | Answer;
}

/** An entry of the menu on a message. */
export interface Menu extends Handler {
  name: string;
  run(message: Message, turn: Turn): Promise<Answer> | Answer;
}

export interface Command {
  name: string;
  /** Its subcommands by name, or the command itself where it has none. */
  does: Record<string, Subcommand> | Subcommand;
  /** Can be installed by a person, to be used anywhere. */
  personal?: boolean;
  /** Works in the direct messages with Minga too. */
  direct?: boolean;
  /** Discord shows it only to those who manage the server. */
  administrators?: boolean;
  presses?: Record<string, Press>;
  submits?: Record<string, Submit>;
  menus?: Menu[];
}

/** Gives `run` the types of its options. */
export function subcommand<Given extends Options>(
  definition: Omit<Subcommand, 'options' | 'run' | 'slowFor'> & {
    options: Given;
    slowFor?(input: InputOf<Given>): boolean;
    run(input: InputOf<Given>, turn: Turn): Promise<Answer> | Answer;
  },
): Subcommand {
  return definition as Subcommand;
}

/** The id of a button or a modal: the handler's name and what it needs to know, at most 100 characters. */
export function idOf(handler: string, ...args: (string | number)[]): string {
  return [handler, ...args].join(':');
}
