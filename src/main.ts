// The recipe: settings, database, client, clock. SIGTERM undoes it in reverse.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Events } from 'discord.js';
import { commands } from '../commands/index.js';
import { closeDatabase, openDatabase } from '../db/connect.js';
import { isMarked, newestSealed } from '../db/signatures.js';
import { UnfitDatabase } from '../db/trouble.js';
import { systemClock } from './clock.js';
import { ConfigError, readConfig } from './config.js';
import { attachmentsFrom } from './connectors/attachments.js';
import { importsInto } from './connectors/imports.js';
import { platformsFrom } from './connectors/platforms.js';
import type { Context } from './context.js';
import { discordClient } from './discord/client.js';
import { dispatch } from './discord/dispatch.js';
import { registerCommands } from './discord/register.js';
import { serveHealth } from './health.js';
import { type Jobs, startJobs } from './jobs/index.js';
import { logger } from './log.js';
import { followParent } from './parent.js';
import { close as closeCharts, warmUp as warmUpCharts } from './reports/render.js';
import { fittingSeal, secretKeyIn } from './secret-key.js';

/** The exit code for settings, and for places they name, that cannot be worked with (EX_CONFIG of sysexits.h). */
const badConfig = 78;

/** SIGTERM waits this long for what is under way, in milliseconds. */
const patience = 8_000;

const config = orStop(readConfig);
const log = logger(config.LOG_LEVEL);
const clock = systemClock();
// Threads open the database for themselves, which one in memory does not allow: it is a file that goes with the process.
const passing = config.DATABASE_PATH === ':memory:' ? mkdtempSync(path.join(tmpdir(), 'minga-')) : undefined;
const files = {
  database: passing === undefined ? config.DATABASE_PATH : path.join(passing, 'minga.sqlite'),
  key: config.SECRET_KEY_FILE,
};
process.once('exit', () => passing === undefined || rmSync(passing, { recursive: true, force: true }));
const database = orStop(() => openDatabase(files.database));
const seal = orStop(() => fittingSeal(files.key, newestSealed(database), isMarked(database)));
const context: Context = {
  database,
  clock,
  log,
  seal,
  files,
  attachments: attachmentsFrom(config.DISCORD_API_URL),
  imports: importsInto(files.database, secretKeyIn(files.key)),
  platforms: platformsFrom({ actionNetworkKey: config.ACTION_NETWORK_KEY }),
  holder: randomUUID(),
};
const client = discordClient(config.DISCORD_API_URL, log);
const underWay = new Set<Promise<void>>();
/** What has been started, to be undone in reverse: the gateway may close for good before all is up. */
const started: { jobs?: Jobs; parent?: { close(): void } | undefined; health?: { close(): void } } = {};
let stopping = false;
client.on(Events.InteractionCreate, (interaction) => {
  const work = dispatch(context, commands, interaction).finally(() => underWay.delete(work));
  underWay.add(work);
});
client.on(Events.ShardDisconnect, () => stop(1));
client.on(Events.Invalidated, () => stop(1));
process.on('SIGTERM', () => stop(0));
process.on('SIGINT', () => stop(0));

await client.login(config.DISCORD_TOKEN).catch((error) => fail(error, 'could not log in to Discord'));
if (!client.isReady()) await new Promise((ready) => client.once(Events.ClientReady, ready));
if (!client.isReady()) throw new Error('not ready');
await registerCommands(client, commands, config.DISCORD_GUILD_ID, log).catch((error) =>
  fail(error, 'could not register the commands'),
);
warmUpCharts().catch((error) => log.error({ err: error }, 'charts'));
started.jobs = startJobs(context, client);
started.parent = followParent(clock, started.jobs);
if (config.HEALTH_PORT !== undefined) started.health = serveHealth(config.HEALTH_PORT, context, client);
log.info({ user: client.user.id, servers: client.guilds.cache.size }, 'ready');

/** Takes nothing new, finishes what is under way, and puts the database to bed. */
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  client.removeAllListeners(Events.InteractionCreate);
  started.parent?.close();
  started.health?.close();
  const done = Promise.allSettled([...underWay, started.jobs?.stop()]);
  await Promise.race([done, new Promise((late) => setTimeout(late, patience).unref())]);
  await client.destroy();
  await closeCharts();
  closeDatabase(database);
  log.info('stopped');
  process.exit(code);
}

/** What `prepare` gives; what the person who runs it can mend ends it, with a line for each problem. */
function orStop<Prepared>(prepare: () => Prepared): Prepared {
  try {
    return prepare();
  } catch (error) {
    for (const problem of problemsOf(error)) console.error(problem);
    process.exit(badConfig);
  }
}

function problemsOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof UnfitDatabase) return [`DATABASE_PATH ${error.message}`];
  throw error;
}

function fail(error: unknown, what: string): never {
  log.fatal({ err: error }, what);
  process.exit(1);
}
