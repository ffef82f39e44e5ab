// Five servers and one petition: a host, three partners and a stranger, from the first invitation to a farewell.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { targetsOf } from '../../db/targets.js';
import { type Channel, type Exchange, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, codeIn, hostOf, joins, type Place } from '../support/coalition.js';

let stage: Stage;
let host: Place;
let washington: Place;
let newYork: Place;
let lima: Place;
let stranger: Place;

beforeAll(async () => {
  stage = await aStage();
  host = hostOf(stage);
  washington = aPlace(stage, 'CODEPINK DC');
  newYork = aPlace(stage, 'WBW New York');
  lima = aPlace(stage, 'Coordinadora Lima', 'es-419');
  stranger = aPlace(stage, 'Elsewhere');
  for (const { as, organizers } of [host, washington, newYork, lima]) {
    await as.administrator.command('settings channels', { organizers });
  }
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

const cards = (channel: Channel) => channel.messages.map(wordsOf);
const latest = (channel: Channel) => cards(channel).at(-1) ?? '';
const tallyIn = async ({ as }: Place) => (await as.anyone.command('signatures tally')).words;

/** What only the coalition may read. */
const ours = [
  'Bring U.S. troops home',
  'Que las tropas',
  'World BEYOND War',
  'CODEPINK',
  'Hojas de la plaza',
];

function readsNothing({ words }: Exchange): void {
  expect(ours.filter((own) => words.includes(own))).toEqual([]);
}

let washingtonCard: Exchange;

it('invites three servers, each with a code that lets in one', async () => {
  const invited = await host.as.organizer.command('coalition invite', { organization: 'CODEPINK' });
  expect(invited.private).toBe(true);
  const code = codeIn(invited.words);
  expect((await washington.as.member.command('coalition join', { code })).words).toContain('organizers');
  const joined = await washington.as.organizer.command('coalition join', {
    code: code.toLowerCase().replaceAll('-', ' '),
  });
  expect(joined.words).toContain('takes part in **Bring U.S. troops home from Peru**, as **CODEPINK**');
  expect((await stranger.as.organizer.command('coalition join', { code })).words).toContain('used before');
  await joins(host, newYork);
  await joins(host, lima);
  const { words } = await host.as.administrator.command('coalition servers');
  expect(words.match(/partner/g)).toHaveLength(3);
  expect(words).toContain('**CODEPINK DC** · partner · since July 10, 2023 · for **CODEPINK**');
  expect(words).not.toContain('Open invitations');
  expect(words).not.toContain(code);
  await stage.moveTo('2023-07-10T15:01:00Z');
  expect(latest(host.organizers)).toContain('**Coordinadora Lima** se unió a');
});

it('is shared where each one talks, in the words of the place', async () => {
  washingtonCard = await washington.as.member.command('petition share', { language: 'en' });
  expect(washingtonCard.private).toBe(false);
  expect(washingtonCard.words).toMatch(/^## Bring U\.S\. troops home from Peru/);
  expect((await lima.as.anyone.command('petition show')).words).toMatch(/^## Que las tropas/);
  expect((await newYork.as.organizer.command('petition edit')).words).toContain(
    'Only the organizers of the server that hosts',
  );
});

it('counts once what people of two servers did together, to the credit of both', async () => {
  const [committee] = stage.withDatabase((database) => targetsOf(database, 1));
  const call = { type: 'call', target: committee?.name.en };
  await washington.as.member.command('action log', { ...call, count: 3 });
  await stage.moveTo('2023-07-10T15:11:00Z');
  const asked = await newYork.as.member.command('action log', { ...call, count: 3 });
  expect(asked.words).toContain('Is it the same one?');
  await asked.press('Join');
  await lima.as.member.command('action log', { type: 'letter', count: 2 });
  const board = await host.as.member.command('action board', { by: 'server' });
  expect(board.words).toMatch(/\b5 actions/);
  for (const name of ['CODEPINK DC', 'WBW New York', 'Coordinadora Lima'])
    expect(board.words).toContain(name);
});

it('has one number in all servers', async () => {
  await host.as.organizer.command('signatures count', { source: 'Petition page', people: 1200 });
  await lima.as.organizer.command('signatures batch', {
    source: 'Hojas de la plaza',
    people: 38,
    organizations: 2,
  });
  await newYork.as.organizer.command('signatures batch', { source: 'Union Square', people: 5 });
  for (const place of [host, washington, newYork, lima]) {
    expect(await tallyIn(place)).toMatch(/\*\*1,245 (?:signatures|firmas)\*\*/);
  }
});

it("posts each server's card with the one total and the server's own part", async () => {
  const daily = { time: '20:00', timezone: 'UTC', language: 'en', when: 'always' };
  for (const place of [host, washington, newYork, lima]) {
    await place.as.organizer.command('tally schedule', { ...daily, channel: place.general });
  }
  await stage.moveTo('2023-07-10T20:00:00Z');
  const own = (part: string) => `**This server's part so far:** ${part}`;
  const parts: [Place, string][] = [
    [host, 'nothing yet'],
    [washington, '3 calls\n'],
    [newYork, '3 calls and 5 signatures on paper\n'],
    [lima, '2 letters and 40 signatures on paper\n'],
  ];
  for (const [{ general }, part] of parts) {
    const card = latest(general);
    expect(card).toContain('**1,245 signatures** · 1,243 people and 2 organizations');
    expect(card).toContain('3 calls and 2 letters');
    expect(card).toContain(own(part));
  }
  await lima.as.organizer.command('signatures batch', { source: 'Hojas de la plaza', people: 10 });
  await stage.moveTo('2023-07-11T20:00:00Z');
  expect(latest(lima.general)).toContain(own('2 letters and 50 signatures on paper (+10)\n'));
  expect(latest(washington.general)).toContain(own('3 calls\n'));
});

it('tells the partners of a new version of the statement', async () => {
  const form = await host.as.administrator.command('statement edit', { language: 'en' });
  await form.submit({ text: 'We ask for peace.', reason: 'shorter' });
  await stage.moveTo('2023-07-11T20:01:00Z');
  for (const { organizers } of [washington, newYork, lima]) {
    expect(latest(organizers)).toContain(
      'English, version 2. Post it here with `/statement post language:en`',
    );
  }
  expect(latest(host.organizers)).not.toContain('version 2');
});

it('lets a server leave: what it counted stays, and nothing of the petition shows there any more', async () => {
  const shared = await newYork.as.member.command('petition share', { language: 'en' });
  const logged = await newYork.as.member.command('action log', { type: 'post' });
  const ask = await newYork.as.organizer.command('coalition leave');
  expect((await ask.press('Leave')).words).toContain('this server has left');
  expect((await ask.press('Leave')).words).toContain('already done');
  await stage.moveTo('2023-07-11T20:02:00Z');
  expect(latest(host.organizers)).toContain('**WBW New York** salió de');
  expect(latest(newYork.organizers)).toContain('This server left');
  expect(await tallyIn(host)).toContain('**1,255 signatures**');

  for (const name of [
    'petition share',
    'signatures tally',
    'coalition list',
    'action mine',
    'statement show',
  ]) {
    readsNothing(await newYork.as.administrator.command(name));
  }
  readsNothing(
    await newYork.as.administrator.command('petition show', { petition: '1' }, { unchecked: true }),
  );
  expect(await newYork.as.administrator.complete('petition show', {}, 'petition')).toEqual([]);
  expect(await newYork.as.member.complete('action undo', {}, 'action')).toEqual([]);
  for (const button of ['Share', 'Log an action', 'Español']) {
    expect((await shared.press(button)).words).toContain('out of date');
  }
  readsNothing(await logged.press('Undo'));
  expect((await host.as.member.command('action board', { by: 'type' })).words).toMatch(/\b6 actions/);

  const before = newYork.general.messages.length;
  await stage.moveTo('2023-07-12T20:00:00Z');
  expect(newYork.general.messages).toHaveLength(before);
  expect(latest(washington.general)).toContain('**1,255 signatures**');
});

it('is taken out by the host too, and its old card is out of date', async () => {
  const [offered] = await host.as.organizer.complete('coalition remove', {}, 'server');
  expect(offered?.name).toBe('CODEPINK DC · CODEPINK');
  await host.as.organizer.command('coalition remove', { server: String(offered?.value) });
  expect((await washingtonCard.press('Share')).words).toContain('out of date');
  await stage.moveTo('2023-07-12T20:01:00Z');
  expect(latest(washington.organizers)).toContain('took this server out of it');
});

it('shows the stranger nothing at all', async () => {
  const asked = [
    'petition show',
    'petition list',
    'petition share',
    'statement show',
    'action board',
    'signatures tally',
    'signatures sources',
    'coalition list',
    'coalition servers',
    'target list',
    'event list',
    'tally preview',
  ];
  for (const name of asked) readsNothing(await stranger.as.administrator.command(name));
  for (const title of ['1', 'Bring U.S. troops home from Peru']) {
    const { words } = await stranger.as.organizer.command('petition use', { petition: title });
    expect(words).toContain('There is no petition');
  }
  expect(await stranger.as.administrator.complete('petition use', {}, 'petition')).toEqual([]);
  expect(await stranger.as.administrator.complete('action log', {}, 'target')).toEqual([]);
  expect(stranger.general.messages).toEqual([]);
});
