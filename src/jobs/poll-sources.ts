// Asks the connected sources that are due, beside the ticking: one at a time, so that no tally waits for a platform.
import { recoverFrom } from '../../db/connect.js';
import { claimPoll, recordPoll, releasePoll } from '../coalition/poll.js';
import type { Context } from '../context.js';

type Needed = Pick<Context, 'database' | 'clock' | 'platforms' | 'log'>;

export interface Polling {
  /** Begins, where nothing is under way; comes back at once. */
  job(context: Needed): void;
  /** Resolves when what is under way is done. */
  done(): Promise<void>;
  /** Breaks off what is under way, to be asked after the next start. */
  stop(): Promise<void>;
}

export function startPolling(): Polling {
  const end = new AbortController();
  let underWay: Promise<void> | undefined;
  return {
    job: function pollSources(context) {
      underWay ??= pollDue(context, end.signal).finally(() => {
        underWay = undefined;
      });
    },
    done: async () => underWay,
    stop: async () => {
      end.abort();
      await underWay;
    },
  };
}

async function pollDue(context: Needed, signal: AbortSignal): Promise<void> {
  try {
    while (!signal.aborted && (await pollNext(context, signal)));
  } catch (error) {
    context.log.error({ err: error, job: 'pollSources' }, 'job failed');
    recoverFrom(error, context.database);
  }
}

/** Asks one source; false where none is due. */
async function pollNext({ database, clock, platforms, log }: Needed, signal: AbortSignal): Promise<boolean> {
  const claimed = claimPoll(database, clock.now());
  if (!claimed) return false;
  try {
    const reading = await platforms.read(claimed.connection, signal);
    recordPoll(database, claimed, reading, clock.now());
    log.info({ source: claimed.source.id, ...reading }, 'source asked');
  } catch (error) {
    if (!signal.aborted) throw error;
    releasePoll(database, claimed, clock.now());
  }
  return true;
}
