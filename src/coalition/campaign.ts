// Puts a campaign folder into the database; a second load applies only what changed in the folder since the last.
import { createHash } from 'node:crypto';
import { idBySlug, insertOrganization, updateOrganization } from '../../db/coalition.js';
import type { Connection, Database } from '../../db/connect.js';
import { insertEvent, updateEvent } from '../../db/events.js';
import {
  forgetFact,
  loadedFacts,
  type Petition,
  petitionBySlug,
  rememberFact,
  updatePetition,
} from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { insertStatement, statementOf } from '../../db/statements.js';
import { insertTarget, updateTarget } from '../../db/targets.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import type { CampaignFolder } from './campaign-folder.js';
import { dayIn, parseDay, startOfDay } from './day.js';
import { nextDue } from './due.js';
import { tellOfStatement } from './partner.js';
import { createPetition } from './petition.js';
import { putSource } from './source.js';
import { matchVersions } from './statement.js';

/** What a load did. */
export interface CampaignLoad {
  petition: Petition;
  created: boolean;
  /** The facts that were applied: 'goal', 'title.es', 'organization.codepink'. */
  applied: string[];
}

/** A fact of the folder: its place, what it says, and how it gets into the database. */
interface Fact {
  fact: string;
  says: unknown;
  apply(): void;
}

/**
 * Creates or updates a server's petition from a folder.
 *
 * @remarks The first load opens the petition and makes it the server's current one. Later ones never touch state
 * or counts, and leave alone what the folder says as before, so that what was edited in Discord stays.
 */
export function loadCampaign(database: Database, write: Write, folder: CampaignFolder): CampaignLoad {
  return writeOnce(database, write, (connection, record) => {
    const found = petitionBySlug(connection, write.serverId, folder.id);
    const petition = found ?? openPetition(connection, write, folder);
    const known = loadedFacts(connection, petition.id);
    const applied: string[] = [];
    const facts = factsOf(connection, write, petition, folder);
    for (const fact of known.keys()) {
      if (!facts.some((said) => said.fact === fact)) forgetFact(connection, petition.id, fact);
    }
    for (const { fact, says, apply } of facts) {
      const digest = createHash('sha256').update(JSON.stringify(says)).digest('hex');
      if (known.get(fact) === digest) continue;
      apply();
      rememberFact(connection, { petitionId: petition.id, fact, digest });
      applied.push(fact);
    }
    // Two texts of one load are taken to say the same; one that changed alone leaves the other behind.
    if (applied.includes('statement.en') && applied.includes('statement.es')) {
      matchLatest(connection, write, petition);
    }
    if (applied.length > 0) record({ petitionId: petition.id, deed: 'campaign.load', detail: { applied } });
    return { petition, created: !found, applied };
  });
}

function openPetition(connection: Connection, write: Write, folder: CampaignFolder): Petition {
  const { title, ask, link, goal, timezone } = folder;
  // The deadline comes with the facts: a campaign of the past may be loaded to look at it.
  const petition = createPetition(connection, write, { title, ask, link, goal, deadline: null, timezone });
  updatePetition(connection, petition.id, { slug: folder.id, state: 'open' });
  updateServer(connection, write.serverId, { currentPetitionId: petition.id });
  return { ...petition, slug: folder.id, state: 'open' };
}

function factsOf(connection: Connection, write: Write, petition: Petition, folder: CampaignFolder): Fact[] {
  const { link, linkParameter, goal, deadline = null, timezone } = folder;
  const set = (fact: string, says: unknown, changes: Partial<Petition>): Fact => ({
    fact,
    says,
    apply: () => updatePetition(connection, petition.id, changes),
  });
  return [
    ...languageFacts(connection, petition, folder),
    set('link', link, { link }),
    ...(linkParameter === undefined ? [] : [set('linkParameter', linkParameter, { linkParameter })]),
    set('goal', goal, { goal }),
    set('deadline', deadline, { deadline }),
    set('timezone', timezone, { timezone }),
    ...rowFacts(connection, write, petition, folder),
    ...statementFacts(connection, write, petition, folder),
  ];
}

