// Removes what is personal a set time after delivery, after organizers were told: a little at each tick.
import { setTimeout } from 'node:timers/promises';
import { allPetitions } from '../../db/petitions.js';
import { type InSteps, removePersonal, startClock, taskOf, tellRemoval } from '../coalition/retention.js';
import type { Job } from './index.js';

/** How long one tick may take for it, and how long others have their turn after each step; in milliseconds. */
const most = 2_000;
const pause = 20;

const work = { tell: tellRemoval, remove: removePersonal };

/** What is under way, by petition: it goes on at the next tick, and from the beginning after a restart. */
const underWay = new Map<number, InSteps<void>>();

export const endRetention: Job = async ({ database, log }, _client, now) => {
  const until = performance.now() + most;
  for (const petition of allPetitions(database)) {
    startClock(database, petition, now);
    const task = taskOf(petition, now);
    const steps = underWay.get(petition.id) ?? (task && work[task](database, petition, now));
    underWay.delete(petition.id);
    if (!task || !steps) continue;
    while (!steps.next().done) {
      await setTimeout(pause);
      if (performance.now() < until) continue;
      underWay.set(petition.id, steps);
      return;
    }
    log.info({ petition: petition.id, task }, 'retention');
  }
};
