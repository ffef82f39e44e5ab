// `npm run doctor`: what is wrong with a set-up and how to mend it, a line for each thing looked at.
import { Command } from 'commander';
import { ConfigError, readToolConfig, type ToolConfig } from '../config.js';
import { discordFindings } from './doctor/discord.js';
import { type Finding, well, wrong } from './doctor/finding.js';
import { placesIn } from './doctor/places.js';
import { storageFindings } from './doctor/storage.js';
import { problemsOf, runTool } from './tool.js';

/** What package.json asks for under `engines`. */
const oldestNode = '20.19';

await runTool(
  new Command('doctor').description('Says what is wrong with a set-up and how to mend it.').action(examine),
);

async function examine(): Promise<void> {
  tell(nodeFinding());
  const config = settings();
  if (!config) return;
  await tellAll(storageFindings(config));
  await tellAll(discordFindings(config, placesIn(config.DATABASE_PATH)));
}

function nodeFinding(): Finding {
  const { node } = process.versions;
  const isOld = node.localeCompare(oldestNode, 'en', { numeric: true }) < 0;
  return isOld
    ? wrong(`Node.js ${node} is too old: install ${oldestNode} or later from https://nodejs.org.`)
    : well(`Node.js ${node}.`);
}

function settings(): ToolConfig | undefined {
  try {
    const config = readToolConfig();
    tell(well('The settings can be read.'));
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems)
      tell(wrong(`${problem}: change it in .env, where .env.example says what it means.`));
    return undefined;
  }
}

/** Findings as they are made; what cuts them short is one itself. */
async function tellAll(findings: Iterable<Finding> | AsyncIterable<Finding>): Promise<void> {
  try {
    for await (const finding of findings) tell(finding);
  } catch (error) {
    for (const problem of problemsOf(error)) tell(wrong(problem));
  }
}

function tell({ mark, says }: Finding): void {
  console.log(`${mark} ${says}`);
  if (mark === '✖') process.exitCode = 1;
}
