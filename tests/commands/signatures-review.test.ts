// /signatures review as organizers meet it: the real bot on a local Discord. The rules are in tests/coalition.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { petitionsOf, updatePetition } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { signatureById, updateSignature } from '../../db/signatures.js';
import type { OptionValues } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

type Who = 'ada' | 'ana' | 'ben' | 'luz';
const as = (who: Who, name: string, options?: OptionValues) =>
  stage[who].in(stage.general).command(`signatures ${name}`, options);
const add = (name: string, more: OptionValues = {}) =>
  as('ada', 'add', { kind: 'person', name, country: 'Peru', ...more });

let petitionId: number;

/** A petition of its own for each test, open and current. */
beforeEach(async ({ task }) => {
  const title = task.name.slice(0, 60);
  const form = await stage.ada.in(stage.general).command('petition create', {
    link: 'https://example.org/x',
    goal: 1000,
    timezone: 'America/Lima',
  });
  await form.submit({ 'title.en': title, 'ask.en': 'a', 'title.es': title, 'ask.es': 'a' });
  await stage.ada.in(stage.general).command('petition use', { petition: title });
  petitionId = stage.withDatabase((database) => petitionsOf(database, stage.server.id).at(-1)?.id ?? 0);
});

const total = async () => /\*\*(.*) signatures?\*\*/.exec((await as('ada', 'sources')).words)?.[1];

test('shows two names side by side, privately, and merges them', async () => {
  expect((await as('ada', 'review')).words).toBe('No likely duplicates wait for you.');
  await add('Rosa Quispe', { organization: 'Red *Andina*', source: 'Plaza' });
  await add('ROSA  QUÍSPE', { comment: '¡Que vuelvan a casa!\nYa.' });
  const shown = await as('ada', 'review');
  expect(shown.private).toBe(true);
  expect(shown.words).toContain(
    [
      '### 1 likely duplicate to review',
      '**Came in first** · person',
      '**Rosa Quispe**',
      'Red \\*Andina\\*',
      'Peru · July 10, 2023 · Plaza',
    ].join('\n'),
  );
  expect(shown.words).toContain(
    [
      '**Came in later** · person',
      '**ROSA QUÍSPE**',
      'Peru · July 10, 2023 · Added by hand',
      '> ¡Que vuelvan a casa! Ya.',
    ].join('\n'),
  );
  expect(shown.words).toContain('[Merge] [Keep both]');
  expect(shown.words).not.toContain('[Skip]');
  expect(await total()).toBe('2');
  const merged = await shown.press('Merge');
  expect([merged.private, merged.words]).toEqual([
    true,
    '✅ Merged: they count once now.\nNo likely duplicates wait for you.',
  ]);
  expect(await total()).toBe('1');
});

test('en español, una tras otra, y de vuelta al principio', async () => {
  for (const name of ['Rosa', 'Rosa', 'Luis', 'Luis']) await add(name);
  const shown = await as('ana', 'review');
  expect(shown.words).toContain(
    '### 2 posibles duplicados por revisar\n**Llegó primero** · persona\n**Rosa**',
  );
  expect(shown.words).toContain('[Unir] [Conservar ambas] [Saltar]');
  const second = await shown.press('Saltar');
  expect(second.words).toContain('**Llegó después** · persona\n**Luis**\nPerú · 10 de julio de 2023');
  expect((await second.press('Saltar')).words).toContain('**Rosa**');
  const kept = await second.press('Conservar ambas');
  expect(kept.words).toContain('✅ Conservadas: cuentan las dos.\n### 1 posible duplicado por revisar');
  expect(kept.words).toContain('**Rosa**');
  expect((await kept.press('Unir')).words).toContain('No hay posibles duplicados por revisar.');
  expect(await total()).toBe('3');
});

