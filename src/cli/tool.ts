// How a tool asks, and how it ends: done, or with a sentence on what kept it from its work and exit code 1.
import { createInterface } from 'node:readline/promises';
import BetterSqlite3 from 'better-sqlite3';
import { type Command, InvalidArgumentError } from 'commander';
import { Failure } from '../coalition/failure.js';
import { ConfigError } from '../config.js';
import { wordsFor } from '../i18n/words.js';

/** Why a tool does not do what it was asked to, in a sentence for whoever runs it. */
export class Refusal extends Error {}

/** Runs a tool; what is a mistake in the tool itself keeps its stack. */
export async function runTool(program: Command): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    for (const line of problemsOf(error)) console.error(line);
    process.exitCode = 1;
  }
}

/** What a person can do something about, in lines. @throws anything else */
export function problemsOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof Failure) return [wordsFor('en-US').say(`failures.${error.key}`, error.values)];
  if (error instanceof Refusal || error instanceof BetterSqlite3.SqliteError || isOfSystem(error))
    return [error.message];
  throw error;
}

/** Files that are missing, forbidden, on a full disk: Node says of these which file and why. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** A server's Discord id, as an option takes it. */
export function serverId(value: string): string {
  if (!/^\d{17,20}$/.test(value)) throw new InvalidArgumentError('It is a number of 17 to 20 digits.');
  return value;
}

/** Asks before something is written. @throws {@link Refusal} where nobody can answer */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new Refusal('Nothing was changed: say --yes to confirm without being asked.');
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`${question} [y/N] `);
  asking.close();
  return /^\s*(y|yes|s|sí|si)\s*$/i.test(answer);
}

/** A moment in a file's name: 2023-07-10T20-30-00.000Z. */
export function stampOf(moment: Date): string {
  return moment.toISOString().replaceAll(':', '-');
}

/** A size as people read it, from bytes: 262.1 kB, 84 GB. */
export function sizeInWords(bytes: number): string {
  const units = ['kB', 'MB', 'GB', 'TB'];
  const step = units.findLastIndex((_unit, index) => index === 0 || bytes >= 1000 ** (index + 1));
  const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(bytes / 1000 ** (step + 1));
  return `${number} ${units[step]}`;
}
