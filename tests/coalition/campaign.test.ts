// Loading a campaign folder: the same twice as once, and afterwards only what changed in it.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { publishedOrganizations } from '../../db/coalition.js';
import { putConnection } from '../../db/connections.js';
import { eventsFrom } from '../../db/events.js';
import { petitionById, petitionsOf } from '../../db/petitions.js';
import { serverOf, updateServer } from '../../db/servers.js';
import { sourceById, sourcesOf } from '../../db/sources.js';
import { statementOf } from '../../db/statements.js';
import { targetsOf } from '../../db/targets.js';
import type { Write } from '../../db/transaction.js';
import { loadCampaign } from '../../src/coalition/campaign.js';
import { type CampaignFolder, readCampaignFolder } from '../../src/coalition/campaign-folder.js';
import { addBatch, addSignature, countPlatform } from '../../src/coalition/count.js';
import { editPetition, findPetition } from '../../src/coalition/petition.js';
import { setState } from '../../src/coalition/petition-state.js';
import { sourceNamed } from '../../src/coalition/source.js';
import { editStatement, staleLanguage } from '../../src/coalition/statement.js';
import { tallyOf } from '../../src/coalition/tally.js';
import {
  aDatabase,
  aPen,
  aPetition,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
  seal,
} from '../support/stories.js';

const peru = readCampaignFolder(fileURLToPath(new URL('../../campaigns/peru-2023', import.meta.url)));
const [firstOrganization] = peru.organizations;

/** A server whose petition comes from a folder; loads are the command line's, so without a key. */
function aLoaded(folder: CampaignFolder = peru) {
  const database = aDatabase();
  const pen = aPen();
  const load = (changed: Partial<CampaignFolder> = {}, serverId = hostServer) =>
    loadCampaign(database, { ...pen(), key: undefined, userId: null, serverId }, { ...folder, ...changed });
  const first = load();
  const now = () => petitionById(database, first.petition.id) ?? first.petition;
  return { database, pen, load, first, now };
}

describe('the first load', () => {
  it('opens the petition and makes it the server’s current one', () => {
    const { database, first, now } = aLoaded();
    const { title, ask, link, goal, deadline, timezone } = peru;
    expect(first.created).toBe(true);
    expect(now()).toMatchObject({
      slug: 'peru-2023',
      state: 'open',
      title,
      ask,
      link,
      goal,
      deadline,
      timezone,
    });
    expect(findPetition(database, hostServer, undefined, false)).toEqual(now());
  });

  it('becomes the current petition in place of another', () => {
    const database = aDatabase();
    aPetition(database);
    const write: Write = { userId: null, serverId: hostServer, at: aPen()().at };
    const { petition } = loadCampaign(database, write, peru);
    expect(serverOf(database, hostServer).currentPetitionId).toBe(petition.id);
  });

  it('sets up organizations, targets, events and sources, without any count', () => {
    const { database, first } = aLoaded();
    const { id } = first.petition;
    expect(publishedOrganizations(database, id).map(({ name }) => name)).toEqual(
      peru.organizations.map(({ name }) => name),
    );
    expect(targetsOf(database, id).map(({ name, committee }) => [name, committee])).toEqual(
      peru.targets.map(({ name, committee }) => [name, committee]),
    );
    expect(
      eventsFrom(database, id, '2023-01-01', 0, 99).map(({ slug, day, startsAt }) => [slug, day, startsAt]),
    ).toEqual(peru.events.map((event) => [event.id, 'date' in event ? event.date : '', null]));
    expect(sourcesOf(database, id).map(({ name, kind, url }) => [name, kind, url])).toEqual([
      ['Petition page', 'platform', 'https://example.org/peru'],
      ['Paper sheets', 'paper', null],
    ]);
    expect(tallyOf(database, id).total).toBe(0);
    expect(everyRow(database)).toMatchObject({
      observations: [],
      batches: [],
      signatures: [],
      summaries: [],
    });
  });

  it('takes both statements byte for byte, and as saying the same', () => {
    const { database, first } = aLoaded();
    for (const language of ['en', 'es'] as const) {
      expect(statementOf(database, first.petition.id, language)).toMatchObject({
        version: 1,
        text: peru.statements[language],
      });
    }
    expect(everyRow(database).statement_matches).toMatchObject([{ en: 1, es: 1 }]);
    expect(staleLanguage(database, first.petition.id)).toBeUndefined();
  });

  it('places the hours of an event on the clock of the campaign', () => {
    const start = '2023-07-19T18:00';
    const event = {
      id: 'vigil',
      name: { en: 'Vigil', es: 'Vigilia' },
      place: 'Lima',
      start,
      end: '2023-07-19T20:30',
    };
    const { database, first } = aLoaded({ ...peru, events: [event] });
    expect(eventsFrom(database, first.petition.id, '2023-01-01', 0, 9)).toMatchObject([
      {
        day: '2023-07-19',
        startsAt: Date.parse('2023-07-19T22:00:00Z'),
        endsAt: Date.parse('2023-07-20T00:30:00Z'),
      },
    ]);
  });
});

