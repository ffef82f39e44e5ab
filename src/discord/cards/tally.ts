// The tally's cards: the one of the day, and the one by source, day, country or kind. In words always; charts are an extra.
import type { Logger } from 'pino';
import type { Petition } from '../../../db/petitions.js';
import type { Said } from '../../coalition/comment.js';
import type { TallyFacts } from '../../coalition/daily.js';
import { addDays } from '../../coalition/day.js';
import { milestonesUpTo } from '../../coalition/milestone.js';
import { asPlain, characters, cutTo } from '../../coalition/plain-text.js';
import { addedByHand } from '../../coalition/source.js';
import {
  type Grouping,
  mayOverlap,
  overfull,
  type Tally,
  type TallyLine,
  totalOf,
} from '../../coalition/tally.js';
import type { Words } from '../../i18n/words.js';
import { barChart, type Chart, dayChart, tallyChart } from '../../reports/chart.js';
import { renderPng } from '../../reports/render.js';
import { idOf, type Reply } from '../command.js';
import { type Block, button, card, longestCard } from './card.js';
import { quoteBlock } from './comment.js';
import { nextEventLines, turnoutLines } from './event.js';
import { inWords, signButtons } from './petition.js';
import { progressLines, someOf } from './progress.js';
import { shownName, sourceLine } from './sources.js';

/** What a card takes from the place where it goes. */
interface Place {
  /** People may sign in the server. */
  signing: boolean;
  /** The comment that it quotes. */
  quote: Said | undefined;
  /** Marks the message as the channel's card of that day. */
  key?: string;
}

/** The longest part of a comment that a card quotes, in characters. */
const longestQuote = 300;

/** The card of the day. */
export async function dailyCard(
  petition: Petition,
  facts: TallyFacts,
  speech: readonly Words[],
  log: Logger,
  { signing, quote, key }: Place,
): Promise<Reply> {
  const blocks: Block[] = [];
  const headlines = speech.map((words) => headline(petition, facts, words));
  const quotation = quote ? quoteBlock(quote, longestQuote, speech) : '';
  const room = longestCard - lengthOf([...headlines, quotation]);
  for (const [index, words] of speech.entries()) {
    if (blocks.length > 0) blocks.push({ line: true });
    blocks.push(
      headlines[index] ?? '',
      await curvePicture(petition, facts, words, log),
      ...withinRoom(detailBlocks(facts, words), room / speech.length),
    );
  }
  if (quote) {
    if (speech.length > 1) blocks.push({ line: true });
    blocks.push(quotation);
  }
  const marks = key === undefined ? [petition.id] : [petition.id, key];
  blocks.push({
    buttons: [
      ...signButtons(petition, speech, signing),
      button(idOf('petition.mine', ...marks), inWords(speech, 'petition.myLink')),
      button(idOf('action.form', ...marks), inWords(speech, 'action.button')),
    ],
  });
  return card(blocks);
}

export const lengthOf = (texts: readonly string[]) => texts.reduce((sum, text) => sum + characters(text), 0);

/** The texts without the last lines of the longest, until they fit: a card too long would not go out at all. */
export function withinRoom(texts: readonly string[], most: number): string[] {
  const kept = [...texts];
  while (lengthOf(kept) > most) {
    const longest = kept.reduce((one, other) => (characters(other) > characters(one) ? other : one));
    kept[kept.indexOf(longest)] = longest.split('\n').slice(0, -1).join('\n');
  }
  return kept;
}

function headline(petition: Petition, facts: TallyFacts, words: Words): string {
  const [total = '', bar = ''] = progressLines(facts, petition.goal, words);
  const { since, milestone } = facts;
  return [
    `## ${asPlain(words.localized(petition.title))}`,
    total,
    bar,
    ...(since === undefined ? [] : [gainLine(since, facts.day, words)]),
    ...(milestone === undefined ? [] : [milestoneLine(milestone, facts.goal, words)]),
  ].join('\n');
}

/** «+12 since yesterday», «no change since Monday», «−3 since 4 July». */
function gainLine({ day, gain }: NonNullable<TallyFacts['since']>, today: string, words: Words): string {
  const since = sinceWords(day, today, words);
  if (gain === 0) return words.say('tally.noGain', { since });
  return words.say(gain > 0 ? 'tally.gain' : 'tally.loss', { change: words.change(gain), since });
}

