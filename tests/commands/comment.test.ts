// Comments as people meet them: written or sent from a message, read by the host's organizers, quoted by the daily card.
import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { comments, notices, petitionServers, tallyPosts } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { type Channel, type Exchange, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options = {}) => stage[who].in(stage.general).command(name, options);

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});
beforeEach(() => stage.withDatabase((database) => database.delete(comments).run()));

const rows = () => stage.withDatabase((database) => database.select().from(comments).all());
const agreed = { 'Your consent': ['My comment may be quoted'] };
const deAcuerdo = { 'Tu consentimiento': ['Mi comentario se puede citar'] };

async function submitted(who: Who, text: string, name?: string): Promise<Exchange> {
  const form = await as(who, 'comment submit');
  const isSpanish = stage[who].locale.startsWith('es');
  return form.submit(
    isSpanish
      ? { 'Tu comentario': text, ...(name && { 'Cómo nombrarte (opcional)': name }), ...deAcuerdo }
      : { 'Your comment': text, ...(name && { 'How to name you (optional)': name }), ...agreed },
  );
}

describe('submitting', () => {
  test('needs a text and consent; the name is as one wants it, or none; nothing is kept in the clear', async () => {
    const form = await as('stranger', 'comment submit');
    await expect(form.submit({ 'Your comment': 'Troops out.' })).rejects.toThrow();
    const kept = await form.submit({ 'Your comment': 'Troops *out*.\n@everyone', ...agreed });
    expect([kept.private, kept.words]).toEqual([
      true,
      [
        '### Thank you. This is how it would be quoted:',
        '> Troops \\*out\\*.',
        '> @\u200Beveryone',
        '> — a supporter',
        'The organizers read it first. Once they approve it, it may appear in the daily tally and in the packet that is handed over.',
        '-# It is kept encrypted. `/privacy data` shows it to you; `/privacy forget` erases it, with all else Minga holds on you.',
      ].join('\n'),
    ]);
    expect((await submitted('luz', 'Paz para mi pueblo.', 'Luz, de Ayacucho')).words).toContain(
      '> Paz para mi pueblo.\n> — Luz, de Ayacucho',
    );
    expect(rows()).toMatchObject([
      { userId: stage.stranger.id, language: 'en', state: 'waiting', messageId: null },
      { userId: stage.luz.id, language: 'es', state: 'waiting', messageId: null },
    ]);
    expect(rows().some(({ sealed }) => sealed?.includes('Paz'))).toBe(false);
    const told = stage.withDatabase((database) => database.select().from(notices).all());
    expect(told.filter(({ key }) => key === 'notices.comments')).toHaveLength(1);
  });

  test('a form that is sent twice is one comment, and a blank one none', async () => {
    const form = await as('ben', 'comment submit');
    const kept = await form.submit({ 'Your comment': 'Once.', ...agreed });
    stage.discord.deliver(kept.interaction);
    expect((await form.submit({ 'Your comment': 'Once.', ...agreed })).words).toContain('already done');
    expect((await submitted('ben', ' \u200B ')).words).toBe(
      '**Your comment**: there is nothing to read in it.',
    );
    expect(rows()).toHaveLength(1);
  });

  test('five of one person may wait, and none is taken for a delivered petition', async () => {
    for (let number = 1; number <= 5; number++) await submitted('ben', `Number ${number}`);
    expect((await as('ben', 'comment submit')).words).toBe(
      '5 comments of yours are waiting for the organizers. Once they have read one, you can send another.',
    );
    const form = await as('luz', 'comment submit');
    const state = (to: string) =>
      stage.withDatabase(({ $client }) => $client.prepare('update petitions set state = ?').run(to));
    state('delivered');
    expect((await form.submit({ 'Tu comentario': 'Tarde.', ...deAcuerdo })).words).toContain(
      'ya fue entregada',
    );
    state('open');
    expect(rows()).toHaveLength(5);
  });

  describe('from a message', () => {
    const menu = (who: Who, message: APIMessage, name = 'Submit as comment') =>
      stage[who].in(stage.general).menu(name, message);

    test('of one’s own, the form is filled in; it is taken once', async () => {
      const message = stage.ben.in(stage.general).say('My cousin lives there. Troops home!');
      const form = await menu('ben', message);
      expect(form.words).toContain('[My cousin lives there. Troops home!]');
      const other = await menu('ben', message);
      await form.submit({ ...agreed });
      expect(rows()).toMatchObject([{ messageId: message.id }]);
      const twice = 'This message was submitted as a comment already.';
      expect((await other.submit({ ...agreed })).words).toBe(twice);
      expect((await menu('ben', message)).words).toBe(twice);
      expect(rows()).toHaveLength(1);
    });

    test('of somebody else, it is refused: nobody agrees for another', async () => {
      const message = stage.ben.in(stage.general).say('I said this among friends');
      const refused = await menu('luz', message);
      expect([refused.private, refused.words]).toEqual([
        true,
        expect.stringContaining('nadie puede consentir por otra persona'),
      ]);
      expect((await menu('ada', message)).kind).toBe('message');
    });

    test.each([
      ['long', 'é'.repeat(700)],
      ['of emoji', '👩‍👩‍👧'.repeat(150)],
    ])('that is %s, as much as fits is filled in', async (_what, text) => {
      const form = await menu('ben', stage.ben.in(stage.general).say(text));
      expect(form.kind).toBe('modal');
      await form.submit({ ...agreed });
      expect(rows()).toHaveLength(1);
    });
  });
});