describe('another load', () => {
  it('of the same folder changes nothing, not even the audit', () => {
    const { database, load, first } = aLoaded();
    const before = everyRow(database);
    expect(load()).toMatchObject({ created: false, applied: [], petition: { id: first.petition.id } });
    expect(everyRow(database)).toEqual(before);
  });

  it('of a folder that says the same with its keys in another order changes nothing', () => {
    const { database, load } = aLoaded();
    const before = everyRow(database, 'audit');
    load({ title: { es: peru.title.es, en: peru.title.en } });
    expect(everyRow(database, 'audit')).toEqual(before);
  });

  it.each<[string, Partial<CampaignFolder>]>([
    ['goal', { goal: 5000 }],
    ['deadline', { deadline: '2024-03-31' }],
    ['link', { link: 'https://example.org/new' }],
    ['linkParameter', { linkParameter: 'ref' }],
    ['title.es', { title: { ...peru.title, es: 'Fuera las tropas' } }],
    ['ask.en', { ask: { ...peru.ask, en: 'Act now.' } }],
  ])('applies a changed %s, and nothing else', (fact, changed) => {
    const { load, now } = aLoaded();
    const before = now();
    expect(load(changed).applied).toEqual([fact]);
    expect(now()).toEqual({ ...before, ...changed });
    expect(load(changed).applied).toEqual([]);
  });

  it('takes a deadline away that the folder no longer has', () => {
    const { deadline: _, ...without } = peru;
    const { database, pen, now } = aLoaded();
    loadCampaign(database, { ...pen(), key: undefined }, without);
    expect(now().deadline).toBeNull();
  });

  it('leaves alone what was edited in Discord and says the same in the folder as before', () => {
    const { database, pen, load, now } = aLoaded();
    const edited = {
      goal: 3000,
      link: 'https://example.org/short',
      title: { ...peru.title, en: 'Troops out' },
    };
    editPetition(database, pen(), now(), edited);
    load();
    expect(now()).toMatchObject(edited);
    load({ deadline: '2024-03-31', title: { ...peru.title, es: 'Fuera las tropas' } });
    expect(now()).toMatchObject({
      ...edited,
      deadline: '2024-03-31',
      title: { en: 'Troops out', es: 'Fuera las tropas' },
    });
  });

  it('applies over an edit made in Discord what the folder has changed since', () => {
    const { database, pen, load, now } = aLoaded();
    editPetition(database, pen(), now(), { goal: 3000 });
    load({ goal: 5000 });
    expect(now().goal).toBe(5000);
  });

  it('changes and adds organizations, and leaves one that withdrew withdrawn', () => {
    const { database, load, first } = aLoaded();
    const { id } = first.petition;
    database.$client.exec(
      "update organizations set state = 'withdrawn', published_at = null where slug = 'codepink'",
    );
    const organizations = [
      {
        ...firstOrganization,
        id: 'world-beyond-war',
        name: { en: 'World Beyond War', es: 'World Beyond War' },
      },
      { id: 'codepink', name: { en: 'CodePink', es: 'CodePink' } },
      { id: 'new-one', name: { en: 'New', es: 'Nueva' } },
    ];
    expect(load({ organizations }).applied).toEqual(organizations.map((one) => `organization.${one.id}`));
    const names = publishedOrganizations(database, id).map(({ name }) => name.es);
    expect(names).toContain('World Beyond War');
    expect(names).toContain('Nueva');
    expect(names).not.toContain('World BEYOND War');
    expect(names.map((name) => name?.toLowerCase())).not.toContain('codepink');
    expect(names).toHaveLength(peru.organizations.length);
  });

  it('moves the hours of events with a changed time zone', () => {
    const hours = { start: '2023-07-19T18:00', end: '2023-07-19T20:00' };
    const events = [{ id: 'vigil', name: { en: 'Vigil', es: 'Vigilia' }, place: 'Lima', ...hours }];
    const { database, load, first } = aLoaded({ ...peru, events });
    load({ timezone: 'America/Los_Angeles' });
    const [vigil] = eventsFrom(database, first.petition.id, '2023-01-01', 0, 9);
    expect(vigil?.startsAt).toBe(Date.parse('2023-07-20T01:00:00Z'));
  });

  it('changes a source’s address, and takes it away', () => {
    const { database, load, first } = aLoaded();
    const source = { name: 'Petition page', kind: 'platform' as const };
    const url = () => sourcesOf(database, first.petition.id)[0]?.url;
    load({ sources: [{ ...source, url: 'https://example.org/new' }] });
    expect(url()).toBe('https://example.org/new');
    load({ sources: [source] });
    expect(url()).toBeNull();
  });

  it('leaves the address that a source is read from by itself', () => {
    const { database, load, first } = aLoaded();
    const source = { name: 'Petition page', kind: 'platform' as const };
    const id = sourcesOf(database, first.petition.id).find(({ name }) => name === source.name)?.id ?? 0;
    const row = { sourceId: id, connector: 'json', settings: {}, serverId: '1', userId: null };
    putConnection(database, { ...row, at: 0, nextAt: 0 });
    const before = sourceById(database, id);
    expect(before?.url).not.toBeNull();
    expect(load({ sources: [source] }).applied).toEqual(['source.Petition page']);
    expect(sourceById(database, id)).toEqual(before);
  });

  it.each([
    ['to a new name', ['Petition site']],
    ['there and back', ['Petition site', 'Petition page']],
  ])('renames a source by its address %s, and it keeps its count', (_, names) => {
    const { database, pen, load, now } = aLoaded();
    countPlatform(database, pen(), now(), { source: 'Petition page', people: 900 });
    for (const name of names) {
      load({ sources: [{ name, kind: 'platform', url: 'https://example.org/peru' }] });
      const { sources } = tallyOf(database, now().id);
      const platforms = sources.filter(({ source }) => source.kind === 'platform');
      expect(platforms.map(({ source, people }) => [source.name, people])).toEqual([[name, 900]]);
    }
  });

  it('never touches state or counts', () => {
    const { database, pen, load, now } = aLoaded();
    countPlatform(database, pen(), now(), { source: 'Petition page', people: 900, organizations: 12 });
    addBatch(database, pen(), now(), { source: 'Paper sheets', people: 40, organizations: 0 });
    addSignature(database, pen(), now(), { kind: 'person', name: 'Rosa', country: 'PE' }, seal);
    setState(database, pen(), now(), 'paused', 'until Monday');
    const counts = () => {
      const { observations, batches, signatures, summaries, voids } = everyRow(database);
      return { observations, batches, signatures, summaries, voids };
    };
    const before = counts();
    load({ goal: 5000, sources: [...peru.sources, { name: 'Market', kind: 'paper' }] });
    expect(counts()).toEqual(before);
    expect(now()).toMatchObject({ state: 'paused', goal: 5000 });
    expect(tallyOf(database, now().id)).toMatchObject({ people: 941, organizations: 12 });
  });

  it('leaves the server’s choice of current petition', () => {
    const { database, load } = aLoaded();
    const other = aPetition(database);
    updateServer(database, hostServer, { currentPetitionId: other.id });
    load({ goal: 5000 });
    expect(serverOf(database, hostServer).currentPetitionId).toBe(other.id);
  });
});

