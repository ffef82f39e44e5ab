// Partner servers: joining a petition with a code, leaving it, and what a partner is told and has done.
import type { Connection, Database } from '../../db/connect.js';
import { insertNotice } from '../../db/notices.js';
import {
  type CoalitionServer,
  deletePartner,
  deleteSchedulesOf,
  insertPartner,
  outreachOf,
  paperOf,
  serversOf,
  useInvitation,
} from '../../db/partners.js';
import { type Petition, petitionById, petitionsOf } from '../../db/petitions.js';
import { serverOf, updateServer } from '../../db/servers.js';
import type { Statement } from '../../db/statements.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { Value } from '../i18n/words.js';
import { takeDraft } from './draft.js';
import { Failure } from './failure.js';
import { invitationOf } from './invitation.js';
import { isStanding, plainName } from './organization.js';
import { plainTitle, requireHost } from './petition.js';
import { asPlain, cleanLine, cutTo, fold } from './plain-text.js';

/** A server's own name for a sentence; its id while Discord has not told the name. */
export const serverName = ({ id, name }: Pick<CoalitionServer, 'id' | 'name'>): string =>
  asPlain(cutTo(cleanLine(name ?? '') || id, 100));

/** Under which name a server takes part: that of its organization where it may be shown, else its own. */
export function partnerName(server: CoalitionServer): Value {
  const { organization } = server;
  return organization && organization.publishedAt !== null
    ? plainName(organization.name)
    : serverName(server);
}

/** The partners of a petition, in the order in which they joined. */
export function partnersOf(connection: Connection, petitionId: number): CoalitionServer[] {
  return serversOf(connection, petitionId).filter(({ role }) => role === 'partner');
}

/** What joining did. */
export interface Joined {
  petition: Petition;
  name: Value;
  /** It is the server's current petition now, as there was none. */
  current: boolean;
}

/**
 * Makes the server a partner, with a code that nobody used before.
 *
 * @throws {@link Failure} for a code that is unknown, used or over, in the host itself, or where the server is in already
 */
export function joinCoalition(database: Database, write: Write, typed: string): Joined {
  return writeOnce(database, write, (connection, record) => {
    const { serverId, at } = write;
    const invitation = invitationOf(connection, typed);
    const petition = invitation && petitionById(connection, invitation.petitionId);
    if (!invitation || !petition) throw new Failure('invitationUnknown');
    const title = plainTitle(petition);
    const known = petitionsOf(connection, serverId);
    if (petition.serverId === serverId) throw new Failure('ownPetition', { title });
    if (known.some(({ id }) => id === petition.id)) throw new Failure('joinedAlready', { title });
    if (invitation.usedAt !== null) throw new Failure('invitationUsed');
    if (invitation.expiresAt <= at)
      throw new Failure('invitationEnded', { moment: { moment: invitation.expiresAt } });
    // In one transaction with the looking: of two servers with one code, the second finds it used.
    useInvitation(connection, invitation.id, serverId, at);
    const { organizationId } = invitation;
    insertPartner(connection, { petitionId: petition.id, serverId, organizationId, joinedAt: at });
    const { currentPetitionId } = serverOf(connection, serverId);
    const current = known.every(({ id }) => id !== currentPetitionId);
    if (current) updateServer(connection, serverId, { currentPetitionId: petition.id });
    const name = nameIn(connection, petition.id, serverId);
    record({ petitionId: petition.id, deed: 'coalition.join', detail: { invitation: invitation.id } });
    insertNotice(connection, {
      serverId: petition.serverId,
      key: 'notices.partnerJoined',
      values: { title, name },
      at,
    });
    return { petition, name, current };
  });
}

/** Under which name a server takes part in a petition. */
function nameIn(connection: Connection, petitionId: number, serverId: string): Value {
  const server = serversOf(connection, petitionId).find(({ id }) => id === serverId);
  return server ? partnerName(server) : serverId;
}

/** What the button that confirms leaving carries. */
export interface LeaveDraft {
  petitionId: number;
}

/** @throws {@link Failure} in the host, which can't leave its own petition */
export function requirePartner(petition: Petition, serverId: string): void {
  if (petition.serverId === serverId) throw new Failure('hostStays', { title: plainTitle(petition) });
}

