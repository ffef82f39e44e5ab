// A parent process may set the clock: that is how a rehearsal moves through a day.
import type { SettableClock } from './clock.js';
import type { Jobs } from './jobs/index.js';

/**
 * Follows the clock of the process that started this one, if it keeps a channel open.
 *
 * @remarks `{ clock: epochMs }` sets it; `{ ticked: epochMs }` answers once what fell due is done.
 */
export function followParent(clock: SettableClock, jobs: Jobs): { close(): void } | undefined {
  if (!process.send) return undefined;
  const follow = async (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('clock' in message)) return;
    clock.set(Number(message.clock));
    await jobs.tick();
    process.send?.({ ticked: message.clock });
  };
  process.on('message', follow);
  return {
    close: () => {
      process.off('message', follow);
      process.disconnect?.();
    },
  };
}
