// /signatures export: every signature that has a name, as a file for the host's organizers.
import { AttachmentBuilder } from 'discord.js';
import type { Petition } from '../db/petitions.js';
import { writeOnce } from '../db/transaction.js';
import { dayIn } from '../src/coalition/day.js';
import { requireHost } from '../src/coalition/petition.js';
import { asPlain } from '../src/coalition/plain-text.js';
import { someOf } from '../src/discord/cards/progress.js';
import { subcommand } from '../src/discord/command.js';
import { choice } from '../src/discord/options.js';
import { showProgress } from '../src/discord/progress-bar.js';
import type { Words } from '../src/i18n/words.js';
import { type Exported, exportBytes, namesGone, recordExport } from '../src/reports/export/export.js';
import { exportFormats } from '../src/reports/export/formats.js';
import { petitionOf } from './petition.js';

/** The most that Discord takes in one request, of which the message itself needs a little. */
const largestRequest = 25 * 1024 ** 2 - 64 * 1024;

export const exportNames = subcommand({
  rank: 'organizer',
  slow: true,
  options: { format: choice('exportFormat', exportFormats) },
  async run({ format = 'csv' }, turn) {
    const { context, interaction, words, write, serverId } = turn;
    const { database, files } = context;
    const petition = petitionOf(turn);
    requireHost(petition, serverId);
    // A second delivery of the same command ends here, before its bar could cover the first one's answer.
    writeOnce(database, write, () => undefined);
    const exported = await exportBytes(
      { ...files, petitionId: petition.id, format, at: write.at },
      { bytes: Math.min(interaction.attachmentSizeLimit, largestRequest), serverId },
      showProgress(interaction, words),
    );
    recordExport(database, { ...write, key: undefined }, petition, exported);
    const name = `${petition.slug ?? petition.id}-signatures-${dayIn(petition.timezone, write.at)}.${format}`;
    return {
      content: reportOf(exported, petition, words),
      files: [new AttachmentBuilder(Buffer.from(exported.content), { name })],
    };
  },
});

/** What is in the file, how that adds up to the tally, and how to treat it. */
function reportOf(exported: Exported, petition: Petition, words: Words): string {
  const { rows, erased, likely, unnamed, beyond, total, sha256 } = exported;
  const title = asPlain(words.localized(petition.title));
  const some = (count: number, key: 'likely' | 'unnamed' | 'beyond') =>
    count > 0 ? [words.say(`export.also.${key}`, { count })] : [];
  return [
    words.say('export.done', { title, count: rows, parts: someOf(exported, words) }),
    ...namesGone(exported, petition, words),
    ...some(likely, 'likely'),
    ...some(unnamed, 'unnamed'),
    ...some(beyond, 'beyond'),
    words.say('export.total', { count: total }),
    words.say('export.sha256', { sha256 }),
    ...(erased < rows ? [words.say('export.care')] : []),
  ].join('\n');
}
