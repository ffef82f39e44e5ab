// Proves every petition's figures from its rows, once a night; what differs is put right and told.

import { claimJobDay, hasRun } from '../../db/job-runs.js';
import { insertNotice } from '../../db/notices.js';
import { allPetitions } from '../../db/petitions.js';
import { inTransaction } from '../../db/transaction.js';
import { dayIn } from '../coalition/day.js';
import { asPlain } from '../coalition/plain-text.js';
import { mend, proveBeside } from '../coalition/recount.js';
import type { Context } from '../context.js';
import type { Job } from './index.js';

/** After the night in the Americas; any hour would do. */
const hour = 9;

export const recountNightly: Job = (context, _client, now) => {
  const { database, log } = context;
  const day = dayIn('UTC', now);
  if (new Date(now).getUTCHours() < hour || hasRun(database, 'recount', day)) return;
  if (!inTransaction(database, (connection) => claimJobDay(connection, 'recount', day))) return;
  // A tick doesn't wait for it.
  recountAll(context, now).catch((error) => log.error({ err: error }, 'recount failed'));
};

async function recountAll({ database, files, log }: Context, now: number): Promise<void> {
  for (const { id, serverId } of allPetitions(database)) {
    const proofs = await proveBeside(files.database, id);
    if (proofs.length === 0) continue;
    inTransaction(database, (connection) => {
      for (const { name, kept, proven } of mend(connection, proofs)) {
        log.error({ petition: id, source: name, kept, proven }, 'recount found a difference');
        const values = { source: asPlain(name), kept, proven };
        const key = kept === proven ? 'notices.recountParts' : 'notices.recount';
        insertNotice(connection, { serverId, key, values, at: now });
      }
    });
  }
}
