// What organizers read of the delivery: what was just recorded, and the board of all targets.
import type { Delivery } from '../../../db/deliveries.js';
import type { Petition } from '../../../db/petitions.js';
import type { Target } from '../../../db/targets.js';
import { isHandedOver } from '../../coalition/delivery.js';
import { type BoardRow, isDone, type Stage } from '../../coalition/delivery-board.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import type { MessageKey, Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { type Block, button, buttonRow, card } from './card.js';
import { nameOf } from './target.js';

/** So many targets are on the board, and so much text: Discord takes 40 parts and 4000 characters in a message. */
const mostRows = 8;
const room = 3600;

/** The longest part of an answer that the board quotes, in characters. */
const longestQuote = 160;

const headings = {
  due: 'delivery.in.due',
  unsaid: 'delivery.in.unsaid',
  open: 'delivery.in.open',
  waiting: 'delivery.in.waiting',
  planned: 'delivery.in.planned',
  answered: 'delivery.in.answered',
} as const satisfies Record<Stage, MessageKey>;

/** @param server - the host's name, as who recorded something did so there */
export function boardCard(
  petition: Petition,
  rows: readonly BoardRow[],
  server: string,
  words: Words,
): Reply {
  const title = asPlain(cutTo(words.localized(petition.title), 200));
  const done = rows.filter(isDone).length;
  const answered = rows.filter(({ responses }) => responses.length > 0).length;
  const head = [
    `## ${words.say('delivery.title')}`,
    title,
    ...(rows.length === 0
      ? [words.say('delivery.none')]
      : [`**${words.say('delivery.done', { done, all: rows.length, answered })}**`]),
  ].join('\n');
  const blocks: Block[] = [head];
  let left = room - characters(head);
  let shown = 0;
  for (const [index, row] of rows.slice(0, mostRows).entries()) {
    const first = rows[index - 1]?.stage !== row.stage;
    const count = rows.filter(({ stage }) => stage === row.stage).length;
    const heading = first ? [`### ${words.say(headings[row.stage], { count })}`] : [];
    const text = [...heading, ...rowLines(petition, row, server, words)].join('\n');
    left -= characters(text);
    if (left < 0) break;
    shown += 1;
    blocks.push(text, { buttons: rowButtons(petition, row, words) });
  }
  if (rows.length > shown) blocks.push(words.say('andMore', { count: rows.length - shown }));
  if (rows.some(({ stage }) => stage === 'open' || stage === 'planned'))
    blocks.push(`-# ${words.say('delivery.howToRecord')}`);
  return card(blocks);
}

function rowLines(petition: Petition, row: BoardRow, server: string, words: Words): string[] {
  const { target, delivery, proved, responses } = row;
  const name = `**${nameOf(target, words, 100)}**`;
  if (!delivery) return [name];
  const { userId, followUpOn } = delivery;
  const by = userId === '' ? [] : [`<@${userId}>`];
  return [
    name,
    handoverLine(petition, delivery, proved, words),
    `-# ${words.say('delivery.recordedBy', { who: [...by, asPlain(cutTo(server, 60))].join(' · ') })}`,
    ...answerLines(responses, words),
    ...(followUpOn === null ? [] : [`🔔 ${words.say('delivery.followUpOn', { day: { day: followUpOn } })}`]),
  ];
}

/** «📬 Handed over on July 19, 2023 · Rayburn Building · with a proof» */
function handoverLine(petition: Petition, delivery: Delivery, proved: boolean, words: Words): string {
  const { day, place } = delivery;
  const done = isHandedOver(delivery, petition);
  return [
    done
      ? `📬 ${words.say('delivery.handedOn', { day: { day } })}`
      : `🗓️ ${words.say('delivery.plannedFor', { day: { day } })}`,
    ...(place === null ? [] : [asPlain(cutTo(place, 100))]),
    ...(proved ? [words.say('delivery.proved')] : []),
  ].join(' · ');
}

/** The latest answer, and how many came before it. */
function answerLines(responses: BoardRow['responses'], words: Words): string[] {
  const latest = responses.at(-1);
  if (!latest) return [];
  const { text, answeredBy } = latest;
  const day = { day: latest.day };
  const said =
    answeredBy === null
      ? words.say('delivery.answered', { day })
      : words.say('delivery.answeredBy', { day, who: asPlain(cutTo(answeredBy, 60)) });
  const earlier = responses.length - 1;
  return [
    `💬 ${said}`,
    `> ${asPlain(cutTo(text.replaceAll('\n', ' '), longestQuote))}`,
    ...(earlier > 0 ? [`-# ${words.say('delivery.earlierAnswers', { count: earlier })}`] : []),
  ];
}

function rowButtons(petition: Petition, { target, stage, delivery }: BoardRow, words: Words) {
  if (stage === 'unsaid')
    return [button(idOf('delivery.done', petition.id, target.id), words.say('delivery.tookPlace'), 'strong')];
  if (stage !== 'due' && stage !== 'waiting') return [];
  const isSet = stage === 'waiting' && delivery?.followUpOn != null;
  return [answerButton(petition, target, words), ...(isSet ? [] : [againButton(petition, target, words)])];
}

const answerButton = (petition: Petition, target: Target, words: Words) =>
  button(idOf('delivery.answer', petition.id, target.id), words.say('delivery.recordAnswer'));

const againButton = (petition: Petition, target: Target, words: Words) =>
  button(idOf('delivery.askAgain', petition.id, target.id), words.say('delivery.askAgain'));

/** What was recorded, and what may come next. */
export function recordedReply(
  petition: Petition,
  row: BoardRow & { delivery: Delivery },
  last: boolean,
  words: Words,
): Reply {
  const { target, delivery, proved } = row;
  const done = isDone(row);
  const line = `**${nameOf(target, words, 200)}**\n${handoverLine(petition, delivery, proved, words)}`;
  const next = done ? (last ? ['delivery.last' as const] : []) : ['delivery.onceDone' as const];
  const asks = done && delivery.followUpOn === null && row.responses.length === 0;
  return {
    content: [`✅ ${words.say('delivery.recorded')} ${line}`, ...next.map((key) => words.say(key))].join(
      '\n',
    ),
    components: done
      ? [
          buttonRow(
            answerButton(petition, target, words),
            ...(asks ? [againButton(petition, target, words)] : []),
          ),
        ]
      : [],
  };
}

/** What a target answered, as it was kept. */
export function answerKept(
  { target, day, followUpOn }: { target: Target; day: string; followUpOn: string | null },
  words: Words,
): Reply {
  const name = nameOf(target, words, 200);
  return {
    content: [
      `✅ ${words.say('delivery.answerKept', { name, day: { day } })}`,
      followUpOn === null
        ? words.say('delivery.noFollowUp')
        : `🔔 ${words.say('delivery.willRemind', { day: { day: followUpOn } })}`,
    ].join('\n'),
  };
}
