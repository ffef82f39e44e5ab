// `npm run rehearse`: a local Discord, the real bot, and a page to use them; with `--play` a scripted day, printed.
import path from 'node:path';
import { Command } from 'commander';
import { inBoth } from './caption.js';
import { aDirector } from './director.js';
import { startPage } from './page-server/index.js';
import { aPartner } from './partner.js';
import { playTheDay } from './play.js';
import { aStage } from './stage.js';
import { aTranscript } from './transcript.js';

const { play, out, port } = new Command('rehearse')
  .description('Shows the whole campaign on a local Discord: no token, no network.')
  .option('--play', 'play the scripted day and print it as a conversation')
  .option('--out <folder>', 'where the transcript and the pictures go', 'rehearsal-output')
  .option('--port <number>', 'where the page is; any other where that is taken', '7023')
  .parse()
  .opts<{ play?: boolean; out: string; port: string }>();

if (play) await print(out);
else await show();

/** Shows the page until it is interrupted. */
async function show(): Promise<void> {
  const page = await startPage(Number(port));
  console.log(page.address);
  console.log('Minga on a local Discord: open the address above in a browser. Ctrl+C ends it.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => page.close().then(() => process.exit(0)));
  }
}

/** Plays the day, prints it, and fails where an answer is not the one expected. */
async function print(folder: string): Promise<void> {
  const stage = await aStage({ unset: true, begins: '2023-07-19T13:00:00Z' });
  const transcript = aTranscript(stage.discord, folder, stage.names);
  const director = aDirector(stage, transcript);
  try {
    await playTheDay(stage, director, aPartner(stage.discord));
  } catch (error) {
    transcript.fault(`the play stopped: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  } finally {
    await stage.close();
  }
  if (stage.bot.errors !== '') transcript.fault(`the bot wrote to its error output:\n${stage.bot.errors}`);
  const refused = stage.discord.refused.map(
    ({ method, path: place, status }) => `${method} ${place} (${status})`,
  );
  for (const request of refused) transcript.fault(`Discord would have refused ${request}`);
  await transcript.note(inBoth(`${director.steps} steps, ${director.faults} without the answer expected.`));
  console.log(`   · Saved in ${path.relative('.', transcript.save())}, with the pictures beside it.`);
  if (director.faults > 0 || refused.length > 0 || stage.bot.errors !== '') process.exitCode = 1;
}