/** Title and ask, each language by itself: an edit of one in Discord outlives a new text of the other. */
function languageFacts(connection: Connection, petition: Petition, folder: CampaignFolder): Fact[] {
  const texts = { title: { ...petition.title }, ask: { ...petition.ask } };
  return (['title', 'ask'] as const).flatMap((name) =>
    Object.entries(folder[name]).map(([language, text]) => ({
      fact: `${name}.${language}`,
      says: text,
      apply: () => {
        texts[name] = { ...texts[name], [language]: text };
        updatePetition(connection, petition.id, { [name]: texts[name] });
      },
    })),
  );
}

/** Organizations, targets, events and sources. */
function rowFacts(connection: Connection, { at }: Write, petition: Petition, folder: CampaignFolder): Fact[] {
  const petitionId = petition.id;
  const organizations = folder.organizations.map((says) => {
    const row = { name: says.name, url: says.url ?? null, country: says.country ?? null };
    return put('organization', says, (id) =>
      id === undefined
        ? insertOrganization(connection, {
            petitionId,
            slug: says.id,
            state: 'approved',
            at,
            publishedAt: at,
            ...row,
          })
        : updateOrganization(connection, id, row),
    );
  });
  const targets = folder.targets.map((says) => {
    const { name, committee = null, phone = null, url = null } = says;
    const row = { name, committee, phone, url };
    return put('target', says, (id) =>
      id === undefined
        ? insertTarget(connection, { petitionId, slug: says.id, ...row })
        : updateTarget(connection, id, row),
    );
  });
  const events = folder.events.map((says) => {
    const { name, place, description = null } = says;
    const row = { name, place, description, ...timesOf(says, folder.timezone) };
    return put('event', { ...says, timezone: folder.timezone }, (id) =>
      id === undefined
        ? insertEvent(connection, { petitionId, slug: says.id, ...row })
        : updateEvent(connection, id, row),
    );
  });
  const sources = folder.sources.map((says) => ({
    fact: `source.${says.name}`,
    says,
    apply: () => putSource(connection, petitionId, says, at),
  }));
  return [...organizations, ...targets, ...events, ...sources];

  function put(
    kind: 'organization' | 'target' | 'event',
    says: { id: string; timezone?: string },
    save: (id?: number) => void,
  ): Fact {
    return {
      fact: `${kind}.${says.id}`,
      says,
      apply: () => save(idBySlug(connection, kind, petitionId, says.id)),
    };
  }
}

/** The day of an event, and its moments where its hours are known. */
function timesOf(event: CampaignFolder['events'][number], timezone: string) {
  if ('date' in event) return { day: event.date, startsAt: null, endsAt: null };
  const startsAt = momentOf(event.start, timezone);
  return { day: dayIn(timezone, startsAt), startsAt, endsAt: momentOf(event.end, timezone) };
}

/** The moment of a local 'YYYY-MM-DDTHH:MM', epoch milliseconds. */
function momentOf(local: string, timezone: string): number {
  const [day = '', time = ''] = local.split('T');
  return nextDue({ time, timezone }, startOfDay(parseDay(day) ?? day, timezone) - 1).dueAt;
}

function statementFacts(
  connection: Connection,
  write: Write,
  petition: Petition,
  folder: CampaignFolder,
): Fact[] {
  return (['en', 'es'] as const).flatMap((language) => {
    const text = folder.statements[language];
    if (text === undefined) return [];
    const apply = () => {
      const before = statementOf(connection, petition.id, language);
      if (before?.text === text) return;
      const now = insertStatement(connection, {
        petitionId: petition.id,
        language,
        version: (before?.version ?? 0) + 1,
        text,
        authorId: write.userId,
        at: write.at,
      });
      tellOfStatement(connection, petition, now);
    };
    return [{ fact: `statement.${language}`, says: text, apply }];
  });
}

/** A folder's two texts are taken to say the same. */
function matchLatest(connection: Connection, write: Write, petition: Petition): void {
  const en = statementOf(connection, petition.id, 'en');
  const es = statementOf(connection, petition.id, 'es');
  if (en && es) matchVersions(connection, write, en, es, null);
}
