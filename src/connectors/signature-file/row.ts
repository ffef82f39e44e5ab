// One row: its cells as a signature, or the reason why it can't be one.
import { findCountry } from '../../coalition/country.js';
import type { ReadRow, RejectReason } from '../../coalition/import/row.js';
import { characters, fitting } from '../../coalition/plain-text.js';
import { cleanCell, isYes, kindOf, meantCell, remembering } from './cells.js';
import type { Column, Field } from './columns.js';
import { readDate } from './dates.js';
import type { FileRecord } from './records.js';

/** What `/signatures add` takes, in characters; an address has 254 by RFC 5321. */
const limits = { name: 120, organization: 120, comment: 500, email: 254, typedCountry: 100 };
const address = /^[^\s@<>()[\],;:"\\]+@[^\s@<>()[\],;:"\\]+\.[^\s@<>()[\],;:"\\.]{2,}$/;
const kept = 10_000;

/** Reads rows of these columns; undefined for one that shows nothing. `today` is the campaign's, ISO. */
export function rowReader(
  columns: readonly Column[],
  today: string,
): (record: FileRecord) => ReadRow | RejectReason | undefined {
  const all = (field: Field) => columns.flatMap((column, index) => (column.field === field ? [index] : []));
  const one = (field: Field) => all(field)[0] ?? -1;
  const [kindAt, nameAt, organizationAt, countryAt] = [
    one('kind'),
    one('name'),
    one('organization'),
    one('country'),
  ];
  const [emailAt, commentAt, dateAt, consentAt] = [one('email'), one('comment'), one('date'), one('consent')];
  const namePartsAt = [...all('firstName'), ...all('lastName')];
  const countryOf = remembering(kept, readCountry);
  const consentOf = remembering(kept, isYes);
  const saidKind = remembering(kept, (cell) => kindOf(cell) ?? null);
  const dateOf = remembering(kept, (cell) => {
    const text = meantCell(cell);
    return text === '' ? {} : readDate(text, today);
  });

  const personIn = (cells: readonly string[]) => {
    const whole = cleanCell(cells[nameAt]);
    if (whole !== '' || namePartsAt.length === 0) return whole;
    const parts = namePartsAt.map((at) => cleanCell(cells[at]));
    return parts.filter((part) => part !== '').join(' ');
  };

  return ({ line, cells }) => {
    if (cells.length > columns.length && !cells.slice(columns.length).every(isBlank)) return 'tooManyCells';
    const person = personIn(cells);
    const organization = meantCell(cells[organizationAt]);
    const likely = person === '' && organization !== '' ? 'organization' : 'person';
    const kind = saidKind(cells[kindAt]) ?? likely;
    const name = kind === 'organization' ? organization || person : person;
    if (name === '') return cells.every(isBlank) ? undefined : 'noName';
    if (isOver(name, limits.name)) return kind === 'person' ? 'nameTooLong' : 'organizationTooLong';
    const row: ReadRow = { line, kind, name, country: null };
    if (kind === 'person' && organization !== '') {
      if (isOver(organization, limits.organization)) return 'organizationTooLong';
      row.organization = organization;
    }
    const comment = cleanCell(cells[commentAt]);
    if (isOver(comment, limits.comment)) return 'commentTooLong';
    if (comment !== '') row.comment = comment;
    const email = normalAddress(cells[emailAt]);
    if (email !== '') {
      if (isOver(email, limits.email) || !address.test(email)) return 'badEmail';
      row.email = email;
    }
    const date = dateOf(cells[dateAt]);
    if (typeof date === 'string') return date;
    if (consentAt !== -1) row.consent = consentOf(cells[consentAt]);
    return Object.assign(row, countryOf(cells[countryAt]), date);
  };
}

function isBlank(cell: string): boolean {
  return cleanCell(cell) === '';
}

function isOver(text: string, limit: number): boolean {
  return text.length > limit && characters(text) > limit;
}

/** An address as it is compared: what was pasted with it and does not show is no part of it. */
function normalAddress(cell: string | undefined): string {
  const text = meantCell(cell).toLowerCase();
  return /[^!-~]/.test(text) ? text.replace(/\p{Default_Ignorable_Code_Point}/gu, '').normalize('NFC') : text;
}

function readCountry(cell: string | undefined): Pick<ReadRow, 'country' | 'typedCountry' | 'candidates'> {
  const text = meantCell(cell);
  if (text === '') return { country: null };
  const found = findCountry(text);
  if (found && 'code' in found) return { country: found.code };
  const typedCountry = fitting(text, limits.typedCountry);
  return { country: null, typedCountry, ...(found && { candidates: found.ambiguous }) };
}
