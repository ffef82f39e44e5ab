// `npm run restore -- FILE [--yes]`: puts a copy in the place of the database, which is kept beside it.
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { troubleOf } from '../../db/trouble.js';
import { readToolConfig } from '../config.js';
import { copyDatabase, type DatabaseFile, openFile } from './database-file.js';
import { Refusal, runTool, sizeInWords, stampOf } from './tool.js';

await runTool(
  new Command('restore')
    .description('Puts a copy in the place of the database, while the bot is stopped.')
    .argument('<file>', 'the copy: what `npm run backup` made, or what an earlier restore kept')
    .option('--yes', 'without asking first')
    .action(restore),
);

async function restore(file: string, { yes = false }: { yes?: boolean }): Promise<void> {
  const { DATABASE_PATH } = readToolConfig();
  const live = existsSync(DATABASE_PATH) ? realpathSync(DATABASE_PATH) : path.resolve(DATABASE_PATH);
  mkdirSync(path.dirname(live), { recursive: true });
  const part = `${live}.${process.pid}.part`;
  const age = await copyDatabase(file, part);
  let present: DatabaseFile | undefined;
  try {
    present = existsSync(live) ? takeAlone(live) : undefined;
    if (!yes) await ask(`Put ${file} (${sizeInWords(statSync(part).size)}) in the place of ${live}? [y/N] `);
    const kept = swap(live, part);
    console.log(`${live} is now what ${file} holds.`);
    if (age === 'older') console.log('It is of an older version: Minga brings it up to date when it starts.');
    for (const line of undoing(live, kept, present !== undefined)) console.log(line);
    console.log('Its names open only with the key they were sealed with: `npm run doctor` tries yours.');
  } finally {
    present?.close();
    rmSync(part, { force: true });
  }
}

function undoing(live: string, kept: string | undefined, readable: boolean): string[] {
  if (!kept) return [`There was no database before. To undo it, delete ${live}.`];
  if (!readable) return [`What was there before could not be read, and is kept as ${kept}.`];
  return [`What was there before is kept as ${kept}.`, `To undo it: npm run restore -- ${kept}`];
}

/**
 * Folds the log into the present database and keeps everybody else out until it is closed.
 *
 * @returns undefined where the file cannot be read, so that nobody can be using it
 * @throws {@link Refusal} where another process has it open, idle or not
 * @see https://www.sqlite.org/wal.html#exclusive
 */
function takeAlone(live: string): DatabaseFile | undefined {
  const client = openFile(live);
  try {
    // Only who is alone with a database may take it out of its log.
    client.pragma('journal_mode = DELETE');
    client.exec('begin exclusive');
    // Whoever came in between put it back.
    if (client.pragma('journal_mode', { simple: true }) !== 'delete') throw inUse(live);
    return client;
  } catch (error) {
    client.close();
    if (troubleOf(error) === 'damaged') return undefined;
    if (troubleOf(error) === 'busy') throw inUse(live);
    throw error;
  }
}

function inUse(live: string): Refusal {
  return new Refusal(`${live} is in use: stop the bot first, and whatever else has it open.`);
}

/** @throws {@link Refusal} where the answer is not yes, or there is nobody to give one */
async function ask(question: string): Promise<void> {
  if (!process.stdin.isTTY) throw new Refusal('Nothing was done: there is nobody to ask; --yes goes ahead.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // Ctrl+C and Ctrl+D close the terminal: the question ends in an error then, or is left open, as Node's version has it.
  const closed = once(terminal, 'close').then(() => '');
  const answer = await Promise.race([terminal.question(question).catch(() => ''), closed]);
  terminal.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Refusal('Nothing was done.');
}

/** Puts the copy in place, in one step for whoever opens it; gives the name under which the old one is kept. */
function swap(live: string, part: string): string | undefined {
  const kept = `${live}.before-${stampOf(new Date())}`;
  // Left there only beside a file that cannot be read, or without one: the new database must not take them for its own.
  for (const rest of ['-wal', '-shm', '-journal'].filter((suffix) => existsSync(live + suffix)))
    renameSync(live + rest, kept + rest);
  const isThere = existsSync(live);
  if (isThere) {
    const { uid, gid } = statSync(live);
    chownSync(part, uid, gid);
    linkSync(live, kept);
  }
  renameSync(part, live);
  return isThere ? kept : undefined;
}
