// Bad input is normal input: every option, field, button and modal of the one list of commands, given what nobody should.
import { ApplicationCommandOptionType, ComponentType, MessageFlags } from 'discord-api-types/v10';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../commands/index.js';
import { closeDatabase, type Database, openDatabase } from '../../db/connect.js';
import type {
  Channel,
  Exchange,
  FieldValue,
  OptionValue,
  OptionValues,
  Person,
  Speaker,
} from '../../rehearsal/stand-in/index.js';
import { loadCampaign } from '../../src/coalition/campaign.js';
import { readCampaignFolder } from '../../src/coalition/campaign-folder.js';
import type { Rank } from '../../src/discord/access.js';
import type { Option, Subcommand, Submit } from '../../src/discord/command.js';
import { withOwnNames } from '../../src/i18n/command-names.js';
import en from '../../src/i18n/en.json' with { type: 'json' };
import es from '../../src/i18n/es.json' with { type: 'json' };
import { type MessageKey, wordsFor } from '../../src/i18n/words.js';
import { aStage, type Stage } from '../support/campaign.js';
import { isRefusal, type Watch, watching } from '../support/exchange-checks.js';
import { hostileFor, hostileText } from '../support/hostile.js';

/** How often each option, field and button is tried: few in every run of the tests, more when one asks for it. */
const runs = Number(process.env.SWEEP_RUNS ?? 6);

interface Part {
  name: string;
  does: Subcommand;
}

const parts: Part[] = commands.flatMap(({ name, does }): Part[] =>
  typeof does.run === 'function'
    ? [{ name, does: does as Subcommand }]
    : Object.entries(does).map(([part, subcommand]) => ({ name: `${name} ${part}`, does: subcommand })),
);
const swept = parts.flatMap(({ name, does }) =>
  Object.entries(does.options).map(([option, is]) => ({ name, does, option, is })),
);
const presses = Object.assign({}, ...commands.map((command) => command.presses)) as Record<string, object>;
const submits = Object.assign({}, ...commands.map((command) => command.submits)) as Record<string, Submit>;
const menus = commands.flatMap((command) => command.menus ?? []);

/** Posted byte for byte: what stands in it is as its authors wrote it. */
const isVerbatim = (name: string) => /^statement[ .](?:show|post)/.test(name);

let stage: Stage;
let database: Database;
let watch: Watch;
let speakers: Record<Rank, { en: Speaker; es: Speaker }>;
let foreign: string[] = [];
let petitionId: number;
let delivered: number;
let settle: () => void;

