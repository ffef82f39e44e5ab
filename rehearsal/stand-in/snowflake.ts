// The stand-in's clock, and the ids that Discord makes from the time.

/** A clock that goes at the usual pace from wherever it was set. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Moves the clock to a moment, in milliseconds since 1970; it goes on from there. */
  set(epochMs: number): void;
}

/** A clock that shows the real time until it is set. */
export function makeClock(): Clock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    set: (epochMs) => {
      offset = epochMs - Date.now();
    },
  };
}

const discordEpoch = 1_420_070_400_000;

/**
 * Makes ids that rise with the clock; the lower 22 bits count up, so that no two are the same.
 *
 * @see https://docs.discord.com/developers/reference#snowflakes
 */
export function makeSnowflakes(clock: Clock): () => string {
  let count = 0n;
  return () => {
    count = (count + 1n) % (1n << 22n);
    return ((BigInt(clock.now() - discordEpoch) << 22n) | count).toString();
  };
}