/**
 * Takes the server out of a petition, once somebody confirmed it.
 *
 * @param key - of the {@link LeaveDraft}
 * @throws {@link Failure} where the draft is used up, or the server is out already
 */
export function leaveCoalition(database: Database, write: Write, key: string): Petition {
  return writeOnce(database, write, (connection, record) => {
    const { petitionId } = takeDraft<LeaveDraft>(connection, write, key);
    const petition = petitionById(connection, petitionId);
    if (!petition) throw new Failure('staleButton');
    takeOut(connection, write, petition, write.serverId, 'notices.partnerLeft');
    record({ petitionId, deed: 'coalition.leave' });
    return petition;
  });
}

/**
 * The host takes a partner out.
 *
 * @param named - its id, its own name, or the name it takes part under
 * @returns the name it took part under
 * @throws {@link Failure} elsewhere than in the host, or for no partner
 */
export function removePartner(database: Database, write: Write, petition: Petition, named: string): Value {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const server = findPartner(partnersOf(connection, petition.id), named);
    const name = partnerName(server);
    takeOut(connection, write, petition, server.id, 'notices.partnerRemoved');
    record({ petitionId: petition.id, deed: 'coalition.remove', detail: { server: server.id } });
    return name;
  });
}

function findPartner(partners: CoalitionServer[], named: string): CoalitionServer {
  const wanted = fold(named);
  const picked = partners.filter(({ id }) => id === wanted);
  const called = ({ name, organization }: CoalitionServer) => {
    const under = organization && isStanding(organization) ? Object.values(organization.name) : [];
    return [name ?? '', ...under].map(fold).includes(wanted);
  };
  const found = picked.length > 0 ? picked : partners.filter(called);
  const shown = { named: asPlain(cutTo(named, 60)) };
  if (found.length > 1) throw new Failure('manyNamed', shown);
  if (!found[0]) throw new Failure('partnerUnknown', shown);
  return found[0];
}

/** What it counted stays; its daily tallies end, and nothing of the petition shows in it any more. */
function takeOut(
  connection: Connection,
  { at }: Write,
  petition: Petition,
  serverId: string,
  hostKey: 'notices.partnerLeft' | 'notices.partnerRemoved',
): void {
  const values = { title: plainTitle(petition), name: nameIn(connection, petition.id, serverId) };
  if (!deletePartner(connection, petition.id, serverId)) throw new Failure('staleButton');
  deleteSchedulesOf(connection, petition.id, serverId);
  if (serverOf(connection, serverId).currentPetitionId === petition.id) {
    updateServer(connection, serverId, { currentPetitionId: null });
  }
  insertNotice(connection, { serverId: petition.serverId, key: hostKey, values, at });
  const key = hostKey === 'notices.partnerLeft' ? 'notices.weLeft' : 'notices.weWereRemoved';
  insertNotice(connection, { serverId, key, values, at });
}

/** Tells the partners that a statement has a new version. */
export function tellOfStatement(
  connection: Connection,
  petition: Petition,
  { language, version, at }: Pick<Statement, 'language' | 'version' | 'at'>,
): void {
  const values = {
    title: plainTitle(petition),
    language: { key: `languages.${language}` },
    version,
    code: language,
  };
  for (const { id } of partnersOf(connection, petition.id)) {
    insertNotice(connection, { serverId: id, key: 'notices.statementEdited', values, at });
  }
}

/** A server's part in what a coalition did. */
export interface OwnPart {
  /** How many of each type, so far. */
  outreach: Record<string, number>;
  /** Signatures on paper, so far. */
  paper: number;
}

/** A server's part by a moment; undefined where it is the only server. */
export function ownPart(
  connection: Connection,
  petitionId: number,
  serverId: string,
  until: number,
): OwnPart | undefined {
  if (partnersOf(connection, petitionId).length === 0) return undefined;
  const done = outreachOf(connection, { petitionId, serverId, until });
  return {
    outreach: Object.fromEntries(done.map(({ type, count }) => [type, count])),
    paper: paperOf(connection, petitionId, serverId),
  };
}