beforeAll(async () => {
  stage = await aStage();
  database = openDatabase(stage.databasePath);
  // What is put back between two values need not outlive a power cut.
  database.$client.pragma('synchronous = OFF');
  const { discord, server, general } = stage;
  const manager = server.addRole('Coordinación', { permissions: 1n << 5n });
  const ines = discord.addPerson('Inés Huamán', { locale: 'es-ES' });
  server.addMember(ines, { roles: [manager] });
  const sol = discord.addPerson('Sol Rojas', { locale: 'es-419' });
  server.addMember(sol);
  const at = (one: Person) => one.in(general);
  speakers = {
    anyone: { en: at(stage.stranger), es: at(sol) },
    member: { en: at(stage.ben), es: at(stage.luz) },
    organizer: { en: at(stage.ada), es: at(stage.ana) },
    administrator: { en: at(stage.ada), es: at(ines) },
  };

  const sql = database.$client;
  const elsewhere = discord.addServer('Otro servidor');
  // What is entered elsewhere has ids that nothing here comes to have, however much the sweep writes.
  const idsFrom = (first: number, ...tables: string[]) => {
    for (const [index, table] of tables.entries())
      sql.prepare('update sqlite_sequence set seq = ? where name = ?').run(first + index * 100_000, table);
  };
  idsFrom(300_000, 'petitions', 'targets', 'organizations', 'sources');
  loadCampaign(
    database,
    { userId: null, serverId: elsewhere.id, at: discord.clock.now() },
    readCampaignFolder('campaigns/peru-2023'),
  );
  const idOf = (query: string) => String((sql.prepare(query).get() as { id: number }).id);
  petitionId = Number(idOf('select min(id) id from petitions'));
  const theirs = ['petitions', 'targets', 'organizations', 'sources'].map((table) =>
    idOf(`select max(id) id from ${table}`),
  );
  sql
    .prepare(
      `insert into petitions (server_id, title, ask, link, goal, timezone, state, created_at, delivered_at)
        select server_id, '{"en":"Delivered","es":"Entregada"}', ask, link, goal, timezone, 'delivered', @at, @at
        from petitions where id = @petitionId`,
    )
    .run({ petitionId, at: discord.clock.now() });
  delivered = Number(idOf('select max(id) id from petitions'));
  sql
    .prepare(
      `insert into petition_servers (petition_id, server_id, role, joined_at) values (?, ?, 'host', ?)`,
    )
    .run(delivered, server.id, discord.clock.now());
  const away = elsewhere.addChannel('allá');
  const owner = discord.addPerson('Vecina');
  elsewhere.addMember(owner, { owner: true });
  await at(stage.luz).command('action log', { type: 'call' });
  idsFrom(700_000, 'actions');
  await owner.in(away).command('action log', { type: 'call' });
  await owner.in(away).command('signatures batch', { source: 'Hojas', people: 3 });
  const entries = ['action', 'batch', 'observation', 'signature'].map(
    (kind) => `${kind}:${kind === 'batch' ? 1 : 9999}`,
  );
  const gone: Channel = server.addChannel('pasajero');
  gone.delete();
  foreign = [
    ...theirs,
    idOf('select max(id) id from actions'),
    ...entries,
    '999999',
    '900000000000000009',
    `<#${away.id}>`,
    away.id,
    gone.id,
    elsewhere.id,
    elsewhere.addRole('Lejos').id,
  ];

  sql.exec(`update servers set signing = 1 where id = '${server.id}'`);
  // What is accepted may close the petition or take roles away: the next value is to meet what the first one met.
  const rowsOf = (query: string) => sql.prepare(query).all() as Record<string, unknown>[];
  const kept = { servers: rowsOf('select * from servers'), petitions: rowsOf('select * from petitions') };
  const last = idOf('select max(id) id from statements');
  settle = () =>
    sql.transaction(() => {
      for (const [table, rows] of Object.entries(kept)) {
        for (const row of rows) {
          const columns = Object.keys(row).filter((column) => column !== 'id');
          sql
            .prepare(
              `update ${table} set ${columns.map((column) => `"${column}" = @${column}`).join(', ')} where id = @id`,
            )
            .run(row);
        }
      }
      // One entry to ask about, and one of each organizer's to answer for.
      for (const [id, userId, question] of [
        [8001, stage.ben.id, null],
        [8002, stage.ada.id, 'Which one?'],
        [8003, stage.ana.id, '¿Cuál?'],
      ]) {
        sql
          .prepare(
            `insert or replace into actions (id, petition_id, server_id, user_id, type, count, day, state, question, at)
              values (?, ?, ?, ?, 'flyer', 500, '2023-07-10', 'pending', ?, 0)`,
          )
          .run(id, petitionId, server.id, userId, question);
      }
      sql.exec('delete from voids where entry_id between 8001 and 8003; delete from member_notices');
      // Only so many comments of one person wait.
      sql.exec('delete from comments');
      // Whoever signed can't again.
      sql.exec(`insert or ignore into voids select 'signature', id, null, '', 0 from signatures`);
      sql.exec(`delete from statement_posts where statement_id > ${last};
        delete from statement_matches where en > 1 or es > 1; delete from statements where id > ${last}`);
    })();
  watch = watching(stage, database);
});
afterAll(async () => {
  closeDatabase(database);
  await stage.close();
});

