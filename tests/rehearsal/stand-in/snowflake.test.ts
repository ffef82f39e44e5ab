// Ids made from a clock that is moved about: never the same twice, and telling the time.

import { SnowflakeUtil } from 'discord.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeClock, makeSnowflakes } from '../../../rehearsal/stand-in/snowflake.js';

test('wherever the clock is set, ids are 17 to 19 digits, differ, and carry the time', () => {
  const moment = fc.integer({ min: Date.UTC(2016, 0), max: Date.UTC(2060, 0) });
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 50 }), (moments) => {
      const clock = makeClock();
      const nextId = makeSnowflakes(clock);
      const ids = moments.map((epochMs) => {
        clock.set(epochMs);
        const id = nextId();
        const from = SnowflakeUtil.timestampFrom(id);
        expect(from).toBeGreaterThanOrEqual(epochMs);
        expect(from).toBeLessThanOrEqual(clock.now());
        expect(id).toMatch(/^\d{17,19}$/);
        return id;
      });
      expect(new Set(ids).size).toBe(ids.length);
    }),
  );
});
