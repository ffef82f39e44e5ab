// Stories instead of fixtures: a coalition on a real database, told a step at a time.
import { type Connection, type Database, openDatabase } from '../../db/connect.js';
import { type Petition, type PetitionState, updatePetition } from '../../db/petitions.js';
import type { SignatureKind } from '../../db/signatures.js';
import type { Write } from '../../db/transaction.js';
import { addBatch, addSignature, countPlatform, voidEntry } from '../../src/coalition/count.js';
import { Failure, type FailureKey } from '../../src/coalition/failure.js';
import { createPetition } from '../../src/coalition/petition.js';
import { sealWith } from '../../src/coalition/seal.js';
import { type Grouping, tallyLines, tallyOf } from '../../src/coalition/tally.js';

/** The server that hosts a petition, and another of the coalition. */
export const hostServer = '710000000000000001';
export const partnerServer = '720000000000000002';

/** Ana organizes; what is written without saying by whom is hers. */
export const ana = '730000000000000003';

/** A moment of the example's campaign: still 10 July in Lima and by UTC, 11 July in Kathmandu. */
export const storyBegins = Date.parse('2023-07-10T23:30:00Z');

/** An empty database with the real migrations, in memory. */
export function aDatabase(): Database {
  return openDatabase(':memory:');
}

let told = 0;

/**
 * A pen: each write is a second after the one before and has a key of its own, as interactions do.
 *
 * @param from - epoch milliseconds of the first write
 */
export function aPen(from = storyBegins): (more?: Partial<Write>) => Write & { userId: string } {
  let next = from;
  return ({ userId, at = next, ...more } = {}) => {
    next = at + 1000;
    told += 1;
    return { key: `interaction ${told}`, serverId: hostServer, ...more, userId: userId ?? ana, at };
  };
}

/** A petition as its host made it; open and counted in days of UTC unless the story says otherwise. */
export function aPetition(
  connection: Connection,
  { timezone = 'UTC', state = 'open' }: { timezone?: string; state?: PetitionState } = {},
): Petition {
  const write: Write = { userId: ana, serverId: hostServer, at: storyBegins };
  const petition = createPetition(connection, write, {
    title: { en: 'Bring them home', es: 'Que regresen' },
    ask: { en: 'Act for the withdrawal.', es: 'Actúen para que se retiren.' },
    link: 'https://example.org/peru',
    goal: 2000,
    deadline: null,
    timezone,
  });
  updatePetition(connection, petition.id, { state });
  return { ...petition, state };
}

/** What names are sealed with here. */
export const seal = sealWith(Buffer.alloc(32, 7));

/** A petition whose signatures are being counted, in short words; `given` says more of a write. */
export function aCount({ database = aDatabase(), timezone = 'UTC', state = 'open' as PetitionState } = {}) {
  const petition = aPetition(database, { timezone, state });
  const pen = aPen();
  type Given = Partial<Write> | undefined;
  type Platform = { organizations?: number | undefined; day?: string };
  type Name = { kind?: SignatureKind; name?: string; country?: string; source?: string };
  return {
    database,
    petition,
    pen,
    count: (source: string, people: number, more: Platform = {}, given: Given = {}) =>
      countPlatform(database, pen(given), petition, { source, people, ...more }),
    batch: (source: string, people: number, organizations = 0, given: Given = {}) =>
      addBatch(database, pen(given), petition, { source, people, organizations }),
    add: ({ kind = 'person', name = 'Rosa', country = 'PE', source }: Name = {}, given: Given = {}) =>
      addSignature(database, pen(given), petition, { kind, name, country, source }, seal),
    voided: (entry: string, reason = 'typed twice', given: Given = {}) =>
      voidEntry(database, pen(given), petition, entry, reason),
    /** People, organizations. */
    figures() {
      const { people, organizations } = tallyOf(database, petition.id);
      return [people, organizations];
    },
    sourceNames: () =>
      tallyOf(database, petition.id).sources.map(({ source }) => `${source.kind} ${source.name}`),
    /** The lines of each grouping that are not 0: key, people, organizations. */
    lines() {
      const linesBy = (by: Grouping) =>
        tallyLines(database, petition.id, by)
          .filter(({ people, organizations }) => people !== 0 || organizations !== 0)
          .map(({ key, people, organizations }) => [key, people, organizations]);
      return {
        source: linesBy('source'),
        day: linesBy('day'),
        country: linesBy('country'),
        kind: linesBy('kind'),
      };
    },
  };
}

/** Every row of every table, but for those that are left out by name: what a write may have changed. */
export function everyRow(database: Database, ...leftOut: string[]): Record<string, unknown[]> {
  const tables = database.$client
    .prepare<[], { name: string }>("select name from sqlite_schema where type = 'table' order by name")
    .all()
    .filter(({ name }) => !name.startsWith('sqlite_') && !leftOut.includes(name));
  return Object.fromEntries(
    tables.map(({ name }) => [name, database.$client.prepare(`select * from "${name}"`).all()]),
  );
}

/** The key of the failure that something ends in; undefined where it goes well. */
export function failureOf(work: () => unknown): FailureKey | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof Failure) return error.key;
    throw error;
  }
  return undefined;
}
