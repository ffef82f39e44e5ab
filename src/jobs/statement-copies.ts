// Brings copies of the statement up to date that an edit has left behind: cut off by a crash, or unanswered by Discord.
import { updateCopies } from '../discord/statement-posts.js';
import type { Job } from './index.js';

/** How long Discord is left alone after it gave no answer, in milliseconds. */
const pause = 60_000;

export function startCopying(): Job {
  let next = 0;
  return async function copyStatements(context, client, now) {
    if (now < next) return;
    const copies = await updateCopies(context, client);
    next = copies.some(({ obstacle }) => obstacle === 'unanswered') ? now + pause : 0;
  };
}
