// What a reader should know of the packet itself.
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import type { Paper } from './paper.js';
import { told } from './words.js';

export function notes(paper: Paper, facts: PacketFacts, lostNames: number, speech: readonly Words[]): void {
  const lostTexts = paper.lost();
  const hasNames = facts.list.people.length + facts.list.organizations.length > 0;
  paper.section(told(speech, 'packet.notes'));
  for (const words of speech) {
    const lines = [
      words.say('packet.moment', { day: { day: facts.day } }),
      words.say('packet.consent'),
      ...(hasNames ? [] : [words.say('packet.noNames')]),
      ...translationLines(facts, speech, words),
      ...(lostNames > 0 ? [words.say('packet.lostNames', { count: lostNames })] : []),
      ...(lostTexts > 0 ? [words.say('packet.lostTexts', { count: lostTexts })] : []),
    ];
    for (const text of lines)
      paper.say({ text: `• ${text}`, language: words.language }, { indent: 12, below: 5 });
    paper.gap(12);
  }
}

/** What is not as it should be with the statement, in the languages of the packet. */
export function translationLines(
  { stale, statements }: Pick<PacketFacts, 'stale' | 'statements'>,
  speech: readonly Words[],
  words: Words,
): string[] {
  return speech.flatMap(({ language }) => {
    const said = { language: { key: `languages.${language}` } } as const;
    if (statements.every((one) => one.language !== language)) return [words.say('packet.noStatement', said)];
    return stale === language ? [words.say('packet.stale', said)] : [];
  });
}
