// Invitations: codes that let one more server join a petition, once and until they end.
import { createHash, randomInt } from 'node:crypto';
import { standingOrganizations } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { type Invitation, insertInvitation, invitationByDigest } from '../../db/partners.js';
import type { Petition } from '../../db/petitions.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { findOrganization } from './organization.js';
import { requireHost } from './petition.js';

/** How long a code lets a server in, in milliseconds. */
export const invitationLasts = 14 * 24 * 3_600_000;

/** Crockford's 32 symbols: no I, L, O or U, which are read as something else. */
const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 12;

/** What people read in place of a symbol. */
const lookalikes: Record<string, string> = { I: '1', L: '1', O: '0', U: 'V' };

const prefix = 'MINGA';

/** A code of 60 random bits: 'MINGA-7Q4K-XW2D-9RTM'. */
export function randomInvitation(): string {
  const drawn = Array.from({ length }, () => symbols[randomInt(symbols.length)]).join('');
  return [prefix, ...(drawn.match(/.{4}/g) ?? [])].join('-');
}

/**
 * The symbols of a code as somebody typed it: in small letters, with spaces, with lookalikes, with or without its prefix.
 *
 * @returns undefined where that is no code
 */
export function codeTyped(typed: string): string | undefined {
  const bare = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  const read = (text: string) => text.replace(/[ILOU]/g, (letter) => lookalikes[letter] ?? letter);
  const all = read(bare);
  if (all.length === length) return all;
  const start = read(prefix);
  return all.length === start.length + length && all.startsWith(start) ? all.slice(start.length) : undefined;
}

const digestOf = (code: string) => createHash('sha256').update(code).digest('hex');

/** The invitation of a code, used or not; undefined where there is none. */
export function invitationOf(connection: Connection, typed: string): Invitation | undefined {
  const code = codeTyped(typed);
  return code === undefined ? undefined : invitationByDigest(connection, digestOf(code));
}

/**
 * Makes a code for one server; the code itself is kept nowhere.
 *
 * @param named - the organization under which that server will act
 * @throws {@link Failure} elsewhere than in the host, or for no organization of the coalition
 */
export function invite(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  named: string | undefined,
): { code: string; invitation: Invitation } {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const organization =
      named === undefined ? undefined : findOrganization(invitable(connection, petition.id), named);
    const code = randomInvitation();
    const invitation = insertInvitation(connection, {
      petitionId: petition.id,
      digest: digestOf(codeTyped(code) ?? code),
      organizationId: organization?.id ?? null,
      userId: write.userId,
      at: write.at,
      expiresAt: write.at + invitationLasts,
    });
    record({ petitionId: petition.id, deed: 'coalition.invite', detail: { invitation: invitation.id } });
    return { code, invitation };
  });
}

/** The organizations that a server can be invited under: approved, named already or not. */
export function invitable(connection: Connection, petitionId: number) {
  return standingOrganizations(connection, petitionId).filter(({ state }) => state === 'approved');
}
