// Dates as programs and people write them: a day, or both readings of 03/05/2026. Never by `new Date(text)`.
import { addDays, type Day, parseDay } from '../../coalition/day.js';
import { fold } from '../../coalition/plain-text.js';

/** What a cell says: a day that is certain, or the readings that it may have; or why it is none. */
export type FoundDate = { day: Day } | { dayFirst?: Day; monthFirst?: Day } | 'badDate' | 'futureDay';

/** With a weekday, a time and a zone with its name in brackets; what is longer is no date, and slow to look at. */
const longest = 120;
/** A time of day and its zone at the end, which are left out: the date that is written is what counts. */
const time =
  /(?:\s*T|[\s,]+)\s*\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[ap]\.?\s?m\.?)?(?:\s*(?:Z|[A-Z]{2,5}))?(?:\s*[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\([^)]*\))?$/i;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const yearLast = /^(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})$/;
/** Days since the end of 1899, as Excel counts them, maybe with a fraction: 46145 is 2026-05-03. */
const serial = /^(\d{5})(?:[.,]\d+)?$/;

const months = [
  ['january', 'enero'],
  ['february', 'febrero'],
  ['march', 'marzo'],
  ['april', 'abril'],
  ['may', 'mayo'],
  ['june', 'junio'],
  ['july', 'julio'],
  ['august', 'agosto'],
  ['september', 'septiembre', 'setiembre'],
  ['october', 'octubre'],
  ['november', 'noviembre'],
  ['december', 'diciembre'],
];
const fillers = new Set(['de', 'del', 'of', 'the', 'el', 'dia', 'at', 'a', 'la', 'las']);
const weekday = /^(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mie|jue|vie|sab|dom)[a-z]*$/;

/** Reads a cell's date; days after `today` are none, and neither is such a reading of 03/05/2026. */
export function readDate(text: string, today: Day): FoundDate {
  if (text.length > longest) return 'badDate';
  const date = text.replace(time, '');
  const slashed = yearLast.exec(date);
  if (slashed) return bothReadings(slashed, today);
  const day = certainDay(date, today);
  if (day === undefined) return 'badDate';
  return day > today ? 'futureDay' : { day };
}

function certainDay(text: string, today: Day): Day | undefined {
  const [, count] = serial.exec(text) ?? [];
  if (count !== undefined) return addDays('1899-12-30', Number(count));
  const [, year, month, day] = compact.exec(text) ?? [];
  if (year !== undefined) return parseDay(`${year}-${month}-${day}`);
  const dashed = yearFirst.exec(text);
  if (dashed) return parseDay(`${dashed[1]}-${dashed[3]}-${dashed[4]}`);
  return longDate(text, today);
}

function bothReadings([, first, , second, year = '']: RegExpExecArray, today: Day): FoundDate {
  const whole = wholeYear(year, today);
  const dayFirst = parseDay(`${whole}-${second}-${first}`);
  const monthFirst = parseDay(`${whole}-${first}-${second}`);
  if (dayFirst === undefined && monthFirst === undefined) return 'badDate';
  const found = {
    ...(dayFirst !== undefined && dayFirst <= today && { dayFirst }),
    ...(monthFirst !== undefined && monthFirst <= today && { monthFirst }),
  };
  return Object.keys(found).length > 0 ? found : 'futureDay';
}

/** Two digits are a year of the last ten or so, or none; they are never taken for the first part of a date. */
function wholeYear(year: string, today: Day): string | undefined {
  if (year.length === 4) return year;
  const whole = 2000 + Number(year);
  return Math.abs(Number(today.slice(0, 4)) - whole) <= 10 ? String(whole) : undefined;
}

/** '3 de mayo de 2026', 'Sunday, May 3rd, 2026', '03-may-26'. */
function longDate(text: string, today: Day): Day | undefined {
  const words = fold(text)
    .split(/[\s,./-]+/)
    .filter((word) => word !== '' && !fillers.has(word));
  if (words.length === 4 && weekday.test(words[0] ?? '')) words.shift();
  if (words.length !== 3) return undefined;
  const month = words.map(monthOf).find((found) => found > 0);
  const [one = '', other = ''] = words.filter((word) => monthOf(word) === 0);
  const [year, day] = /^\d{4}$/.test(one) ? [one, other] : [other, one];
  if (!/^(?:\d{4}|\d{2})$/.test(year) || !/^\d{1,2}(?:st|nd|rd|th|ro|o|°)?$/.test(day)) return undefined;
  return parseDay(`${wholeYear(year, today)}-${month}-${Number.parseInt(day, 10)}`);
}

/** A month by its name or the beginning of it, from 1; 0 for any other word. */
function monthOf(word: string): number {
  return word.length < 3 ? 0 : months.findIndex((names) => names.some((name) => name.startsWith(word))) + 1;
}
