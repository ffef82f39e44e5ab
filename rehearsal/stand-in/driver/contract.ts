// What a test or a scripted rehearsal can do with the stand-in: the words of people who use Discord.
import type {
  APIApplicationCommand,
  APIApplicationCommandOptionChoice,
  APIGuildScheduledEvent,
  APIInteraction,
  APIMessage,
  APIModalInteractionResponseCallbackData,
} from 'discord-api-types/v10';
import type { RecordedRequest } from '../requests.js';
import type { Clock } from '../snowflake.js';
import type { Trouble } from './orders.js';

export type * from './orders.js';

/** How a stand-in is started; nothing is required. */
export interface StandInOptions {
  /** The bot's token; anything else is answered with 401 and close code 4004. */
  token?: string;
  /** A free port is taken when left out. */
  port?: number;
  /** How long the bot has for its first answer, in real milliseconds; Discord's 3000 when left out. */
  callbackLimit?: number;
  /** How long any wait may take before it rejects, in real milliseconds; 10,000 when left out. */
  waitLimit?: number;
  /** How often clients are to send heartbeats, in real milliseconds; Discord's 41,250 when left out. */
  heartbeatInterval?: number;
  /** The first that fits counts. Discord does not publish its own; where none fits, it is 50 a second. */
  rateLimits?: RateLimit[];
}

/** So many requests in a while, for each route of each channel, server or interaction; one more is a 429. */
export interface RateLimit {
  method?: string;
  /** Tested against the path below `/api/v10`. */
  path: RegExp;
  limit: number;
  /** In real milliseconds, from the first request on. */
  milliseconds: number;
}

/** A running local Discord. */
export interface StandIn {
  /** What goes into the bot's `DISCORD_API_URL`, and into discord.js as `rest.api`. */
  apiUrl: string;
  /** Where attachments are served from. */
  origin: string;
  token: string;
  applicationId: string;
  clock: Clock;
  /** Every request that the bot made, oldest first. */
  requests: readonly RecordedRequest[];
  /** Those that Discord would have refused, ordered trouble apart; a test of a well-behaved bot expects none. */
  readonly refused: readonly RecordedRequest[];
  /** The commands that the bot has registered, global ones and those of single servers. */
  readonly commands: readonly APIApplicationCommand[];
  /** How many gateway connections are identified at the moment. */
  readonly connections: number;
  /** What is to go wrong with the next requests, events and sessions. */
  trouble: Trouble;
  addServer(name: string, options?: ServerOptions): Server;
  addPerson(displayName: string, options?: PersonOptions): Person;
  /** Everybody with an account, in the order they came. */
  readonly people: readonly Person[];
  /** What somebody sees who has this channel open: for whoever shows it on a screen. */
  seenBy(person: Person, channelId: string): Sight;
  /** Calls back after anything may have changed on somebody's screen; gives what ends that. */
  onChange(listener: () => void): () => void;
  /** Hands an earlier interaction to the bot once more, as a resumed session or a second process does. */
  deliver(interaction: APIInteraction): void;
  /**
   * Closes every gateway connection, with 4000 when left out: that can be resumed. 4004 and 4014 are final, 1000 and
   * 1001 end the session, 1006 cuts without a word.
   */
  disconnect(code?: number): void;
  /** Tells every client to leave and resume (op 7), as Discord does when it needs the machine. */
  reconnect(): void;
  /** Tells every client that its session is invalid (op 9): gone, or to be resumed. */
  invalidate(options?: { resumable?: boolean }): void;
  /**
   * Leaves every gateway connection half-open: heartbeats are not answered, nothing comes any more, nothing is
   * closed. What happens meanwhile is told after the resume; new connections are sound.
   *
   * @param options - `closes`: the closing handshake is still answered. Clients wait 30 s for it otherwise.
   */
  freeze(options?: { closes?: boolean }): void;
  /** Resolves with what `check` returns as soon as that is neither undefined nor false. */
  until<T>(what: string, check: () => T | undefined | false): Promise<T>;
  /** The bytes behind an attachment's URL. */
  bytesOf(attachment: { id: string }): Buffer;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** The server's preferred locale; en-US when left out. */
  locale?: string;
  /** What the bot was invited with; `botPermissions` when left out. `false`: the bot is not a member. */
  bot?: bigint | false;
  /** What everybody may do; `everyonePermissions` when left out. */
  everyone?: bigint;
}

