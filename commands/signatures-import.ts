// /signatures import: reads a file, shows what it would do, and does it once an organizer confirms.
import { AttachmentBuilder } from 'discord.js';
import { inTransaction, writeOnce } from '../db/transaction.js';
import { troubleOf } from '../db/trouble.js';
import { keepDraft, readDraft, takeDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { beginImport, type ImportDraft } from '../src/coalition/import/begin.js';
import type { Answers, Preview } from '../src/coalition/import/preview.js';
import { requireHost, requireState, today } from '../src/coalition/petition.js';
import { asPlain, cleanLine, cutTo } from '../src/coalition/plain-text.js';
import { findSource } from '../src/coalition/source.js';
import { type Tally, tallyOf, totalOf } from '../src/coalition/tally.js';
import { largestAttachment } from '../src/connectors/attachments.js';
import { type FileShape, usedColumns } from '../src/connectors/signature-file/index.js';
import { completeImport } from '../src/connectors/unfinished-imports.js';
import { answerInPlace } from '../src/discord/answer.js';
import { importPreview } from '../src/discord/cards/import.js';
import { partsOf } from '../src/discord/cards/progress.js';
import { shownName } from '../src/discord/cards/sources.js';
import { type Press, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { file, source } from '../src/discord/options.js';
import { showProgress } from '../src/discord/progress-bar.js';
import { rejectedCsv } from '../src/reports/rejected.js';
import { petitionOf } from './petition.js';

/** As options take the name of a source. */
const longestName = 80;

/** In MB. */
const largest = largestAttachment / 1024 ** 2;

export const importFile = subcommand({
  rank: 'organizer',
  slow: true,
  options: { file: file({ required: true, wording: 'signatureFile' }), source: source() },
  async run({ file, source }, turn) {
    const { context, interaction, words, write, serverId } = turn;
    const petition = petitionOf(turn);
    requireHost(petition, serverId);
    requireState(petition, 'add');
    const fileName = cutTo(cleanLine(file.name), 200);
    const named = source ?? nameOf(fileName);
    const bytes = await context.attachments.fetch(file.url).catch((error) => {
      const tooLarge = error instanceof Failure && error.key === 'attachmentTooLarge';
      throw tooLarge ? new Failure('importTooLarge', { most: largest, server: serverId }) : error;
    });
    const staged = await context.imports.prepare(
      { bytes },
      {
        fileName,
        purpose: { petitionId: petition.id, source: named },
        today: today(petition, write.at),
        linkParameter: petition.linkParameter,
      },
      showProgress(interaction, words),
    );
    const draft: ImportDraft = { petitionId: petition.id, staged, fileName, source: named };
    const key = inTransaction(context.database, (connection) => keepDraft(connection, write, draft));
    return preview(turn, key, draft);
  },
});

/** The source that a file is for where none is named: its own name, without the ending. */
function nameOf(fileName: string): string {
  const bare = cutTo(fileName.replace(/\.\w{1,5}$/, '').replace(/_/g, ' '), longestName);
  return cleanLine(bare) || fileName;
}

async function preview(turn: Turn, key: string, draft: ImportDraft, answers?: Answers): Promise<Reply> {
  const { context, words } = turn;
  const { petitionId, source, staged, fileName } = draft;
  const found = await staging(turn, context.imports.preview(staged, { petitionId, source }, answers));
  const known = findSource(context.database, petitionId, source);
  const shown = { key, fileName, source: shownName(known ?? { name: source }, words) };
  return importPreview({ ...shown, ...shapeOf(found) }, found, words);
}

function shapeOf(found: Preview): FileShape {
  const shape = found.facts.shape as FileShape;
  return { ...shape, columns: usedColumns(shape, found) };
}

/** The draft that a button is of. @throws {@link Failure} where it was used, or its file is gone */
function draftOf({ context, write }: Turn, key: string): ImportDraft {
  const draft = readDraft<ImportDraft>(context.database, write, key);
  if (!context.imports.has(draft.staged)) throw new Failure('importGone');
  return draft;
}

/** What there is to say where an import did not come to its end. */
const ends = { undone: 'failures.importGone', full: 'import.waitsForRoom', later: 'import.goesOn' } as const;

/** What is read of a staging file. @throws {@link Failure} where that is damaged: it is as good as gone */
async function staging<Read>({ context, interaction }: Turn, read: Promise<Read>): Promise<Read> {
  try {
    return await read;
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble !== 'damaged' && trouble !== 'noPlace') throw error;
    context.log.warn({ err: error, interaction: interaction.id }, 'staging file');
    throw new Failure('importGone');
  }
}

async function confirm([key = '', consent]: string[], turn: Turn): Promise<Reply> {
  const { context, interaction, words, write, serverId } = turn;
  const { database, imports, holder, log } = context;
  const draft = draftOf(turn, key);
  const file = asPlain(draft.fileName);
  const petition = petitionOf(turn, String(draft.petitionId));
  requireHost(petition, serverId);
  const before = tallyOf(database, petition.id);
  const begun = beginImport(database, write, petition, draft, {
    key,
    consent: consent === 'names' ? 'names' : 'count',
    holder,
  });
  await answerInPlace(interaction);
  const added = await completeImport(database, imports, begun, showProgress(interaction, words)).catch(
    (error) => {
      log.error({ err: error, import: begun.id }, 'import cut off');
      return troubleOf(error) === 'full' ? 'full' : 'later';
    },
  );
  if (typeof added === 'string') return { content: words.say(ends[added], { file }), components: [] };
  const now = tallyOf(database, petition.id);
  const of = ({ sources }: Tally) => sources.find(({ source }) => source.id === begun.sourceId);
  const [was, is] = [of(before), of(now)];
  const source = is ? shownName(is.source, words) : '';
  const named = is ? totalOf(is.names) : 0;
  const echoes = added - (named - (was ? totalOf(was.names) : 0));
  return {
    content: [
      words.say('import.done', { count: added, source }),
      ...(echoes > 0 ? [words.say('import.echoed', { count: echoes })] : []),
      ...(is?.basis === 'count' ? [words.say('import.underCount', { count: named, source })] : []),
      `**${words.say('tally.total', { count: now.total })}** (${words.change(now.total - before.total)}) · ${partsOf(now, words)}`,
      ...(now.likely > before.likely ? [words.say('import.likely', { count: now.likely })] : []),
      words.say(consent === 'names' ? 'import.mayHandOver' : 'import.stayHere'),
    ].join('\n'),
    components: [],
  };
}

export const importPresses: Record<string, Press> = {
  'signatures.import': { rank: 'organizer', run: confirm },
  'signatures.importCancel': {
    rank: 'organizer',
    async run([key = ''], turn) {
      const { context, interaction, write, words } = turn;
      const draft = writeOnce(context.database, write, (connection) =>
        takeDraft<ImportDraft>(connection, write, key),
      );
      context.imports.discard(draft.staged);
      await answerInPlace(interaction);
      return { content: words.say('import.cancelled', { file: asPlain(draft.fileName) }), components: [] };
    },
  },
  'signatures.importRejected': {
    rank: 'organizer',
    slow: true,
    async run([key = ''], turn) {
      const { staged, fileName } = draftOf(turn, key);
      const rows = await staging(turn, turn.context.imports.rejected(staged));
      const name = `${fileName.replace(/\.\w{1,5}$/, '')}-${turn.words.say('import.rejectedFile')}.csv`;
      return {
        content: turn.words.say('import.rejectedAttached', { count: rows.length }),
        files: [new AttachmentBuilder(rejectedCsv(rows, turn.words), { name })],
      };
    },
  },
  'signatures.importDates': {
    rank: 'organizer',
    run: ([key = ''], turn) =>
      answered(turn, key, ([order]) => ({ order: order === 'monthFirst' ? 'monthFirst' : 'dayFirst' })),
  },
  'signatures.importPlace': {
    rank: 'organizer',
    run: ([key = '', id], turn) =>
      answered(turn, key, ([code = 'none']) => ({
        places: [{ id: Number(id), country: code === 'none' ? '' : code }],
      })),
  },
};

/** Takes what was chosen from a menu, and shows what the import would do now. */
async function answered(turn: Turn, key: string, answersOf: (chosen: string[]) => Answers): Promise<Reply> {
  const { interaction } = turn;
  if (!interaction.isStringSelectMenu()) throw new Failure('staleButton');
  const draft = draftOf(turn, key);
  await answerInPlace(interaction);
  return preview(turn, key, draft, answersOf(interaction.values));
}
