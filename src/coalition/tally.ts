// The tally: the total, people and organizations apart, and each figure traceable to its source.
import type { Connection } from '../../db/connect.js';
import { latestPoll } from '../../db/connections.js';
import { isCounted, latestObservation, type Observation, type Source, sourcesOf } from '../../db/sources.js';
import { type Basis, type Summary, summariesOf } from '../../db/summaries.js';
import { type Problem, problems } from './reading.js';

/** People and organizations, never mixed up. */
export interface Figures {
  people: number;
  organizations: number;
}

/** One source's part of the total. */
export interface SourceFigure extends Figures {
  source: Source;
  /** 'count': what the source says; 'names': its names. */
  basis: Basis;
  /** Names that are known of those a counted source says it has. */
  names: Figures;
  /** Of its names, those that may be of someone who is counted already: to be reviewed, and counted until then. */
  likely: number;
  /** The day of a platform's latest figure. */
  asOf?: string;
  /** Asking it failed the last time: why, and when it gave the figure that stays, in epoch milliseconds. */
  failing?: { problem: Problem; since?: number };
}

export interface Tally extends Figures {
  total: number;
  /** Likely duplicates to be reviewed, in all sources. */
  likely: number;
  sources: SourceFigure[];
}

export const groupings = ['source', 'day', 'country', 'kind'] as const;
export type Grouping = (typeof groupings)[number];

/** A line of the tally; the lines of a grouping add up to the total. */
export interface TallyLine extends Figures {
  /** A source's id, a day, a country's code, or a kind; empty where it is not stated. */
  key: string;
}

export const totalOf = ({ people, organizations }: Figures): number => people + organizations;

const figureOf = (summaries: Summary[]): Figures => ({
  people: sum(summaries.filter(({ kind }) => kind === 'person')),
  organizations: sum(summaries.filter(({ kind }) => kind === 'organization')),
});

const sum = (summaries: Summary[]) => summaries.reduce((total, { count }) => total + count, 0);

/** The tally of a petition as it is now. */
export function tallyOf(connection: Connection, petitionId: number): Tally {
  const kept = summariesOf(connection, petitionId, 'all');
  const alike = summariesOf(connection, petitionId, 'likely');
  const sources = sourcesOf(connection, petitionId).map((source): SourceFigure => {
    const basis: Basis = isCounted(connection, source.id) ? 'count' : 'names';
    const summaries = kept.filter(({ sourceId }) => sourceId === source.id);
    const latest = latestObservation(connection, source.id);
    const failing = failingOf(connection, source.id, latest);
    return {
      source,
      basis,
      ...figureOf(summaries.filter((summary) => summary.basis === basis)),
      names: figureOf(summaries.filter((summary) => summary.basis === 'names')),
      likely: sum(alike.filter(({ sourceId }) => sourceId === source.id)),
      ...(latest && { asOf: latest.day }),
      ...(failing && { failing }),
    };
  });
  const people = sources.reduce((total, figure) => total + figure.people, 0);
  const organizations = sources.reduce((total, figure) => total + figure.organizations, 0);
  return { sources, people, organizations, total: people + organizations, likely: sum(alike) };
}

function failingOf(
  connection: Connection,
  sourceId: number,
  latest: Observation | undefined,
): SourceFigure['failing'] {
  const said = latestPoll(connection, sourceId)?.problem;
  const problem = problems.find((one) => one === said);
  // What a person typed in is as old as its day; what a platform said, as old as that moment.
  return problem && { problem, ...(latest?.userId === null && { since: latest.at }) };
}

/** The total as lines of one grouping: days in order, all else largest first, «not stated» last. */
export function tallyLines(connection: Connection, petitionId: number, by: Grouping): TallyLine[] {
  const { sources, people, organizations } = tallyOf(connection, petitionId);
  if (by === 'kind') {
    return [
      { key: 'person', people, organizations: 0 },
      { key: 'organization', people: 0, organizations },
    ];
  }
  if (by === 'source') {
    const lines = sources.map(({ source, ...figures }) => ({
      key: String(source.id),
      people: figures.people,
      organizations: figures.organizations,
    }));
    return lines.sort((a, b) => totalOf(b) - totalOf(a));
  }
  const basisOf = new Map(sources.map(({ source, basis }) => [source.id, basis]));
  const counting = summariesOf(connection, petitionId, by).filter(
    ({ sourceId, basis }) => basis === basisOf.get(sourceId),
  );
  const lines = new Map<string, TallyLine>();
  for (const { key, kind, count } of counting) {
    const line = lines.get(key) ?? { key, people: 0, organizations: 0 };
    line[kind === 'person' ? 'people' : 'organizations'] += count;
    lines.set(key, line);
  }
  const order = (a: TallyLine, b: TallyLine) =>
    by === 'day' ? a.key.localeCompare(b.key) : totalOf(b) - totalOf(a) || a.key.localeCompare(b.key);
  return [...lines.values()]
    .filter((line) => line.people !== 0 || line.organizations !== 0)
    .sort((a, b) => Number(a.key === '') - Number(b.key === '') || order(a, b));
}

/** The total at the end of each day, from the lines by day. */
export function curveOf(lines: TallyLine[]): { day: string; total: number }[] {
  let total = 0;
  return lines.map((line) => {
    total += totalOf(line);
    return { day: line.key, total };
  });
}

/** Sources that may hold the same person twice: more than one has signatures. */
export function mayOverlap({ sources }: Tally): boolean {
  return sources.filter((figure) => totalOf(figure) > 0).length > 1;
}

/** Counted sources with more names than their own count: something is wrong there. */
export function overfull({ sources }: Tally): SourceFigure[] {
  return sources.filter(
    ({ basis, people, organizations, names }) =>
      basis === 'count' && (names.people > people || names.organizations > organizations),
  );
}