describe('statements', () => {
  const es = `${peru.statements.es}\nMás.`;

  it('that changed together in the folder are new versions, and match', () => {
    const { database, load, now } = aLoaded();
    load({ statements: { en: `${peru.statements.en}\nMore.`, es } });
    expect(statementOf(database, now().id, 'en')?.version).toBe(2);
    expect(staleLanguage(database, now().id)).toBeUndefined();
  });

  it('of which one changed alone in the folder leave the other behind', () => {
    const { database, load, now } = aLoaded();
    load({ statements: { ...peru.statements, es } });
    expect(statementOf(database, now().id, 'es')).toMatchObject({ version: 2, text: es });
    expect(statementOf(database, now().id, 'en')?.version).toBe(1);
    expect(staleLanguage(database, now().id)).toBe('en');
  });

  it('that were edited in Discord stay, and a stale translation stays stale', () => {
    const { database, pen, load, now } = aLoaded();
    editStatement(database, pen(), now(), { language: 'en', text: 'A new text.', reason: 'shorter' });
    load({ goal: 5000 });
    expect(statementOf(database, now().id, 'en')).toMatchObject({ version: 2, text: 'A new text.' });
    expect(staleLanguage(database, now().id)).toBe('es');
  });

  it('that Discord has already are no new version', () => {
    const { database, pen, load, now } = aLoaded();
    editStatement(database, pen(), now(), { language: 'es', text: es, reason: 'longer' });
    load({ statements: { ...peru.statements, es } });
    expect(statementOf(database, now().id, 'es')?.version).toBe(2);
  });
});

