// Forgets interaction keys and unused drafts once Discord can no longer bring them back, files nobody confirmed, and packets.

import { forgetBefore } from '../../db/drafts.js';
import { importsUnderWay } from '../../db/imports.js';
import { claimJobDay, hasRun } from '../../db/job-runs.js';
import { inTransaction } from '../../db/transaction.js';
import { dayIn } from '../coalition/day.js';
import { removeKept } from '../reports/packet/keep.js';
import type { Job } from './index.js';

const day = 24 * 3_600_000;
const month = 30 * day;

export const forgetOldKeys: Job = async ({ database, imports, files }, _client, now) => {
  const today = dayIn('UTC', now);
  if (hasRun(database, 'forget', today)) return;
  inTransaction(database, (connection) => {
    if (claimJobDay(connection, 'forget', today)) forgetBefore(connection, now - month);
  });
  // By the machine's clock, as the files' own times are.
  await imports.tidy(
    Date.now() - day,
    importsUnderWay(database).map(({ staged }) => staged),
  );
  await removeKept(files.database, Date.now() - month);
};
