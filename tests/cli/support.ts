// The compiled tools as processes of their own, each in a folder where it finds nothing but what a test put there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { serverOf } from '../../db/servers.js';

export const compiled = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));

export interface Ran {
  code: number;
  /** What it said, on either output. */
  said: string;
}

/** Runs a tool to its end, without a terminal. */
export async function run(
  tool: 'backup' | 'restore' | 'doctor' | 'signatures',
  folder: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<Ran> {
  const child = spawn(process.execPath, [compiled(`src/cli/${tool}.js`), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, said: out + errors };
}

/** A folder that is gone after the test. */
export function aFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Writes into a database, as the bot would before it is stopped: here, that a server used Minga. */
export function used(file: string, ...servers: string[]): void {
  const database = openDatabase(file);
  for (const id of servers) serverOf(database, id);
  closeDatabase(database);
}

/** Damages a database where reading on does not notice: the first place of a server's id no longer fits its index. */
export function damage(file: string, server: string): void {
  const bytes = readFileSync(file);
  bytes.write('9', bytes.indexOf(server));
  writeFileSync(file, bytes);
}

/** The servers that a database has. */
export function serversIn(file: string): string[] {
  const database = openDatabase(file);
  const ids = database.$client.prepare<[], string>('select id from servers order by id').pluck().all();
  closeDatabase(database);
  return ids;
}

/** All that is in a folder and below it, by path. */
export const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
