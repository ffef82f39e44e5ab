// /statement edit: in a form, or from a file.
import { AttachmentBuilder, type ModalSubmitFields } from 'discord.js';
import { serversOf } from '../db/partners.js';
import type { Petition } from '../db/petitions.js';
import { type Language, statementOf } from '../db/statements.js';
import { keepDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { requireHost } from '../src/coalition/petition.js';
import { cleanLine, cutTo } from '../src/coalition/plain-text.js';
import {
  editStatement,
  needsReason,
  type StatementDraft,
  type StatementEdit,
  submitStatement,
} from '../src/coalition/statement.js';
import { largestStatementFile, statementFrom } from '../src/coalition/statement-file.js';
import { languageName } from '../src/discord/cards/statement.js';
import { editedCard } from '../src/discord/cards/statement-edit.js';
import { idOf, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import { choice, file, line } from '../src/discord/options.js';
import { updateCopies } from '../src/discord/statement-posts.js';
import { petitionOf } from './petition.js';

const longestReason = 300;

/** The longest text that a form's field takes, by Discord's rule. */
const longestField = 4000;

export const edit = subcommand({
  rank: 'organizer',
  options: {
    language: choice('postLanguage', ['en', 'es'], { required: true }),
    file: file({ wording: 'statementFile' }),
    reason: line(longestReason),
  },
  slowFor: ({ file }) => file !== undefined,
  async run({ language, file, reason }, turn) {
    const { context } = turn;
    const petition = petitionOf(turn);
    requireHost(petition, turn.serverId);
    if (!file) return editModal(turn, petition, language, reason);
    const text = statementFrom(await context.attachments.fetch(file.url, largestStatementFile));
    return saved(turn, editStatement(context.database, turn.write, petition, { language, text, reason }));
  },
});

/** Saved it is; now the copies that are up, and what became of all of it. */
async function saved({ context, interaction, serverId, words }: Turn, edit: StatementEdit): Promise<Reply> {
  const { petitionId, language } = edit.now;
  const client = interaction.client;
  const copies = await updateCopies(context, client, { petitionId, language, serverId });
  const names = new Map(
    serversOf(context.database, petitionId).map(({ id, name }) => [id, name ?? ''] as const),
  );
  return editedCard(edit, { copies, here: serverId, names }, words);
}

/** The current text in a field, or as a file where it is too long for one. */
function editModal(turn: Turn, petition: Petition, language: Language, reason: string | undefined) {
  const { context, words } = turn;
  const { database } = context;
  const current = statementOf(database, petition.id, language);
  if (current && current.text.length > longestField) {
    const said = words.say('statement.tooLongForModal', {
      language: languageName(language),
      code: language,
      most: longestField,
    });
    return { content: said, files: [asFile(language, current.text)] };
  }
  const draft: StatementDraft = { petitionId: petition.id, language, version: current?.version ?? 0, reason };
  const key = keepDraft(database, turn.write, draft);
  const asks = !reason && needsReason(database, petition, language);
  return modal(
    idOf('statement.edit', key, language),
    words.say('statement.editTitle', { language: languageName(language) }),
    [
      textField('text', words.say('statement.fields.text'), {
        most: longestField,
        value: current?.text,
        long: true,
      }),
      ...(asks
        ? [
            textField('reason', words.say('statement.fields.reason'), {
              most: longestReason,
              hint: words.say('statement.reasonHint'),
            }),
          ]
        : []),
    ],
  );
}

/** Saves what was typed; where that can't be, gives it back, so that nothing is lost. */
export async function submitEdit(
  [key = '', named]: string[],
  turn: Turn,
  fields: ModalSubmitFields,
): Promise<Reply> {
  const text = fields.getTextInputValue('text');
  const reason = fields.fields.has('reason')
    ? cutTo(cleanLine(fields.getTextInputValue('reason')), longestReason)
    : '';
  try {
    const input = { text, reason: reason === '' ? undefined : reason };
    return await saved(turn, submitStatement(turn.context.database, turn.write, key, input));
  } catch (error) {
    if (!(error instanceof Failure) || error.key === 'doneAlready' || text === '') throw error;
    const said = turn.words.say(`failures.${error.key}`, error.values);
    const language = named === 'es' ? 'es' : 'en';
    return { content: `${said}\n${turn.words.say('statement.yourText')}`, files: [asFile(language, text)] };
  }
}

function asFile(language: Language, text: string) {
  return new AttachmentBuilder(Buffer.from(text), { name: `statement.${language}.md` });
}
