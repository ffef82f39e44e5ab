// The board: how much outreach was done, in lines that add up to the total.
import type { ActionType } from '../../../db/actions.js';
import type { Petition } from '../../../db/petitions.js';
import type { Board, BoardLine } from '../../coalition/board.js';
import type { Period } from '../../coalition/day.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { countedOf } from './action.js';
import { type Block, button, card, inEachLanguage, longestCard } from './card.js';
import { inWords } from './petition.js';

/** The most lines a board has, «N more» and «not stated» aside. */
export const mostLines = 15;

/** How long a name may be: the most with which both languages fit into a card, which the last always does. */
const nameLengths = [100, 60, 36];

export function boardCard(petition: Petition, board: Board, period: Period, speech: readonly Words[]): Reply {
  let blocks: Block[] = [];
  for (const longest of nameLengths) {
    blocks = inEachLanguage(speech, (words) => boardBlocks(petition, board, period, longest, words));
    if (lengthOf(blocks) <= longestCard) break;
  }
  const buttons = [...whoButtons(petition, board, period, speech), ...logButton(petition, speech)];
  return card([...blocks, { buttons }]);
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + (typeof block === 'string' ? characters(block) : 0), 0);
}

function boardBlocks(
  petition: Petition,
  board: Board,
  period: Period,
  longest: number,
  words: Words,
): Block[] {
  const head = `## ${words.say(`action.boardTitle.${period}`)}\n${asPlain(words.localized(petition.title))}`;
  if (board.entries === 0) return [head, words.say('action.boardNone')];
  const [lines, notStated] = [
    board.lines.filter(({ key }) => key !== ''),
    board.lines.filter(({ key }) => key === ''),
  ];
  return [
    head,
    [
      `**${words.say('action.total', { count: board.count })}** ${words.say(`action.by.${board.by}`)}`,
      ...lines.map((line) => lineOf(board, line, longest, words)),
      ...restLine(board, words),
      ...notStated.map((line) => lineOf(board, line, longest, words)),
    ].join('\n'),
  ];
}

function lineOf({ by }: Board, line: BoardLine, longest: number, words: Words): string {
  if (by === 'type') return `- ${countedOf({ type: line.key as ActionType, count: line.count }, words)}`;
  return `- ${nameOf(by, line, longest, words)}: ${words.number(line.count)}`;
}

function nameOf(by: Board['by'], { key, name }: BoardLine, longest: number, words: Words): string {
  if (key === '') return `*${words.say(by === 'member' ? 'action.forgotten' : 'action.noOrganization')}*`;
  const text = typeof name === 'object' ? words.localized(name) : name;
  return text ? `**${asPlain(cutTo(text, longest))}**` : `*${words.say('action.unnamedServer')}*`;
}

function restLine({ by, rest }: Board, words: Words): string[] {
  if (!rest) return [];
  const who = words.say(by === 'member' ? 'action.moreMembers' : 'nMore', { count: rest.groups });
  return [`- ${who}: ${words.number(rest.count)}`];
}

/** On the board by member, people choose for themselves whether they are named. */
function whoButtons({ id }: Petition, { by }: Board, period: Period, speech: readonly Words[]) {
  if (by !== 'member') return [];
  return [
    button(idOf('action.show', id, period), inWords(speech, 'action.showMe')),
    button(idOf('action.hide', id, period), inWords(speech, 'action.hideMe')),
  ];
}

function logButton({ id, state }: Petition, speech: readonly Words[]) {
  return state === 'open' ? [button(idOf('action.form', id), inWords(speech, 'action.button'))] : [];
}
