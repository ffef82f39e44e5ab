// /comment: what people say about the petition, with their consent, and the host's organizers deciding on it.

import { countWaiting } from '../db/comments.js';
import type { Petition } from '../db/petitions.js';
import {
  judgeComment,
  longest,
  nextComment,
  openComment,
  requireComments,
  submitComment,
} from '../src/coalition/comment.js';
import { keepDraft, takeDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { requireHost } from '../src/coalition/petition.js';
import { characters, cleanText, fitting } from '../src/coalition/plain-text.js';
import { commentCard, keptReply, noneReply } from '../src/discord/cards/comment.js';
import {
  type Answer,
  type Command,
  idOf,
  type Press,
  type Reply,
  subcommand,
  type Turn,
} from '../src/discord/command.js';
import { boxesField, modal, textField } from '../src/discord/modal.js';
import { lineSchema, textSchema, typedInto } from '../src/discord/options.js';
import { petitionOf, petitionSeen } from './petition.js';

/** What the form knows beyond what is filled in; used once, however often it is sent. */
interface FormDraft {
  messageId?: string | undefined;
}

/** The form; from a message of one's own, it is filled with what that says. */
function form(turn: Turn, message?: { id: string; content: string }): Answer {
  const { context, words, write } = turn;
  const petition = petitionOf(turn);
  requireComments(context.database, write, petition, message?.id);
  const key = keepDraft(context.database, write, { messageId: message?.id } satisfies FormDraft);
  const agreed = {
    value: 'quote',
    label: words.say('comment.consent'),
    description: words.say('comment.consentHint'),
  };
  return modal(idOf('comment.submit', petition.id, key), words.say('comment.formTitle'), [
    textField('text', words.say('comment.fields.text'), {
      most: longest.text,
      value: message && inField(cleanText(message.content)),
      long: true,
    }),
    textField('name', words.say('comment.fields.name'), {
      most: longest.name,
      required: false,
      hint: words.say('comment.nameHint'),
    }),
    boxesField('consent', words.say('comment.fields.consent'), [agreed]),
  ]);
}

/** As much of a text as the field takes, which counts in UTF-16: each character beyond its plane counts twice. */
function inField(text: string): string {
  if (text.length <= longest.text) return text;
  return fitting(text, Math.max(longest.text / 2, longest.text - (text.length - characters(text))));
}

/** Names and comments are for the organizers of the host alone. */
function hosted(turn: Turn, petition: Petition): Petition {
  requireHost(petition, turn.serverId);
  return petition;
}

/** The comment after another one, under what was just decided. */
function next(turn: Turn, petition: Petition, after = 0, decided?: string): Reply {
  const { context, words, userId } = turn;
  const count = countWaiting(context.database, petition.id);
  const comment = nextComment(context.database, petition.id, userId, after);
  const quote = comment && openComment(context.seal, comment);
  if (!quote) return noneReply(count, decided, words);
  return commentCard({ petitionId: petition.id, quote, count, decided }, words);
}

function judged(state: 'approved' | 'rejected'): Press {
  return {
    rank: 'organizer',
    run([petitionId, id], turn) {
      const petition = hosted(turn, petitionSeen(turn, petitionId));
      const done = judgeComment(turn.context.database, turn.write, petition, Number(id), state);
      const said = turn.words.say(done ? `comment.done.${state}` : 'comment.decidedBefore');
      return next(turn, petition, Number(id), said);
    },
  };
}

export const comment = {
  name: 'comment',
  does: {
    submit: subcommand({ rank: 'anyone', options: {}, run: (_input, turn) => form(turn) }),
    review: subcommand({
      rank: 'organizer',
      options: {},
      run: (_input, turn) => next(turn, hosted(turn, petitionOf(turn))),
    }),
  },
  presses: {
    'comment.approve': judged('approved'),
    'comment.reject': judged('rejected'),
    'comment.next': {
      rank: 'organizer',
      run: ([petitionId, after], turn) =>
        next(turn, hosted(turn, petitionSeen(turn, petitionId)), Number(after) || 0),
    },
  },
  submits: {
    'comment.submit': {
      rank: 'anyone',
      run([id, key = ''], turn, fields) {
        const { context, words, write } = turn;
        const petition = petitionSeen(turn, id);
        const text = typedInto(fields, 'text', 'comment.fields.text', textSchema(longest.text));
        const given = fields.getTextInputValue('name');
        const name =
          given === ''
            ? undefined
            : typedInto(fields, 'name', 'comment.fields.name', lineSchema(longest.name));
        if (!fields.getCheckboxGroup('consent').includes('quote')) throw new Failure('commentConsent');
        const said = { text, name, language: words.language };
        submitComment(context.database, write, context.seal, petition, said, (connection) => {
          return takeDraft<FormDraft>(connection, write, key).messageId;
        });
        return keptReply(said, words);
      },
    },
  },
  menus: [
    {
      name: 'Submit as comment',
      rank: 'anyone',
      run(message, turn) {
        if (message.author.id !== turn.userId) throw new Failure('notYourMessage');
        return form(turn, message);
      },
    },
  ],
} satisfies Command;
