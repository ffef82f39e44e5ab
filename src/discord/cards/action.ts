// What a member reads of their own outreach: what was logged, what was taken back, what there is so far.
import type { Action, ActionType } from '../../../db/actions.js';
import type { Part } from '../../../db/joins.js';
import type { Petition } from '../../../db/petitions.js';
import type { Localized } from '../../../db/schema.js';
import { isAsked, type ownActions } from '../../coalition/action.js';
import type { Undone } from '../../coalition/action-undo.js';
import { addDays, type Period } from '../../coalition/day.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { type Block, button, buttonRow, card } from './card.js';

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

const undoneKeys = {
  gone: 'action.undone',
  passedOn: 'together.passedOn',
  left: 'together.left',
} as const;

export function undoneReply({ action, how }: Undone, today: string, words: Words): Reply {
  const values = { what: countedOf(action, words), when: whenOf(action.day, today, words) };
  return { content: words.say(undoneKeys[how], values) };
}

/** How many questions are shown at once: each takes some room. */
const mostAsked = 2;

/** A member's own entries: the sums by type, then the latest. */
export function mineCard(
  petition: Petition,
  { counted, waiting, latest, asked, entries }: ReturnType<typeof ownActions>,
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
  const lines = latest.map((part) => entryLine(part, targets, words));
  const more = entries - latest.length;
  return card([
    [head, ...sums].join('\n'),
    ...asked.slice(0, mostAsked).flatMap((action) => askedBlocks(action, words)),
    [...lines, ...(more > 0 ? [words.say('andMore', { count: more })] : [])].join('\n'),
    words.say('action.undoHint'),
  ]);
}

/** What an organizer wants to know, and the way to answer. */
function askedBlocks(action: Action, words: Words): Block[] {
  const values = {
    what: countedOf(action, words),
    day: { day: action.day },
    question: asPlain(action.question ?? ''),
  };
  const answer = button(idOf('action.answer', action.id), words.say('ask.answerButton'), 'strong');
  return [words.say('ask.mine', values), { buttons: [answer] }];
}

function entryLine(
  { action, joined, together }: Part,
  targets: ReadonlyMap<number, Localized>,
  words: Words,
): string {
  const target = action.targetId === null ? undefined : targets.get(action.targetId);
  const mark = {
    counted: undefined,
    pending: 'action.pendingMark',
    rejected: 'action.rejectedMark',
  } as const;
  const state = isAsked(action) && !joined ? 'ask.mark' : mark[action.state];
  const parts = [
    words.day(action.day),
    countedOf(action, words),
    ...(target ? [asPlain(cutTo(words.localized(target), 40))] : []),
    ...(action.note === null || joined ? [] : [asPlain(cutTo(action.note, 50))]),
    ...(together ? [`*${words.say('together.mark')}*`] : []),
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

export function whenOf(day: string, today: string, words: Words): string {
  if (day === today) return words.say('action.today');
  if (day === addDays(today, -1)) return words.say('action.yesterday');
  return words.day(day);
}

const shortly = (name: string) => asPlain(cutTo(name, 100));
