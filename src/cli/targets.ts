// `npm run targets -- …`: committees and their members from the public congress-legislators files.
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseDay } from '../coalition/day.js';
import { usualCommittees } from '../connectors/congress-legislators/data.js';
import { writeBundle } from './targets/bundle.js';
import { importFrom } from './targets/import.js';
import { runTool, serverId } from './tool.js';

const program = new Command('targets').description(
  'Decision makers from the public files of https://github.com/unitedstates/congress-legislators',
);
const folderHelp =
  'with committees-current.json, committee-membership-current.json and legislators-current.json; ' +
  'legislators-district-offices.json too, where it is there';
const committees = () =>
  new Option('--committees <codes>', 'which committees, without their subcommittees')
    .argParser(codes)
    .default(usualCommittees, usualCommittees.join(','));
const asOf = () =>
  new Option('--as-of <day>', "the day the data is of; the files' own if left out").argParser(day);

program
  .command('import')
  .description(
    'Takes the members of committees in, whether the bot is running or not; the same twice as once.',
  )
  .argument('<folder>', `a folder ${folderHelp}; or a bundle`)
  .addOption(
    new Option(
      '--server <id>',
      'the Discord id of the server that hosts the petition; may be left out where only one does',
    ).argParser(serverId),
  )
  .option(
    '--petition <name>',
    "its title, or its campaign folder's name; the server's current one if left out",
  )
  .addOption(asOf())
  .addOption(committees())
  .option('--yes', 'confirm without being asked')
  .action(importFrom);

program
  .command('bundle')
  .description('Puts what is needed of the files into a small one, for `/target import` in Discord.')
  .argument('<folder>', `a folder ${folderHelp}`)
  .argument('<file>', 'the file to make; nothing is overwritten')
  .addOption(asOf())
  .addOption(committees())
  .action(writeBundle);

await runTool(program);

function day(value: string): string {
  const found = parseDay(value);
  if (!found) throw new InvalidArgumentError('It is a date, written YYYY-MM-DD.');
  return found;
}

function codes(value: string): string[] {
  const found = value.split(',').map((code) => code.trim().toUpperCase());
  if (!found.every((code) => /^[HSJ][A-Z]{3}$/.test(code)))
    throw new InvalidArgumentError('They are codes of four letters, with commas between: HSFA,HSAP.');
  return [...new Set(found)];
}
