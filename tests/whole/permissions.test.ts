// Who may do what where: every command, menu, button and form, by every rank, in the host, a partner and a foreign server.
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import { insertAction, insertProof } from '../../db/actions.js';
import { closeDatabase, type Database, openDatabase } from '../../db/connect.js';
import { petitionById } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { targetsOf } from '../../db/targets.js';
import type { Exchange, Speaker } from '../../rehearsal/stand-in/index.js';
import { createPetition, plainTitle } from '../../src/coalition/petition.js';
import { atLeast, type Rank, ranks } from '../../src/discord/access.js';
import { isSingle } from '../../src/discord/payload.js';
import { type MessageKey, type Values, wordsFor } from '../../src/i18n/words.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, hostOf, joins, type Place } from '../support/coalition.js';
import { rawOf } from '../support/exchange-checks.js';
import {
  menus,
  pressed,
  type Sending,
  sent,
  type Things,
  typed,
  type Where,
} from '../support/permissions.js';
import { everyRow } from '../support/stories.js';

let stage: Stage;
let database: Database;
let places: Record<'host' | 'partner' | 'foreign', Place>;
let things: Omit<Things, 'place'>;
/** A form that each person opened, to send others in its place. */
const forms = new Map<Speaker, Exchange>();
/** What only the coalition has: nothing of it may be read outside. */
let secrets: string[];

