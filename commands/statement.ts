// /statement: read it and post it in both languages; edit it, see its versions, confirm a translation.
import type { Petition } from '../db/petitions.js';
import { type Language, type Statement, statementHistory, statementOf } from '../db/statements.js';
import {
  confirmStatement,
  languageBehind,
  otherLanguage,
  requireStatement,
} from '../src/coalition/statement.js';
import { beginStatementPost, recordStatementPost } from '../src/coalition/statement-post.js';
import { splitStatement } from '../src/coalition/statement-split.js';
import { atLeast } from '../src/discord/access.js';
import { buttonRow } from '../src/discord/cards/card.js';
import {
  aboutStatement,
  behindLine,
  historyCard,
  languageName,
  showButton,
  statementPosts,
} from '../src/discord/cards/statement.js';
import { channelForBoth } from '../src/discord/channels.js';
import { type Command, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { channel, choice, integer } from '../src/discord/options.js';
import { postAll } from '../src/discord/posting.js';
import { petitionOf, petitionSeen, petitionToPost } from './petition.js';
import { edit, submitEdit } from './statement-edit.js';

const both = ['en', 'es'] as const;

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
  const behind = languageBehind(database, petition.id);
  const about = aboutStatement(statement, { latest: latest ?? statement, behind, other }, turn.words);
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
    const petition = petitionToPost(turn);
    const channelId = named ?? turn.channelId;
    const statements = statementsToPost(turn, petition, channelId, language);
    const place = channelForBoth(turn, channelId);
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
    const behind = languageBehind(database, petition.id);
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
        ...(behind && statements.some(({ language }) => language === behind.language)
          ? [behindLine(behind, words)]
          : []),
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

const history = subcommand({
  rank: 'anyone',
  options: { language: choice('postLanguage', both, { wording: 'eitherLanguage' }) },
  run({ language }, turn) {
    const { context, words } = turn;
    const petition = petitionOf(turn);
    const versions = statementHistory(context.database, petition.id, language).reverse();
    if (versions.length === 0) requireStatement(context.database, petition, language ?? words.language);
    return historyCard(
      versions,
      {
        behind: languageBehind(context.database, petition.id),
        authors: atLeast(turn.rank, 'organizer') && petition.serverId === turn.serverId,
      },
      words,
    );
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
  // Copies that are up already are changed before the answer.
  submits: { 'statement.edit': { rank: 'organizer', slow: true, run: submitEdit } },
} satisfies Command;
