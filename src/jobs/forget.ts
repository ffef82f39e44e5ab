// Forgets interaction keys and unused drafts once Discord can no longer bring them back.

import { forgetBefore } from '../../db/drafts.js';
import { claimJobDay } from '../../db/job-runs.js';
import { inTransaction } from '../../db/transaction.js';
import { dayIn } from '../coalition/day.js';
import type { Job } from './index.js';

const month = 30 * 24 * 3_600_000;

export const forgetOldKeys: Job = ({ database }, _client, now) => {
  inTransaction(database, (connection) => {
    if (claimJobDay(connection, 'forget', dayIn('UTC', now))) forgetBefore(connection, now - month);
  });
};
