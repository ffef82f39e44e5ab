// Sources: where signatures come from. The first command that names one makes it, and its kind never changes.
import type { Connection } from '../../db/connect.js';
import { connectionOf } from '../../db/connections.js';
import {
  insertSource,
  type Source,
  type SourceKind,
  sourceByName,
  sourceByUrl,
  updateSource,
} from '../../db/sources.js';
import type { Value } from '../i18n/words.js';
import { Failure } from './failure.js';
import { asPlain, cleanLine, cutTo, fold } from './plain-text.js';

/** The source that names typed in without one go to; shown in the reader's language. */
export const addedByHand = 'Added by hand';

/** A source's name as a value for a sentence. */
export function sourceName({ name }: Pick<Source, 'name'>): Value {
  return name === addedByHand ? { key: 'source.addedByHand' } : name;
}

/** What people may type for it, in either language, besides its name. */
const addedByHandNames = new Set(['added by hand', 'anadidas a mano'].map(fold));

/** The source of this name in the petition, if there is one. */
export function findSource(connection: Connection, petitionId: number, name: string): Source | undefined {
  const folded = fold(name);
  return sourceByName(connection, petitionId, addedByHandNames.has(folded) ? fold(addedByHand) : folded);
}

/**
 * The source of this name; made as `kind` where it is new.
 *
 * @throws {@link Failure} where it exists and is of another kind
 */
export function sourceNamed(
  connection: Connection,
  petitionId: number,
  name: string,
  kind: SourceKind,
  at: number,
): Source {
  const found = findSource(connection, petitionId, name);
  const its = found?.kind ?? (addedByHandNames.has(fold(name)) ? 'hand' : kind);
  if (its !== kind) {
    const shown = sourceName(found ?? { name });
    throw new Failure(`otherKind.${its}`, { source: typeof shown === 'string' ? asPlain(shown) : shown });
  }
  if (found) return found;
  const clean = its === 'hand' && addedByHandNames.has(fold(name)) ? addedByHand : cleanLine(name);
  return insertSource(connection, { petitionId, name: clean, foldedName: fold(clean), kind, at });
}

/**
 * The source of what is signed in a server, made by its first signature.
 *
 * @param server - by its id it is found again, whatever the server is called by then
 */
export function sourceOfServer(
  connection: Connection,
  petitionId: number,
  server: { id: string; name: string },
  at: number,
): Source {
  const url = `https://discord.com/channels/${server.id}`;
  const found = sourceByUrl(connection, petitionId, url);
  if (found) return found;
  const called = cutTo(cleanLine(server.name), 60) || 'Discord';
  const name = freeName(connection, petitionId, called);
  return insertSource(connection, { petitionId, name, foldedName: fold(name), kind: 'discord', url, at });
}

/** The name itself, or what tells it from the sources that have it already. */
function freeName(connection: Connection, petitionId: number, name: string): string {
  const isFree = (one: string) =>
    !addedByHandNames.has(fold(one)) && findSource(connection, petitionId, one) === undefined;
  if (isFree(name)) return name;
  for (let number = 1; ; number += 1) {
    const other = `${name} (Discord${number === 1 ? '' : ` ${number}`})`;
    if (isFree(other)) return other;
  }
}

/**
 * A campaign folder's source: found by its name or by its address, and named and addressed as the folder says; one that
 * is connected keeps its address where the folder says none.
 *
 * @throws {@link Failure} where another source has that address, or it is of another kind
 */
export function putSource(
  connection: Connection,
  petitionId: number,
  says: { name: string; kind: SourceKind; url?: string },
  at: number,
): void {
  const { name, kind, url = null } = says;
  const there = url === null ? undefined : sourceByUrl(connection, petitionId, url);
  const known = findSource(connection, petitionId, name);
  if (there && (there.kind !== kind || (known && known.id !== there.id))) {
    throw new Failure('sourceTwice', { source: sourceName(there), url: url ?? '' });
  }
  if (there) updateSource(connection, there.id, { name, foldedName: fold(name) });
  const source = sourceNamed(connection, petitionId, name, kind, at);
  // What a source is read from by itself is not for a folder that says nothing of it to take away.
  if (url === null && connectionOf(connection, source.id)) return;
  updateSource(connection, source.id, { url });
}
