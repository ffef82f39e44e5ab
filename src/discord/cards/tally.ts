// The tally's cards: the one of the day, and the one by source, day, country or kind. In words always; charts are an extra.
import type { Logger } from 'pino';
import type { Petition } from '../../../db/petitions.js';
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
import { type Block, button, card } from './card.js';
import { inWords, signButtons } from './petition.js';
import { progressLines, someOf } from './progress.js';
import { shownName, sourceLine } from './sources.js';

/**
 * The card of the day.
 *
 * @param signing - people may sign in the server where it goes
 * @param key - where there is one, it marks the message as the channel's card of that day
 */
export async function dailyCard(
  petition: Petition,
  facts: TallyFacts,
  speech: readonly Words[],
  log: Logger,
  signing: boolean,
  key?: string,
): Promise<Reply> {
  const blocks: Block[] = [];
  for (const words of speech) {
    if (blocks.length > 0) blocks.push({ line: true });
    blocks.push(
      headline(petition, facts, words),
      await curvePicture(petition, facts, words, log),
      ...detailBlocks(facts, words),
    );
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
  if (newOrganizations.length > 0) {
    const shown = newOrganizations.slice(0, 8).map((name) => shortly(words.localized(name)));
    const more = newOrganizations.length - shown.length;
    const names = more > 0 ? [...shown, words.say('nMore', { count: more })] : shown;
    about.push(words.say('tally.newOrganizations', { names: words.list(names) }));
  }
  const next = events.map(({ name, place, day, startsAt }) => {
    const when = startsAt === null ? words.day(day) : `<t:${Math.floor(startsAt / 1000)}:F>`;
    return `- ${shortly(words.localized(name))} · ${shortly(place)} · ${when}`;
  });
  if (deadline !== null) next.push(`- ${words.say('petition.deadline', { day: { day: deadline } })}`);
  return [
    about.join('\n'),
    next.length === 0 ? '' : [words.say('tally.next'), ...next].join('\n'),
    smallPrint(facts, words).join('\n'),
  ];
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