export interface PersonOptions {
  /** The language of the person's Discord; en-US when left out. */
  locale?: string;
  /** The account's name; made from the display name when left out. */
  username?: string;
}

/** A server, as its owner sees it. */
export interface Server {
  id: string;
  name: string;
  /** The first member added, or the one added as owner. */
  readonly ownerId: string;
  everyone: Role;
  /** The bot's own role; absent where the bot is not a member. */
  botRole?: Role;
  addRole(name: string, options?: { permissions?: bigint }): Role;
  addChannel(name: string, options?: ChannelOptions): Channel;
  addMember(person: Person, options?: { roles?: Role[]; nick?: string; owner?: boolean }): void;
  /** Replaces a member's roles. */
  setRoles(person: Person, roles: Role[]): void;
  /** Somebody puts an event into the server's calendar; times as ISO 8601. */
  addEvent(by: Person, event: NewEvent): APIGuildScheduledEvent;
  /** Takes the bot out of the server. */
  removeBot(): void;
  /**
   * Makes the server unavailable, as in an outage, or available again: the bot is told so, and of nothing that
   * happens there in between. If it connects meanwhile, the server's GUILD_CREATE waits for the end of the outage.
   */
  setAvailable(available: boolean): void;
}

export interface Role {
  kind: 'role';
  id: string;
  name: string;
}

/** An event at a place outside of Discord. */
export interface NewEvent {
  name: string;
  place: string;
  start: string;
  end: string;
  description?: string;
}

export interface ChannelOptions {
  type?: 'text' | 'announcement';
  overwrites?: Overwrite[];
}

/** What a role or a person may or may not do in one channel. */
export interface Overwrite {
  of: Role | Person;
  allow?: bigint;
  deny?: bigint;
}

/** A channel of a server. */
export interface Channel {
  kind: 'channel';
  id: string;
  name: string;
  /** What everybody in it sees: no private replies, nothing deleted; oldest first. */
  readonly messages: readonly APIMessage[];
  setOverwrites(overwrites: Overwrite[]): void;
  delete(): void;
}

/** Somebody with a Discord account. */
export interface Person {
  kind: 'person';
  id: string;
  displayName: string;
  readonly locale: string;
  /** Changes the language of the person's Discord. */
  setLocale(locale: string): void;
  /** In any place that is known by its id: a channel of a server, or direct messages. */
  at(channelId: string): Speaker;
  /** In a channel of a server. Where the bot is no member, only what the person installed works. */
  in(channel: Channel): Speaker;
  /** In the direct messages with the bot. */
  inDirectMessage(): Speaker;
  /** In a server that the bot does not know, or in a group of direct messages. */
  elsewhere(place?: 'server' | 'group'): Speaker;
}

/** A file that a person attaches. */
export interface SentFile {
  kind?: 'file';
  name: string;
  contentType: string;
  bytes: Buffer;
}

/** Somebody or something that is picked from a list. */
export type Picked =
  | Pick<Person, 'kind' | 'id' | 'displayName'>
  | Pick<Channel, 'kind' | 'id' | 'name'>
  | Pick<Role, 'kind' | 'id' | 'name'>;

export type OptionValue = string | number | boolean | Picked | SentFile;
export type OptionValues = Record<string, OptionValue | undefined>;

/** Sends what Discord's own client would hold back: to see what the bot does with it. */
export interface Unchecked {
  unchecked?: boolean;
}

