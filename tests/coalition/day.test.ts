import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  canonicalTimeZone,
  dayIn,
  isTimeZone,
  parseDay,
  parseTime,
  periodDays,
  startOfDay,
} from '../../src/coalition/day.js';

const zone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const moment = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) });

describe('dayIn', () => {
  it.each([
    ['America/Lima', '2026-11-24T04:59:59.999Z', '2026-11-23'],
    ['America/Lima', '2026-11-24T05:00:00Z', '2026-11-24'],
    ['Asia/Kathmandu', '2026-11-23T18:15:00Z', '2026-11-24'],
    ['UTC', '2026-11-23T23:59:59.999Z', '2026-11-23'],
  ])('in %s at %s is %s', (timezone, at, day) => expect(dayIn(timezone, Date.parse(at))).toBe(day));

  it('refuses an unknown zone', () => expect(() => dayIn('Peru/Lima', 0)).toThrow(RangeError));
});

describe('parseDay', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    [' 2026-1-3 ', '2026-01-03'],
    ['3/5/2026', '2026-05-03'],
    ['13-05-2026', '2026-05-13'],
    ['03.05.2026', '2026-05-03'],
    ['29/02/2028', '2028-02-29'],
    ['1900-01-01', '1900-01-01'],
    ['31/12/2200', '2200-12-31'],
  ])('reads %j as %s', (text, day) => expect(parseDay(text)).toBe(day));

  it.each([
    '',
    'mañana',
    '2026-02-29',
    '31/06/2026',
    '5/13/2026',
    '0/1/2026',
    '2026-00-10',
    '2026-13-01',
    '3/5-2026',
    '3/5/26',
    '1899-12-31',
    '2201-01-01',
    '2026-11-23T10:00',
    '2026-11-23 extra',
  ])('refuses %j', (text) => expect(parseDay(text)).toBeUndefined());
});

describe('addDays', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-03-01', -1, '2028-02-29'],
    ['2026-03-08', 0, '2026-03-08'],
  ])('%s and %i days is %s', (day, count, other) => expect(addDays(day, count)).toBe(other));
});

describe('startOfDay', () => {
  it.each([
    ['2026-11-23', 'America/Lima', '2026-11-23T05:00:00Z'],
    ['2026-11-23', 'UTC', '2026-11-23T00:00:00Z'],
    ['2026-11-23', 'Pacific/Kiritimati', '2026-11-22T10:00:00Z'],
    ['2026-11-23', 'Pacific/Pago_Pago', '2026-11-23T11:00:00Z'],
    // Midnight is skipped: the day begins at 1:00.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z'],
    ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00Z'],
    // Clocks go back to midnight: the first one.
    ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00Z'],
    // Samoa had no 30 December 2011.
    ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
  ])('of %s in %s is %s', (day, timezone, at) => {
    expect(new Date(startOfDay(day, timezone)).toISOString()).toBe(new Date(at).toISOString());
  });

  it('is the first moment of the day that any moment is in', () => {
    fc.assert(
      fc.property(zone, moment, (timezone, at) => {
        const day = dayIn(timezone, at);
        const start = startOfDay(day, timezone);
        expect(start).toBeLessThanOrEqual(at);
        expect(dayIn(timezone, start)).toBe(day);
        expect(dayIn(timezone, start - 1) < day).toBe(true);
        expect(startOfDay(addDays(day, 1), timezone)).toBeGreaterThan(at);
      }),
    );
  });
});

describe('time zones', () => {
  it.each(['UTC', 'America/Lima', 'america/lima', 'Etc/GMT+5', 'Asia/Kolkata', 'Europe/Kiev'])(
    'takes %s',
    (text) => {
      expect(isTimeZone(text)).toBe(true);
      expect(isTimeZone(canonicalTimeZone(text) ?? '')).toBe(true);
    },
  );

  it.each(['', 'Lima', 'UTC+5', 'local', 'America/Lima; DROP'])('refuses %j', (text) => {
    expect(isTimeZone(text)).toBe(false);
    expect(canonicalTimeZone(text)).toBeUndefined();
  });

  it('spells them in one way', () => expect(canonicalTimeZone(' america/LIMA ')).toBe('America/Lima'));
});

describe('parseTime', () => {
  it.each([
    ['20:30', 20, 30],
    ['8:05', 8, 5],
    ['00:00', 0, 0],
    ['23:59', 23, 59],
    [' 20h30 ', 20, 30],
    ['9H00', 9, 0],
  ])('reads %j', (text, hour, minute) => expect(parseTime(text)).toEqual({ hour, minute }));

  it.each(['', '24:00', '12:60', '8', '8:5', '8 pm', '20.30', '-1:00', '20:30:00', '٢٠:٣٠'])(
    'refuses %j',
    (text) => {
      expect(parseTime(text)).toBeUndefined();
    },
  );
});

describe('periodDays', () => {
  it.each([
    ['today', '2026-11-25', { from: '2026-11-25', to: '2026-11-25' }],
    ['week', '2026-11-25', { from: '2026-11-23', to: '2026-11-25' }],
    ['week', '2026-11-23', { from: '2026-11-23', to: '2026-11-23' }],
    ['week', '2026-11-01', { from: '2026-10-26', to: '2026-11-01' }],
    ['month', '2026-11-25', { from: '2026-11-01', to: '2026-11-25' }],
    ['all', '2026-11-25', { to: '2026-11-25' }],
  ] as const)('%s on %s', (period, today, days) => expect(periodDays(period, today)).toStrictEqual(days));
});
