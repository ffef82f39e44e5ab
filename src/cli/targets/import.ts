// `npm run targets -- import FOLDER [--server ID] [--yes]`: committees and their members, whether the bot runs or not.
import { readFileSync, statSync } from 'node:fs';
import type { Database } from '../../../db/connect.js';
import { allPetitions } from '../../../db/petitions.js';
import { findPetition } from '../../coalition/petition.js';
import { importTargets, previewTargets, type TargetData } from '../../coalition/target-import.js';
import { readBundle } from '../../connectors/congress-legislators/bundle.js';
import { targetsFrom } from '../../connectors/congress-legislators/data.js';
import { importedLines } from '../../discord/cards/target-import.js';
import { withDatabase, words } from '../signatures/database.js';
import { confirmed, Refusal } from '../tool.js';
import { readFolder } from './folder.js';

interface Options {
  server?: string;
  petition?: string;
  asOf?: string;
  committees: readonly string[];
  yes?: boolean;
}

export async function importFrom(
  source: string,
  { petition: named, yes, ...options }: Options,
): Promise<void> {
  const data = readTargets(source, options);
  await withDatabase(async (database) => {
    const server = options.server ?? theOnlyHost(database);
    const petition = findPetition(database, server, named, true);
    const write = { userId: null, serverId: server, at: Date.now() };
    console.log(`${source} → “${words.localized(petition.title)}”, server ${server}`);
    if (!yes) {
      for (const line of importedLines(previewTargets(database, write, petition, data), words, true))
        console.log(line);
      if (!(await confirmed('Take these in?'))) return console.log('Nothing was changed.');
    }
    for (const line of importedLines(importTargets(database, write, petition, data), words))
      console.log(line);
  });
}

/** The targets of a folder of files, or of a bundle, which knows its day and its committees. */
function readTargets(source: string, { asOf, committees }: Options): TargetData {
  if (statSync(source).isFile()) {
    const data = readBundle(readFileSync(source));
    return { ...data, asOf: asOf ?? data.asOf };
  }
  const { chosen, day } = readFolder(source, committees);
  return targetsFrom(chosen, asOf ?? day);
}

/** The server that hosts petitions, where there is just one. */
function theOnlyHost(database: Database): string {
  const [host, ...others] = new Set(allPetitions(database).map(({ serverId }) => serverId));
  if (host === undefined) throw new Refusal('There is no petition yet.');
  if (others.length > 0)
    throw new Refusal(`Say --server and an id: petitions are hosted by ${[host, ...others].join(', ')}.`);
  return host;
}
