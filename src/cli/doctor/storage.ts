// What is on this machine: the database's folder, the disk it is on, the database, and the key that opens its names.
import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import path from 'node:path';
import { troubleOf } from '../../../db/trouble.js';
import { sealWith } from '../../coalition/seal.js';
import type { ToolConfig } from '../../config.js';
import { secretKeyIn } from '../../secret-key.js';
import { ageOf, openFile } from '../database-file.js';
import { problemsOf, sizeInWords } from '../tool.js';
import { type Finding, notice, well, wrong } from './finding.js';

/** Bytes left on a disk that will soon be full, and on one that is as good as full. */
const littleLeft = 500e6;
const nothingLeft = 50e6;

export function* storageFindings({ DATABASE_PATH, SECRET_KEY_FILE }: ToolConfig): Generator<Finding> {
  if (DATABASE_PATH === ':memory:') {
    yield notice('The database is in memory and lost at every stop: set DATABASE_PATH to a file.');
    return;
  }
  const folder = path.dirname(path.resolve(DATABASE_PATH));
  yield folderFinding(folder);
  yield spaceFinding(nearest(folder));
  const { sealed, finding } = databaseFinding(DATABASE_PATH);
  yield finding;
  yield* keyFindings(SECRET_KEY_FILE, sealed);
}

/** The folder, or the one above it that it will be made in. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(path.dirname(folder));
}

function folderFinding(folder: string): Finding {
  const place = nearest(folder);
  return isWritable(place)
    ? well(
        `The folder ${folder} can be written in${place === folder ? '' : ': it is made on the first start'}.`,
      )
    : wrong(
        `The folder ${place} cannot be written in: give it to the account that runs Minga (chown, chmod u+rwx).`,
      );
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function spaceFinding(folder: string): Finding {
  const { bavail, bsize } = statfsSync(folder);
  const left = bavail * bsize;
  const says = `The disk has ${sizeInWords(left)} left`;
  if (left >= littleLeft) return well(`${says}.`);
  return (left >= nothingLeft ? notice : wrong)(`${says}: make room, or nothing more can be counted.`);
}

/** How the database is, and the newest name that is sealed in it, if it holds one. */
function databaseFinding(file: string): { finding: Finding; sealed?: Buffer } {
  if (!existsSync(file))
    return { finding: notice(`There is no database ${file} yet: it is made on the first start.`) };
  try {
    const client = openFile(file, { readonly: true });
    try {
      const age = ageOf(client);
      const sealed = client
        .prepare('select sealed from signatures where sealed is not null order by id desc limit 1')
        .pluck()
        .get();
      return { finding: ageFinding(file, age), ...(Buffer.isBuffer(sealed) && { sealed }) };
    } finally {
      client.close();
    }
  } catch (error) {
    const said =
      troubleOf(error) === 'damaged'
        ? `${file} is no database, or a damaged one.`
        : problemsOf(error).join(' ');
    return { finding: wrong(`${said} If need be, put a copy in its place: npm run restore -- FILE.`) };
  }
}

function ageFinding(file: string, age: 'newest' | 'older'): Finding {
  if (!isWritable(file))
    return wrong(
      `The database ${file} cannot be written: give it to the account that runs Minga (chown, chmod u+rw).`,
    );
  return age === 'newest'
    ? well(`The database ${file} opens, is whole, and of this version.`)
    : notice(
        `The database ${file} is whole and of an older version: it is brought up to date at the next start.`,
      );
}

function* keyFindings(file: string, sealed: Buffer | undefined): Generator<Finding> {
  if (!existsSync(file)) {
    yield sealed
      ? wrong(
          `The key ${file} is gone, and without it no name can be read: put your copy back before Minga starts.`,
        )
      : notice(`There is no key ${file} yet: it is made on the first start. Keep a copy of it apart.`);
    return;
  }
  if ((statSync(file).mode & 0o077) !== 0)
    yield notice(`The key ${file} can be read by others on this machine: chmod 600 ${file}.`);
  yield fitFinding(file, sealed);
}

function fitFinding(file: string, sealed: Buffer | undefined): Finding {
  let key: Buffer;
  try {
    key = secretKeyIn(file);
  } catch (error) {
    return wrong(`${problemsOf(error).join(' ')}.`);
  }
  if (!sealed) return well(`The key ${file} is there; no name is sealed with it yet.`);
  try {
    sealWith(key).open(sealed);
    return well(`The key ${file} opens the names in the database.`);
  } catch {
    return wrong(
      `The key ${file} is not the one that names were sealed with: put your copy of that one there.`,
    );
  }
}
