// Organizations that back a petition: proposed by members, approved by the host, named once their representative agrees.
import {
  insertOrganization,
  type Organization,
  organizationById,
  standingOrganizations,
  updateOrganization,
} from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { insertNotice } from '../../db/notices.js';
import type { Petition } from '../../db/petitions.js';
import type { Localized } from '../../db/schema.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { Value } from '../i18n/words.js';
import { Failure } from './failure.js';
import { noticeFor } from './member-notice.js';
import { plainTitle, requireHost } from './petition.js';
import { asPlain, cutTo, fold } from './plain-text.js';

/** How many proposals of one person may wait in a petition. */
const mostProposals = 5;

/** What is said of an organization when it is added. */
export interface OrganizationFacts {
  name: Localized;
  url: string | null;
  /** Alpha-2 code. */
  country: string | null;
  representativeId: string | null;
}

/** A person, as rules about organizations see them. */
export interface Viewer {
  userId: string;
  serverId: string;
  organizer: boolean;
}

/** The host's organizers decide on organizations, and see those that are not named yet. */
export function decidesOn(petition: Petition, { serverId, organizer }: Viewer): boolean {
  return organizer && petition.serverId === serverId;
}

/** An organization's name for a sentence with Markdown, in whichever language it is said. */
export function plainName(name: Localized): Value {
  const texts = Object.entries(name).map(([language, text]) => [language, asPlain(text)]);
  return { localized: Object.fromEntries(texts) };
}

/** What keeps an organization from being named. */
export type Waiting = 'approval' | 'agreement';

/** It did not withdraw. */
export const isStanding = ({ state }: Organization): boolean => state !== 'withdrawn';

/**
 * Why an organization is not named yet; undefined where it is, or withdrew. One whose representative had their data
 * erased before they agreed waits for the host's organizers again.
 */
export function waitingFor(organization: Organization): Waiting | undefined {
  const { state, publishedAt, representativeId } = organization;
  if (publishedAt !== null || !isStanding(organization)) return undefined;
  return state === 'proposed' || representativeId === null ? 'approval' : 'agreement';
}

/**
 * Adds an organization: approved at once where an organizer of the host does, proposed otherwise.
 *
 * @throws {@link Failure} where its name, in either language, is that of another, or too many of the person's wait
 */
export function addOrganization(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  facts: OrganizationFacts,
  organizer: boolean,
): Organization {
  return writeOnce(database, write, (connection, record) => {
    const { userId, serverId, at } = write;
    const standing = standingOrganizations(connection, petition.id);
    const names = Object.values(facts.name).map(fold);
    const taken = standing.some(({ name }) => Object.values(name).some((one) => names.includes(fold(one))));
    if (taken) throw new Failure('organizationTwice', { name: plainName(facts.name) });
    const approved = decidesOn(petition, { userId, serverId, organizer });
    const own = standing.filter((one) => one.state === 'proposed' && one.userId === userId);
    if (!approved && own.length >= mostProposals) {
      throw new Failure('tooManyProposals', { most: mostProposals });
    }
    const made = insertOrganization(connection, {
      petitionId: petition.id,
      ...facts,
      state: approved ? 'approved' : 'proposed',
      at,
      userId,
      serverId,
      publishedAt: approved && facts.representativeId === null ? at : null,
    });
    record({ petitionId: petition.id, deed: 'organization.add', detail: { organization: made.id } });
    const values = { title: plainTitle(petition), name: plainName(facts.name) };
    if (!approved) {
      insertNotice(connection, {
        serverId: petition.serverId,
        key: 'notices.organizationProposed',
        values,
        at,
      });
    }
    if (facts.representativeId !== null && facts.representativeId !== userId) {
      const told = { userId: facts.representativeId, serverId };
      noticeFor(connection, petition.id, told, at, 'coalition.asked', values);
    }
    return made;
  });
}

/**
 * An organizer of the host takes a proposed organization into the coalition.
 *
 * @throws {@link Failure} elsewhere than in the host, for an unknown one, or where it was approved before
 */
