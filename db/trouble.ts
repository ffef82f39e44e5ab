// What can be wrong with the database that is no mistake in the code, and what can be done about it.

/** SQLite's own codes for each. @see https://www.sqlite.org/rescode.html */
const codes = {
  // Another process writes, for longer than a statement waits.
  busy: /^SQLITE_(BUSY|LOCKED)/,
  // The second is for the memory that processes share, a file beside the database.
  full: /^SQLITE_(FULL|IOERR_SHMSIZE)/,
  readOnly: /^SQLITE_READONLY/,
  damaged: /^SQLITE_(CORRUPT|NOTADB)/,
  noPlace: /^SQLITE_CANTOPEN/,
  failing: /^SQLITE_IOERR/,
};

export type Trouble = keyof typeof codes;

const troubles = Object.keys(codes) as Trouble[];

/** The trouble that an error tells of; undefined where it is something else. */
export function troubleOf(error: unknown): Trouble | undefined {
  if (!(error instanceof Error)) return undefined;
  // By its code and not its class, which it loses on its way out of a thread.
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code.startsWith('SQLITE_'))
    return troubles.find((trouble) => codes[trouble].test(code));
  // Drizzle wraps some, and so does what brings them out of a thread.
  return troubleOf(error.cause);
}

type Unfit = Trouble | 'newer' | 'foreign';

const says: Record<Unfit, string> = {
  busy: 'is in use by another process: end that one, or wait until it is done, and start again',
  full: 'is on a disk that is full: make room there, and start again',
  readOnly: 'cannot be written: let the account that runs Minga write it and its folder (chown, chmod u+rw)',
  damaged: 'is no database, or a damaged one: put a copy in its place with npm run restore -- FILE',
  noPlace:
    'cannot be opened or made: it is to be a file in a folder where the account running Minga may write',
  failing: 'cannot be read or written: look after the disk that it is on',
  newer: 'is of a newer version of Minga than this one: update Minga, and start again',
  foreign: 'is the database of another program: name another file',
};

/** A database that cannot be worked with: its file, what is wrong with it, and what to do. */
export class UnfitDatabase extends Error {
  constructor(file: string, unfit: Unfit, cause?: unknown) {
    super(`${file} ${says[unfit]}`, { cause });
  }
}
