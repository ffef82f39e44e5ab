// Single cells: cleaned like all text from people, and words of a few meanings.
import { cleanLine, fold } from '../../coalition/plain-text.js';

/** Latin text that `cleanLine` leaves as it is: no space but single ones inside, nothing to compose or to drop. */
const clean = /^[!-&(-~¡-¬®-ſ][!-~¡-ſ]*(?: [!-~¡-ſ]+)*$/;
/** The apostrophe that keeps a spreadsheet from taking a cell for a formula, as exports have it. */
const escaped = /^'(?=[=+\-@\t\r＝＋－＠])/;

/** A cell's text on one line; '' where it shows nothing. */
export function cleanCell(cell: string | undefined): string {
  if (cell === undefined || cell === '' || clean.test(cell)) return cell ?? '';
  return cleanLine(cell.replace(escaped, ''));
}

/** What people write to say that there is nothing to write. */
const nothing = /^(?:[-–—.]+|n\/a)$/i;

/** Like `cleanCell`, but '' too for a dash and the like. */
export function meantCell(cell: string | undefined): string {
  const text = cleanCell(cell);
  return nothing.test(text) ? '' : text;
}

/** A key by which two spellings of a header or a word are equal: no case, accents, spaces or signs. */
export function wordKey(text: string): string {
  return fold(text).replace(/[^\p{L}\p{N}✓✔☑✅]/gu, '');
}

const yes = new Set(
  `sí yes y s true verdadero 1 x t ok on ✓ ✔ ☑ ✅ acepto sí,acepto aceptado accept accepted i,accept yes,i,accept
   agree agreed i,agree yes,i,agree de,acuerdo estoy,de,acuerdo sí,estoy,de,acuerdo consiento sí,consiento
   i,consent yes,i,consent autorizo sí,autorizo autorizado`
    .split(/\s+/)
    .map(wordKey),
);

/** Whether a cell says yes; what isn't clear is no consent. */
export function isYes(cell: string | undefined): boolean {
  return yes.has(wordKey(cleanCell(cell)));
}

const kinds = new Map<string, 'person' | 'organization'>([
  ...['person', 'people', 'persona', 'individual', 'individuo', 'individuals', 'particular', 'personal'].map(
    (word) => [wordKey(word), 'person'] as const,
  ),
  ...[
    'organization',
    'organisation',
    'organización',
    'org',
    'group',
    'entidad',
    'colectivo',
    'ong',
    'ngo',
  ].map((word) => [wordKey(word), 'organization'] as const),
]);

/** What a cell says that signs: a person, an organization, or nothing clear. */
export function kindOf(cell: string | undefined): 'person' | 'organization' | undefined {
  return kinds.get(wordKey(cleanCell(cell)));
}

/** The same answers, found once per text as files repeat themselves; at most `most` are kept, of short texts. */
export function remembering<Answer>(
  most: number,
  find: (text: string | undefined) => Answer,
): (text: string | undefined) => Answer {
  const known = new Map<string | undefined, Answer>();
  return (text) => {
    if (text !== undefined && text.length > 100) return find(text);
    const kept = known.get(text);
    if (kept !== undefined) return kept;
    const found = find(text);
    if (known.size === most) known.clear();
    known.set(text, found);
    return found;
  };
}
