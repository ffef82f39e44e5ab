import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDate } from '../../../src/connectors/signature-file/dates.js';
import { today } from './support.js';

describe('readDate', () => {
  it.each([
    ['2026-05-03'],
    ['2026-5-3'],
    ['2026/05/03'],
    ['2026.05.03'],
    ['20260503'],
    ['2026-05-03T23:59:59Z'],
    ['2026-05-03T23:59:59.123-05:00'],
    ['2026-05-03 23:59:59 UTC'],
    ['2026-05-03 23:59:59 -0500'],
    ['2026-05-03 23:59'],
    ['2026/05/03 10:11:12 p. m. GMT-5'],
    ['46145'],
    ['46145.75'],
    ['46145,75'],
    ['3 de mayo de 2026'],
    ['3 de mayo del 2026'],
    ['3 mayo 2026'],
    ['domingo, 3 de mayo de 2026'],
    ['domingo, 3 de mayo de 2026, 10:00:00 a. m.'],
    ['3 de mayo de 2026 a las 10:00'],
    ['3 DE MAYO DE 2026'],
    ['mayo 3, 2026'],
    ['May 3, 2026'],
    ['May 3, 2026 at 10:00 AM'],
    ['May 3rd, 2026'],
    ['3rd of May, 2026'],
    ['Sunday, May 3, 2026'],
    ['Sun, 03 May 2026 10:00:00 GMT'],
    ['Sun May 03 2026 10:00:00 GMT-0500 (Peru Standard Time)'],
    ['03-may-26'],
    ['3-May-2026'],
    ['03/may/2026'],
    ['2026 May 3'],
  ])('%s is 3 May 2026', (text) => expect(readDate(text, today)).toEqual({ day: '2026-05-03' }));

  it.each([
    ['1º de setiembre de 2026', '2026-09-01'],
    ['1° de enero de 2026', '2026-01-01'],
    ['martes 3 de marzo de 2026', '2026-03-03'],
    ['3 mar 2026', '2026-03-03'],
    ['29 feb 2024', '2024-02-29'],
    ['15 ago 2026', '2026-08-15'],
    ['Sept 2, 2026', '2026-09-02'],
    ['31-dic-25', '2025-12-31'],
    ['2026-11-23', '2026-11-23'],
  ])('%s is %s', (text, day) => expect(readDate(text, today)).toEqual({ day }));

  it.each([
    ['03/05/2026', { dayFirst: '2026-05-03', monthFirst: '2026-03-05' }],
    ['3/5/2026 10:11:12', { dayFirst: '2026-05-03', monthFirst: '2026-03-05' }],
    ['3.5.2026', { dayFirst: '2026-05-03', monthFirst: '2026-03-05' }],
    ['3-5-26', { dayFirst: '2026-05-03', monthFirst: '2026-03-05' }],
    ['03/05/26 9:00 PM', { dayFirst: '2026-05-03', monthFirst: '2026-03-05' }],
    ['13/05/2026', { dayFirst: '2026-05-13' }],
    ['05/13/2026', { monthFirst: '2026-05-13' }],
    ['05/05/2026', { dayFirst: '2026-05-05', monthFirst: '2026-05-05' }],
    // The other reading is still to come.
    ['05/12/2026', { monthFirst: '2026-05-12' }],
    ['12/05/2026', { dayFirst: '2026-05-12' }],
    ['29/02/2024', { dayFirst: '2024-02-29' }],
  ])('%s may be %j', (text, readings) => expect(readDate(text, today)).toEqual(readings));

  it.each([
    '13/13/2026',
    '31/02/2026',
    '29/02/2026',
    '2026-02-30',
    '2026-13-01',
    '0000-00-00',
    '32 de mayo de 2026',
    '3 de mayo',
    'mayo 2026',
    '2026',
    '05/2026',
    '26-05-03',
    '03/05/99',
    '3/5-2026',
    'ayer',
    '1777766400',
    'May 3, 2026 or later',
    'mayo mayo 2026',
    `${'3, '.repeat(20_000)}2026`,
  ])('%s is no date', (text) => expect(readDate(text, today)).toBe('badDate'));

  it.each([
    '2026-11-24',
    '24/11/2026',
    '11/24/2026',
    '46350',
    '24 de noviembre de 2026',
    '12/12/2026',
    '2/1/27',
  ])('%s is still to come', (text) => expect(readDate(text, today)).toBe('futureDay'));

  it('reads what Intl writes in either language, and gives both readings of its short form', () => {
    const days = fc.date({
      min: new Date('2000-01-01'),
      max: new Date(today),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(
        days,
        fc.constantFrom('en-US', 'en-GB', 'es-419', 'es-PE', 'es-ES', 'es-MX'),
        fc.constantFrom('full', 'long', 'medium'),
        (date, locale, dateStyle) => {
          const day = date.toISOString().slice(0, 10);
          const timeZone = 'UTC';
          const text = new Intl.DateTimeFormat(locale, { dateStyle, timeZone }).format(date);
          const read = readDate(text, today);
          // es-MX's medium style may be 03/05/2026.
          expect(typeof read === 'object' && ('day' in read ? read.day : read.dayFirst), text).toBe(day);
          const short = new Intl.DateTimeFormat(locale, { timeZone }).format(date);
          const reading = locale === 'en-US' ? 'monthFirst' : 'dayFirst';
          expect(readDate(short, today), short).toHaveProperty(reading, day);
        },
      ),
    );
  });

  it('never gives a day that does not exist or is still to come', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/), (text) => {
        const read = readDate(text, today);
        if (typeof read === 'string') return;
        for (const day of Object.values(read)) {
          expect(new Date(day).toISOString().slice(0, 10)).toBe(day);
          expect(day <= today).toBe(true);
        }
      }),
    );
  });
});