beforeAll(async () => {
  stage = await aStage();
  database = openDatabase(stage.databasePath);
  const host = hostOf(stage);
  const partner = aPlace(stage, 'CODEPINK DC');
  const foreign = aPlace(stage, 'Elsewhere', 'es-419');
  places = { host, partner, foreign };
  await joins(host, partner);
  for (const { server } of Object.values(places)) updateServer(database, server.id, { signing: true });
  const at = stage.discord.clock.now();
  const deed = {
    petitionId: 1,
    serverId: host.server.id,
    userId: stage.luz.id,
    day: '2023-07-10',
    at,
  } as const;
  const action = insertAction(database, { ...deed, type: 'call', count: 900, state: 'pending' });
  insertProof(database, {
    actionId: action.id,
    name: 'photo.png',
    contentType: null,
    bytes: Buffer.from('x'),
  });
  things = { petition: '1', action: String(action.id), target: String(targetsOf(database, 1)[0]?.id) };
  for (const name of ['Rosa Quispe', 'Rosa Quispe']) {
    await host.as.administrator.command('signatures add', { kind: 'person', name, country: 'PE' });
  }
  const comment = await stage.luz.in(stage.general).command('comment submit');
  await comment.submit({ text: 'Enough is enough.', consent: 'quote' }, { unchecked: true });
  const petition = petitionById(database, 1);
  secrets = [
    ...Object.values(petition?.title ?? {}),
    ...targetsOf(database, 1).flatMap(({ name }) => Object.values(name)),
    'World BEYOND War',
    'Rosa Quispe',
    'photo.png',
    'Enough is enough.',
  ];
  for (const place of Object.values(places)) {
    for (const rank of ranks) await openForm(place, place.as[rank], rank);
  }
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  closeDatabase(database);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

/** Lets a person be an organizer for as long as it takes to open a form. */
async function openForm({ server, roles }: Place, speaker: Speaker, rank: Rank): Promise<void> {
  const plain = rank === 'anyone' || rank === 'member' || rank === 'organizer';
  if (plain) server.setRoles(speaker.person, [roles.organizer]);
  forms.set(speaker, await speaker.command('petition create', { link: 'https://example.org/x', goal: 10 }));
  if (plain) server.setRoles(speaker.person, rank === 'anyone' ? [] : [roles[rank]]);
}

const subcommands = commands.flatMap(({ name, does }) =>
  isSingle(does) ? [name] : Object.keys(does).map((part) => `${name} ${part}`),
);
const namesOf = (part: 'presses' | 'submits') =>
  commands.flatMap((command) => Object.keys(command[part] ?? {}));

describe('the table', () => {
  it.each([
    ['commands', typed, subcommands],
    ['menus', menus, commands.flatMap((command) => (command.menus ?? []).map(({ name }) => name))],
    ['buttons', pressed, namesOf('presses')],
    ['forms', sent, namesOf('submits')],
  ])('has a row for each of the %s, and no other', (_, table, there) => {
    expect(Object.keys(table).sort()).toEqual(there.toSorted());
  });
});

/** What the person may be told, in their own language. */
function sentences(speaker: Speaker, ...keys: [MessageKey, Values?][]): string[] {
  return keys.map(([key, values]) => wordsFor(speaker.person.locale).say(key, values));
}

const stale: [MessageKey] = ['failures.staleButton'];

/** How a person is told that there is no such petition for them here. */
const unseen = (): [MessageKey, Values?][] => [
  stale,
  ['failures.noPetitionYet'],
  ['failures.noOpenPetition'],
  ['failures.unknownPetition', { named: things.petition }],
];

function hostOnly(): [MessageKey, Values] {
  const petition = petitionById(database, 1);
  if (!petition) throw new Error('the petition is gone');
  return ['failures.hostOnly', { title: plainTitle(petition) }];
}

interface Case {
  rank: Rank;
  who: Rank;
  where: Where;
  place: keyof typeof places;
  /** A button or a form that somebody else was given, in place of something that is typed. */
  carried: boolean;
}

/** The refusals one of which the person is to hear; none where they may. */
function refusalsOf({ rank, who, where, place, carried }: Case): [MessageKey, Values?][] {
  const tooLow: [MessageKey, Values?][] =
    who === 'anyone' || atLeast(rank, who) ? [] : [[`failures.rank.${who}`]];
  if (place === 'foreign' && (where === 'coalition' || where === 'host')) return [...tooLow, ...unseen()];
  if (tooLow.length > 0) return tooLow;
  if (place === 'partner' && where === 'host') return carried ? [hostOnly(), stale] : [hostOnly()];
  return where === 'begun' ? [stale, ...(place === 'foreign' ? unseen() : [])] : [];
}

const said = ({ messages }: Exchange) => messages.map(rawOf).join('\n');

/** What a refusal may not touch; what is kept of who used what where is nobody's business but theirs. */
function record(): string {
  const habits = [
    'interactions',
    'drafts',
    'last_servers',
    'notices',
    'member_notices',
    'job_runs',
    'tally_posts',
  ];
  const rows = everyRow(database, ...habits);
  const servers = (rows.servers ?? []).map((server) => ({ ...(server as object), name: '' }));
  return JSON.stringify({ ...rows, servers });
}

let before = '';

/** Sends something and holds what comes back against what the table says. */
async function hold(speaker: Speaker, one: Case, send: () => Promise<Exchange>): Promise<void> {
  const expected = sentences(speaker, ...refusalsOf(one));
  const what = `${one.rank} in the ${one.place} server`;
  if (expected.length > 0) before ||= record();
  const exchange = await send();
  const heard = () => expected.some((sentence) => said(exchange).includes(sentence));
  if (exchange.kind !== 'modal' && expected.length > 0 && !heard())
    await exchange.until(heard).catch(() => {});
  const answer = `${what}: ${exchange.kind} ${exchange.words}`;
  const after = expected.length > 0 ? record() : '';
  const same = after === before;
  before = after;
  expect(exchange.kind, answer).not.toBe('none');
  if (expected.length > 0) {
    expect(expected, answer).toContain(said(exchange));
    expect(
      exchange.messages.every(({ flags = 0 }) => flags & MessageFlags.Ephemeral),
      answer,
    ).toBe(true);
    expect(same, `nothing is written: ${answer}`).toBe(true);
  } else {
    const never = sentences(speaker, ['failures.onlyInServer'], ...ranks.slice(1).map(rankKey), hostOnly());
    const lost = one.where === 'coalition' || one.where === 'host' ? sentences(speaker, ...unseen()) : [];
    expect([...never, ...lost], answer).not.toContain(said(exchange));
  }
  if (one.place === 'foreign') {
    const read = secrets.filter((secret) => exchange.words.includes(secret));
    expect(read, `nothing of the coalition is read outside: ${answer}`).toEqual([]);
  }
}

const rankKey = (rank: Rank): [MessageKey] => [`failures.rank.${rank as 'member'}`];

/** Every rank in every server; outside of servers, one person stands for all. */
async function everywhere(
  [who, where]: readonly [Rank, Where, unknown?],
  carried: boolean,
  send: (speaker: Speaker, things: Things) => () => Promise<Exchange>,
): Promise<void> {
  for (const place of ['host', 'partner', 'foreign'] as const) {
    for (const rank of ranks) {
      const speaker = places[place].as[rank];
      await hold(
        speaker,
        { rank, who, where, place, carried },
        send(speaker, { ...things, place: places[place] }),
      );
    }
  }
}

/** What is said to whoever tries it in direct messages. */
async function outside(where: Where, send: (speaker: Speaker) => Promise<Exchange>): Promise<void> {
  const speaker = places.host.as.administrator.person.inDirectMessage();
  const exchange = await send(speaker);
  const [only] = sentences(speaker, ['failures.onlyInServer']);
  if (where === 'anywhere') expect(said(exchange)).not.toBe(only);
  else expect(said(exchange)).toBe(only);
}

/** A message that carries a button of any id. */
function forged(speaker: Speaker, custom_id: string) {
  const message = Object.assign(speaker.say('a card'), { content: '', flags: MessageFlags.IsComponentsV2 });
  const button = { type: ComponentType.Button as const, style: 2 as const, label: '?', custom_id };
  message.components = [{ type: ComponentType.ActionRow, components: [button] }];
  return () => speaker.press(message, custom_id);
}

const petitionAlone = ({ petition }: Pick<Things, 'petition'>) => [petition];

describe('holds in the host, a partner and a foreign server, for', () => {
  it.each(Object.entries(typed))('/%s', async (name, row) => {
    const [, where, given = {}] = row;
    await everywhere(row, false, (speaker, known) => () => {
      const options = typeof given === 'function' ? given(known) : given;
      return speaker.command(name, options, { unchecked: true });
    });
    const options = typeof given === 'function' ? given({ ...things, place: places.host }) : given;
    // There are no channels to choose from outside of servers.
    if ('channel' in options) return;
    await outside(where, (speaker) => speaker.command(name, options, { unchecked: true }));
  });

  it.each(Object.entries(menus))('%s', async (name, row) => {
    await everywhere(row, false, (speaker) => {
      const message = speaker.say('I called them');
      return () => speaker.menu(name, message, { unchecked: true });
    });
  });

  it.each(Object.entries(pressed))('the button %s', async (name, row) => {
    const [, where, carries = petitionAlone] = row;
    await everywhere(row, true, (speaker, known) => forged(speaker, [name, ...carries(known)].join(':')));
    const id = [name, ...carries({ ...things, place: places.host })].join(':');
    await outside(where, (speaker) => forged(speaker, id)());
  });

  it.each(Object.entries(sent))('the form %s', async (name, row) => {
    const [, , { fields, carries = petitionAlone } = { fields: {} } satisfies Sending] = row;
    await everywhere(row, true, (speaker, known) => () => {
      const form = forms.get(speaker);
      if (!form?.modal) throw new Error('there is no form to send');
      become(form.modal, [name, ...carries(known)].join(':'), fields);
      return form.submit(fields, { unchecked: true });
    });
  });
});

/** Gives a form another id and other fields. */
function become(
  modal: APIModalInteractionResponseCallbackData,
  custom_id: string,
  fields: Sending['fields'],
): void {
  const components = Object.entries(fields).map(([field, value]) => ({
    type: ComponentType.Label as const,
    label: field,
    component:
      typeof value === 'string'
        ? { type: ComponentType.TextInput as const, custom_id: field, style: 1 as const }
        : { type: ComponentType.CheckboxGroup as const, custom_id: field, options: [] },
  }));
  Object.assign(modal, { custom_id, components });
}

describe('a foreign coalition', () => {
  /** What is the host's, by its ids and its names. */
  const theirs = (): string[] => {
    const ids = ['1', '2', things.target, things.action, 'batch:1', 'signature:1', places.partner.server.id];
    return [...new Set([...ids, ...secrets])];
  };

  beforeAll(() => {
    const write = { userId: null, serverId: places.foreign.server.id, at: stage.discord.clock.now() };
    const own = createPetition(database, write, {
      title: { en: 'Another matter', es: 'Otro asunto' },
      ask: { en: 'Another', es: 'Otro' },
      link: 'https://example.org/other',
      goal: 10,
      deadline: null,
      timezone: 'UTC',
    });
    database.$client.prepare("update petitions set state = 'open' where id = ?").run(own.id);
    updateServer(database, write.serverId, { currentPetitionId: own.id });
    before = '';
  });

  /** The rows of the host's coalition, as far as they say whose they are. */
  const kept = () => {
    const rows = Object.entries(
      everyRow(database, 'interactions', 'drafts', 'notices', 'audit', 'tally_posts'),
    );
    return rows.map(([table, all]) => [
      table,
      all.filter((row) => (row as { petition_id?: number }).petition_id === 1),
    ]);
  };

  const naming = [
    'petition',
    'target',
    'organization',
    'source',
    'action',
    'event',
    'entry',
    'server',
    'committee',
  ];
  const options = commands.flatMap(({ name, does }) =>
    (isSingle(does)
      ? [[name, does] as const]
      : Object.entries(does).map(([part, one]) => [`${name} ${part}`, one] as const)
    ).flatMap(([path, one]) =>
      Object.keys(one.options)
        .filter((option) => naming.includes(option))
        .map((option) => [path, option] as const),
    ),
  );

  it.each(options)('is offered nothing of another while it types /%s %s', async (path, option) => {
    const offered = await places.foreign.as.administrator.complete(path, {}, option);
    expect(offered.filter(({ name }) => secrets.some((secret) => name.includes(secret)))).toEqual([]);
  });

  it.each(options)('finds nothing of another by /%s %s', async (path, option) => {
    const speaker = places.foreign.as.administrator;
    const given = typed[path]?.[2] ?? {};
    const all = typeof given === 'function' ? given({ ...things, place: places.foreign }) : given;
    const whole = kept();
    for (const named of theirs()) {
      const exchange = await speaker.command(path, { ...all, [option]: named }, { unchecked: true });
      // It may say again what was typed.
      const read = secrets.filter((secret) => secret !== named && exchange.words.includes(secret));
      expect(read, `${named}: ${exchange.words}`).toEqual([]);
    }
    expect(kept()).toEqual(whole);
  });

  it('does nothing by the buttons of another', async () => {
    const speaker = places.foreign.as.administrator;
    const whole = kept();
    for (const name of Object.keys(pressed)) {
      for (const id of ['1', things.action]) {
        for (const carried of [[id], ['1', id], ['2', id], ['1', id, '1']]) {
          const exchange = await forged(speaker, [name, ...carried].join(':'))();
          const read = secrets.filter((secret) => exchange.words.includes(secret));
          expect(read, `${name} ${carried}: ${exchange.words}`).toEqual([]);
        }
      }
    }
    expect(kept()).toEqual(whole);
  });
});
