// The clock's work: a tick of at most 10 s asks what is due; each job is a function of (context, client, now).
import type { Client } from 'discord.js';
import { recoverFrom } from '../../db/connect.js';
import type { Context } from '../context.js';
import { continueImports } from './continue-imports.js';
import { postDailyTallies } from './daily-tally.js';
import { remindOfFollowUps } from './follow-ups.js';
import { forgetOldKeys } from './forget.js';
import { startPolling } from './poll-sources.js';
import { recountNightly } from './recount.js';
import { endRetention } from './retention.js';
import { startCopying } from './statement-copies.js';
import { tellOrganizers } from './tell-organizers.js';
import { thankCoalitions } from './thanks.js';

export type Job = (context: Context, client: Client<true>, now: number) => Promise<void> | void;

export interface Jobs {
  /** Does what is due now; one tick at a time. */
  tick(): Promise<void>;
  /** Ends the ticking and waits for the one under way. */
  stop(): Promise<void>;
}

const everyTick: readonly Job[] = [
  postDailyTallies,
  thankCoalitions,
  recountNightly,
  forgetOldKeys,
  endRetention,
  continueImports,
  remindOfFollowUps,
  tellOrganizers,
];
const interval = 10_000;

/** Starts the ticking. */
export function startJobs(context: Context, client: Client<true>): Jobs {
  const polling = startPolling();
  const jobs = [polling.job, startCopying(), ...everyTick];
  let last: Promise<void> = Promise.resolve();
  const tick = () => {
    last = last.then(() => runAll(jobs, context, client));
    return last;
  };
  const timer = setInterval(tick, interval);
  // Not at once: a parent that has set the clock already is heard first.
  setImmediate(tick);
  return {
    tick,
    stop: async () => {
      clearInterval(timer);
      await Promise.all([polling.stop(), last]);
    },
  };
}

async function runAll(jobs: readonly Job[], context: Context, client: Client<true>): Promise<void> {
  for (const job of jobs) {
    try {
      await job(context, client, context.clock.now());
    } catch (error) {
      context.log.error({ err: error, job: job.name }, 'job failed');
      recoverFrom(error, context.database);
    }
  }
}