/** Values that are taken, by the option's name; else the first of these that it takes. */
const ordinary: Record<string, OptionValue | (() => OptionValue)> = {
  deadline: '2023-12-01',
  until: '2023-08-01',
  petition: () => String(petitionId),
  entry: 'batch:9999',
  event: '1',
  start: '2023-07-19 18:00',
  end: '2023-07-19 19:00',
  country: 'PE',
  action: '999999',
  channel: () => stage.general,
  organizers: () => stage.organizers,
  member: () => stage.roles.members,
  organizer: () => stage.roles.organizers,
};

function ordinaryValue(part: string, name: string, option: Option): OptionValue {
  if (name === 'source') return `Fuente ${part}`;
  const known = ordinary[name];
  if (known !== undefined) return typeof known === 'function' ? known() : known;
  if (option.choices) return option.choices.values[0] ?? '';
  if (option.type === ApplicationCommandOptionType.Boolean) return true;
  if (typeof option.limits?.min_value === 'number') return Math.max(option.limits.min_value, 1);
  const tried = ['2023-07-09', '20:00', 'America/Lima', 'https://example.org/x', 'palabra'];
  return tried.find((value) => option.schema.safeParse(value).success) ?? 'palabra';
}

/** What a subcommand needs besides the option that is tried. */
function others({ name, does }: Part, tried?: string): OptionValues {
  const needed = Object.entries(does.options).filter(
    ([option, { required }]) => required && option !== tried,
  );
  return Object.fromEntries(needed.map(([option, is]) => [option, ordinaryValue(name, option, is)]));
}

const readers = fc.constantFrom('en' as const, 'es' as const);
const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 300);

/** A message that carries any custom id: what nobody can make on Discord, and an older Minga may have. */
function forged(speaker: Speaker, customId: string) {
  const message = Object.assign(stage.ben.in(stage.general).say('una tarjeta'), {
    content: '',
    flags: MessageFlags.IsComponentsV2,
  });
  message.components = [
    {
      type: ComponentType.ActionRow,
      components: [{ type: ComponentType.Button, style: 2, label: '?', custom_id: customId }],
    },
  ];
  return speaker.press(message, customId);
}

describe.each(swept)('/$name $option', ({ name, does, option, is }) => {
  test('takes what it can and refuses the rest', async () => {
    await fc.assert(
      fc.asyncProperty(readers, hostileFor(option, is, foreign), async (reader, { value, refused }) => {
        settle();
        const options = { ...others({ name, does }, option), [option]: value };
        await watch.see(
          `/${name} ${option}: ${shown(value)}`,
          () => speakers[does.rank][reader].command(name, options, { unchecked: true }),
          { ...(refused && { refused }), verbatim: isVerbatim(name) },
        );
      }),
      { numRuns: runs },
    );
  });
});

const completing = swept.filter(({ is }) => is.complete);

describe.each(completing)('/$name $option, while it is being typed', ({ name, does, option }) => {
  test('offers what Discord takes', async () => {
    await fc.assert(
      fc.asyncProperty(
        readers,
        fc.oneof(hostileText, fc.constantFrom(...foreign, 'a', '1')),
        async (reader, typed) => {
          const rows = await speakers[does.rank][reader].complete(name, { [option]: typed }, option);
          expect(rows.length).toBeLessThanOrEqual(25);
          for (const row of rows) {
            expect([...row.name].length).toBeGreaterThan(0);
            expect([...row.name].length).toBeLessThanOrEqual(100);
            expect(String(row.value).length).toBeGreaterThan(0);
            expect(String(row.value).length).toBeLessThanOrEqual(100);
          }
        },
      ),
      { numRuns: runs },
    );
    expect(stage.discord.refused).toEqual([]);
  });
});

