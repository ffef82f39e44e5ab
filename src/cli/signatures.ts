// `npm run signatures -- …`: for large files, what the commands of that name do in Discord.
import { Command, InvalidArgumentError, Option } from 'commander';
import { exportFormats } from '../reports/export/formats.js';
import { exportTo } from './signatures/export.js';
import { importFrom } from './signatures/import.js';
import { showRetention } from './signatures/retention.js';
import { runTool } from './tool.js';

// Told to end, however often, it ends as always: what is written by half is taken away.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

const petitionHelp = "its title, or its campaign folder's name; the server's current one if left out";
const program = new Command('signatures').description('Signatures in files that are too large for Discord.');

program
  .command('import')
  .description('Takes in a file of signatures of any size, whether the bot is running or not.')
  .argument('<file>', 'a .csv, .tsv or .txt file')
  .requiredOption('--server <id>', 'the Discord id of the server that hosts the petition', serverId)
  .requiredOption('--source <name>', 'where they come from; made if it is new')
  .option('--petition <name>', petitionHelp)
  .option('--yes', 'confirm without being asked')
  .option('--names', 'the names may be handed over, where the file does not say otherwise')
  .addOption(
    new Option('--dates <order>', 'how 03/05/2026 is read where the file does not tell').choices([
      'day-first',
      'month-first',
    ]),
  )
  .option('--rejected <file>', 'writes the rows that cannot be taken into a file, each with its reason')
  .action(importFrom);

program
  .command('export')
  .description('Writes every signature that has a name into a file, whether the bot is running or not.')
  .argument('<file>', 'the file to make; nothing is overwritten')
  .requiredOption('--server <id>', 'the Discord id of the server that hosts the petition', serverId)
  .option('--petition <name>', petitionHelp)
  .addOption(new Option('--format <format>', "the file's ending says it if left out").choices(exportFormats))
  .action(exportTo);

program
  .command('retention')
  .description('Shows what is removed after delivery, and when; without --yes nothing is changed.')
  .requiredOption('--server <id>', 'the Discord id of the server that hosts the petition', serverId)
  .option(
    '--petition <name>',
    "its title, or its campaign folder's name; all that the server hosts if left out",
  )
  .option('--yes', 'removes what is due today, and tells organizers what soon will be')
  .action(showRetention);

await runTool(program);

function serverId(value: string): string {
  if (!/^\d{17,20}$/.test(value)) throw new InvalidArgumentError('It is a number of 17 to 20 digits.');
  return value;
}