/** When the last card was, as people say it. */
function sinceWords(day: string, today: string, words: Words): string {
  if (day >= today) return words.say('tally.sinceEarlier');
  if (day === addDays(today, -1)) return words.say('tally.sinceYesterday');
  if (day <= addDays(today, -7)) return words.say('tally.sinceDay', { day: { day } });
  return words.say('tally.sinceWeekday', { weekday: words.weekday(day) });
}

function milestoneLine(milestone: number, goal: number, words: Words): string {
  return milestone === goal
    ? words.say('tally.goalReached', { count: goal })
    : words.say('tally.milestone', { count: milestone });
}

function detailBlocks(facts: TallyFacts, words: Words): string[] {
  const { outreach, newOrganizations, events, deadline, since } = facts;
  const about = [];
  const counts = Object.entries(outreach);
  if (counts.length > 0) {
    const done = counts.map(([type, count]) => words.say(`actions.${type}` as 'actions.call', { count }));
    const key = since === undefined ? 'tally.outreachSoFar' : 'tally.outreachSince';
    const when = since === undefined ? '' : sinceWords(since.day, facts.day, words);
    about.push(words.say(key, { since: when, done: words.list(done) }));
  }
  if (facts.own) about.push(ownLine(facts.own, words));
  if (newOrganizations.length > 0) {
    const shown = newOrganizations.slice(0, 8).map((name) => shortly(words.localized(name)));
    const more = newOrganizations.length - shown.length;
    const names = more > 0 ? [...shown, words.say('nMore', { count: more })] : shown;
    about.push(words.say('tally.newOrganizations', { names: words.list(names) }));
  }
  const came = turnoutLines(facts.turnouts ?? [], words, mostTurnouts);
  const next = nextEventLines(events, words);
  if (deadline !== null) next.push(`- ${words.say('petition.deadline', { day: { day: deadline } })}`);
  return [
    about.join('\n'),
    came.length === 0 ? '' : [words.say('tally.turnouts'), ...came].join('\n'),
    next.length === 0 ? '' : [words.say('tally.next'), ...next].join('\n'),
    smallPrint(facts, words).join('\n'),
  ];
}

/** The server's own part in what the coalition did: «12 calls (+3) and 45 signatures on paper (+20)». */
function ownLine({ outreach, paper, gained }: NonNullable<TallyFacts['own']>, words: Words): string {
  const withGain = (said: string, gain = 0) => (gain === 0 ? said : `${said} (${words.change(gain)})`);
  const done = Object.entries(outreach).map(([type, count]) =>
    withGain(words.say(`actions.${type}` as 'actions.call', { count }), gained?.outreach[type]),
  );
  if (paper > 0) done.push(withGain(words.say('tally.onPaper', { count: paper }), gained?.paper));
  return done.length === 0
    ? words.say('tally.ownNothing')
    : words.say('tally.own', { done: words.list(done) });
}

/** What a reader should know of the figures: that someone may be counted twice, and how many may be for all we see. */
function smallPrint(
  { mayOverlap, likely = 0 }: { mayOverlap: boolean; likely?: number },
  words: Words,
): string[] {
  return [
    ...(mayOverlap ? [`-# ${words.say('tally.mayOverlap')}`] : []),
    ...(likely > 0 ? [`-# ${words.say('tally.likely', { count: likely })}`] : []),
  ];
}

/** So many of a day's events that people came to are on a card. */
const mostTurnouts = 4;

/** A name among others: the card has to hold all of them, in two languages. */
const shortly = (name: string) => asPlain(cutTo(name, 60));

/** The curve of a petition's total, drawn in a language. */
function curvePicture(
  petition: Petition,
  { curve, total }: Pick<TallyFacts, 'curve' | 'total'>,
  words: Words,
  log: Logger,
): Promise<Block> {
  const chart = tallyChart({
    days: curve,
    goal: petition.goal,
    language: words.language,
    title: words.localized(petition.title),
    milestones: milestonesUpTo(total, petition.goal).slice(-4),
  });
  return pictureOf(chart, words, log);
}

/** What `/signatures tally` shows. */
export interface GroupedTally {
  petition: Petition;
  tally: Tally;
  by: Grouping;
  lines: TallyLine[];
}

const mostLines = 15;

/** How much room the lines have on a card, and how many flags stand under them, in all its languages. */
const linesRoom = 1800;
const mostFlags = 4;

