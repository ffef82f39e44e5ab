// The stage of rehearsals and tests: a local Discord, the real bot process on a real file, and people with their roles.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, type Database, openDatabase } from '../db/connect.js';
import { updateServer } from '../db/servers.js';
import { loadCampaign } from '../src/coalition/campaign.js';
import { readCampaignFolder } from '../src/coalition/campaign-folder.js';
import { type Bot, moveClock, startBot } from './bot.js';
import {
  type Channel,
  type Person,
  type Role,
  type Server,
  type StandIn,
  startStandIn,
} from './stand-in/index.js';

/** Everybody and everything that is there when the curtain rises. */
export interface Stage {
  discord: StandIn;
  bot: Bot;
  server: Server;
  general: Channel;
  organizers: Channel;
  /** Manages the server; Discord in English. */
  ada: Person;
  /** An organizer by role; Discord in Spanish. */
  ana: Person;
  /** A member by role; Discord in English. */
  ben: Person;
  /** A member by role; Discord in Spanish. */
  luz: Person;
  /** In the server without a role. */
  stranger: Person;
  roles: { organizers: Role; members: Role };
  /** What the ids of people, roles and channels read as. */
  names: ReadonlyMap<string, string>;
  databasePath: string;
  /** Reads or writes the database beside the bot, as another process would. */
  withDatabase<Result>(work: (database: Database) => Result): Result;
  /** Moves Discord and the bot to a moment (ISO 8601, or milliseconds since 1970) and waits for what falls due. */
  moveTo(moment: string | number): Promise<void>;
  /** Starts the bot anew, after `bot.kill()` or `bot.stop()`. */
  restart(env?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
}

/** A moment while the example's campaign was under way. */
export const stageBegins = '2023-07-10T15:00:00Z';

export interface StageOptions {
  /** No petition is loaded. */
  empty?: boolean;
  /** The roles are not yet told to Minga: administrators do that by `/settings roles`. */
  unset?: boolean;
  /** A campaign folder; the example where it is left out. */
  campaign?: string;
  /** When it begins, as ISO 8601; a day while the example's campaign was under way where it is left out. */
  begins?: string;
  /** How long anybody waits for an answer, in real milliseconds; 10,000 where it is left out. */
  waitLimit?: number;
  /** Settings of the bot besides those of every rehearsal. */
  env?: Record<string, string>;
}

/** A server with roles and channels, a campaign loaded in it, and the bot running. */
export async function aStage(options: StageOptions = {}): Promise<Stage> {
  const {
    empty = false,
    unset = false,
    campaign = 'campaigns/peru-2023',
    begins = stageBegins,
    env = {},
    waitLimit = 10_000,
  } = options;
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-'));
  const databasePath = path.join(folder, 'minga.sqlite');
  const discord = await startStandIn({ waitLimit });
  discord.clock.set(Date.parse(begins));
  const server = discord.addServer('Semillas de Libertad');
  const manager = server.addRole('Manager', { permissions: 1n << 5n });
  const organizerRole = server.addRole('Organizers');
  const memberRole = server.addRole('Members');
  const owner = discord.addPerson('Owner');
  const ada = discord.addPerson('Ada Park');
  const ana = discord.addPerson('Ana Quispe', { locale: 'es-419' });
  const ben = discord.addPerson('Ben Wood');
  const luz = discord.addPerson('Luz Mamani', { locale: 'es-419' });
  const stranger = discord.addPerson('Sam Stranger');
  server.addMember(owner, { owner: true });
  server.addMember(ada, { roles: [manager] });
  server.addMember(ana, { roles: [organizerRole] });
  server.addMember(ben, { roles: [memberRole] });
  server.addMember(luz, { roles: [memberRole] });
  server.addMember(stranger);
  const general = server.addChannel('general');
  const organizers = server.addChannel('organizers');

  const withDatabase = <Result>(work: (database: Database) => Result): Result => {
    const database = openDatabase(databasePath);
    try {
      return work(database);
    } finally {
      closeDatabase(database);
    }
  };
  withDatabase((database) => {
    const roles = { memberRoleId: memberRole.id, organizerRoleId: organizerRole.id };
    if (!unset) updateServer(database, server.id, roles);
    const write = { userId: null, serverId: server.id, at: discord.clock.now() };
    if (!empty) loadCampaign(database, write, readCampaignFolder(campaign));
  });

  const stage: Stage = {
    discord,
    bot: startBot({ discord, databasePath, folder, env }),
    server,
    general,
    organizers,
    ada,
    ana,
    ben,
    luz,
    stranger,
    roles: { organizers: organizerRole, members: memberRole },
    names: new Map([
      ...[general, organizers].map(({ id, name }) => [id, `#${name}`] as const),
      ...[organizerRole, memberRole].map(({ id, name }) => [id, `@${name}`] as const),
      ...[ada, ana, ben, luz, stranger].map(({ id, displayName }) => [id, `@${displayName}`] as const),
    ]),
    databasePath,
    withDatabase,
    moveTo: (moment) =>
      moveClock(discord, stage.bot, typeof moment === 'number' ? moment : Date.parse(moment)),
    restart: async (more = {}) => {
      stage.bot = startBot({ discord, databasePath, folder, env: { ...env, ...more } });
      await comeUp();
    },
    close: async () => {
      await stage.bot.kill();
      await discord.stop();
      rmSync(folder, { recursive: true });
    },
  };
  await comeUp();
  return stage;

  /** The bot knows the stage's time before it looks at what is due. */
  async function comeUp(): Promise<void> {
    await Promise.all([stage.bot.ready, stage.bot.setClock(discord.clock.now())]);
  }
}
