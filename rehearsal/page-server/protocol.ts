// What the page and its server say to each other over one socket. Types only: both sides import them.
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { LogLine } from '../bot.js';
import type { Caption } from '../caption.js';
import type { Sight } from '../stand-in/driver/contract.js';
import type { RecordedRequest } from '../stand-in/requests.js';
import type { Spot } from '../transcript.js';

/** A file on its way to the server; its bytes as base64. */
export interface Upload {
  kind: 'file';
  name: string;
  contentType: string;
  base64: string;
}

/** Somebody or something that was picked, as the page knows it. */
export interface Thing {
  kind: 'person' | 'channel' | 'role';
  id: string;
  name: string;
}

export type Given = string | number | boolean | Thing | Upload;

/** Where the clock can be moved to: over the next daily tally, over a change of summer time, by a week, or to a moment. */
export type Leap = 'tally' | 'summertime' | 'week' | number;

/** What can go wrong on the panel; the server makes orders of it. */
export type TroubleKind = 'slow' | 'late' | 'failing' | 'done-but-failing' | 'lost' | 'reset' | 'limited';
/** Which requests: all, answers to what people do, or messages that the bot posts by itself. */
export type TroubleScope = 'all' | 'answers' | 'posts';
/** What happens to the gateway: cut, told to come back, its session gone, or the next thing people do not told. */
export type GatewayTrouble = 'cut' | 'reconnect' | 'invalid' | 'missed';

/** What the page asks for, as the person and in the place it last looked as. */
export type Ask =
  | { do: 'look'; as: string; channel?: string }
  | { do: 'say'; text: string; files: Upload[] }
  | { do: 'command'; name: string; options: Record<string, Given> }
  | { do: 'complete'; name: string; options: Record<string, Given>; focused: string }
  | { do: 'menu'; name: string; message: string }
  | { do: 'press'; message: string; button: string }
  | { do: 'choose'; message: string; select: string; values: (string | Thing)[] }
  | { do: 'submit'; form: string; values: Record<string, Given | Given[]> }
  | { do: 'language'; locale: string }
  | { do: 'clock'; to: Leap }
  | { do: 'trouble'; kind: TroubleKind; scope: TroubleScope; times: number }
  | { do: 'gateway'; trouble: GatewayTrouble }
  | { do: 'calm' }
  | { do: 'scene'; folder: string }
  | { do: 'play' }
  | { do: 'next'; all: boolean };

/** What came of a command, a press, a choice or a form. */
export interface Outcome {
  kind: 'message' | 'modal' | 'none';
  /** The name by which the form is submitted. */
  form?: string;
  modal?: APIModalInteractionResponseCallbackData;
}

export interface Answer {
  re: number;
  outcome?: Outcome;
  choices?: APIApplicationCommandOptionChoice[];
  /** What people could not do on Discord, or what the server could not. */
  error?: string;
}

export type Rank = 'administrator' | 'organizer' | 'member' | 'partner' | 'stranger';

/** Somebody the page can speak as. */
export interface Someone {
  id: string;
  name: string;
  locale: string;
  rank: Rank;
}

/** How far the scripted day is. */
export interface Play {
  lines: PlayLine[];
  /** What happens when it goes on; absent when nothing is to come, or while it happens. */
  next?: Caption;
  isOver: boolean;
}

export interface PlayLine {
  kind: 'scene' | 'does' | 'note' | 'fault';
  text: Caption;
}

/** All that one person sees, save the commands, which change seldom. */
export interface View extends Omit<Sight, 'commands'> {
  /** Which stage this is: another one knows nothing of what was on the screen. */
  stage: string;
  /** Discord's time, in milliseconds since 1970. */
  now: number;
  me: Someone;
  people: Someone[];
  /** The bot's connections to the gateway. */
  connections: number;
  /** What the bot logged as a warning or worse, the newest last. */
  warnings: LogLine[];
  /** The trouble that is still to come. */
  pending: { kind: string; left: number | 'all' }[];
  /** The campaign folders at hand, and the one that is loaded. */
  folders: string[];
  folder: string;
  play?: Play;
  /** The clock is being moved. */
  isMoving: boolean;
}

/** What the server says unasked. */
export type Push =
  | { view: View }
  | { commands: APIApplicationCommand[] }
  /** All at first, later ones are added. */
  | { requests: RecordedRequest[]; from: number }
  /** The play has moved on to somebody somewhere. */
  | { follow: Spot };

export type Said = Answer | Push;
export type Asked = { id: number } & Ask;
