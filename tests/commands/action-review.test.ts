// What waits for an organizer, as both sides meet it: asked, answered with a proof, decided, told.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { actionsWhere } from '../../db/actions.js';
import { updateServer } from '../../db/servers.js';
import type { Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
let ana: Speaker;
let ben: Speaker;
let luz: Speaker;

beforeEach(async () => {
  stage = await aStage();
  [ana, ben, luz] = [stage.ana.in(stage.general), stage.ben.in(stage.general), stage.luz.in(stage.general)];
  stage.withDatabase((database) => updateServer(database, stage.server.id, { reviewOver: 100 }));
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const states = () =>
  stage.withDatabase((database) => actionsWhere(database, {}).map(({ count, state }) => [count, state]));

it('asks, tells the member once with their next command, and shows the answer and the proof', async () => {
  await ben.command('action log', { type: 'flyer', count: 500, note: 'At the *market*' });
  await luz.command('action log', { type: 'flyer', count: 300 });
  const form = await (await ana.command('action review')).press('Preguntar');
  const next = await form.submit({ 'Qué quieres saber': '¿En *cuál* mercado?' });
  expect(next.words).toContain('Verá la pregunta con su próximo comando aquí');
  expect(next.words).toContain('300 volantes repartidos');
  expect(next.words).not.toContain('500');

  const told = await ben.command('action board');
  await told.until(({ messages }) => messages.length > 1);
  expect(told.words).toContain('an organizer asks “¿En \\*cuál\\* mercado?”');
  expect(told.words).toContain('Nothing here yet');
  const mine = await ben.command('action mine');
  expect(mine.messages).toHaveLength(1);
  expect(mine.words).toContain('An organizer asks about **500 flyers handed out** of July 10, 2023');
  const answer = await mine.press('Answer');
  const bytes = Buffer.from('a photo');
  const sent = await answer.submit({
    'Your answer': 'San Pedro, on *Saturday*',
    'Proof (optional)': { name: 'feria.jpg', contentType: 'image/jpeg', bytes },
  });
  await sent.until(({ words }) => words.includes('Your answer is in'));

  const review = await ana.command('action review');
  for (const line of [
    '500 volantes',
    'Pregunta: «¿En \\*cuál\\* mercado?»',
    'Respuesta: «San Pedro, on \\*Saturday\\*»',
    'Prueba: feria.jpg',
  ])
    expect(review.words).toContain(line);
  const shown = await review.press('Ver la prueba');
  await shown.until(({ message }) => (message?.attachments.length ?? 0) > 0);
  expect(shown.private).toBe(true);
  const [file] = shown.message?.attachments ?? [];
  expect(file && stage.discord.bytesOf(file)).toEqual(bytes);
  await review.press('Que cuente');
  const counted = await ben.command('action mine');
  await counted.until(({ words }) => words.includes('an organizer looked at it, and it counts now'));
  expect(states()).toEqual([
    [300, 'pending'],
    [500, 'counted'],
  ]);
  expect((await ben.command('action mine')).messages).toHaveLength(1);
});

it('tells why an entry does not count, and goes on after the last was asked about', async () => {
  await ben.command('action log', { type: 'flyer', count: 500 });
  const asked = await (await (await ana.command('action review')).press('Preguntar')).submit({
    question: '¿Dónde?',
  });
  expect(asked.words).toContain('Nada espera tu decisión.');
  expect(asked.words).toContain('1 espera una respuesta');
  const again = await ana.command('action review');
  expect(again.words).toContain('Todavía sin respuesta.');
  await (await again.press('Que no cuente')).submit({ reason: 'Dos veces' });
  const told = await ben.command('help', {});
  await told.until(({ words }) => words.includes('“Dos veces”'));
  expect(told.words).toContain("an organizer decided that this doesn't count");
  expect(states()).toEqual([[500, 'rejected']]);
});

it('tells it again where the bot died before it was out', async () => {
  await ben.command('action log', { type: 'flyer', count: 500 });
  await (await ana.command('action review')).press('Que cuente');
  await stage.bot.kill();
  await stage.restart();
  const told = await ben.command('action mine');
  await told.until(({ words }) => words.includes('it counts now'));
  expect((await ben.command('action mine')).messages).toHaveLength(1);
});

it('lets nobody decide on what they joined', async () => {
  const target = 'House Committee on Foreign Affairs';
  await ben.command('action log', { type: 'letter', count: 500, target });
  await (await ana.command('action log', { type: 'letter', count: 500, target })).press('Sumarme');
  const review = await ana.command('action review');
  expect(review.words).toContain('Nada espera tu decisión.');
  expect(review.words).toContain('1 tuya espera');
});
