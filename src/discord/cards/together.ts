// The question whether two did one action together, and what is said once somebody joined.
import type { Action } from '../../../db/actions.js';
import type { Localized } from '../../../db/schema.js';
import type { ActionInput } from '../../coalition/action.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { countedOf, whenOf } from './action.js';
import { button, buttonRow } from './card.js';

interface About {
  /** The petition's day. */
  today: string;
  target: Localized | undefined;
}

interface Asked extends About {
  alike: Action;
  /** Of whoever logged it, where they chose to be shown. */
  name: string | undefined;
  /** What the member typed. */
  count: number;
  /** Of the draft. */
  key: string;
}

/** «Is it the same one? Somebody else logged 12 calls …», with Join and Separate. */
export function askReply({ alike, name, count, key, today, target }: Asked, words: Words): Reply {
  const values = {
    who: name === undefined ? words.say('together.somebody') : `**${asPlain(name)}**`,
    what: countedOf(alike, words),
    when: whenOf(alike.day, today, words),
    target: target ? asPlain(cutTo(words.localized(target), 100)) : '',
  };
  const other =
    count === alike.count
      ? []
      : [
          words.say('together.otherCount', {
            typed: countedOf({ type: alike.type, count }, words),
            what: values.what,
          }),
        ];
  return {
    content: [words.say('together.ask', values), words.say('together.notYet'), ...other].join('\n'),
    components: [
      buttonRow(
        button(idOf('action.join', key), words.say('together.join'), 'strong'),
        button(idOf('action.separate', key), words.say('together.separate')),
      ),
    ],
  };
}

interface Joined extends About {
  action: Action;
  typed: ActionInput;
  hasProof: boolean;
}

/** What it counts as, and what was not kept of what was typed. */
export function joinedReply({ action, typed, hasProof, today, target }: Joined, words: Words): Reply {
  const what = countedOf(action, words);
  const values = { what, when: whenOf(action.day, today, words) };
  const wrote = hasProof || typed.note !== undefined || typed.outcome !== undefined;
  return {
    content: [
      words.say(action.state === 'pending' ? 'together.joinedWaits' : 'together.joined', values),
      ...(typed.count === action.count
        ? []
        : [
            words.say('together.theirCount', {
              typed: countedOf({ type: action.type, count: typed.count }, words),
              what,
            }),
          ]),
      ...(wrote ? [words.say('together.notKept')] : []),
      ...(target ? [words.say('action.target', { name: asPlain(cutTo(words.localized(target), 100)) })] : []),
    ].join('\n'),
    components: [buttonRow(button(idOf('action.undo', action.id), words.say('action.undo')))],
  };
}
