// The bar of long work: only after a while, never too often, one edit at a time, and nothing depends on it.
import { expect, test } from 'vitest';
import { showProgress } from '../../src/discord/progress-bar.js';
import { wordsFor } from '../../src/i18n/words.js';

/** A reply whose edits arrive when the test says so, and a clock that it sets. */
function aReply(locale: string) {
  const shown: string[] = [];
  let arrive: (error?: Error) => void = () => {};
  let now = 1000;
  const editReply = ({ content = '' }: { content?: string }) => {
    shown.push(content);
    return new Promise((resolve, reject) => {
      arrive = (error) => (error ? reject(error) : resolve(undefined));
    });
  };
  const show = showProgress({ editReply } as Parameters<typeof showProgress>[0], wordsFor(locale), () => now);
  return {
    shown,
    async at(milliseconds: number, share: number) {
      now = 1000 + milliseconds;
      show(share);
      await Promise.resolve();
    },
    async arrives(error?: Error) {
      arrive(error);
      await new Promise(setImmediate);
    },
  };
}

test('it comes after 5 seconds, moves every 2.5, and waits until the last one has arrived', async () => {
  const { shown, at, arrives } = aReply('en-US');
  await at(0, 0);
  await at(4999, 0.2);
  expect(shown).toEqual([]);
  await at(5000, 0.25);
  expect(shown).toEqual(['Working on it… ▰▰▰▱▱▱▱▱▱▱▱▱ 25%']);
  await at(20_000, 0.5);
  expect(shown).toHaveLength(1);
  await arrives();
  await at(20_001, 0.5);
  await arrives();
  await at(22_500, 0.9);
  expect(shown).toHaveLength(2);
  await at(22_501, 1);
  expect(shown.slice(1)).toEqual(['Working on it… ▰▰▰▰▰▰▱▱▱▱▱▱ 50%', 'Working on it… ▰▰▰▰▰▰▰▰▰▰▰▰ 100%']);
});

test('where it cannot be shown the work goes on, and the next one is tried', async () => {
  const { shown, at, arrives } = aReply('es-419');
  await at(6000, 0.1);
  await arrives(new Error('Discord is away'));
  await at(9000, 0.999);
  expect(shown).toEqual(['En eso estamos… ▰▱▱▱▱▱▱▱▱▱▱▱ 10 %', 'En eso estamos… ▰▰▰▰▰▰▰▰▰▰▰▱ 99 %']);
});
