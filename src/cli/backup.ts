// `npm run backup -- [FILE]`: a checked copy of the database, whether the bot is running or not.
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { readToolConfig } from '../config.js';
import { copyDatabase } from './database-file.js';
import { Refusal, runTool, sizeInWords, stampOf } from './tool.js';

await runTool(
  new Command('backup')
    .description('Copies the database, whether the bot is running or not, and checks the copy.')
    .argument('[file]', 'where the copy goes; the folder backups, beside that of the database, if left out')
    .action(backUp),
);

async function backUp(file?: string): Promise<void> {
  const { DATABASE_PATH, SECRET_KEY_FILE } = readToolConfig();
  const target = path.resolve(file ?? defaultFor(DATABASE_PATH));
  refuseToOverwrite(target);
  mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  // Under its own name only once it is whole, so that what bears the name can be trusted.
  const part = `${target}.${process.pid}.part`;
  const age = await copyDatabase(DATABASE_PATH, part);
  refuseToOverwrite(target);
  renameSync(part, target);
  const version = age === 'older' ? ', of an older version that Minga brings up to date when it starts' : '';
  console.log(
    `Copied ${DATABASE_PATH} to ${target}: ${sizeInWords(statSync(target).size)}, whole${version}.`,
  );
  console.log(`The key is not in it: keep a copy of ${SECRET_KEY_FILE} apart, or no name can be read again.`);
}

function defaultFor(database: string): string {
  return path.join(path.dirname(database), '..', 'backups', `minga-${stampOf(new Date())}.sqlite`);
}

function refuseToOverwrite(file: string): void {
  if (existsSync(file)) throw new Refusal(`${file} is there already, and nothing is overwritten.`);
}