/** A person in a place. */
export interface Speaker {
  person: Person;
  channelId: string;
  /** Writes a message, of which the bot hears nothing until somebody uses a message command on it. */
  say(content: string, files?: SentFile[]): APIMessage;
  /**
   * Types a slash command, checked against what the bot registered.
   *
   * @param name - The whole name, with group and subcommand: `petition share`
   * @throws DriverError for what Discord's client would not send
   */
  command(name: string, options?: OptionValues, more?: Unchecked): Promise<Exchange>;
  /** What Discord offers while `focused` is being typed, in the person's language. */
  complete(
    name: string,
    options: OptionValues,
    focused: string,
  ): Promise<APIApplicationCommandOptionChoice[]>;
  /** Uses a message command on a message, or a user command on a person. */
  menu(
    name: string,
    target: Pick<APIMessage, 'id'> | Extract<Picked, { kind: 'person' }>,
    more?: Unchecked,
  ): Promise<Exchange>;
  /** Presses a button, named by its label or its custom id. */
  press(message: Pick<APIMessage, 'id'>, button: string): Promise<Exchange>;
  /** Chooses in a select menu, named by its placeholder or its custom id. */
  choose(message: Pick<APIMessage, 'id'>, select: string, values: Chosen | Chosen[]): Promise<Exchange>;
}

/** A choice in a select menu: the label or value of an option, or somebody or something picked. */
export type Chosen = string | Picked;

/** What goes into a field of a modal: text, the chosen option or options, what was picked, yes or no, files. */
export type FieldValue = Chosen | Chosen[] | boolean | SentFile | SentFile[];

/** What somebody sees who has one channel open. */
export interface Sight {
  servers: SeenServer[];
  /** Their direct messages with the bot. */
  directId: string;
  channel: { id: string; name: string; serverId?: string; mayWrite: boolean };
  /** What everybody sees there, and replies for their eyes only; oldest first. */
  messages: APIMessage[];
  /** What Discord offers them there. */
  commands: APIApplicationCommand[];
}

/** A server, as a member sees it. */
export interface SeenServer {
  id: string;
  name: string;
  channels: { id: string; name: string; lastMessageId?: string }[];
  roles: { id: string; name: string }[];
  members: { id: string; name: string; isBot: boolean; roles: string[]; isOwner: boolean }[];
  events: APIGuildScheduledEvent[];
}

/**
 * What came back for one interaction.
 *
 * @remarks It is live: an edit or a follow-up that comes later shows here, as it would on the screen.
 */
export interface Exchange {
  /** `none`: the application did not respond in time. */
  readonly kind: 'message' | 'modal' | 'none';
  /** The first answer that is still there. */
  readonly message: APIMessage | undefined;
  readonly modal: APIModalInteractionResponseCallbackData | undefined;
  /** The first answer and the follow-ups that are still there, in the order they came. */
  readonly messages: readonly APIMessage[];
  /** Only the person sees `message`. */
  readonly private: boolean;
  /** The first answer (often a placeholder) was deleted. */
  readonly deleted: boolean;
  /** Everything that the person can read here, as plain text. */
  readonly words: string;
  /** What the bot was handed; `deliver` it again for a replay. */
  interaction: APIInteraction;
  press(button: string, who?: Speaker): Promise<Exchange>;
  choose(select: string, values: Chosen | Chosen[], who?: Speaker): Promise<Exchange>;
  /** Fills in the modal, each field named by its label or custom id; what is left out keeps its default. */
  submit(values: Record<string, FieldValue>, more?: Unchecked): Promise<Exchange>;
  /** Waits for something that comes later, such as the end of long work. */
  until(predicate: (exchange: Exchange) => boolean): Promise<Exchange>;
}

/** Something that a person could not do on Discord: a mistake in the test, never the bot's. */
export class DriverError extends Error {
  override readonly name = 'DriverError';
}
