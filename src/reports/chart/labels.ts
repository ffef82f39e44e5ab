// Finds a label a place where it covers neither the curve nor another label.
import { capHeight } from './card.js';
import { textWidth, type Weight } from './font.js';

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export const touches = (one: Box, other: Box) =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

export const widened = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** The box of a label that lies to one side of a point: -1 left or above, 0 centred, 1 right or below. */
export function beside(
  text: string,
  size: number,
  weight: Weight,
  point: Point,
  side: Point,
  gap: Point,
): Box {
  const width = textWidth(text, size, weight);
  const height = capHeight * size;
  const left = point.x + side.x * gap.x + ((side.x - 1) * width) / 2;
  const top = point.y + side.y * gap.y + ((side.y - 1) * height) / 2;
  return { left, top, right: left + width, bottom: top + height };
}

const within = (inner: Box, outer: Box) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

/** Whether a line, its points ordered by x, runs through a box. */
function crosses(line: Point[], box: Box): boolean {
  return line.some((end, index) => {
    const start = line[index - 1];
    if (!start) return false;
    const from = Math.max(start.x, box.left);
    const to = Math.min(end.x, box.right);
    if (from > to) return false;
    const height = (x: number) => start.y + ((end.y - start.y) * (x - start.x)) / (end.x - start.x || 1);
    return Math.min(height(from), height(to)) < box.bottom && Math.max(height(from), height(to)) > box.top;
  });
}

/** The first candidate inside the frame that is `clearance` away from the curve, if there is one, and touches nothing placed before. */
export function freePlace(
  candidates: Box[],
  around: { frame: Box; line?: Point[]; taken: Box[]; clearance?: number },
): Box | undefined {
  const { frame, line = [], taken, clearance = 0 } = around;
  return candidates.find((box) => {
    const wide = widened(box, clearance);
    return within(box, frame) && !crosses(line, wide) && !taken.some((other) => touches(box, other));
  });
}
