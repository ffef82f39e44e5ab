// Connecting a source: an organizer says where its figure is read, and from then on Minga asks by itself.
import type { Connection, Database } from '../../db/connect.js';
import { connectedCount, connectionOf, putConnection } from '../../db/connections.js';
import type { Petition } from '../../db/petitions.js';
import { type Source, sourceByUrl, updateSource } from '../../db/sources.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { Failure } from './failure.js';
import { requireHost, requireState } from './petition.js';
import { asPlain, cutTo } from './plain-text.js';
import { enterReading, interval } from './poll.js';
import type { Reading } from './reading.js';
import { findSource, sourceName, sourceNamed } from './source.js';
import { type Tally, tallyOf } from './tally.js';

/** How many sources of one petition are read by themselves. */
const mostConnections = 20;

/** A petition on another platform: its address, and how it is read. */
export interface Place {
  url: string;
  connector: string;
  settings: Record<string, unknown>;
}

/** @throws {@link Failure} where the source cannot be read from this place: asked before the platform is */
export function requireConnectable(
  connection: Connection,
  serverId: string,
  petition: Petition,
  name: string,
  { url }: Place,
): void {
  requireHost(petition, serverId);
  requireState(petition, 'count');
  const known = findSource(connection, petition.id, name);
  // Of another kind, it says so itself.
  if (known && known.kind !== 'platform') sourceNamed(connection, petition.id, name, 'platform', 0);
  const there = sourceByUrl(connection, petition.id, url);
  if (there && there.id !== known?.id) {
    throw new Failure('sourceTwice', { source: shown(there), url: asPlain(cutTo(url, 100)) });
  }
  const isNew = !known || connectionOf(connection, known.id) === undefined;
  if (isNew && connectedCount(connection, petition.id) >= mostConnections) {
    throw new Failure('tooManyConnections', { most: mostConnections });
  }
}

const shown = (source: Pick<Source, 'name'>) => {
  const name = sourceName(source);
  return typeof name === 'string' ? asPlain(name) : name;
};

/** Connects a source to the place that just gave a figure, which is entered; one that was connected changes. */
export function connectSource(
  database: Database,
  write: Write,
  petition: Petition,
  input: { source: string; place: Place; reading: Extract<Reading, { people: number }> },
): { source: Source; before: Tally; now: Tally } {
  const { place, reading } = input;
  return writeOnce(database, write, (connection, record) => {
    requireConnectable(connection, write.serverId, petition, input.source, place);
    const before = tallyOf(connection, petition.id);
    const { serverId, userId, at } = write;
    const source = sourceNamed(connection, petition.id, input.source, 'platform', at);
    const { url, connector, settings } = place;
    updateSource(connection, source.id, { url });
    const row = { sourceId: source.id, connector, settings, serverId, userId, at };
    putConnection(connection, { ...row, nextAt: at + interval });
    record({ petitionId: petition.id, deed: 'signatures.connect', detail: { source: source.id, connector } });
    enterReading(connection, { source, petition }, reading, at);
    return { source: { ...source, url }, before, now: tallyOf(connection, petition.id) };
  });
}
