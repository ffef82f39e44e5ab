// /action as members meet it: the real bot on a local Discord, in both languages.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { actionsWhere, insertAction, proofOf } from '../../db/actions.js';
import { insertOrganization, publishedOrganizations } from '../../db/coalition.js';
import { insertJoin } from '../../db/joins.js';
import { petitionsOf, updatePetition } from '../../db/petitions.js';
import { setChannelLanguage, updateServer } from '../../db/servers.js';
import { insertTarget } from '../../db/targets.js';
import { type Speaker, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
let ben: Speaker;
let luz: Speaker;

beforeEach(async () => {
  stage = await aStage();
  ben = stage.ben.in(stage.general);
  luz = stage.luz.in(stage.general);
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const logged = () => stage.withDatabase((database) => actionsWhere(database, {}));
const petition = () => {
  const [found] = stage.withDatabase((database) => petitionsOf(database, stage.server.id));
  if (!found) throw new Error('no petition was loaded');
  return found;
};

it("says privately what was logged, in the member's language, and takes it back", async () => {
  const target = 'house committee on foreign affairs';
  await ben.command('action log', { type: 'call', count: 19, target });
  const calls = await ben.command('action log', { type: 'call', count: 12, organization: 'CODEPINK' });
  expect(calls.private).toBe(true);
  expect(calls.words).toContain('Logged: **12 calls**, today. That makes 31 calls of yours this week.');
  expect(calls.words).toContain('With: CODEPINK');
  const flyers = await luz.command('action log', { type: 'flyer', count: 80, date: '9/7/2023' });
  expect(flyers.words).toContain('Registrado: **80 volantes repartidos**, ayer.');

  expect((await calls.press('Undo')).words).toContain('Taken back: **12 calls**, today.');
  expect((await calls.press('Undo')).words).toContain('already done');
  expect((await luz.command('action undo')).words).toContain('Retirado: **80 volantes repartidos**, ayer.');
  expect((await luz.command('action undo')).words).toContain('no tienes nada que retirar');
  expect(logged().map(({ count }) => count)).toEqual([19]);
});

it('offers the entries of whoever types, and takes the name typed out', async () => {
  await ben.command('action log', { type: 'call', count: 12 });
  await luz.command('action log', { type: 'visit', count: 2 });
  const offered = await ben.complete('action undo', { action: '12' }, 'action');
  expect(offered).toHaveLength(1);
  expect((await luz.command('action undo', { action: String(offered[0]?.value) })).words).toContain(
    'No tienes',
  );
  expect((await ben.command('action undo', { action: offered[0]?.name })).words).toContain('12 calls');
  expect(logged().map(({ type }) => type)).toEqual(['visit']);
});

it('writes once, however often Discord delivers', async () => {
  const first = await ben.command('action log', { type: 'call' });
  stage.discord.deliver(first.interaction);
  await ben.command('action log', { type: 'letter' });
  expect(logged().map(({ type }) => type)).toEqual(['letter', 'call']);
});

it('is for members', async () => {
  const sam = stage.stranger.in(stage.general);
  const shared = await ben.command('petition share');
  for (const refusal of [
    await sam.command('action log', { type: 'call' }),
    await sam.command('action mine'),
    await sam.menu('Log as outreach action', sam.say('I called')),
    await shared.press('Log an action · Registrar acción', sam),
  ]) {
    expect(refusal.private).toBe(true);
    expect(refusal.words).toContain('for members of the campaign');
  }
  expect((await sam.command('action board')).private).toBe(false);
});

it('explains what is wrong, in the language of whoever typed it', async () => {
  for (const [options, sentence] of [
    [{ target: 'El Papa' }, 'ningún destinatario «El Papa»'],
    [{ organization: '9' }, 'ninguna organización aprobada «9»'],
    [{ date: '11/7/2023' }, 'El 11 de julio de 2023 todavía no llega'],
    [{ date: '2020-02-30' }, '«2020-02-30» no es una fecha'],
    [{ note: '\u200B' }, '**nota**: no hay nada que leer'],
    [{ count: 100_001 }, '**cantidad**: tiene que ser un número entero de 1 a 100,000'],
  ] as const) {
    const refused = await luz.command('action log', { type: 'call', ...options }, { unchecked: true });
    expect(refused.words).toContain(sentence);
  }
  expect(logged()).toEqual([]);
});

it('lets a large entry wait, says how to make it count, and takes a proof', async () => {
  stage.withDatabase((database) => updateServer(database, stage.server.id, { reviewOver: 100 }));
  const waits = await ben.command('action log', { type: 'flyer', count: 800 });
  expect(waits.words).toContain("It doesn't count yet: more than 100 at once without a proof");
  expect((await ben.command('action mine')).words).toContain('not counted yet: 800 flyers handed out');
  expect((await ben.command('action board')).words).toContain('Nothing here yet');
  await waits.press('Undo');
  const bytes = Buffer.from('a photo');
  const proof = { name: 'feria.jpg', contentType: 'image/jpeg', bytes };
  const counts = await ben.command('action log', { type: 'flyer', count: 800, proof });
  expect(counts.private).toBe(true);
  expect(counts.words).toContain('Proof: feria.jpg');
  expect((await ben.command('action board')).words).toContain('800 flyers handed out');
  const [action] = logged();
  const kept = stage.withDatabase((database) => proofOf(database, action?.id ?? 0));
  expect(kept?.bytes).toEqual(bytes);
});

it('takes no empty file for a proof', async () => {
  const proof = { name: 'photo.jpg', contentType: 'image/jpeg', bytes: Buffer.alloc(0) };
  const refused = await ben.command('action log', { type: 'call', proof });
  expect((await refused.until(({ words }) => words.includes('The file is empty'))).private).toBe(true);
  expect(logged()).toEqual([]);
});

it('logs from a message by a form, once, with a link to the message', async () => {
  const message = luz.say('Acabo de escribir al Comité de Asignaciones.');
  const form = await luz.menu('Log as outreach action', message);
  expect(form.words).toContain('Registrar una acción');
  const filled = {
    type: 'letter',
    count: ' 1.200 ',
    target: 'Comité de Asignaciones de la Cámara de Representantes',
  };
  expect((await form.submit(filled)).words).toContain('Registrado: **1,200 cartas**, hoy.');
  expect((await form.submit(filled)).words).toContain('Esto ya estaba hecho');
  expect(logged()).toMatchObject([
    {
      count: 1200,
      messageLink: `https://discord.com/channels/${stage.server.id}/${stage.general.id}/${message.id}`,
    },
  ]);
});

it('logs by the button of the card, for that petition, and says what was typed wrong', async () => {
  const shared = await ben.command('petition share');
  const form = await shared.press('Log an action · Registrar acción', luz);
  for (const count of ['muchas', '1,5', '0', '100.001']) {
    expect((await form.submit({ type: 'call', count })).words).toContain(
      '**cantidad**: tiene que ser un número entero',
    );
  }
  expect((await form.submit({ type: 'call', note: ' ' })).words).toContain('**nota**: no hay nada que leer');
  expect((await form.submit({ type: 'call' })).words).toContain('Registrado: **1 llamada**, hoy.');
  expect(logged()).toMatchObject([{ messageLink: null, targetId: null, note: null }]);
});

it('leaves the target out of the form where there is none, and takes 24 of many', async () => {
  const empty = await aStage({ empty: true });
  try {
    const ada = empty.ada.in(empty.general);
    const created = await ada.command('petition create', { link: 'https://example.org/', goal: 100 });
    await created.submit({ 'title.en': 'A', 'ask.en': 'B', 'title.es': 'C', 'ask.es': 'D' });
    const form = await ada.menu('Log as outreach action', ada.say('I called'));
    expect(form.modal?.components).toHaveLength(4);
    expect((await form.submit({ type: 'call' })).words).toContain('Logged: **1 call**, today.');
    expect(empty.discord.refused).toEqual([]);
  } finally {
    await empty.close();
  }
  stage.withDatabase((database) => {
    for (let index = 0; index < 40; index++) {
      insertTarget(database, {
        petitionId: petition().id,
        name: { en: `Office ${index} ${'x'.repeat(150)}` },
      });
    }
  });
  const form = await ben.menu('Log as outreach action', ben.say('I called'));
  expect((await form.submit({ type: 'call', target: 'Nobody in particular' })).words).toContain('1 call');
});

it('shows a member all that is theirs, in few lines', async () => {
  stage.withDatabase((database) => {
    for (let index = 0; index < 12; index++) {
      insertAction(database, {
        petitionId: petition().id,
        serverId: stage.server.id,
        userId: stage.ben.id,
        type: 'call',
        count: index + 1,
        note: '@everyone **'.repeat(40),
        day: index === 0 ? '2023-07-09' : '2023-07-10',
        state: 'counted',
        at: index,
      });
    }
  });
  const all = await ben.command('action mine');
  expect(all.private).toBe(true);
  expect(all.words).toContain('**78 calls**');
  expect(all.words).toContain('… and 4 more');
  expect((await ben.command('action mine', { period: 'week' })).words).toContain('**77 calls**');
  expect((await luz.command('action mine')).words).toContain('todavía no hay nada tuyo');
});

it("posts the board in the channel's languages", async () => {
  await ben.command('action log', { type: 'call', count: 12 });
  await luz.command('action log', { type: 'flyer', count: 80 });
  const both = await luz.command('action board');
  expect(both.private).toBe(false);
  for (const line of [
    '**92 actions** by type',
    '- 12 calls',
    '**92 acciones** por tipo',
    '- 80 volantes repartidos',
  ]) {
    expect(both.words).toContain(line);
  }
  const channel = { channelId: stage.general.id, serverId: stage.server.id };
  stage.withDatabase((database) => setChannelLanguage(database, { ...channel, language: 'es' }));
  const spanish = await ben.command('action board', { by: 'server', period: 'today' });
  expect(spanish.words).toContain('- **Semillas de Libertad**: 92');
  expect(spanish.words).not.toContain('actions');
});

it('names a member on the board only after Show me, and no longer after Hide me', async () => {
  await ben.command('action log', { type: 'call', count: 12 });
  await luz.command('action log', { type: 'flyer', count: 80 });
  const board = await ben.command('action board', { by: 'member' });
  expect(board.words).toContain('- 2 more members: 92');
  expect(board.words).toContain('- 2 personas más: 92');

  const shown = await board.press('Show me · Mostrarme', luz);
  const told = await shown.until(({ messages }) => messages.length > 1);
  expect(told.words).toContain('Apareces en los tableros de esta petición como **Luz Mamani**');
  expect(stage.general.messages).toHaveLength(1);
  expect(board.words).toContain('- **Luz Mamani**: 80\n- 1 more member: 12');

  const hidden = await board.press('Hide me · Ocultarme', luz);
  await hidden.until(({ words }) => words.includes('Tu nombre ya no está'));
  expect(board.words).toContain('- 2 more members: 92');
  expect(board.words).not.toContain('Luz');
});

it('fits the longest names in both languages into a card', async () => {
  const { id } = petition();
  stage.withDatabase((database) => {
    updatePetition(database, id, { title: { en: '*'.repeat(90), es: '_'.repeat(90) } });
    for (let index = 0; index < 25; index++) {
      const name = { en: '*'.repeat(200), es: '~'.repeat(200) };
      insertOrganization(database, { petitionId: id, name, state: 'approved', at: 0, publishedAt: 0 });
    }
    for (const { id: organizationId } of [...publishedOrganizations(database, id), { id: null }]) {
      const who = { petitionId: id, serverId: stage.server.id, userId: stage.ben.id };
      const what = { type: 'call', count: 100_000, organizationId, day: '2023-07-10' } as const;
      const { id: actionId } = insertAction(database, { ...who, ...what, state: 'counted', at: 0 });
      const join = { actionId, userId: stage.luz.id, serverId: stage.server.id, organizationId: 1, at: 0 };
      insertJoin(database, join);
    }
  });
  const board = await ben.command('action board', { by: 'organization' });
  expect(board.words).toContain('3,100,000 actions');
  expect(board.words).toContain('- 15 more: 1,500,000');
  expect(board.words).toContain('Sin indicar organización*: 100,000');
});

it('shows no board of a draft', async () => {
  stage.withDatabase((database) => updatePetition(database, petition().id, { state: 'draft' }));
  const refused = await stage.ana.in(stage.general).command('action board');
  const told = await refused.until(({ messages }) => messages.length > 0 && refused.deleted);
  expect(told.words).toContain('todavía un borrador');
  expect(stage.general.messages).toEqual([]);
});

it('opens no form for a petition that is closed', async () => {
  const shared = await ben.command('petition share');
  stage.withDatabase((database) => updatePetition(database, petition().id, { state: 'closed' }));
  expect((await shared.press('Log an action · Registrar acción')).words).toContain('is closed');
  expect((await ben.command('action log', { type: 'call' })).words).toContain('is closed');
});

it('lets organizers decide on what waits, but never on their own', async () => {
  const ana = stage.ana.in(stage.general);
  stage.withDatabase((database) => updateServer(database, stage.server.id, { reviewOver: 100 }));
  await ben.command('action log', { type: 'flyer', count: 500, note: 'At the *market*' });
  await luz.command('action log', { type: 'flyer', count: 300 });
  await ana.command('action log', { type: 'call', count: 200 });
  expect((await luz.command('action review')).words).toContain('equipo organizador');

  const first = await ana.command('action review');
  expect(first.private).toBe(true);
  expect(first.words).toContain('2 entradas esperan. La más antigua: **500 volantes repartidos**');
  expect(first.words).toContain('1 tuya espera a otra persona del equipo.');
  const second = await first.press('Que cuente');
  expect(second.words).toContain('1 entrada espera: **300 volantes repartidos**');
  expect((await first.press('Que cuente')).words).toContain('Alguien ya decidió');
  const form = await second.press('Que no cuente');
  expect((await form.submit({ reason: 'La foto es de otro día' })).words).toContain(
    'Nada espera tu decisión.',
  );

  const states = logged().map(({ count, state }) => [count, state]);
  expect(states).toEqual([
    [200, 'pending'],
    [300, 'rejected'],
    [500, 'counted'],
  ]);
  expect((await ben.command('action board')).words).toContain('500 flyers handed out');
});

it('names what was approved in the next daily card, though it was logged before the last one', async () => {
  const ana = stage.ana.in(stage.general);
  const { general } = stage;
  stage.withDatabase((database) => updateServer(database, stage.server.id, { reviewOver: 100 }));
  await ben.command('action log', { type: 'flyer', count: 500 });
  await ana.command('tally schedule', { channel: general, time: '20:00', timezone: 'UTC', language: 'en' });
  await stage.moveTo('2023-07-10T20:00:00Z');
  await (await ana.command('action review')).press('Que cuente');
  await stage.moveTo('2023-07-11T20:00:00Z');
  const cards = general.messages.map(wordsOf);
  expect(cards).toHaveLength(2);
  expect(cards[0]).not.toContain('flyers');
  expect(cards[1]).toContain('What we did since yesterday:** 500 flyers handed out');
});
