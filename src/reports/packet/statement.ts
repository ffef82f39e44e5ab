// The statement: its latest version in each language of the packet, its light Markdown as type.
import { dayIn } from '../../coalition/day.js';
import type { Words } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';
import { inks, type Paper } from './paper.js';

export function statement(
  paper: Paper,
  { statements, petition }: PacketFacts,
  speech: readonly Words[],
): void {
  for (const words of speech) {
    const { language } = words;
    const found = statements.find((one) => one.language === language);
    if (!found) continue;
    paper.page();
    paper.heading(1, [{ text: words.say('packet.statement'), language }]);
    const day = { day: dayIn(petition.timezone, found.at) };
    const version = words.say('packet.version', { version: String(found.version), day });
    paper.say({ text: version, language }, { size: 9, ink: inks.grey, below: 14 });
    for (const block of blocksOf(found.text)) {
      const { text, kind } = block;
      if (kind === 'heading') paper.say({ text, language }, { size: 13, isBold: true, below: 8 }, 'H2');
      else if (kind === 'item') paper.say({ text: `• ${text}`, language }, { indent: 12, below: 4 });
      else if (kind === 'strong') paper.say({ text, language }, { isBold: true, below: 9 });
      else paper.say({ text, language }, { below: 9 });
    }
  }
}

interface Block {
  kind: 'heading' | 'item' | 'strong' | 'text';
  text: string;
}

/** Paragraphs, headings and items of a text; the signs of emphasis go, the words stay. */
function blocksOf(text: string): Block[] {
  return text.split(/\n\s*\n|\n(?=\s*(?:[-*•]|\d+\.)\s)|(?<=^#[^\n]*)\n/m).flatMap((given) => {
    const block = given.trim();
    if (block === '') return [];
    const [, heading] = /^#{1,6}\s+(.*)$/s.exec(block) ?? [];
    if (heading !== undefined) return { kind: 'heading', text: plain(heading) };
    const [, item] = /^[-*•]\s+(.*)$/s.exec(block) ?? [];
    if (item !== undefined) return { kind: 'item', text: plain(item) };
    const [, strong] = /^\*\*([^*]+)\*\*$/s.exec(block) ?? [];
    return strong === undefined
      ? { kind: 'text', text: plain(block) }
      : { kind: 'strong', text: plain(strong) };
  });
}

/** Without the signs of Markdown; a link keeps its address, as paper can't be pressed. */
function plain(text: string): string {
  return text
    .replace(/\[([^\]]+)\]\((\S+?)\)/g, '$1 ($2)')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/gs, '$2')
    .replace(/(?<![\p{L}\p{N}*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\p{L}\p{N}*])/gu, '$2');
}
