// /statement: read it and post it in both languages; edit it, see its versions, confirm a translation.
import { AttachmentBuilder, type ModalSubmitFields } from 'discord.js';
import type { Petition } from '../db/petitions.js';
import { type Language, type Statement, statementHistory, statementOf } from '../db/statements.js';
import { keepDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { requireHost } from '../src/coalition/petition.js';
import { asPlain, cleanLine, cutTo } from '../src/coalition/plain-text.js';
import {
  beginStatementPost,
  confirmStatement,
  editStatement,
  needsReason,
  otherLanguage,
  recordStatementPost,
  requireStatement,
  type StatementDraft,
  staleLanguage,
  submitStatement,
} from '../src/coalition/statement.js';
import { largestStatementFile, statementFrom } from '../src/coalition/statement-file.js';
import { splitStatement } from '../src/coalition/statement-split.js';
import { atLeast } from '../src/discord/access.js';
import { buttonRow, card } from '../src/discord/cards/card.js';
import {
  aboutStatement,
  editedCard,
  languageName,
  showButton,
  staleLine,
  statementPosts,
} from '../src/discord/cards/statement.js';
import { type Command, idOf, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import { channel, choice, file, integer, line } from '../src/discord/options.js';
import { channelForBoth, postAll } from '../src/discord/posting.js';
import { petitionOf, petitionSeen } from './petition.js';

const both = ['en', 'es'] as const;
const longestReason = 300;

/** The longest text that a modal's field takes, by Discord's rule. */
const longestField = 4000;

/** The newest versions that a history shows. */
const longestHistory = 10;

const show = subcommand({
  rank: 'anyone',
  options: {
    language: choice('postLanguage', both, { wording: 'ownLanguage' }),
    version: integer(1, 1_000_000),
  },
  run: ({ language, version }, turn) =>
    showIn(turn, petitionOf(turn), language ?? turn.words.language, version),
});

/** The text in one language, as several messages where it needs them, and then what is to know about it. */
function showIn(turn: Turn, petition: Petition, language: Language, version?: number): Reply {
  const { database } = turn.context;
  const latest = statementOf(database, petition.id, language);
  const other = statementOf(database, petition.id, otherLanguage(language));
  if (!latest && other) {
    const said = turn.words.say('statement.otherOnly', {
      language: languageName(language),
      other: languageName(other.language),
    });
    return { content: said, components: [buttonRow(showButton(petition.id, other.language))] };
  }
  const statement = requireStatement(database, petition, language, version);
  const stale = staleLanguage(database, petition.id) === language;
  const about = aboutStatement(statement, { latest: latest ?? statement, stale, other }, turn.words);
  const [first = about, ...rest] = [
    ...splitStatement(statement.text).map(({ content }) => ({ content })),
    about,
  ];
  for (const reply of rest) turn.whisper(reply);
  return first;
}

const post = subcommand({
  rank: 'member',
  slow: true,
  options: {
    language: choice('postLanguage', ['en', 'es', 'both'], { wording: 'channelLanguage' }),
    channel: { ...channel(), wording: 'postChannel' },
  },
  async run({ language, channel: named }, turn) {
    const { context, interaction, write, words } = turn;
    const { database } = context;
    const petition = petitionOf(turn);
    const channelId = named ?? turn.channelId;
    const statements = statementsToPost(turn, petition, channelId, language);
    const place = await channelForBoth(turn, channelId);
    beginStatementPost(database, write, petition, channelId, statements);
    const posts = statements.map((statement) => ({
      statement,
      messages: statementPosts(
        statement,
        statementOf(database, petition.id, otherLanguage(statement.language)),
        interaction.id,
      ),
    }));
    const up = await postAll(
      turn,
      place,
      posts.flatMap(({ messages }) => messages),
    );
    const placed = posts.map(({ statement, messages }) => ({
      statement,
      messages: up.splice(0, messages.length),
    }));
    recordStatementPost(
      database,
      write,
      placed.map(({ statement, messages }) => ({
        statement,
        channelId,
        messageIds: messages.map(({ id }) => id),
      })),
    );
    const stale = staleLanguage(database, petition.id);
    return {
      content: [
        words.say('statement.posted', { channel: `<#${channelId}>` }),
        ...placed.map(({ statement: { language, version }, messages }) =>
          words.say('statement.postedAs', {
            language: languageName(language),
            version,
            url: messages[0]?.url ?? '',
          }),
        ),
        ...statements
          .filter(({ language }) => language === stale)
          .map(({ language }) => staleLine(language, words)),
      ].join('\n'),
    };
  },
});

/** What was asked for, all of it; where nothing was, the languages of the channel that there are. */
function statementsToPost(
  turn: Turn,
  petition: Petition,
  channelId: string,
  asked?: Language | 'both',
): Statement[] {
  const { database } = turn.context;
  const languages = turn.speech(asked, channelId).map(({ language }) => language);
  const found = languages.flatMap((language) => statementOf(database, petition.id, language) ?? []);
  const missing = languages.find((language) => found.every((statement) => statement.language !== language));
  const enough = missing === undefined || (asked === undefined && found.length > 0);
  return enough ? found : [requireStatement(database, petition, missing)];
}

const edit = subcommand({
  rank: 'organizer',
  options: {
    language: choice('postLanguage', both, { required: true }),
    file: file({ wording: 'statementFile' }),
    reason: line(longestReason),
  },
  slowFor: ({ file }) => file !== undefined,
  async run({ language, file, reason }, turn) {
    const { context, words } = turn;
    const petition = petitionOf(turn);
    requireHost(petition, turn.serverId);
    if (!file) return editModal(turn, petition, language, reason);
    const text = statementFrom(await context.attachments.fetch(file.url, largestStatementFile));
    return editedCard(
      editStatement(context.database, turn.write, petition, { language, text, reason }),
      words,
    );
  },
});

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
function submitEdit([key = '', named]: string[], turn: Turn, fields: ModalSubmitFields): Reply {
  const text = fields.getTextInputValue('text');
  const reason = fields.fields.has('reason')
    ? cutTo(cleanLine(fields.getTextInputValue('reason')), longestReason)
    : '';
  try {
    const input = { text, reason: reason === '' ? undefined : reason };
    return editedCard(submitStatement(turn.context.database, turn.write, key, input), turn.words);
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

const history = subcommand({
  rank: 'anyone',
  options: { language: choice('postLanguage', both, { wording: 'eitherLanguage' }) },
  run({ language }, turn) {
    const { context, words } = turn;
    const petition = petitionOf(turn);
    const versions = statementHistory(context.database, petition.id, language).reverse();
    if (versions.length === 0) requireStatement(context.database, petition, language ?? words.language);
    const stale = staleLanguage(context.database, petition.id);
    const behind = versions.find((version) => version.language === stale);
    const authors = atLeast(turn.rank, 'organizer') && petition.serverId === turn.serverId;
    const shown = versions.slice(0, longestHistory).map((statement) => {
      const { language, version, at, authorId, reason } = statement;
      return [
        words.say('statement.about', { language: languageName(language), version, at: { moment: at } }),
        ...(authors && authorId !== null ? [words.say('statement.by', { person: `<@${authorId}>` })] : []),
        ...(reason === null ? [] : [words.say('statement.reason', { reason: asPlain(cutTo(reason, 120)) })]),
        ...(statement === behind ? [staleLine(language, words)] : []),
      ].join('\n');
    });
    const more = versions.length - shown.length;
    return card([shown.join('\n\n'), ...(more > 0 ? [words.say('andMore', { count: more })] : [])]);
  },
});

const confirm = subcommand({
  rank: 'organizer',
  options: { language: choice('postLanguage', both, { required: true }) },
  run({ language }, turn) {
    const { statement, other } = confirmStatement(
      turn.context.database,
      turn.write,
      petitionOf(turn),
      language,
    );
    return {
      content: turn.words.say('statement.confirmed', {
        language: languageName(language),
        version: statement.version,
        other: languageName(other.language),
        otherVersion: other.version,
      }),
    };
  },
});

export const statement = {
  name: 'statement',
  does: { show, post, edit, history, confirm },
  presses: {
    'statement.show': {
      rank: 'anyone',
      run: ([id, language], turn) => showIn(turn, petitionSeen(turn, id), language === 'es' ? 'es' : 'en'),
    },
  },
  submits: { 'statement.edit': { rank: 'organizer', run: submitEdit } },
} satisfies Command;