describe('what stands in the way', () => {
  it('a petition of the same id in another server is another one', () => {
    const { database, load, now, first } = aLoaded();
    const before = now();
    const other = load({ goal: 50 }, partnerServer);
    expect(other.created).toBe(true);
    expect(other.petition.id).not.toBe(first.petition.id);
    expect(now()).toEqual(before);
    expect(petitionsOf(database, hostServer)).toHaveLength(1);
    expect(petitionsOf(database, partnerServer)).toHaveLength(1);
  });

  it.each(['statements', 'events', 'campaign_loads', 'audit'])(
    'an error of the database at %s leaves nothing, and the next load does it all',
    (table) => {
      const database = aDatabase();
      const load = () => loadCampaign(database, { userId: null, serverId: hostServer, at: 0 }, peru);
      const before = everyRow(database);
      database.$client.exec(
        `create trigger full before insert on ${table} begin select raise(abort, 'disk full'); end`,
      );
      expect(load).toThrow('disk full');
      expect(everyRow(database)).toEqual(before);
      database.$client.exec('drop trigger full');
      expect(load().created).toBe(true);
    },
  );

  it('an error midway of a later load leaves what was', () => {
    const { database, load } = aLoaded();
    const before = everyRow(database);
    database.$client.exec(
      "create trigger full before insert on organizations begin select raise(abort, 'disk full'); end",
    );
    const organizations = [...peru.organizations, { id: 'new-one', name: { en: 'New', es: 'Nueva' } }];
    expect(() => load({ goal: 5000, organizations })).toThrow('disk full');
    expect(everyRow(database)).toEqual(before);
  });

  it.each([
    ['of another kind', { name: 'Sheets online', kind: 'paper' as const }],
    ['by another name', { name: 'Paper sheets', kind: 'paper' as const }],
  ])('the address of a source %s is refused in a sentence, and nothing is applied', (_, source) => {
    const { database, load } = aLoaded();
    const before = everyRow(database);
    const sources = [{ ...source, url: 'https://example.org/peru' }];
    expect(failureOf(() => load({ goal: 5000, sources }))).toBeDefined();
    expect(everyRow(database)).toEqual(before);
  });

  it('a source that is of another kind by now is refused, and nothing is applied', () => {
    const { database, load, now } = aLoaded();
    sourceNamed(database, now().id, 'Market', 'platform', 0);
    const before = everyRow(database);
    const sources = [...peru.sources, { name: 'MARKET', kind: 'paper' as const }];
    expect(failureOf(() => load({ goal: 5000, sources }))).toBe('otherKind.platform');
    expect(everyRow(database)).toEqual(before);
  });
});
