// A count as people say it: "nearly 2,000" for 1,902, "more than 2,000" for 2,003; small and round ones as they are.

/** A number to be said, and how the count stands to it. */
export interface Figure {
  how: 'exactly' | 'nearly' | 'moreThan';
  number: number;
}

/** Below this, a count is said as it is. */
const small = 100;

/** How far below a number with one figure a count may be to be nearly that: a twentieth. */
const near = 20;

/** @param count - a whole number, 0 or more */
export function asPeopleSay(count: number): Figure {
  const large = 10 ** (String(count).length - 1);
  const step = large / 10;
  if (count < small || count % step === 0) return { how: 'exactly', number: count };
  const next = Math.ceil(count / large) * large;
  if (next - count <= next / near) return { how: 'nearly', number: next };
  const above = Math.ceil(count / step) * step;
  if (above - count <= step / 10) return { how: 'nearly', number: above };
  return { how: 'moreThan', number: above - step };
}
