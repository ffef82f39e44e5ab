// /action export: the outreach as a file; the host's organizers get all of it, a partner's what was logged with them.
import { AttachmentBuilder } from 'discord.js';
import { writeOnce } from '../db/transaction.js';
import { firstDay } from '../src/coalition/action.js';
import { dayIn } from '../src/coalition/day.js';
import { Failure } from '../src/coalition/failure.js';
import { asPlain } from '../src/coalition/plain-text.js';
import { subcommand } from '../src/discord/command.js';
import { choice } from '../src/discord/options.js';
import { outreachFile } from '../src/reports/outreach.js';
import { periods } from './action-board.js';
import { petitionOf } from './petition.js';

/** A message's request takes a little beside the file, in bytes. */
const allowance = 64 * 1024;

export const exportOutreach = subcommand({
  rank: 'organizer',
  slow: true,
  options: { period: choice('period', periods) },
  run({ period = 'all' }, turn) {
    const { database } = turn.context;
    const { interaction, words, write, serverId } = turn;
    const petition = petitionOf(turn);
    const isHost = petition.serverId === serverId;
    const filter = { petitionId: petition.id, from: firstDay(petition, period, write.at) };
    const { content, rows, count, sha256 } = outreachFile(
      database,
      isHost ? filter : { ...filter, serverId },
      words,
    );
    if (rows === 0) throw new Failure('noOutreach');
    const most = interaction.attachmentSizeLimit - allowance;
    if (content.length > most) throw new Failure('outreachTooLarge', { most: Math.floor(most / 1024 ** 2) });
    writeOnce(database, write, (_connection, record) =>
      record({
        petitionId: petition.id,
        deed: 'action.export',
        detail: { period, rows, bytes: content.length, sha256 },
      }),
    );
    const name = `${petition.slug ?? petition.id}-outreach-${dayIn(petition.timezone, write.at)}.csv`;
    return {
      content: [
        words.say('outreach.done', { title: asPlain(words.localized(petition.title)), count: rows }),
        words.say('outreach.sum', { count }),
        ...(isHost ? [] : [words.say('outreach.ownServer')]),
        words.say('export.sha256', { sha256 }),
        words.say('outreach.care'),
      ].join('\n'),
      files: [new AttachmentBuilder(content, { name })],
    };
  },
});