export function approveOrganization(
  database: Database,
  write: Write,
  petition: Petition,
  named: string,
): Organization {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const found = findOrganization(standingOrganizations(connection, petition.id), named);
    if (waitingFor(found) !== 'approval')
      throw new Failure('approvedAlready', { name: plainName(found.name) });
    const agreed = found.representativeId === null || found.agreedAt !== null;
    const changes = { state: 'approved', publishedAt: agreed ? write.at : null } as const;
    updateOrganization(connection, found.id, changes);
    record({ petitionId: petition.id, deed: 'organization.approve', detail: { organization: found.id } });
    return { ...found, ...changes };
  });
}

/**
 * The representative agrees that the organization is named.
 *
 * @throws {@link Failure} for one that they don't represent, that withdrew, or that agreed before
 */
export function agreeToName(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  id: number,
): Organization {
  return writeOnce(database, write, (connection, record) => {
    const found = organizationById(connection, id);
    if (found?.petitionId !== petition.id || found.representativeId !== write.userId)
      throw new Failure('staleButton');
    if (!isStanding(found)) throw new Failure('staleButton');
    if (found.agreedAt !== null) throw new Failure('doneAlready');
    const changes = { agreedAt: write.at, publishedAt: found.state === 'approved' ? write.at : null };
    updateOrganization(connection, id, changes);
    record({ petitionId: petition.id, deed: 'organization.agree', detail: { organization: id } });
    return { ...found, ...changes };
  });
}

/**
 * Takes an organization out of the coalition: from here on its name is shown nowhere.
 *
 * @throws {@link Failure} for who is neither an organizer of the host nor its representative, or for an unknown one
 */
export function withdrawOrganization(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  { named, reason, organizer }: { named: string; reason?: string | undefined; organizer: boolean },
): Organization {
  return writeOnce(database, write, (connection, record) => {
    const viewer = { userId: write.userId, serverId: write.serverId, organizer };
    const mine = withdrawable(connection, petition, viewer);
    if (mine.length === 0 && !decidesOn(petition, viewer)) {
      if (organizer) requireHost(petition, write.serverId);
      throw new Failure('rank.organizer');
    }
    const found = findOrganization(mine, named);
    updateOrganization(connection, found.id, { state: 'withdrawn', agreedAt: null, publishedAt: null });
    const detail = { organization: found.id, ...(reason === undefined ? {} : { reason }) };
    record({ petitionId: petition.id, deed: 'organization.withdraw', detail });
    if (found.representativeId === write.userId && !decidesOn(petition, viewer)) {
      insertNotice(connection, {
        serverId: petition.serverId,
        key: reason === undefined ? 'notices.organizationWithdrew' : 'notices.organizationWithdrewFor',
        values: {
          title: plainTitle(petition),
          name: plainName(found.name),
          ...(reason === undefined ? {} : { reason: asPlain(reason) }),
        },
        at: write.at,
      });
    }
    return { ...found, state: 'withdrawn', agreedAt: null, publishedAt: null };
  });
}

/** The organizations that a person may take out. */
export function withdrawable(connection: Connection, petition: Petition, viewer: Viewer): Organization[] {
  const standing = standingOrganizations(connection, petition.id);
  return decidesOn(petition, viewer)
    ? standing
    : standing.filter(({ representativeId }) => representativeId === viewer.userId);
}

/**
 * The one of these that is meant by an id or a name in either language.
 *
 * @throws {@link Failure} where it is none of them, or more than one
 */
export function findOrganization(among: Organization[], named: string): Organization {
  const wanted = fold(named);
  const picked = among.filter(({ id }) => String(id) === wanted);
  const found =
    picked.length > 0 ? picked : among.filter(({ name }) => Object.values(name).map(fold).includes(wanted));
  const shown = { named: asPlain(cutTo(named, 60)) };
  if (found.length > 1) throw new Failure('manyNamed', shown);
  if (!found[0]) throw new Failure('organizationUnknown', shown);
  return found[0];
}
