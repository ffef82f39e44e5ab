// `npm run campaign -- load DIR --server ID`: a petition from a folder, whether the bot is running or not.
import { Command, InvalidArgumentError } from 'commander';
import { closeDatabase, openDatabase } from '../../db/connect.js';
import { UnfitDatabase } from '../../db/trouble.js';
import { loadCampaign } from '../coalition/campaign.js';
import { CampaignFolderError, readCampaignFolder } from '../coalition/campaign-folder.js';
import { Failure } from '../coalition/failure.js';
import { ConfigError, readToolConfig } from '../config.js';
import { wordsFor } from '../i18n/words.js';

const program = new Command('campaign').description('Creates or updates a petition from a folder.');

program
  .command('load')
  .argument('<folder>', 'the folder with campaign.yaml and the statements')
  .requiredOption('--server <id>', 'the Discord id of the server that hosts the petition', serverId)
  .action((folder: string, { server }: { server: string }) => {
    const campaign = readCampaignFolder(folder);
    const database = openDatabase(readToolConfig().DATABASE_PATH);
    try {
      const write = { userId: null, serverId: server, at: Date.now() };
      const { petition, created, applied } = loadCampaign(database, write, campaign);
      const words = wordsFor('en-US');
      console.log(
        `${created ? 'Created' : 'Found'} “${words.localized(petition.title)}” in server ${server}.`,
      );
      console.log(
        applied.length === 0 ? 'Nothing has changed since the last load.' : `Applied: ${applied.join(', ')}.`,
      );
    } finally {
      closeDatabase(database);
    }
  });

try {
  program.parse();
} catch (error) {
  for (const line of problemsOf(error)) console.error(line);
  process.exitCode = 1;
}

function serverId(value: string): string {
  if (!/^\d{17,20}$/.test(value)) throw new InvalidArgumentError('It is a number of 17 to 20 digits.');
  return value;
}

function problemsOf(error: unknown): string[] {
  if (error instanceof CampaignFolderError || error instanceof ConfigError) return error.problems;
  if (error instanceof UnfitDatabase) return [error.message];
  if (error instanceof Failure) return [wordsFor('en-US').say(`failures.${error.key}`, error.values)];
  throw error;
}
