// Carries on imports that a crash or a restart cut off.
import type { Import } from '../../db/imports.js';
import { finishImport, takeUnfinished } from '../connectors/unfinished-imports.js';
import type { Context } from '../context.js';
import type { Job } from './index.js';

export const continueImports: Job = (context, _client, now) => {
  const { database, imports, holder, log } = context;
  for (const begun of takeUnfinished(database, imports, holder, now)) {
    // A tick doesn't wait for it.
    carryOn(context, begun).catch((error) => log.error({ err: error, import: begun.id }, 'import'));
  }
};

async function carryOn({ database, imports, clock, log }: Context, begun: Import): Promise<void> {
  const added = await finishImport(database, imports, begun, clock.now);
  log.info({ import: begun.id, added }, 'import carried on');
}
