// A total as people say it: «nearly 2,000 signatures».
import type { Words } from '../../i18n/words.js';
import { asPeopleSay } from '../../reports/release/figure.js';

const said = { exactly: 'tally.total', nearly: 'thanks.nearly', moreThan: 'thanks.moreThan' } as const;

export function roughly(total: number, words: Words): string {
  const { how, number } = asPeopleSay(Math.max(0, total));
  return words.say(said[how], { count: number });
}
