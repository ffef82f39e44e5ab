// The packet as PDF: all of its sections, and then the names.
import { cleanLine } from '../../coalition/plain-text.js';
import { type Language, wordsOfPost } from '../../i18n/words.js';
import { charts, type Picture } from './charts.js';
import { comments } from './comments.js';
import { cover } from './cover.js';
import type { PacketFacts } from './facts.js';
import { listPages, names, partsOfList } from './names.js';
import { notes } from './notes.js';
import { organizations } from './organizations.js';
import { outreach } from './outreach.js';
import { paper } from './paper.js';
import { statement } from './statement.js';
import { totals } from './totals.js';

/** Prints it, with pictures drawn before; tells how far it is, from 0 to 1. `lost` is how many names the font could not print whole. */
export async function printed(
  facts: PacketFacts,
  language: Language | 'both',
  { pictures, progress }: { pictures: readonly Picture[]; progress: (share: number) => void },
): Promise<{ content: Buffer; pages: number; lost: number }> {
  const speech = wordsOfPost(language);
  const [first] = speech;
  const sheet = paper({
    title: cleanLine(first.localized(facts.petition.title)),
    languages: speech.map((words) => words.language),
    at: facts.at,
  });
  const { parts, lost } = partsOfList(facts.list, speech);
  cover(sheet, facts, speech);
  statement(sheet, facts, speech);
  sheet.page();
  organizations(sheet, facts, speech);
  comments(sheet, facts, speech);
  outreach(sheet, facts, speech);
  totals(sheet, facts, speech);
  charts(sheet, pictures, speech);
  notes(sheet, facts, lost, speech);
  sheet.stream(listPages(sheet, parts), progress);
  names(sheet, parts, speech);
  return { ...(await sheet.end()), lost };
}
