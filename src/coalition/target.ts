// Targets: finding the one that is meant, adding one, noting where it stands, and whom to contact next.
import type { Action } from '../../db/actions.js';
import type { Connection, Database } from '../../db/connect.js';
import type { Petition } from '../../db/petitions.js';
import {
  contactsOf,
  insertPosition,
  insertTarget,
  type Position,
  positionsOf,
  seatsOf,
  type Target,
  type TargetSeat,
  targetsOf,
} from '../../db/targets.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { committeeAsKnown } from './committee.js';
import { Failure } from './failure.js';
import { requireHost } from './petition.js';
import { phoneShown } from './phone.js';
import { asPlain, cutTo, fold } from './plain-text.js';

/** A target with all that is known of it but its offices. */
export interface Known {
  target: Target;
  /** The committees it sits on now. */
  seats: { seat: TargetSeat; committee: Target }[];
  /** Where it stands, as noted last. */
  position: Position | undefined;
  /** How often it was contacted, by type, the most first. */
  contacts: { type: Action['type']; count: number }[];
}

/** Everything known of a petition's targets, in the order they were added; former ones last. */
export function knownTargets(connection: Connection, petitionId: number): Known[] {
  const targets = targetsOf(connection, petitionId);
  const byId = new Map(targets.map((target) => [target.id, target]));
  const positions = positionsOf(connection, petitionId);
  const seats = seatsOf(connection, petitionId).filter(({ former }) => !former);
  const contacts = contactsOf(connection, petitionId);
  return targets.map((target) => ({
    target,
    seats: seats.flatMap((seat) => {
      const committee = byId.get(seat.committeeId);
      return committee && seat.memberId === target.id ? [{ seat, committee }] : [];
    }),
    position: positions.get(target.id),
    contacts: contacts.filter(({ targetId }) => targetId === target.id),
  }));
}

/** «Rosa Vidal (D, NY-5)»: a name that two people may have, with what tells them apart. */
export function toldApart(name: string, { party, district }: Target): string {
  const more = [party, district].filter((part) => part !== null).join(', ');
  return more === '' ? name : `${name} (${more})`;
}

/**
 * The target of this id, of this name in either language, or of the code that its data has for it.
 *
 * @throws {@link Failure} where there is none, or more than one
 */
export function findTarget(known: readonly Known[], named: string): Known {
  const wanted = fold(named);
  const picked = known.filter(({ target }) => String(target.id) === wanted);
  const found = picked.length > 0 ? picked : known.filter(({ target }) => callsOf(target).includes(wanted));
  if (found.length > 1) throw new Failure('manyNamed', { named: asPlain(cutTo(named, 60)) });
  if (!found[0]) throw new Failure('unknownTarget', { named: asPlain(cutTo(named, 60)) });
  return found[0];
}

/** By what a target may be called, folded. */
export function callsOf(target: Target): string[] {
  const names = Object.values(target.name);
  const calls = [...names, ...names.map((name) => toldApart(name, target)), target.externalId ?? ''];
  return calls.map(fold).filter((call) => call !== '');
}

/** The lowest rank that a target has on any committee: a chair has 1, and so has a ranking member. */
const rankOf = ({ seats }: Known) =>
  Math.min(Number.POSITIVE_INFINITY, ...seats.map(({ seat }) => seat.rank));

/** Committees first, then others, then members by rank: as a list of targets is read. */
export function bySeniority(one: Known, other: Known): number {
  const kinds = ['committee', 'other', 'legislator'];
  const [a, b] = [kinds.indexOf(one.target.kind), kinds.indexOf(other.target.kind)];
  return a - b || compared(rankOf(one), rankOf(other)) || one.target.id - other.target.id;
}

/** How two ranks compare; no rank comes after every rank, and two of these are equal. */
const compared = (a: number, b: number) => (a === b ? 0 : a - b);

/** How often a target was contacted. */
export const timesContacted = ({ contacts }: Known) => contacts.reduce((sum, { count }) => sum + count, 0);

/**
 * Whom to contact next: who was contacted least, among them the most senior. A committee itself is chosen only where
 * nobody else can be.
 *
 * @throws {@link Failure} where there is no target in office
 */
export function leastContacted(known: readonly Known[]): Known {
  const reachable = known.filter(({ target }) => !target.former);
  const people = reachable.filter(({ target }) => target.kind !== 'committee');
  const [next] = (people.length > 0 ? people : reachable).toSorted(
    (one, other) => timesContacted(one) - timesContacted(other) || bySeniority(one, other),
  );
  if (!next) throw new Failure('noTargets');
  return next;
}

export interface TargetInput {
  name: string;
  nameEs?: string | undefined;
  committee?: string | undefined;
  phone?: string | undefined;
  url?: string | undefined;
}

/** Adds a target by hand. @throws {@link Failure} for a name that one has already, and outside the host server */
export function addTarget(database: Database, write: Write, petition: Petition, input: TargetInput): Target {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const { name, nameEs, committee, phone, url } = input;
    const known = knownTargets(connection, petition.id);
    const names = [name, nameEs ?? name].map(fold);
    const there = known.find(({ target }) => names.some((one) => callsOf(target).includes(one)));
    if (there) throw new Failure('targetThere', { name: asPlain(cutTo(name, 60)) });
    const target = insertTarget(connection, {
      petitionId: petition.id,
      name: { en: name, ...(nameEs !== undefined && { es: nameEs }) },
      committee: committee === undefined ? null : committeeAsKnown(known, committee),
      phone: phone === undefined ? null : phoneShown(phone),
      url: url ?? null,
    });
    record({ petitionId: petition.id, deed: 'target.add', detail: { target: target.id } });
    return target;
  });
}

/** Notes where a target stands; what was noted before stays on record. Organizers of partner servers may too. */
export function notePosition(
  database: Database,
  write: Write & { userId: string },
  petition: Petition,
  { target: named, value, note }: { target: string; value: Position['value']; note?: string | undefined },
): Target {
  return writeOnce(database, write, (connection, record) => {
    const { target } = findTarget(knownTargets(connection, petition.id), named);
    const { userId, serverId, at } = write;
    insertPosition(connection, { targetId: target.id, value, note: note ?? null, userId, serverId, at });
    record({ petitionId: petition.id, deed: 'target.position', detail: { target: target.id, value } });
    return target;
  });
}
