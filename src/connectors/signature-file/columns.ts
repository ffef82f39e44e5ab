// What the columns of a file hold, by their headers in English and Spanish.
import { Failure } from '../../coalition/failure.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import { cleanCell, wordKey } from './cells.js';
import aliases from './header-aliases.json' with { type: 'json' };

export type Field = keyof typeof aliases.fields;

/** One column of a file; its header is '' in a file without a header row. */
export interface Column {
  header: string;
  field: Field | null;
}

const fieldOf = byKey(aliases.fields);
const insteadOf = byKey(aliases.instead);
const addedTo = byKey(aliases.added);
const eitherName = new Set(aliases.eitherName.map(wordKey));
const ignored = new Set(aliases.ignored.map(wordKey));

function byKey(lists: Partial<Record<Field, string[]>>): Map<string, Field> {
  const entries = Object.entries(lists) as [Field, string[]][];
  return new Map(entries.flatMap(([field, names]) => names.map((name) => [wordKey(name), field] as const)));
}

/** A header's key; what stands in brackets is a remark: 'Organización (opcional)'. */
function keyOf(header: string): string {
  const key = wordKey(header);
  return isKnown(key) ? key : wordKey(header.replace(/\([^()]*\)/g, ''));
}

function isKnown(key: string): boolean {
  return [fieldOf, insteadOf, addedTo, ignored].some((list) => list.has(key));
}

/**
 * What each column holds, by the first record of a file. A header that comes again counts where it stands first;
 * only given and family names may have two columns each. A file of one column needs no header.
 *
 * @throws Failure where no column can be a name or an organization; it lists the headers
 */
export function columnsOf(first: readonly string[]): { columns: Column[]; hasHeader: boolean } {
  const headers = first.map(cleanCell);
  const keys = headers.map(keyOf);
  if (first.length === 1 && !keys.some(isKnown)) {
    return { columns: [{ header: '', field: 'name' }], hasHeader: false };
  }
  const columns = headers.map((header): Column => ({ header, field: null }));
  const has = (field: Field) => columns.some((column) => column.field === field);
  const fill = (find: (key: string) => Field | undefined) => {
    for (const [index, column] of columns.entries()) {
      const field = find(keys[index] ?? '');
      if (field !== undefined && column.field === null && !has(field)) column.field = field;
    }
  };
  // Beside family names, 'Nombre' is the given one.
  const holds = (field: Field) => keys.some((key) => fieldOf.get(key) === field);
  const isGiven = holds('lastName') && !holds('firstName');
  fill((key) => (isGiven && eitherName.has(key) ? 'firstName' : fieldOf.get(key)));
  fill((key) => insteadOf.get(key));
  for (const [index, column] of columns.entries()) {
    const key = keys[index] ?? '';
    if (keys.indexOf(key) === index) column.field ??= addedTo.get(key) ?? null;
  }
  if (!(['name', 'firstName', 'lastName', 'organization'] as const).some(has)) throw noNames(headers);
  return { columns, hasHeader: true };
}

function noNames(headers: readonly string[]): Failure {
  const seen = headers.filter((header) => header !== '').map((header) => asPlain(cutTo(header, 40)));
  return new Failure('fileNoNames', {
    headers: { list: [...seen.slice(0, 12), ...(seen.length > 12 ? ['…'] : [])] },
  });
}
