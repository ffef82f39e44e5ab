// The real bot as a process of its own, started, moved in time and stopped as a rehearsal needs it.
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { StandIn } from './stand-in/index.js';

export interface BotOptions {
  discord: Pick<StandIn, 'apiUrl' | 'token'>;
  databasePath: string;
  /** Where the process runs and keeps its key: a folder of its own, so that it reads no `.env`. */
  folder: string;
  /** Settings besides the token, the API's address, the database, the key and the log level. */
  env?: Record<string, string>;
}

/** One line of the bot's log. */
export type LogLine = Record<string, unknown> & { level?: number; msg?: string };

export interface Bot {
  /** Resolves when the bot says that it is up; rejects when it exits before. */
  ready: Promise<void>;
  /** Everything it logged so far; what is no JSON comes as `{ msg }`. */
  logs: readonly LogLine[];
  /** Calls the listener with every line it logs from now on. */
  onLog(listener: (line: LogLine) => void): void;
  /** What it wrote to its error output: nothing, unless something went very wrong. */
  readonly errors: string;
  /** The exit code; null after a kill. */
  exited: Promise<number | null>;
  /** Sets the bot's clock, in milliseconds since 1970; resolves when it did what is due by then. */
  setClock(epochMs: number): Promise<void>;
  /** Asks it to finish and end, and gives its exit code. */
  stop(): Promise<number | null>;
  /** Ends it on the spot, as a power cut would. */
  kill(): Promise<void>;
}

/** Starts the compiled bot with an environment that holds only what is said here. */
export function startBot({ discord, databasePath, folder, env = {} }: BotOptions): Bot {
  const child = fork(path.join(packageRoot(), 'dist/src/main.js'), [], {
    cwd: folder,
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_PATH: databasePath,
      SECRET_KEY_FILE: path.join(folder, 'secret.key'),
      LOG_LEVEL: 'info',
      ...env,
    },
  });
  // Whoever started it ends: a test that failed halfway, a rehearsal that was interrupted.
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  child.once('exit', () => process.off('exit', orphaned));
  const { logs, ready, errors, heard } = listenTo(child);
  const exited = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  const died = exited.then((code) => {
    throw new Error(`The bot exited with ${code}.\n${tail(logs)}\n${errors()}`);
  });
  const isUp = Promise.race([ready, died]);
  // Whoever does not wait for it is not to be ended by it.
  isUp.catch(() => {});

  return {
    ready: isUp,
    logs,
    onLog: (listener) => void heard.on('line', listener),
    get errors() {
      return errors();
    },
    exited,
    setClock: (epochMs) => {
      const ticked = new Promise<void>((resolve) => {
        const listen = (message: unknown) => {
          if (!hasTicked(message, epochMs)) return;
          child.off('message', listen);
          resolve();
        };
        child.on('message', listen);
      });
      // An error here means that it is gone, which `died` tells better.
      child.send({ clock: epochMs }, () => {});
      return Promise.race([ticked, died]);
    },
    stop: () => {
      child.kill('SIGTERM');
      return exited;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Moves Discord and the bot to a moment together, and waits until the bot did what is due by then. */
export async function moveClock(discord: StandIn, bot: Bot, epochMs: number): Promise<void> {
  discord.clock.set(epochMs);
  await bot.setClock(epochMs);
}

interface Heard {
  logs: LogLine[];
  ready: Promise<void>;
  errors: () => string;
  heard: EventEmitter<{ line: [LogLine] }>;
}

function listenTo(child: ChildProcess): Heard {
  const logs: LogLine[] = [];
  const heard: Heard['heard'] = new EventEmitter();
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const ready = new Promise<void>((resolve) => {
    if (!child.stdout) throw new Error('the bot has no output to read');
    createInterface({ input: child.stdout }).on('line', (text) => {
      const line = parsed(text);
      logs.push(line);
      heard.emit('line', line);
      if (line.msg === 'ready') resolve();
    });
  });
  return { logs, ready, errors: () => errors, heard };
}

function parsed(text: string): LogLine {
  try {
    return JSON.parse(text);
  } catch {
    return { msg: text };
  }
}

function tail(logs: LogLine[]): string {
  return logs
    .slice(-5)
    .map((line) => JSON.stringify(line))
    .join('\n');
}

function hasTicked(message: unknown, epochMs: number): boolean {
  return typeof message === 'object' && message !== null && 'ticked' in message && message.ticked === epochMs;
}

/** The package's own folder, from here as TypeScript or compiled. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder);
  return folder;
}