/** Which petition a button is about: a verdict on likely duplicates asks for a reason once it was delivered. */
const petitionFor = (press: string) => (/^signatures\.(?:merge|keep)$/.test(press) ? delivered : petitionId);

/** What a button that opens a form carries: an entry that waits, or the petition. */
function carriedBy(press: string, reader: 'en' | 'es'): number {
  if (press === 'action.ask') return 8001;
  if (press === 'action.answer') return reader === 'en' ? 8002 : 8003;
  return petitionFor(press);
}

/** What can open a form: subcommands, menus, and buttons. */
function openers(): { what: string; open(reader: 'en' | 'es'): Promise<Exchange> }[] {
  return [
    ...parts.map((part) => ({
      what: `/${part.name}`,
      open: (reader: 'en' | 'es') =>
        speakers[part.does.rank][reader].command(part.name, others(part), { unchecked: true }),
    })),
    ...menus.map(({ name, rank }) => ({
      what: name,
      open: (reader: 'en' | 'es') =>
        speakers[rank][reader].menu(name, stage.ben.in(stage.general).say('Llamé a la oficina')),
    })),
    ...Object.keys(presses).map((press) => ({
      what: press,
      open: (reader: 'en' | 'es') =>
        forged(speakers.organizer[reader], `${press}:${carriedBy(press, reader)}`),
    })),
  ];
}

/** The fields of a form by their id, with what each is. */
function fieldsOf({ modal }: Exchange): { id: string; type: ComponentType; options: { value: string }[] }[] {
  const found: { id: string; type: ComponentType; options: { value: string }[] }[] = [];
  JSON.stringify(modal?.components ?? [], (_key, value) => {
    if (typeof value?.custom_id === 'string')
      found.push({ id: value.custom_id, type: value.type, options: value.options ?? [] });
    return value;
  });
  return found;
}

/** What fits a field that doesn't take any text. */
const fitting: Record<string, string> = { count: '2', country: 'PE' };

/** Fills every field with what fits it. */
function filled(form: Exchange): Record<string, FieldValue> {
  return Object.fromEntries(
    fieldsOf(form).map(({ id, type, options }) => {
      if (type === ComponentType.TextInput) return [id, fitting[id] ?? `Palabra ${form.interaction.id}`];
      if (type === ComponentType.FileUpload) return [id, []];
      return [id, [options[0]?.value ?? '']];
    }),
  );
}

const formName = (form: Exchange) => form.modal?.custom_id.split(':')[0] ?? '';

