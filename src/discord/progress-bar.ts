// Shows how far long work is, in place of Discord's thinking state; the answer replaces it.
import type { RepliableInteraction } from 'discord.js';
import type { Words } from '../i18n/words.js';

/** How long Discord's own thinking state is enough, in milliseconds. */
const patience = 5000;

/** The least time between two edits: Discord takes only so many. */
const pause = 2500;

const marks = 12;

/**
 * Shows work that takes longer than 5 seconds as a bar that moves.
 *
 * @param interaction - answered by a thinking state so far
 * @param now - milliseconds that only grow; the machine's, as people wait by it even where Minga's clock is moved
 * @returns tell it how far the work is, from 0 to 1, as often as you like
 */
export function showProgress(
  interaction: Pick<RepliableInteraction, 'editReply'>,
  words: Words,
  now: () => number = () => performance.now(),
): (share: number) => void {
  let next = now() + patience;
  let editing = false;
  return (share) => {
    if (editing || now() < next) return;
    next = now() + pause;
    editing = true;
    const done = () => {
      editing = false;
    };
    // The work goes on where a bar can't be shown; what was pressed to begin it is done with.
    interaction.editReply({ content: barOf(share, words), components: [] }).then(done, done);
  };
}

function barOf(share: number, words: Words): string {
  const filled = Math.floor(share * marks);
  const bar = `${'▰'.repeat(filled)}${'▱'.repeat(marks - filled)}`;
  return words.say('progress.working', { bar, percent: Math.floor(share * 100) });
}
