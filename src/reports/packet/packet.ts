// Makes a packet in a thread of its own, and puts on record that names leave with it.
import type { Database } from '../../../db/connect.js';
import { insertPacket } from '../../../db/packets.js';
import type { Petition } from '../../../db/petitions.js';
import { type Write, writeOnce } from '../../../db/transaction.js';
import { requireHost } from '../../coalition/petition.js';
import { sendErrand } from '../../coalition/thread.js';
import type { Language } from '../../i18n/words.js';
import type { PacketFacts } from './facts.js';

export const packetFormats = ['pdf', 'csv', 'both'] as const;

export interface PacketRequest {
  /** Paths. */
  database: string;
  key: string;
  petitionId: number;
  language: Language | 'both';
  format: (typeof packetFormats)[number];
}

/** One file of a packet; `count` is its pages, or its rows. */
export interface PacketFile {
  format: 'pdf' | 'csv';
  content: Uint8Array;
  count: number;
  /** Of all its bytes, in hexadecimal digits. */
  sha256: string;
}

/** A whole packet, and what its reader is told beside it. */
export interface Packet extends Pick<PacketFacts, 'day' | 'stale'> {
  language: Language | 'both';
  files: PacketFile[];
  /** Languages of the packet that have no statement. */
  without: Language[];
  total: number;
  /** In the list. */
  named: number;
  /** Not in the list: counted, and that is all. */
  counted: number;
  /** Names in the list that their sources' own counts have no room for: named + counted − beyond = total. */
  beyond: number;
  likely: number;
  /** Names that the font could not print whole. */
  lost: number;
}

/** How much memory the thread's JavaScript may take, in MB. */
const most = 192;

/**
 * Makes it, from one moment of the database.
 *
 * @param progress - told how far it is, from 0 to 1
 * @throws {@link Failure} where the key does not open the names
 */
export function makePacket(request: PacketRequest, progress?: (share: number) => void): Promise<Packet> {
  return sendErrand({ file: './errand.js', from: import.meta.url, most }, request, progress);
}

/** Puts on record that names leave, before they do. */
export function recordPacket(database: Database, write: Write, petition: Petition, packet: Packet): void {
  requireHost(petition, write.serverId);
  writeOnce(database, write, (connection, record) => {
    const { serverId, userId, at } = write;
    const { language, total, named } = packet;
    for (const { format, sha256, content } of packet.files) {
      const size = content.byteLength;
      const row = { petitionId: petition.id, format, language, sha256, size, total, names: named };
      insertPacket(connection, { ...row, serverId, userId, at });
      record({
        petitionId: petition.id,
        deed: 'delivery.packet',
        detail: { format, language, sha256, size, names: named },
      });
    }
  });
}