/** The tally by source, day, country or kind: the total, both parts, and lines that add up to it. */
export async function groupedCard(
  grouped: GroupedTally,
  speech: readonly Words[],
  log: Logger,
): Promise<Reply> {
  const blocks: Block[] = [];
  const flags = overfull(grouped.tally);
  const most = mostFlags / speech.length;
  for (const words of speech) {
    if (blocks.length > 0) blocks.push({ line: true });
    const [total = '', bar = ''] = progressLines(grouped.tally, grouped.petition.goal, words);
    blocks.push(
      `## ${asPlain(words.localized(grouped.petition.title))}\n${total}\n${bar}`,
      [
        `**${words.say(`tally.by.${grouped.by}`)}**`,
        ...groupedLines(grouped, words, linesRoom / speech.length),
      ].join('\n'),
      await groupedPicture(grouped, words, log),
      [
        ...smallPrint({ mayOverlap: mayOverlap(grouped.tally), likely: grouped.tally.likely }, words),
        ...flags
          .slice(0, most)
          .map(
            ({ source }) => `-# ${words.say('signatures.overfull', { source: shownName(source, words) })}`,
          ),
        ...(flags.length > most ? [`-# ${words.say('andMore', { count: flags.length - most })}`] : []),
      ].join('\n'),
    );
  }
  return card(blocks);
}

function groupedLines({ tally, by, lines }: GroupedTally, words: Words, room: number): string[] {
  if (lines.length === 0) return [words.say('tally.nothingYet')];
  // The latest days, but the largest of all else; what is folded is summed, so that the lines add up.
  const ordered = by === 'day' ? lines.toReversed() : lines;
  const candidates = ordered.slice(0, mostLines).map((line) => {
    if (by === 'source') {
      const figure = tally.sources.find(({ source }) => String(source.id) === line.key);
      if (figure) return sourceLine(figure, words);
    }
    if (by === 'kind')
      return `- ${words.say(`tally.kinds.${line.key as 'person'}`)}: ${words.number(totalOf(line))}`;
    const change = by === 'day' ? words.change(totalOf(line)) : words.number(totalOf(line));
    return `- ${lineName(by, line.key, words)}: **${change}** · ${someOf(line, words)}`;
  });
  let left = room;
  const fitting = candidates.filter((row) => {
    left -= characters(row) + 1;
    return left >= 0;
  });
  const folded = ordered.slice(fitting.length);
  const rows = by === 'day' ? fitting.toReversed() : fitting;
  if (folded.length === 0) return rows;
  const sum = folded.reduce((total, line) => total + totalOf(line), 0);
  const rest = words.say(by === 'day' ? 'tally.earlierDays' : 'tally.others', { count: folded.length, sum });
  return by === 'day' ? [`- ${rest}`, ...rows] : [...rows, `- ${rest}`];
}

function lineName(by: Grouping, key: string, words: Words): string {
  if (key === '') return words.say('tally.notStated');
  return by === 'country' ? words.country(key) : words.day(key);
}

function groupedPicture(grouped: GroupedTally, words: Words, log: Logger): Promise<Block> {
  const { petition, tally, by, lines } = grouped;
  const { total } = tally;
  if (lines.length === 0) return curvePicture(petition, { curve: [], total }, words, log);
  const [title, { language }] = [words.localized(petition.title), words];
  if (by === 'day') {
    const changes = lines.map((line) => ({ day: line.key, count: totalOf(line) }));
    return pictureOf(dayChart(changes, { title, language, total }), words, log);
  }
  const bars = lines.map((line) => ({ label: barLabel(grouped, line, words), value: totalOf(line) }));
  const named = `${title} · ${words.say(`tally.by.${by}`)}`;
  return pictureOf(barChart(bars, { title: named, language, total }), words, log);
}

function barLabel({ by, tally }: GroupedTally, { key }: TallyLine, words: Words): string {
  if (by === 'kind') return words.say(`tally.kinds.${key as 'person'}`);
  const source = by === 'source' && tally.sources.find((figure) => String(figure.source.id) === key)?.source;
  if (!source) return lineName(by, key, words);
  return source.name === addedByHand ? words.say('source.addedByHand') : source.name;
}

/** The drawn chart; nothing where it can't be drawn, as the card says all of it in words. */
async function pictureOf({ svg, alt }: Chart, words: Words, log: Logger): Promise<Block> {
  try {
    return { picture: { name: `tally-${words.language}.png`, png: await renderPng(svg), alt } };
  } catch (error) {
    log.error({ err: error }, 'chart not drawn');
    return '';
  }
}
