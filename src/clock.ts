// The time, from one place: a parent process may move it, which is how a rehearsal moves through a day.

/** Tells the time; nothing else in Minga asks the machine for it. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** A clock that can be set and goes on from there. */
export interface SettableClock extends Clock {
  set(now: number): void;
}

/** The machine's clock, until it is set. */
export function systemClock(): SettableClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    set: (now) => {
      offset = now - Date.now();
    },
  };
}