describe('reviewing', () => {
  const review = (who: Who) => as(who, 'comment review');

  test('shows the oldest that waits, and never one’s own', async () => {
    await submitted('ana', 'Mine, an organizer’s');
    expect((await review('ana')).words).toBe(
      'Espera 1 comentario, y es tuyo: tiene que decidir otra persona del equipo.',
    );
    await submitted('ben', 'First');
    await submitted('luz', 'Segundo', 'Luz');
    const first = await review('ana');
    expect([first.private, first.words.split('\n').slice(0, 3)]).toEqual([
      true,
      ['### 3 comentarios esperan', '> First', '> — alguien que apoya la petición'],
    ]);
    const second = await first.press('Siguiente');
    expect(second.words).toContain('> Segundo\n> — Luz');
    const left = await second.press('Aprobar');
    expect(left.words).toContain('✅ Aprobado: ya se puede citar.\n### 2 comentarios esperan\n> First');
    const own = await left.press('Rechazar');
    expect(own.words).toContain('✅ Rechazado: no se cita.\nEspera 1 comentario, y es tuyo');
    expect(rows().map(({ state }) => state)).toEqual(['waiting', 'rejected', 'approved']);
    expect((await first.press('Aprobar')).words).toContain('ya se decidió');
    expect(rows().map(({ state }) => state)).toEqual(['waiting', 'rejected', 'approved']);
    expect((await review('ben')).words).toBe('This is for organizers of the campaign.');
  });

  test('is for the host: a partner’s organizers see nobody’s name', async () => {
    await submitted('ben', 'Hello', 'Ben');
    const shown = await review('ada');
    const partner = stage.discord.addServer('Partner');
    const room = partner.addChannel('general');
    partner.addMember(stage.luz, { owner: true });
    stage.withDatabase((database) => {
      updateServer(database, partner.id, { currentPetitionId: 1 });
      const row = { petitionId: 1, serverId: partner.id, role: 'partner', joinedAt: 0 } as const;
      database.insert(petitionServers).values(row).run();
    });
    const there = stage.luz.in(room);
    const refused = 'Esto solo lo puede hacer el equipo organizador del servidor que impulsa';
    expect((await there.command('comment review')).words).toContain(refused);
    const form = await there.command('comment submit');
    await form.submit({ 'Tu comentario': 'Desde otro servidor', ...deAcuerdo });
    expect(rows().map(({ serverId }) => serverId)).toEqual([stage.server.id, partner.id]);
    expect(shown.words).toContain('Hello');
  });

  test('what its author erased is gone from the queue', async () => {
    await submitted('ben', 'Goodbye', 'Ben');
    const shown = await review('ada');
    await (await as('ben', 'privacy forget')).press('Erase my data');
    expect((await shown.press('Approve')).words).toBe(
      'That comment was decided on already, or erased; nothing was changed now.\nNo comments wait.',
    );
    expect(rows()).toMatchObject([{ sealed: null, userId: '', state: 'waiting' }]);
  });
});

describe('quoting', () => {
  const cards = (channel: Channel) => channel.messages.map(wordsOf);
  const quote = (card = '') => /💬 .*\*\*\n((?:> .*\n?)+)/.exec(card)?.[1]?.trim();

  test('the daily card quotes the newest approved one, each once; alone it sends no card; erased it is gone', async () => {
    const channel = stage.server.addChannel('news');
    await as('ada', 'tally schedule', { channel, time: '20:00', timezone: 'America/Lima', language: 'both' });
    const approve = async () => (await as('ada', 'comment review')).press('Approve');
    await submitted('ben', 'The older one', 'Ben');
    await approve();
    await submitted('luz', 'Que vuelvan a casa.\nYa.', 'Luz');
    await approve();
    await submitted('stranger', 'Nobody approved this');
    expect(quote((await as('ada', 'tally now')).words)).toBe('> Que vuelvan a casa.\n> Ya.\n> — Luz');

    await stage.moveTo('2023-07-11T01:00:00Z');
    expect(cards(channel).map(quote)).toEqual(['> Que vuelvan a casa.\n> Ya.\n> — Luz']);
    expect(cards(channel)[0]).toContain('**💬 In their own words · 💬 En sus palabras**');
    const facts = stage.withDatabase((database) => database.select().from(tallyPosts).all()[0]?.facts);
    expect(JSON.stringify(facts)).not.toContain('vuelvan');

    await stage.moveTo('2023-07-12T01:00:00Z');
    expect(cards(channel)).toHaveLength(1);
    await as('ben', 'action log', { type: 'call' });
    await stage.moveTo('2023-07-13T01:00:00Z');
    expect(cards(channel).map(quote).slice(1)).toEqual(['> The older one\n> — Ben']);

    await submitted('luz', 'La última');
    await approve();
    await approve();
    await (await as('luz', 'privacy forget')).press('Borrar mis datos');
    await as('ben', 'action log', { type: 'call' });
    await stage.moveTo('2023-07-14T01:00:00Z');
    expect(cards(channel).map(quote).slice(2)).toEqual([
      '> Nobody approved this\n> — a supporter · alguien que apoya la petición',
    ]);
  });
});
