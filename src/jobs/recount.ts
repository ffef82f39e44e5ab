// Proves every petition's figures from its rows, once a night; what differs is put right and told.

import { claimJobDay, hasRun } from '../../db/job-runs.js';
import { insertNotice } from '../../db/notices.js';
import { allPetitions } from '../../db/petitions.js';
import { inTransaction } from '../../db/transaction.js';
import { dayIn } from '../coalition/day.js';
import { asPlain } from '../coalition/plain-text.js';
import { recountPetition } from '../coalition/recount.js';
import type { Job } from './index.js';

/** After the night in the Americas; any hour would do. */
const hour = 9;

export const recountNightly: Job = ({ database, log }, _client, now) => {
  const day = dayIn('UTC', now);
  if (new Date(now).getUTCHours() < hour || hasRun(database, 'recount', day)) return;
  inTransaction(database, (connection) => {
    if (!claimJobDay(connection, 'recount', day)) return;
    for (const petition of allPetitions(connection)) {
      for (const { name, kept, proven } of recountPetition(connection, petition.id)) {
        log.error({ petition: petition.id, source: name, kept, proven }, 'recount found a difference');
        const values = { source: asPlain(name), kept, proven };
        const key = kept === proven ? 'notices.recountParts' : 'notices.recount';
        insertNotice(connection, { serverId: petition.serverId, key, values, at: now });
      }
    }
  });
};
