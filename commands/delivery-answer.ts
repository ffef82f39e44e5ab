// /delivery response: what a target answered, in a form; opened anew with what was typed where that can't be kept.
import type { Petition } from '../db/petitions.js';
import type { Target } from '../db/targets.js';
import { handedTo, meantBy, type ResponseDraft, recordResponse } from '../src/coalition/delivery.js';
import { keepDraft, readDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { today } from '../src/coalition/petition.js';
import { button, buttonRow } from '../src/discord/cards/card.js';
import { answerKept } from '../src/discord/cards/delivery.js';
import { type Answer, idOf, type Press, type Submit, type Turn } from '../src/discord/command.js';
import {
  responseFrom,
  responseModal,
  type TypedResponse,
  typedResponse,
} from '../src/discord/response-form.js';

/** What the form is about, and what was typed into it before. */
type FormDraft = ResponseDraft & { typed?: TypedResponse };

/** The form; @throws {@link Failure} for a target to which nothing was delivered */
export function responseForm(turn: Turn, petition: Petition, target: Target): Answer {
  const { database } = turn.context;
  handedTo(database, turn.write, petition, target);
  const draft: FormDraft = { petitionId: petition.id, targetId: target.id };
  return form(turn, keepDraft(database, turn.write, draft), target, {
    day: today(petition, turn.write.at),
  });
}

const form = (turn: Turn, key: string, target: Target, typed: Partial<TypedResponse>): Answer =>
  responseModal(idOf('delivery.response', key), target, typed, turn.words);

export const answerPresses: Record<string, Press> = {
  'delivery.again': {
    rank: 'organizer',
    run([key = ''], turn) {
      const { database } = turn.context;
      const draft = readDraft<FormDraft>(database, turn.write, key);
      return form(turn, key, meantBy(database, turn.write, draft).target, draft.typed ?? {});
    },
  },
};

export const answerSubmits: Record<string, Submit> = {
  'delivery.response': {
    rank: 'organizer',
    run([key = ''], turn, fields) {
      const { write, words } = turn;
      const { database } = turn.context;
      const draft = readDraft<FormDraft>(database, write, key);
      const typed = typedResponse(fields);
      try {
        const input = responseFrom(typed);
        const { target } = recordResponse(database, write, key, input);
        return answerKept({ target, ...input }, words);
      } catch (error) {
        if (!(error instanceof Failure) || error.key === 'doneAlready') throw error;
        const again = keepDraft(database, write, { ...draft, typed } satisfies FormDraft);
        return {
          content: words.say(`failures.${error.key}`, error.values),
          components: [
            buttonRow(button(idOf('delivery.again', again), words.say('delivery.formAgain'), 'strong')),
          ],
        };
      }
    },
  },
};
