// What people said, as far as an organizer approved it: in their own language, under the name they chose.
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import { inks, type Paper } from './paper.js';
import { told } from './words.js';

export function comments(paper: Paper, { comments: quotes }: PacketFacts, speech: readonly Words[]): void {
  if (quotes.length === 0) return;
  paper.section(told(speech, 'packet.comments'));
  for (const { text, name, language } of quotes) {
    const [open, close] = language === 'es' ? ['«', '»'] : ['“', '”'];
    const words = speech.find((one) => one.language === language) ?? speech[0];
    paper.keep(60);
    paper.say({ text: `${open}${text}${close}`, language }, { below: 2 });
    const by = name ?? words?.say('packet.supporter') ?? '';
    paper.say({ text: `— ${by}` }, { size: 9, ink: inks.grey, below: 14 });
  }
}
