// Which values and days stand at the axes: few, round, evenly spaced.
const dayMilliseconds = 86_400_000;

/** A day (YYYY-MM-DD) as a count of days, and back. */
export function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / dayMilliseconds;
}

export function dayOf(number: number): string {
  return new Date(number * dayMilliseconds).toISOString().slice(0, 10);
}

/** Zero and up to three round whole numbers between `lowest` (0 or less) and `highest` (0 or more), which are not both 0. */
export function valueTicks(highest: number, lowest = 0): number[] {
  const span = highest - lowest;
  const power = 10 ** Math.floor(Math.log10(span / 4));
  const steps = [1, 2, 2.5, 5, 10, 20].map((factor) => factor * power);
  const step = steps.find((step) => step >= 1 && Number.isInteger(step) && span / step < 4) ?? span;
  const below = Math.floor(-lowest / step);
  return Array.from({ length: below + Math.floor(highest / step) + 1 }, (_, index) => (index - below) * step);
}

/** At most five days, evenly spaced back from the last; from a year on, firsts of months, at most so many. */
export function dayTicks(first: number, last: number, most = 5): { days: number[]; unit: 'day' | 'month' } {
  const span = last - first;
  if (span < 365) {
    const intervals = Math.min(span % 4 <= span % 3 ? 4 : 3, span); // what leaves fewer days over at the left
    const step = Math.floor(span / Math.max(1, intervals));
    const days = Array.from({ length: intervals + 1 }, (_, index) => last - (intervals - index) * step);
    return { days, unit: 'day' };
  }
  const months: number[] = [];
  const month = new Date(first * dayMilliseconds);
  month.setUTCDate(1);
  for (; month.getTime() <= last * dayMilliseconds; month.setUTCMonth(month.getUTCMonth() + 1)) {
    if (month.getTime() >= first * dayMilliseconds) months.push(month.getTime() / dayMilliseconds);
  }
  const step = [3, 4, 6, 12, 24, 60].find((step) => months.length / step <= most) ?? 120;
  const monthIndex = (number: number) => {
    const date = new Date(number * dayMilliseconds);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  return { days: months.filter((number) => monthIndex(number) % step === 0), unit: 'month' };
}
