// From an open petition with 2,000 signatures of both kinds to a delivered one that both committees answered.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { petitionById } from '../../db/petitions.js';
import { targetsOf } from '../../db/targets.js';
import { type Channel, type Exchange, wordsOf } from '../../rehearsal/stand-in/index.js';
import { retentionDays } from '../../src/coalition/retention.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, hostOf, joins, type Place } from '../support/coalition.js';

const run = promisify(execFile);

let stage: Stage;
let host: Place;
let washington: Place;
let lima: Place;

beforeAll(async () => {
  stage = await aStage({ begins: '2023-07-18T15:00:00Z' });
  host = hostOf(stage);
  washington = aPlace(stage, 'CODEPINK DC');
  lima = aPlace(stage, 'Coordinadora Lima', 'es-419');
  for (const place of [host, washington, lima]) {
    const { as, organizers } = place;
    await as.administrator.command('settings channels', { organizers });
    if (place !== host) await joins(host, place);
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

/** 1,960 people of four countries, whose names may be handed over but for one in ten, and 40 organizations. */
const people = Array.from({ length: 1960 }, (_, index) => ({
  name: `Persona ${index + 1} Ñandú`,
  country: ['PE', 'US', 'ES', ''][index % 4],
  consent: index % 10 === 0 ? 'no' : 'yes',
}));
const organizations = Array.from({ length: 40 }, (_, index) => `Colectivo ${index + 1}`);
const csv = [
  'name,country,email,kind,consent',
  ...people.map(({ name, country, consent }, index) =>
    [name, country, `p${index}@example.org`, 'person', consent].join(','),
  ),
  ...organizations.map((name, index) => `${name},PE,o${index}@example.org,organization,yes`),
].join('\n');

it('has 2,000 signatures from a file, and a card that says so in each server', async () => {
  const daily = { time: '20:00', timezone: 'UTC', when: 'always' };
  await host.as.organizer.command('tally schedule', { ...daily, channel: host.general, language: 'both' });
  await lima.as.organizer.command('tally schedule', { ...daily, channel: lima.general, language: 'es' });
  const file = { name: 'names.csv', contentType: 'text/csv', bytes: Buffer.from(csv) };
  const preview = await host.as.administrator.command('signatures import', { file });
  await preview.until(({ words }) => words.includes('2,000'));
  const done = await preview.press('Confirm: names may be handed over');
  await done.until(({ words }) => words.includes('2,000'));
  const tally = stage.withDatabase((database) => tallyOf(database, 1));
  expect([tally.people, tally.organizations]).toEqual([1960, 40]);
  await stage.moveTo('2023-07-18T20:00:00Z');
  expect(latest(host.general)).toContain('**2,000 signatures** · 1,960 people and 40 organizations');
  expect(latest(lima.general)).toContain('**2,000 firmas**');
});

const committees = () =>
  stage.withDatabase((database) => targetsOf(database, 1)).map(({ name }) => name.en ?? '');

it('is handed to both committees, one of them planned first', async () => {
  const [affairs = '', appropriations = ''] = committees();
  const ada = host.as.administrator;
  expect((await ada.command('delivery status')).words).toContain('**Delivered: 0 of 2 · answered: 0**');
  await ada.command('delivery record', { target: appropriations, date: '2023-07-19', place: 'Room H-307' });
  await stage.moveTo('2023-07-19T16:00:00Z');
  const proof = { name: 'stamp.png', contentType: 'image/png', bytes: Buffer.from('stamped') };
  const first = await ada.command('delivery record', {
    target: affairs,
    date: '2023-07-19',
    place: 'Rayburn House Office Building, room 2170',
    proof,
  });
  expect(first.words).not.toContain('the last one');
  const board = await ada.command('delivery status');
  expect(board.words).toContain('### ❓ The planned day has come · 1');
  expect((await board.press('It took place')).words).toContain('That was the last one');
});

/** What was begun while the petition was open, and is sent or pressed once it is delivered. */
let begun: (() => Promise<Exchange>)[];

it('has people in the middle of something', async () => {
  const { administrator, member } = host.as;
  await administrator.command('settings limits', { review_over: 10 });
  await administrator.command('settings signing', { on: true });
  await member.command('action log', { type: 'call', count: 50 });
  const review = await administrator.command('action review');
  const file = { name: 'more.csv', contentType: 'text/csv', bytes: Buffer.from('name\nLate') };
  const preview = await administrator.command('signatures import', { file });
  const signing = await member.command('signatures sign');
  begun = [
    () => review.press('Count it'),
    () => preview.press('Confirm: count only'),
    () => signing.submit({ name: 'Rosa', country: 'PE', organization: '', comment: '', consent: ['keep'] }),
  ];
});

it('is delivered: the count closes, and each server is thanked where its daily tally goes out', async () => {
  const before = [host, lima].map(({ general }) => general.messages.length);
  const { words } = await host.as.organizer.command('petition status', {
    state: 'delivered',
    reason: 'handed to both committees',
  });
  expect(words).toContain('El recuento queda cerrado');
  await stage.moveTo('2023-07-19T16:01:00Z');
  const card = latest(host.general);
  expect(card).toContain('## Delivered: Bring U.S. troops home from Peru');
  expect(card).toContain('**2,000 signatures** · 1,960 people and 40 organizations');
  expect(card).toContain('**With the support of** World BEYOND War, CODEPINK, Semillas de Libertad, Centro');
  expect(card).toContain(
    '**It was delivered to**\n- House Committee on Appropriations · July 19, 2023\n- House Committee on Foreign Affairs · July 19, 2023',
  );
  expect(card).toContain('**What comes next**\n- We are waiting for 2 answers.\n- July 19, 2023\n');
  expect(card).toContain('## Entregada: Que las tropas de Estados Unidos salgan del Perú');
  expect(latest(lima.general)).toMatch(/^## Entregada: .+\n\*\*2,000 firmas\*\*/);
  expect(latest(lima.general)).not.toContain('Delivered');
  expect([host, lima].map(({ general }) => general.messages.length)).toEqual(
    before.map((count) => count + 1),
  );
  expect(washington.general.messages).toEqual([]);
  expect(latest(washington.organizers)).toContain('had no channel in which to thank everyone');
  const petition = stage.withDatabase((database) => petitionById(database, 1));
  expect(petition?.state).toBe('delivered');
  expect(new Date(petition?.deliveredAt ?? 0).toISOString()).toMatch(/^2023-07-19T16:00/);
});

it('takes no more signatures, whoever tries, and no daily card goes out', async () => {
  const { administrator, member } = host.as;
  const file = { name: 'late.csv', contentType: 'text/csv', bytes: Buffer.from('name\nLate') };
  for (const [speaker, name, options] of [
    [administrator, 'signatures count', { source: 'Petition page', people: 3000 }],
    [administrator, 'signatures batch', { source: 'Paper sheets', people: 3 }],
    [administrator, 'signatures add', { kind: 'person', name: 'Rosa', country: 'PE' }],
    [administrator, 'signatures import', { file }],
    [
      administrator,
      'signatures connect',
      {
        source: 'Parliament',
        url: 'https://petition.parliament.uk/petitions/1',
      },
    ],
    [washington.as.organizer, 'signatures batch', { source: 'Union Square', people: 3 }],
    [member, 'action log', { type: 'call' }],
    [member, 'petition share', {}],
    [member, 'petition link', {}],
    [member, 'comment submit', {}],
  ] as const) {
    const { words } = await speaker.command(name, options);
    expect(words, name).toContain('only corrections with a reason');
  }
  for (const go of begun) {
    const { words } = await go();
    expect(words).toContain('only corrections with a reason');
  }
  const after = host.general.messages.length;
  await stage.moveTo('2023-07-20T20:00:00Z');
  expect(host.general.messages).toHaveLength(after);
  expect(stage.withDatabase((database) => tallyOf(database, 1)).total).toBe(2000);
});

/** The text of a PDF, and what it says of itself, as another program reads them. */
async function readBack(bytes: Buffer): Promise<{ text: string; info: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'minga-pdf-'));
  try {
    const file = path.join(folder, 'packet.pdf');
    await writeFile(file, bytes);
    const [{ stdout: text }, { stdout: info }] = await Promise.all([
      run('pdftotext', ['-layout', file, '-'], { maxBuffer: 16 * 1024 * 1024 }),
      run('pdfinfo', [file]),
    ]);
    return { text, info };
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('hands over a packet in both languages that holds every name that may be, and the totals of the count', async () => {
  const packet = await host.as.administrator.command('delivery packet');
  await packet.until(({ message }) => (message?.attachments.length ?? 0) > 0);
  const files = packet.message?.attachments.map((one) => [one.filename, stage.discord.bytesOf(one)] as const);
  const [, pdf = Buffer.of()] = files?.find(([name]) => name.endsWith('.pdf')) ?? [];
  const { text, info } = await readBack(pdf);
  const named = [
    ...people.filter(({ consent }) => consent === 'yes').map(({ name }) => name),
    ...organizations,
  ];
  expect(named.filter((name) => !text.includes(name))).toEqual([]);
  const unwilling = people.filter(({ consent }) => consent === 'no').map(({ name }) => name);
  expect(unwilling.filter((name) => text.includes(name))).toEqual([]);
  expect(text).toContain('Bring U.S. troops home from Peru');
  expect(text).toContain('Que las tropas de Estados Unidos salgan del Perú');
  const plain = text.replace(/\s+/g, ' ');
  expect(plain).toContain('2,000 signatures: 1,960 people and 40 organizations');
  expect(plain).toContain('2,000 firmas: 1,960 personas y 40 organizaciones');
  expect(plain).toContain('1,804 named here + 196 only counted = 2,000 signatures');
  expect(info).toMatch(/^Tagged: +yes$/m);
  const [, rows = Buffer.of()] = files?.find(([name]) => name.endsWith('.csv')) ?? [];
  expect(named.filter((name) => !rows.includes(name))).toEqual([]);
});

it('writes a press release from what is recorded, which goes out once nothing is missing', async () => {
  const ana = host.as.administrator;
  const preview = await ana.command('delivery release', { language: 'both' });
  await preview.until(({ words }) => words.includes('Still missing:'));
  expect(preview.messages.map(wordsOf).join('\n')).toContain('MISSING: press contact');
  const form = await preview.press('Fill in: press contact');
  const whole = await form.submit({ contact: 'Ana Quispe', reach: 'press@example.org' });
  await whole.until(({ words }) => words.includes('Nothing is missing.'));
  const confirmed = await whole.press('Confirm');
  expect(confirmed.words).toContain('Here are the releases, ready to send.');
  const texts = (confirmed.message?.attachments ?? []).map((one) => stage.discord.bytesOf(one).toString());
  expect(texts.join('\n')).toContain('Rayburn House Office Building, room 2170');
  expect(texts.join('\n')).toContain('House Committee on Appropriations');
  expect(texts.join('\n')).not.toContain('MISSING');
});

it('is answered by both, and asked again where something is open', async () => {
  const [affairs = '', appropriations = ''] = committees();
  const ada = host.as.administrator;
  const answer = async (target: string, followUpOn: string) => {
    const form = await ada.command('delivery response', { target });
    return form.submit({
      text: 'Thank you. The committee has received your petition.',
      answeredBy: 'Staff',
      day: '2023-07-20',
      followUpOn,
    });
  };
  await answer(affairs, '2023-08-03');
  await answer(appropriations, '');
  expect((await ada.command('delivery status')).words).toContain('**Delivered: 2 of 2 · answered: 2**');
  await stage.moveTo('2023-08-03T04:00:00Z');
  expect(latest(host.organizers)).toContain(`**${affairs}**`);
  expect(latest(host.organizers)).toContain('Last answer: July 20, 2023.');
  expect(latest(lima.organizers)).not.toContain('Time to ask');
});

it('keeps the names for their time, and all counts for good', async () => {
  const ends = Date.parse('2023-07-19T17:00:00Z') + retentionDays * 86_400_000;
  await stage.moveTo(new Date(ends - 14 * 86_400_000).toISOString());
  expect(latest(host.organizers)).toContain('2,000');
  expect(latest(host.organizers)).toContain('180');
  await stage.moveTo(new Date(ends).toISOString());
  await stage.moveTo(new Date(ends + 60_000).toISOString());
  const kept = stage.withDatabase((database) => [
    tallyOf(database, 1).total,
    database.$client.prepare('select count(*) as names from signatures where sealed is not null').get(),
    petitionById(database, 1)?.namesRemovedAt !== null,
  ]);
  expect(kept).toEqual([2000, { names: 0 }, true]);
});