describe('forms', () => {
  test('take what they can and refuse the rest, field by field', { timeout: 90_000 }, async () => {
    const seen = new Set<string>();
    for (const { what, open } of openers()) {
      settle();
      const form = await watch.see(what, () => open('en'), { verbatim: true });
      if (form.kind !== 'modal' || seen.has(formName(form))) continue;
      seen.add(formName(form));
      for (const { id, type } of fieldsOf(form)) {
        // A file has no text to be hostile.
        if (type === ComponentType.FileUpload) continue;
        await fc.assert(
          fc.asyncProperty(readers, hostileText, async (reader, typed) => {
            settle();
            const fresh = await open(reader);
            const value = type === ComponentType.TextInput ? typed : [typed];
            await watch.see(`${formName(form)} ${id}: ${shown(typed)}`, () =>
              fresh.submit({ ...filled(fresh), [id]: value }, { unchecked: true }),
            );
          }),
          { numRuns: runs },
        );
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(submits).sort());
  });
});

describe('buttons', () => {
  const names = [
    '__proto__',
    'constructor',
    'toString',
    'petition',
    'petition.',
    '',
    ' ',
    'unbekannt',
    'petition.create',
  ];
  const args = fc.array(
    fc.oneof(
      fc.constantFrom(
        '',
        '0',
        '-1',
        '1.5',
        '1e9',
        '999999',
        '9'.repeat(60),
        '__proto__',
        'en',
        'es',
        'fr',
        'null',
        '{{id}}',
      ),
      fc.constantFrom('1', '2'),
      hostileText.map((text) => text.slice(0, 60)),
    ),
    { maxLength: 4 },
  );

  test.each([...Object.keys(presses), ...Object.keys(submits), ...names])(
    '%j, with what it may carry',
    async (handler) => {
      await fc.assert(
        fc.asyncProperty(
          readers,
          fc.constantFrom('anyone', 'member', 'organizer'),
          args,
          async (reader, rank, carried) => {
            settle();
            const customId = [handler, ...carried].join(':');
            await watch.see(`press ${shown(customId)}`, () => forged(speakers[rank][reader], customId), {
              verbatim: isVerbatim(handler),
              refused: !Object.hasOwn(presses, handler),
            });
          },
        ),
        { numRuns: runs },
      );
    },
  );

  test.each([...Object.keys(submits), ...names])('a form %j, with what it may carry', async (handler) => {
    await fc.assert(
      fc.asyncProperty(readers, args, async (reader, carried) => {
        settle();
        const form = await speakers.organizer[reader].command('petition edit', {});
        const { modal } = form;
        const values = filled(form);
        if (modal) modal.custom_id = [handler, ...carried].join(':');
        await watch.see(`submit ${shown(modal?.custom_id)}`, () => form.submit(values, { unchecked: true }), {
          refused: true,
        });
      }),
      { numRuns: runs },
    );
  });
});

describe('what has gone meanwhile', () => {
  const closed = { state: 'closed', reason: 'terminó' };
  const organizer = () => speakers.organizer.es;
  const refused = { refused: true };

  /** Opens each form there is; `meanwhile` happens before it is sent. */
  async function eachForm(
    meanwhile: (form: Exchange, who: 'en' | 'es') => Promise<unknown>,
    wanted = (_rank: Rank | undefined) => true,
  ) {
    const sent: Exchange[] = [];
    for (const { what, open } of openers()) {
      settle();
      const form = await open('es');
      if (form.kind !== 'modal' || !wanted(submits[formName(form)]?.rank)) continue;
      await meanwhile(form, 'es');
      sent.push(
        await watch.see(`${what}, sent after that`, () => form.submit(filled(form), { unchecked: true })),
      );
    }
    expect(sent.length).toBeGreaterThan(0);
    return sent;
  }

  test('a form is sent twice: the second time changes nothing', async () => {
    const sent = await eachForm((form) => form.submit(filled(form), { unchecked: true }));
    expect(sent.filter((exchange) => !isRefusal(exchange)).map(({ words }) => words)).toEqual([]);
  });

  test('the petition is closed while a form is open', () =>
    eachForm(() => organizer().command('petition status', closed)));

  test('nobody has a role any more while a form is open', async () => {
    const takeRoles = async () =>
      database.$client.exec("update servers set member_role_id = '1', organizer_role_id = '1'");
    const sent = await eachForm(takeRoles, (rank) => rank !== 'anyone');
    expect(sent.filter((exchange) => !isRefusal(exchange)).map(({ words }) => words)).toEqual([]);
  });

  test('a form has other fields than the Minga of today expects', async () => {
    const sent = await eachForm(async ({ modal }) => modal?.components.splice(0));
    expect(sent.filter((exchange) => !isRefusal(exchange)).map(({ words }) => words)).toEqual([]);
  });

  test('the petition is paused, closed or delivered under its card', async () => {
    settle();
    const card = await stage.ben.in(stage.general).command('petition share');
    for (const state of ['paused', 'closed', 'delivered']) {
      settle();
      await organizer().command('petition status', { state, reason: 'cambió' });
      for (const press of Object.keys(presses)) {
        const carried = `${press}:${petitionId}`;
        await watch.see(`${press} on a ${state} petition`, () => forged(speakers.member.es, carried), {
          verbatim: isVerbatim(press),
        });
      }
      const mine = await watch.see('its link', () => card.press(`petition.mine:${petitionId}`), refused);
      expect(isRefusal(mine)).toBe(true);
    }
  });

  test('a channel that Minga speaks in is deleted', async () => {
    settle();
    const { server } = stage;
    const channel = server.addChannel('por-borrar');
    const { id } = channel;
    const at = { time: '20:00', timezone: 'America/Lima' };
    await organizer().command('tally schedule', { channel, ...at });
    await speakers.administrator.es.command('settings channels', { organizers: channel });
    await speakers.administrator.es.command('settings language', { channel, language: 'es' });
    channel.delete();
    for (const { name, does } of parts) {
      const where = Object.entries(does.options).filter(([, { type }]) => type === 7);
      const options = {
        ...others({ name, does }),
        ...Object.fromEntries(where.map(([option]) => [option, id])),
      };
      const speaker = speakers[does.rank].es;
      const verbatim = isVerbatim(name);
      if (where.length > 0)
        await watch.see(`/${name} there`, () => speaker.command(name, options, { unchecked: true }), {
          ...refused,
          verbatim,
        });
      const without = others({ name, does });
      await watch.see(`/${name} after that`, () => speaker.command(name, without, { unchecked: true }), {
        verbatim,
      });
    }
  });
});

describe('what was let in', () => {
  test('shows as plain text wherever it is read', async () => {
    settle();
    const hostile = '<@900000000000000001> @everyone **bold-marker** {{count}} $t(andMore)';
    const both = { en: `# heading-marker ${hostile}`, es: `> quote-marker ${hostile}` };
    const update = (table: string, column: string, value: object | string) =>
      database.$client
        .prepare(`update ${table} set ${column} = ?`)
        .run(typeof value === 'string' ? value : JSON.stringify(value));
    for (const table of ['targets', 'organizations', 'events']) update(table, 'name', both);
    for (const column of ['title', 'ask']) update('petitions', column, both);
    update('actions', 'note', both.en);
    database.$client.exec(
      "update sources set name = '# heading-marker ' || id || ' **bold-marker** <@900000000000000001>'",
    );
    for (const reader of ['en', 'es'] as const) {
      for (const { name, does } of parts) {
        const given = does.options.by ? (does.options.by.choices?.values ?? []) : [undefined];
        for (const by of given) {
          const options = { ...others({ name, does }), ...(by && { by }) };
          await watch.see(
            `/${name} ${by ?? ''}`,
            () => speakers[does.rank][reader].command(name, options, { unchecked: true }),
            {
              verbatim: isVerbatim(name),
            },
          );
        }
      }
    }
  });

  test('is never filled in again: each sentence holds what was put into it, once', () => {
    const keys: [string, string, 'en-US' | 'es-419'][] = [
      ...sentences(en).map(([key, text]): [string, string, 'en-US'] => [key, text, 'en-US']),
      ...sentences(withOwnNames(es, es)).map(([key, text]): [string, string, 'es-419'] => [
        key,
        text,
        'es-419',
      ]),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), hostileText, ([key, text, locale], typed) => {
        const gaps = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
        const value = (name: string) => `${typed}{{${gaps.at(-1)}}}$t(${key})${name}`;
        const values = Object.fromEntries(gaps.map((name) => [name, value(name)]));
        const whole = text
          .split(/\{\{\w+\}\}/)
          .map((part, index) => part + (gaps[index] === undefined ? '' : value(gaps[index])));
        expect(wordsFor(locale).say(key as MessageKey, values)).toBe(whole.join(''));
      }),
      { numRuns: runs * 100 },
    );
  });
});

/** The sentences of a language file by their keys; those with a plural are chosen by a number, and left out. */
function sentences(tree: object, path: string[] = []): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] => {
    if (typeof value !== 'string') return sentences(value, [...path, name]);
    return /_(one|many|other)$/.test(name) ? [] : [[[...path, name].join('.'), value]];
  });
}
