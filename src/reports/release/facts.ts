// What a press release may say: what is recorded, read at one moment, and nothing else.
import { publishedOrganizations } from '../../../db/coalition.js';
import type { Connection } from '../../../db/connect.js';
import { deliveriesOf } from '../../../db/deliveries.js';
import { eventsOf } from '../../../db/events.js';
import { type Petition, petitionById } from '../../../db/petitions.js';
import { filledIn } from '../../../db/releases.js';
import type { Localized } from '../../../db/schema.js';
import { statementOf } from '../../../db/statements.js';
import { targetsOf } from '../../../db/targets.js';
import { inSnapshot } from '../../../db/transaction.js';
import { isHandedOver } from '../../coalition/delivery.js';
import { allows, today } from '../../coalition/petition.js';
import type { ReleaseFact } from '../../coalition/release.js';
import { type Figures, mayOverlap, tallyOf } from '../../coalition/tally.js';
import { turnoutsOf } from '../../coalition/turnout.js';

/** What was or will be handed to whom, on one day at one place. */
export interface Handing {
  done: boolean;
  day: string;
  place: string | null;
  targets: Localized[];
}

export interface Gathering {
  name: Localized;
  place: string;
  day: string;
  turnout: { low: number; high: number; method: string | null } | undefined;
}

export interface Facts {
  title: Localized;
  ask: Localized;
  link: string;
  /** People may still sign. */
  open: boolean;
  figures: Figures;
  /** Some may be counted twice. */
  overlap: boolean;
  /** The day of the figures, and of the release. */
  day: string;
  /** Those that took place first. */
  handings: Handing[];
  /** On the days on which it was or will be handed over. */
  gatherings: Gathering[];
  statement: Localized;
  /** Those that may be named. */
  organizations: { name: Localized; url: string | null }[];
  filled: Partial<Record<ReleaseFact, Localized>>;
}

/** @param at - epoch milliseconds: its day is that of the release */
export function factsOf(database: Connection, { id }: Petition, at: number): Facts {
  return inSnapshot(database, (connection) => {
    const petition = petitionById(connection, id);
    if (!petition) throw new Error(`no petition ${id}`);
    const { title, ask, link } = petition;
    const tally = tallyOf(connection, id);
    const handings = handingsOf(
      targetsOf(connection, id),
      deliveriesOf(connection, id).map((delivery) => ({
        ...delivery,
        done: isHandedOver(delivery, petition),
      })),
    );
    const days = new Set(handings.map(({ day }) => day));
    const turnouts = new Map(turnoutsOf(connection, petition).map((turnout) => [turnout.eventId, turnout]));
    return {
      title,
      ask,
      link,
      open: allows(petition, 'sign'),
      figures: { people: tally.people, organizations: tally.organizations },
      overlap: mayOverlap(tally),
      day: today(petition, at),
      handings,
      gatherings: eventsOf(connection, id)
        .filter(({ day, cancelledAt }) => cancelledAt === null && days.has(day))
        .map(({ id: event, name, place, day }) => ({ name, place, day, turnout: turnouts.get(event) })),
      statement: Object.fromEntries(
        (['en', 'es'] as const).flatMap((language) => {
          const statement = statementOf(connection, id, language);
          return statement ? [[language, statement.text]] : [];
        }),
      ),
      organizations: publishedOrganizations(connection, id).map(({ name, url }) => ({ name, url })),
      filled: filledIn(connection, id),
    };
  });
}

/** What belongs to one day and one place, together. */
function handingsOf(
  targets: { id: number; name: Localized }[],
  deliveries: { targetId: number; day: string; place: string | null; done: boolean }[],
): Handing[] {
  const together = new Map<string, Handing>();
  for (const { targetId, day, place, done } of deliveries) {
    const key = JSON.stringify([done, day, place]);
    const handing = together.get(key) ?? { done, day, place, targets: [] };
    handing.targets.push(targets.find(({ id }) => id === targetId)?.name ?? {});
    together.set(key, handing);
  }
  return [...together.values()].toSorted((a, b) => Number(b.done) - Number(a.done));
}
