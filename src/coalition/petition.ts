// Petitions: finding the one that is meant, making and editing it, and what its state allows.
import type { Connection, Database } from '../../db/connect.js';
import {
  insertPetition,
  insertShare,
  type Petition,
  type PetitionState,
  petitionsOf,
  updatePetition,
} from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { serverOf, updateServer } from '../../db/servers.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { Value } from '../i18n/words.js';
import { dayIn } from './day.js';
import { Failure } from './failure.js';
import { asPlain, fold } from './plain-text.js';

/** What a person may do with a petition, which its state allows or not. */
export type Deed = 'share' | 'sign' | 'log' | 'count' | 'batch' | 'add' | 'comment';

const allowed: Record<PetitionState, readonly Deed[]> = {
  draft: ['log', 'count', 'batch', 'add'],
  open: ['share', 'sign', 'log', 'count', 'batch', 'add', 'comment'],
  paused: ['log', 'count', 'batch', 'add', 'comment'],
  closed: ['batch', 'comment'],
  delivered: [],
};

/** What makes a petition. */
export interface PetitionFacts {
  title: Localized;
  ask: Localized;
  link: string;
  goal: number;
  deadline: string | null;
  timezone: string;
  /** By which the page reads where a visitor came from; 'source' where it is left out. */
  linkParameter?: string;
}

/** A server's petitions that this reader may see: drafts are the organizers'. */
export function visiblePetitions(connection: Connection, serverId: string, drafts: boolean): Petition[] {
  return petitionsOf(connection, serverId).filter((petition) => drafts || petition.state !== 'draft');
}

/**
 * The petition that a command is about.
 *
 * @param named - a title in either language, a campaign's id or a number; the server's current one where it is left out
 * @param drafts - whether the person may see drafts
 * @throws {@link Failure} where there is none, none by that name, or more than one
 */
export function findPetition(
  connection: Connection,
  serverId: string,
  named: string | undefined,
  drafts: boolean,
): Petition {
  const visible = visiblePetitions(connection, serverId, drafts);
  if (named === undefined) {
    const { currentPetitionId } = serverOf(connection, serverId);
    const current = visible.find((petition) => petition.id === currentPetitionId);
    if (!current) throw new Failure(drafts ? 'noPetitionYet' : 'noOpenPetition');
    return current;
  }
  const wanted = fold(named);
  const found = visible.filter(
    ({ id, slug, title }) =>
      String(id) === wanted || slug === wanted || Object.values(title).some((text) => fold(text) === wanted),
  );
  if (found.length > 1) throw new Failure('manyPetitions', { named: asPlain(named) });
  if (!found[0]) throw new Failure('unknownPetition', { named: asPlain(named) });
  return found[0];
}

/** A petition's title for a sentence with Markdown, in whichever language it is said. */
export function plainTitle({ title }: Petition): Value {
  const texts = Object.entries(title).map(([language, text]) => [language, asPlain(text)]);
  return { localized: Object.fromEntries(texts) };
}

/** The petition's state lets this be done. */
export function allows({ state }: Petition, deed: Deed): boolean {
  return allowed[state].includes(deed);
}

/** @throws {@link Failure} where the petition's state does not allow this */
export function requireState(petition: Petition, deed: Deed): void {
  if (!allows(petition, deed)) {
    throw new Failure(`state.${petition.state}`, { title: plainTitle(petition) });
  }
}

/** @throws {@link Failure} in a server that is not the petition's host */
export function requireHost(petition: Petition, serverId: string): void {
  if (petition.serverId !== serverId) throw new Failure('hostOnly', { title: plainTitle(petition) });
}

/** The petition's day at a moment. */
export function today(petition: Petition, at: number): string {
  return dayIn(petition.timezone, at);
}

/** Makes a draft; it becomes the server's current petition where there is none. */
export function createPetition(connection: Connection, write: Write, facts: PetitionFacts): Petition {
  requireFuture(facts.deadline, facts.timezone, write.at);
  const petition = insertPetition(connection, {
    ...facts,
    serverId: write.serverId,
    state: 'draft',
    createdAt: write.at,
    createdBy: write.userId,
  });
  if (serverOf(connection, write.serverId).currentPetitionId === null) {
    updateServer(connection, write.serverId, { currentPetitionId: petition.id });
  }
  return petition;
}

/** Changes what is given and leaves the rest. */
export function editPetition(
  connection: Connection,
  write: Write,
  petition: Petition,
  changes: Partial<PetitionFacts>,
): Petition {
  requireHost(petition, write.serverId);
  if (petition.state === 'delivered') throw new Failure('state.delivered', { title: plainTitle(petition) });
  if (changes.deadline && changes.deadline !== petition.deadline) {
    requireFuture(changes.deadline, petition.timezone, write.at);
  }
  updatePetition(connection, petition.id, changes);
  return { ...petition, ...changes };
}

/** Makes a petition the one that the server's commands take when none is named. */
export function usePetition(database: Database, write: Write, petition: Petition): void {
  writeOnce(database, write, (connection, record) => {
    updateServer(connection, write.serverId, { currentPetitionId: petition.id });
    record({ petitionId: petition.id, deed: 'petition.use' });
  });
}

/** Records that the card was shared in a channel. */
export function sharePetition(database: Database, write: Write, petition: Petition, channelId: string): void {
  requireState(petition, 'share');
  writeOnce(database, write, (connection, record) => {
    const { at, serverId, userId } = write;
    insertShare(connection, { petitionId: petition.id, serverId, channelId, userId: userId ?? '', at });
    record({ petitionId: petition.id, deed: 'petition.share', detail: { channelId } });
  });
}

/** @throws {@link Failure} for a deadline that is past */
export function requireFuture(deadline: string | null, timezone: string, at: number): void {
  if (deadline !== null && deadline < dayIn(timezone, at))
    throw new Failure('pastDeadline', { day: { day: deadline } });
}
