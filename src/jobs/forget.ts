// Forgets interaction keys and unused drafts once Discord can no longer bring them back.

import { forgetBefore } from '../../db/drafts.js';
import { claimJobDay, hasRun } from '../../db/job-runs.js';
import { inTransaction } from '../../db/transaction.js';
import { dayIn } from '../coalition/day.js';
import type { Job } from './index.js';

const month = 30 * 24 * 3_600_000;

export const forgetOldKeys: Job = ({ database }, _client, now) => {
  const day = dayIn('UTC', now);
  if (hasRun(database, 'forget', day)) return;
  inTransaction(database, (connection) => {
    if (claimJobDay(connection, 'forget', day)) forgetBefore(connection, now - month);
  });
};
