// `npm run signatures -- retention --server ID`: what is removed after delivery, and when; --yes removes what is due.
import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../../db/connect.js';
import { type Petition, petitionById, petitionsOf } from '../../../db/petitions.js';
import { addDays, dayIn } from '../../coalition/day.js';
import { findPetition, requireHost } from '../../coalition/petition.js';
import {
  type InSteps,
  listOf,
  personalIn,
  removalDay,
  removePersonal,
  startClock,
  taskOf,
  tellRemoval,
  warningDays,
} from '../../coalition/retention.js';
import { withDatabase, words } from './database.js';

/** How long the bot, which may be running beside it, has its turn after each step, in milliseconds. */
const pause = 20;

/** Shows what would be removed of a petition, or of all that a server hosts; with `yes` does what is due. */
export async function showRetention({
  server,
  petition,
  yes = false,
}: {
  server: string;
  petition?: string;
  yes?: boolean;
}): Promise<void> {
  await withDatabase(async (database) => {
    for (const { id } of asked(database, server, petition)) await show(database, id, yes, Date.now());
  });
}

function asked(database: Database, server: string, named: string | undefined): Petition[] {
  if (named === undefined) return petitionsOf(database, server).filter(({ serverId }) => serverId === server);
  const petition = findPetition(database, server, named, true);
  requireHost(petition, server);
  return [petition];
}

/** Says what would be done for a petition, and does it where it is due and wanted. */
async function show(database: Database, id: number, yes: boolean, now: number): Promise<void> {
  const read = () => {
    const petition = petitionById(database, id);
    if (!petition) throw new Error(`no petition ${id}`);
    return petition;
  };
  if (yes) startClock(database, read(), now);
  const petition = read();
  for (const line of await dryRun(database, petition, now)) console.log(line);
  const task = taskOf(petition, now);
  if (!task) return;
  if (!yes) return console.log('  This is due: with --yes it is done now.');
  await finish(
    task === 'tell' ? tellRemoval(database, petition, now) : removePersonal(database, petition, now),
  );
  const isDone = read().namesRemovedAt !== null;
  // Where there is nothing to remove, there is nothing to tell.
  if (task === 'tell') console.log(isDone ? '  It is noted as done.' : '  Told to organizers.');
  else if (isDone) console.log('  Removed, and told to organizers.');
  else console.log('  Not all of it is removed: the bot is at it too, or the petition was opened again.');
}

async function dryRun(database: Database, petition: Petition, now: number): Promise<string[]> {
  const { timezone, deliveredAt, removalToldAt, namesRemovedAt } = petition;
  const dayOf = (moment: number) => words.day(dayIn(timezone, moment));
  const title = `“${words.localized(petition.title)}”`;
  if (petition.state !== 'delivered') return [`${title}: not delivered, so nothing is removed.`];
  if (namesRemovedAt !== null)
    return [`${title}: what was personal was removed on ${dayOf(namesRemovedAt)}.`];
  const day = removalDay(petition, now);
  if (deliveredAt === null || day === undefined)
    return [`${title}: delivered before Minga noted when; the time begins to run when the bot starts.`];
  const what = listOf(await finish(personalIn(database, petition.id)));
  const told =
    removalToldAt === null
      ? `They are to be told ${warningDays} days before, on ${words.day(addDays(day, -warningDays))}.`
      : `They were told on ${dayOf(removalToldAt)}.`;
  if (what.length === 0) return [`${title}: delivered on ${dayOf(deliveredAt)}. There is nothing to remove.`];
  const list = words.list(what.map(({ key, values }) => words.say(key, values)));
  return [
    `${title}: delivered on ${dayOf(deliveredAt)}. On ${words.day(day)} this is removed: ${list}. All counts stay.`,
    `  Organizers can take a copy before, or open the petition again. ${told}`,
  ];
}

async function finish<Result>(steps: InSteps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await setTimeout(pause);
  }
}
