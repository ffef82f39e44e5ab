// What a load of targets did, in lines: for Discord and for the command line.
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Loaded } from '../../coalition/target-import.js';
import type { Words } from '../../i18n/words.js';

/** How many of those who are on a list alone are named. */
const mostNamed = 5;

/**
 * «✅ Taken in: data as of 15 June 2026.», how many are new, changed, former, and who was left out.
 *
 * @param tried - nothing was written yet
 */
export function importedLines(
  { asOf, dangling, back, ...figures }: Loaded,
  words: Words,
  tried = false,
): string[] {
  const { fresh, changed, former, same } = figures;
  const news = fresh + changed + former + back > 0;
  const left = dangling.slice(0, mostNamed).map(({ name, member, committee }) => {
    return `- ${asPlain(cutTo(name || member, 60))} (${asPlain(cutTo(member, 20))}, ${committee})`;
  });
  const said = tried ? 'target.importTried' : 'target.imported';
  return [
    words.say(news ? said : 'target.importedNothing', { day: { day: asOf } }),
    words.say('target.importFigures', { fresh, changed, former, same }),
    ...(back > 0 ? [words.say('target.importBack', { count: back })] : []),
    ...(dangling.length > 0 ? [words.say('target.importDangling', { count: dangling.length }), ...left] : []),
    ...(dangling.length > left.length
      ? [words.say('andMore', { count: dangling.length - left.length })]
      : []),
  ];
}
