// What a packet says, read from one moment of the database.
import { sumActions } from '../../../db/actions.js';
import { publishedOrganizations } from '../../../db/coalition.js';
import type { Database } from '../../../db/connect.js';
import { eventsOf } from '../../../db/events.js';
import { latestFact } from '../../../db/packets.js';
import { serversOf } from '../../../db/partners.js';
import { type Petition, petitionById } from '../../../db/petitions.js';
import type { Localized } from '../../../db/schema.js';
import { type Language, type Statement, statementOf } from '../../../db/statements.js';
import { type Target, targetsOf } from '../../../db/targets.js';
import { inSnapshot } from '../../../db/transaction.js';
import { approvedComments, type Quote } from '../../coalition/comment.js';
import { dayIn } from '../../coalition/day.js';
import type { Seal } from '../../coalition/seal.js';
import { staleLanguage } from '../../coalition/statement.js';
import { curveOf, type Tally, type TallyLine, tallyLines, tallyOf } from '../../coalition/tally.js';
import { type Turnout, turnoutsOf } from '../../coalition/turnout.js';
import { type NameList, readNames } from './list.js';

export interface PacketFacts {
  petition: Petition;
  /** When the latest of all these was noted: epoch milliseconds, and the petition's day. */
  at: number;
  day: string;
  /** What the host is called: the organization it acts under, or its server; empty where neither is known. */
  host: Localized;
  /** Whom the petition is addressed to. */
  targets: Target[];
  statements: Statement[];
  /** The language whose statement has fallen behind the other's. */
  stale: Language | undefined;
  organizations: { name: Localized; country: string | null; url: string | null }[];
  tally: Tally;
  countries: TallyLine[];
  curve: { day: string; total: number }[];
  /** Signatures without a day. */
  undated: number;
  comments: Quote[];
  /** What was done so far, by type. */
  outreach: { key: string; count: number }[];
  events: { name: Localized; place: string; day: string; turnout: Turnout | undefined }[];
  list: NameList;
}

/** Reads all of it at once: what others write meanwhile is in none of it. */
export function readFacts(
  database: Database,
  seal: Seal,
  petitionId: number,
  languages: readonly Language[],
): PacketFacts {
  return inSnapshot(database, (connection) => {
    const petition = petitionById(connection, petitionId);
    if (!petition) throw new Error(`no petition ${petitionId}`);
    const at = latestFact(connection, petitionId);
    const tally = tallyOf(connection, petitionId);
    const turnouts = new Map(turnoutsOf(connection, petition).map((turnout) => [turnout.eventId, turnout]));
    const host = serversOf(connection, petitionId).find(({ role }) => role === 'host');
    const organization = host?.organization?.publishedAt ? host.organization : undefined;
    const days = tallyLines(connection, petitionId, 'day');
    const undated = days.filter(({ key }) => key === '');
    return {
      petition,
      at,
      day: dayIn(petition.timezone, at),
      host: organization?.name ?? (host?.name ? { en: host.name } : {}),
      targets: targetsOf(connection, petitionId).filter(
        ({ former, kind }) => !former && kind !== 'legislator',
      ),
      statements: languages.flatMap((language) => statementOf(connection, petitionId, language) ?? []),
      stale: staleLanguage(connection, petitionId),
      organizations: publishedOrganizations(connection, petitionId),
      tally,
      countries: tallyLines(connection, petitionId, 'country'),
      curve: curveOf(days.filter(({ key }) => key !== '')),
      undated: undated.reduce((sum, { people, organizations }) => sum + people + organizations, 0),
      comments: approvedComments(connection, seal, petition),
      outreach: sumActions(connection, { petitionId, state: 'counted' }, 'type'),
      events: eventsOf(connection, petitionId)
        .filter(({ cancelledAt }) => cancelledAt === null)
        .map(({ id, name, place, day }) => ({ name, place, day, turnout: turnouts.get(id) })),
      // Last, as until it ends the connection can do nothing else.
      list: readNames(database, seal, tally, petitionId, languages),
    };
  });
}
