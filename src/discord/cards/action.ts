// What a member reads of their own outreach: what was logged, what was taken back, what there is so far.
import type { Action, ActionType } from '../../../db/actions.js';
import type { Petition } from '../../../db/petitions.js';
import type { Localized } from '../../../db/schema.js';
import type { ownActions } from '../../coalition/action.js';
import { addDays, type Period } from '../../coalition/day.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { button, buttonRow, card } from './card.js';

/** What was logged, beside the entry itself. */
export interface Logged {
  action: Action;
  /** The petition's day. */
  today: string;
  target?: Localized | undefined;
  organization?: Localized | undefined;
  /** The name of the proof. */
  proof?: string | undefined;
  /** How many of this type are theirs this week, this entry among them. */
  week?: number | undefined;
  /** Over this many, an entry without a proof waits; null where none does. */
  reviewOver: number | null;
}

/** «Logged: 12 calls, today. That makes 31 calls of yours this week.», with a way back. */
export function loggedReply(logged: Logged, words: Words): Reply {
  const { action, today, target, organization, proof, week, reviewOver } = logged;
  const values = { what: countedOf(action, words), when: whenOf(action.day, today, words) };
  const details = [
    ...(target ? [words.say('action.target', { name: shortly(words.localized(target)) })] : []),
    ...(organization
      ? [words.say('action.organization', { name: shortly(words.localized(organization)) })]
      : []),
    ...(proof === undefined ? [] : [words.say('action.proof', { name: shortly(proof) })]),
  ];
  const said =
    action.state === 'pending'
      ? words.say('action.waits', { ...values, limit: reviewOver ?? 0 })
      : words.say('action.logged', values);
  const sum =
    week !== undefined && week > action.count
      ? ` ${words.say('action.weekSum', { what: countedOf({ type: action.type, count: week }, words) })}`
      : '';
  return {
    content: [said + sum, ...(details.length > 0 ? [details.join(' · ')] : [])].join('\n'),
    components: [buttonRow(button(idOf('action.undo', action.id), words.say('action.undo')))],
  };
}

/** What an organizer decides on next. */
export interface Review {
  /** None where nothing waits that this organizer may decide on. */
  action: Action | undefined;
  target: Localized | undefined;
  /** How many wait, this one among them; and how many more are the organizer's own. */
  others: number;
  own: number;
  today: string;
  /** What was decided just before. */
  decided: string | undefined;
}

export function reviewReply({ action, target, others, own, today, decided }: Review, words: Words): Reply {
  const head = decided === undefined ? [] : [decided];
  const tail = own > 0 ? [words.say('action.ownWait', { count: own })] : [];
  if (!action) return { content: [...head, words.say('action.noneWait'), ...tail].join('\n') };
  const details = [
    ...(target ? [words.say('action.target', { name: shortly(words.localized(target)) })] : []),
    ...[action.outcome, action.note].flatMap((text) => (text === null ? [] : [`> ${asPlain(text)}`])),
    ...(action.messageLink === null ? [] : [action.messageLink]),
  ];
  const about = words.say('action.waitsFor', {
    count: others,
    what: countedOf(action, words),
    when: whenOf(action.day, today, words),
    person: action.userId === '' ? words.say('action.forgottenOne') : `<@${action.userId}>`,
  });
  return {
    content: [...head, about, ...details, ...tail].join('\n'),
    components: [
      buttonRow(
        button(idOf('action.approve', action.id), words.say('action.approve'), 'strong'),
        button(idOf('action.reject', action.id), words.say('action.reject'), 'danger'),
      ),
    ],
  };
}

export function undoneReply(action: Action, today: string, words: Words): Reply {
  const values = { what: countedOf(action, words), when: whenOf(action.day, today, words) };
  return { content: words.say('action.undone', values) };
}

/** A member's own entries: the sums by type, then the latest. */
export function mineCard(
  petition: Petition,
  { counted, waiting, latest, entries }: ReturnType<typeof ownActions>,
  targets: ReadonlyMap<number, Localized>,
  period: Period,
  words: Words,
): Reply {
  const head = `## ${words.say(`action.mineTitle.${period}`)}\n${asPlain(words.localized(petition.title))}`;
  if (entries === 0) return card([head, words.say('action.mineNone')]);
  const sums = [
    ...(counted.length > 0 ? [`**${countedList(counted, words)}**`] : []),
    ...(waiting.length > 0 ? [words.say('action.waiting', { what: countedList(waiting, words) })] : []),
  ];
  const lines = latest.map((action) => entryLine(action, targets, words));
  const more = entries - latest.length;
  return card([
    [head, ...sums].join('\n'),
    [...lines, ...(more > 0 ? [words.say('andMore', { count: more })] : [])].join('\n'),
    words.say('action.undoHint'),
  ]);
}

function entryLine(action: Action, targets: ReadonlyMap<number, Localized>, words: Words): string {
  const target = action.targetId === null ? undefined : targets.get(action.targetId);
  const mark = {
    counted: undefined,
    pending: 'action.pendingMark',
    rejected: 'action.rejectedMark',
  } as const;
  const state = mark[action.state];
  const parts = [
    words.day(action.day),
    countedOf(action, words),
    ...(target ? [asPlain(cutTo(words.localized(target), 40))] : []),
    ...(action.note === null ? [] : [asPlain(cutTo(action.note, 50))]),
    ...(state ? [`*${words.say(state)}*`] : []),
  ];
  return `- ${parts.join(' · ')}`;
}

/** «12 calls». */
export function countedOf({ type, count }: { type: ActionType; count: number }, words: Words): string {
  return words.say(`actions.${type}`, { count });
}

function countedList(sums: readonly { key: string; count: number }[], words: Words): string {
  return words.list(sums.map(({ key, count }) => countedOf({ type: key as ActionType, count }, words)));
}

function whenOf(day: string, today: string, words: Words): string {
  if (day === today) return words.say('action.today');
  if (day === addDays(today, -1)) return words.say('action.yesterday');
  return words.day(day);
}

const shortly = (name: string) => asPlain(cutTo(name, 100));
