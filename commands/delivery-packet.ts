// /delivery packet: what is handed over, as PDF and CSV, with the names of those who agreed to that.
import { AttachmentBuilder } from 'discord.js';
import { writeOnce } from '../db/transaction.js';
import { requireHost } from '../src/coalition/petition.js';
import { asPlain } from '../src/coalition/plain-text.js';
import { subcommand, type Turn } from '../src/discord/command.js';
import { choice } from '../src/discord/options.js';
import { showProgress } from '../src/discord/progress-bar.js';
import type { Words } from '../src/i18n/words.js';
import { keepBeside } from '../src/reports/packet/keep.js';
import {
  makePacket,
  type Packet,
  type PacketFile,
  packetFormats,
  recordPacket,
} from '../src/reports/packet/packet.js';
import { petitionOf } from './petition-meant.js';

/** The most that Discord takes in one request, of which the message itself needs a little. */
const largestRequest = 25 * 1024 ** 2 - 64 * 1024;

type NamedFile = PacketFile & { name: string };

export const packet = subcommand({
  rank: 'organizer',
  slow: true,
  options: {
    language: choice('postLanguage', ['en', 'es', 'both'], { wording: 'packetLanguage' }),
    format: choice('packetFormat', packetFormats, { wording: 'packetFormat' }),
  },
  async run({ language = 'both', format = 'both' }, turn) {
    const { context, interaction, words, write, serverId } = turn;
    const { database, files } = context;
    const petition = petitionOf(turn);
    requireHost(petition, serverId);
    // A second delivery of the same command ends here, before its bar could cover the first one's answer.
    writeOnce(database, write, () => undefined);
    const request = { ...files, petitionId: petition.id, language, format };
    const made = await makePacket(request, showProgress(interaction, words));
    recordPacket(database, { ...write, key: undefined }, petition, made);
    const stem = `${petition.slug ?? petition.id}-packet-${made.day}-${language}`;
    const named = made.files.map((file) => ({ ...file, name: `${stem}.${file.format}` }));
    const attached = fitting(named, turn);
    const kept = named.filter((file) => !attached.includes(file));
    return {
      content: [
        words.say('packet.ready', { title: asPlain(words.localized(petition.title)) }),
        ...reportOf(made, words),
        ...named.map(({ name, count, sha256, format }) =>
          words.say(format === 'pdf' ? 'packet.file' : 'packet.rows', { file: name, count, sha256 }),
        ),
        ...kept.map(({ name, content }) => {
          const size = Math.ceil(content.byteLength / 1024 ** 2);
          return words.say('packet.onDisk', {
            file: name,
            size,
            path: keepBeside(files.database, name, content),
          });
        }),
        words.say('packet.care'),
      ].join('\n'),
      files: attached.map(({ name, content }) => new AttachmentBuilder(Buffer.from(content), { name })),
    };
  },
});

/** The files that Discord takes with one message. */
function fitting(files: NamedFile[], { interaction }: Turn): NamedFile[] {
  let left = largestRequest;
  return files.filter(({ content }) => {
    const fits = content.byteLength <= Math.min(left, interaction.attachmentSizeLimit);
    if (fits) left -= content.byteLength;
    return fits;
  });
}

/** How the packet adds up, and what to look at before it is handed over. */
function reportOf(made: Packet, words: Words): string[] {
  const { total, named, counted, beyond, likely, lost, stale, without } = made;
  const figures = { total: words.say('tally.total', { count: total }), named, counted };
  return [
    words.say('packet.figures', figures),
    ...(beyond > 0 ? [words.say('export.also.beyond', { count: beyond })] : []),
    ...(likely > 0 ? [words.say('import.likely', { count: likely })] : []),
    ...without.map(
      (language) => `⚠️ ${words.say('packet.noStatement', { language: { key: `languages.${language}` } })}`,
    ),
    ...(stale && !without.includes(stale)
      ? [`⚠️ ${words.say('packet.stale', { language: { key: `languages.${stale}` } })}`]
      : []),
    ...(lost > 0 ? [words.say('packet.lostNames', { count: lost })] : []),
  ];
}
