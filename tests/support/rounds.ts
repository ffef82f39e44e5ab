// How often a fault is tried: once in `npm test`, many times in `npm run faults`.

/** The repeats after the first try; vitest's own counting. */
export function rounds(): number {
  return Number(process.env.FAULT_ROUNDS ?? 1) - 1;
}
