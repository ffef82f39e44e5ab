// What was done for the petition, in brief: how often of what, and the events with how many came.
import type { ActionType } from '../../../db/actions.js';
import { cleanLine } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import type { Paper } from './paper.js';
import { row, table } from './table.js';
import { each, inOne, told } from './words.js';

export function outreach(paper: Paper, facts: PacketFacts, speech: readonly Words[]): void {
  const { events } = facts;
  const sums = facts.outreach;
  if (sums.length === 0 && events.length === 0) return;
  paper.section(told(speech, 'packet.done'));
  for (const words of speech) {
    if (sums.length === 0) break;
    const done = sums.map(({ key, count }) => words.say(`actions.${key as ActionType}`, { count }));
    paper.say({ text: words.say('packet.outreach', { done: words.list(done) }), language: words.language });
  }
  if (events.length === 0) return;
  paper.gap(8);
  const heading = (key: 'packet.event' | 'packet.place' | 'packet.day' | 'packet.turnout') =>
    each(speech, key);
  const columns = [
    { heading: heading('packet.event'), width: 160 },
    { heading: heading('packet.place'), width: 98 },
    { heading: heading('packet.day'), width: 105 },
    { heading: heading('packet.turnout'), width: 105, isNumber: true },
  ];
  const rows = events.map(({ name, place, day, turnout }) =>
    row(columns, [
      paper.print(inOne(speech, (words) => cleanLine(words.localized(name)))),
      paper.print(cleanLine(place)),
      inOne(speech, (words) => words.day(day)),
      turnout === undefined ? '' : inOne(speech, (words) => estimate(turnout, words)),
    ]),
  );
  table(paper, columns, rows, rows.length);
}

const estimate = ({ low, high }: { low: number; high: number }, words: Words): string =>
  low === high ? words.number(low) : words.say('packet.estimate', { low, high });
