// The first page: what is asked, of whom, by how many, and as of when.
import { cleanLine } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import { inks, type Paper } from './paper.js';
import { partsOf } from './totals.js';
import { inOne } from './words.js';

/** More than so many addressees are left to the delivery itself. */
const mostAddressees = 6;

export function cover(paper: Paper, facts: PacketFacts, speech: readonly Words[]): void {
  const { petition, tally, list, targets, host, day } = facts;
  paper.page();
  paper.pdf.y = 110;
  const kind = inOne(speech, (words) => words.say('packet.kind'));
  paper.say({ text: kind }, { size: 11, ink: inks.grey, below: 14 });
  const titles = [...new Set(speech.map((words) => cleanLine(words.localized(petition.title))))];
  for (const [index, text] of titles.entries()) {
    const style = index === 0 ? { size: 28, isBold: true } : { size: 19, ink: inks.grey };
    paper.say({ text, language: speech[index]?.language }, { ...style, below: 8 }, index === 0 ? 'H1' : 'P');
  }
  paper.gap(14);
  paper.rule();
  paper.gap(20);
  for (const text of new Set(speech.map((words) => words.localized(petition.ask))))
    paper.say({ text }, { size: 12, below: 12 });
  paper.gap(18);
  const named = list.people.length + list.organizations.length;
  for (const [index, words] of speech.entries()) {
    const total = words.say('tally.total', { count: tally.total });
    const { language } = words;
    paper.say({ text: total, language }, { size: index === 0 ? 24 : 17, isBold: true, below: 1 });
    const text = `${partsOf(tally, words)}. ${words.say('packet.named', { count: named })}`;
    paper.say({ text, language }, { ink: inks.grey, below: 12 });
  }
  colophon(
    paper,
    speech.map((words) => {
      const names = targets.map(({ name }) => cleanLine(words.localized(name)));
      return [
        ...(names.length > 0 && names.length <= mostAddressees
          ? [words.say('packet.to', { names: words.list(names) })]
          : []),
        ...(Object.keys(host).length > 0
          ? [words.say('packet.host', { name: cleanLine(words.localized(host)) })]
          : []),
        words.say('packet.asOf', { day: { day } }),
      ].map((text) => ({ text, language: words.language }));
    }),
  );
}

/** Whom it is for, from whom and as of when, at the foot of the page. */
function colophon(paper: Paper, parts: { text: string; language: Words['language'] }[][]): void {
  const [size, below, between] = [10, 2, 8];
  const lines = parts.flat();
  const height = lines.reduce((sum, { text }) => sum + paper.heightOf(text, size) + below, 0);
  const foot = paper.bottom - height - between * parts.length - 12;
  paper.pdf.y = Math.max(paper.pdf.y + 8, Math.min(foot, 600));
  paper.rule();
  paper.gap(12);
  for (const part of parts) {
    for (const told of part) paper.say(told, { size, below });
    paper.gap(between);
  }
}
