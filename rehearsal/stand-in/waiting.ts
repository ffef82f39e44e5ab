// Waiting for something to happen in the world, without asking over and over, and never for ever.
import { DriverError } from './driver/contract.js';
import type { RecordedRequest } from './requests.js';
import type { World } from './world.js';

/** What a wait says when it was in vain. */
export interface Waiting {
  world: World;
  requests: readonly RecordedRequest[];
  /** How long it may take, in real milliseconds. */
  limit: number;
}

/**
 * Resolves with what `check` returns as soon as that is neither undefined nor false; asked after every change.
 *
 * @throws DriverError that says what was waited for, and what the bot did last
 */
export function waitFor<T>(
  { world, requests, limit }: Waiting,
  what: string,
  check: () => T | undefined | false,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      end();
      reject(new DriverError(`Waited ${limit} ms in vain for ${what}.\n${lastOf(requests)}`));
    }, limit);
    const end = () => {
      clearTimeout(timer);
      world.events.off('change', look);
    };
    function look() {
      try {
        const found = check();
        if (found === undefined || found === false) return;
        end();
        resolve(found);
      } catch (error) {
        end();
        reject(error);
      }
    }
    world.events.on('change', look);
    look();
  });
}

function lastOf(requests: readonly RecordedRequest[]): string {
  const lines = requests
    .slice(-8)
    .map(
      ({ method, path, status, refusals }) =>
        `  ${method} ${path} → ${status}${refusals.map(({ message }) => ` ${message}`).join(';')}`,
    );
  return lines.length > 0 ? `The bot's last requests:\n${lines.join('\n')}` : 'The bot made no request.';
}
