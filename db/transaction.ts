// What people write goes through here: one transaction, once per interaction, with its audit row.
import type { Connection, Database } from './connect.js';
import { audit, interactions } from './schema.js';

/** Who writes, where and when; the key makes a replay of the same interaction change nothing. */
export interface Write {
  /** The interaction's id; undefined for what Minga or the command line does by itself. */
  key?: string | undefined;
  /** The person; null for Minga itself and the command line. */
  userId: string | null;
  serverId: string;
  /** Epoch milliseconds. */
  at: number;
}

/** What the audit keeps of a write. */
export interface Deed {
  petitionId?: number | null;
  /** noun.verb */
  deed: string;
  detail?: Record<string, unknown>;
}

/** Thrown when this interaction has already written: there is nothing to do and nobody to answer. */
export class AlreadyWritten extends Error {}

/** A callback of a transaction; a promise is refused, as SQLite would commit before it settles. */
type Synchronous<T> = T extends PromiseLike<unknown> ? never : T;

/** Runs `work` in one transaction that takes the write lock at its start; what it throws undoes all of it. */
export function inTransaction<T>(database: Database, work: (connection: Connection) => Synchronous<T>): T {
  return database.transaction((connection) => work(connection), { behavior: 'immediate' });
}

/** Reads of one moment: what a thread beside writes between two of the reads is in neither. */
export function inSnapshot<T>(connection: Connection, work: (connection: Connection) => Synchronous<T>): T {
  return connection.transaction((snapshot) => work(snapshot));
}

/**
 * Writes once for an interaction, in one transaction.
 *
 * @param work - reads and writes through the connection it is given; `record` adds the audit row
 * @throws {@link AlreadyWritten} where this interaction has written before
 */
export function writeOnce<T>(
  database: Database,
  write: Write,
  work: (connection: Connection, record: (deed: Deed) => void) => Synchronous<T>,
): T {
  return inTransaction<T>(database, (connection) => {
    if (write.key !== undefined) {
      const first = connection
        .insert(interactions)
        .values({ id: write.key, at: write.at })
        .onConflictDoNothing()
        .run();
      if (first.changes === 0) throw new AlreadyWritten();
    }
    return work(connection, (deed) => recordDeed(connection, write, deed));
  });
}

/** Adds a row to the audit. */
function recordDeed(
  connection: Connection,
  write: Write,
  { petitionId = null, deed, detail = {} }: Deed,
): void {
  const { at, userId, serverId } = write;
  connection.insert(audit).values({ at, userId, serverId, petitionId, deed, detail }).run();
}
