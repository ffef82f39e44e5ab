// How far a petition is: the total in words, both its parts, and the way to the goal.
import type { Figures } from '../../coalition/tally.js';
import type { Words } from '../../i18n/words.js';

const bars = 12;

/** «1,234 signatures: 1,200 people and 34 organizations», then a bar with its share of the goal. */
export function progressLines(
  { total, people, organizations }: Figures & { total: number },
  goal: number,
  words: Words,
): string[] {
  const share = Math.max(0, total / goal);
  const filled = Math.min(bars, Math.floor(share * bars));
  const bar = `${'▰'.repeat(filled)}${'▱'.repeat(bars - filled)}`;
  return [
    `**${words.say('tally.total', { count: total })}** · ${partsOf({ people, organizations }, words)}`,
    `${bar} ${words.ofGoal(total, goal)}`,
  ];
}

/** «1,200 people and 34 organizations»: both parts, whatever they are. */
export function partsOf({ people, organizations }: Figures, words: Words): string {
  return words.list([
    words.say('tally.people', { count: people }),
    words.say('tally.organizations', { count: organizations }),
  ]);
}

/** «120 people»: only the parts that there are; a line of a list need not name what is not there. */
export function someOf(figures: Figures, words: Words): string {
  const { people, organizations } = figures;
  if (organizations === 0) return words.say('tally.people', { count: people });
  return people === 0 ? words.say('tally.organizations', { count: organizations }) : partsOf(figures, words);
}