test('two organizers at once: the second is told, and shown the next pair; it outlives a restart', async () => {
  for (const name of ['Rosa', 'Rosa', 'Luis', 'Luis']) await add(name);
  const [first, second] = [await as('ada', 'review'), await as('ana', 'review')];
  await stage.bot.stop();
  await stage.restart();
  await first.press('Merge');
  const late = await second.press('Conservar ambas');
  expect(late.words).toContain('Sobre este par ya se decidió');
  expect(late.words).toContain('**Luis**');
  expect(await total()).toBe('3');
  expect((await first.press('Merge')).words).toContain('This pair was already decided or has changed');
});

test('a name that was erased is shown as such', async () => {
  const id = () =>
    stage.withDatabase((database) =>
      database.$client.prepare<[], number>('select max(id) from signatures').pluck().get(),
    ) ?? 0;
  await add('Rosa');
  const first = id();
  await add('Rosa');
  stage.withDatabase((database) => updateSignature(database, first, { sealed: null }));
  expect(stage.withDatabase((database) => signatureById(database, first)?.sealed)).toBeNull();
  expect((await as('ada', 'review')).words).toContain(
    '**Came in first** · person\n*The name was erased*\nPeru · July 10, 2023',
  );
});

test('once delivered, a reason is asked for and kept', async () => {
  await add('Rosa');
  await add('Rosa');
  stage.withDatabase((database) => updatePetition(database, petitionId, { state: 'delivered' }));
  const form = await (await as('ada', 'review')).press('Merge');
  expect(form.words).toContain('Why, now that it is delivered');
  expect((await form.submit({ reason: '\u200B' })).words).toContain('there is nothing to read in it');
  expect(await total()).toBe('2');
  expect((await form.submit({ reason: 'signed twice at the plaza' })).words).toContain('✅ Merged');
  expect(await total()).toBe('1');
  const audit = stage.withDatabase((database) =>
    database.$client.prepare('select deed, detail from audit order by id desc limit 1').get(),
  );
  expect(JSON.stringify(audit)).toContain('signed twice at the plaza');
  expect(JSON.stringify(audit)).not.toContain('Rosa');
});

test('is for organizers of the host', async () => {
  await add('Rosa');
  await add('Rosa');
  const shown = await as('ada', 'review');
  const refusal = await as('ben', 'review');
  expect([refusal.private, refusal.words]).toEqual([true, expect.stringContaining('for organizers')]);
  // Ana is an organizer no longer when she presses what she was shown before.
  const hers = await as('ana', 'review');
  stage.withDatabase((database) => updateServer(database, stage.server.id, { organizerRoleId: null }));
  expect((await hers.press('Unir')).words).toContain('para el equipo organizador');
  const { organizers } = stage.roles;
  stage.withDatabase((database) =>
    updateServer(database, stage.server.id, { organizerRoleId: organizers.id }),
  );
  expect(await total()).toBe('2');
  // A partner's organizers see the petition, and none of its names.
  const elsewhere = stage.discord.addServer('Aliada');
  stage.withDatabase((database) => updatePetition(database, petitionId, { serverId: elsewhere.id }));
  for (const refused of [
    await as('ana', 'review'),
    await shown.press('Merge'),
    await shown.press('Keep both'),
  ]) {
    expect(refused.words).not.toContain('Rosa');
    expect(refused.words).toMatch(/Only the organizers of|Esto solo lo puede hacer/);
  }
});

describe('the tally', () => {
  test('says how many wait, in every language, until somebody looked', async () => {
    for (const source of ['Plaza', 'Mercado', 'Mercado']) await add('Rosa', { source });
    stage.withDatabase((database) => updatePetition(database, petitionId, { state: 'open' }));
    const shown = (await as('ada', 'tally')).words;
    expect(shown).toContain('2 likely duplicates to review');
    expect(shown).toContain('2 posibles duplicados por revisar');
    expect((await as('ana', 'sources')).words).toContain('2 posibles duplicados por revisar');
    const { words } = await stage.ada.in(stage.general).command('tally preview');
    expect(words).toContain('2 likely duplicates to review');
    await (await (await as('ada', 'review')).press('Merge')).press('Keep both');
    expect((await as('ada', 'tally')).words).not.toMatch(/to review|por revisar/);
  });
});
