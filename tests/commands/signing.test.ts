// Signing as people meet it: the real bot on a local Discord. The rules are in tests/coalition/signing.test.ts.

import type { APIMessage } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Exchange, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options = {}) => stage[who].in(stage.general).command(name, options);

const open = async () => {
  stage = await aStage();
  await as('ada', 'settings signing', { on: true });
};
const close = async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
};

const rosa = { 'Your name': 'Rosa Huamán', 'Your country': 'Perú' };
const keep = 'My signature may be kept and counted';
const handOver = 'My name may be handed over with the petition';
const consents = { 'Your consent': [keep, handOver] };
const delRosa = {
  'Tu nombre': 'Rosa Huamán',
  'Tu país': 'Perú',
  'Tu consentimiento': ['Mi firma se puede guardar y contar'],
};

const count = (sql: string) =>
  stage.withDatabase(
    ({ $client }) => ($client.prepare(`select count(*) n from ${sql}`).get() as { n: number }).n,
  );

describe('a setting of the server', () => {
  beforeEach(async () => {
    stage = await aStage();
  });
  afterEach(close);

  it('is off until an administrator turns it on, and says what that means', async () => {
    expect((await as('ada', 'settings show')).words).toContain(
      "### Signing here\nSigning here is off: people sign on the petition's page.",
    );
    const refused = await as('ben', 'signatures sign');
    expect([refused.private, refused.words]).toEqual([
      true,
      expect.stringMatching(
        /^People don't sign from Discord in this server\. You can sign \*\*Bring U\\?\.S\\?\. troops home from Peru\*\* on its page: <https:\/\/.+>$/,
      ),
    ]);
    const shared = await as('ben', 'petition share');
    expect(shared.words).not.toContain('Sign here');
    const on = await as('ada', 'settings signing', { on: true });
    expect([on.private, on.words]).toEqual([
      true,
      "People can sign right here, with `/signatures sign` or the button on the petition's cards. A signature next to a Discord account says what someone thinks: Minga doesn't keep the account beside it, encrypts the name, and shows it only to organizers of the server that hosts the petition.",
    ]);
    const shown = await as('ada', 'settings show');
    expect(shown.words).toContain('### Signing here\nPeople can sign right here');
    const off = await as('ada', 'settings signing', { on: false });
    expect(off.words).toContain('Signing here is off');
    expect((await as('luz', 'signatures sign')).words).toMatch(/^En este servidor no se firma desde Discord/);
    await expect(as('ana', 'settings signing', { on: true })).rejects.toThrow('does not offer');
  });
});

describe('signing', () => {
  beforeAll(open);
  afterAll(close);

  let receipt: Exchange;

  it('opens a form that bears the petition’s title', async () => {
    const form = await as('stranger', 'signatures sign');
    expect(form.words).toBe(
      [
        'Bring U.S. troops home from Peru',
        'Your name *',
        '[]',
        'Your country *',
        'As you write it: Peru, USA, Lima (Peru)…',
        '[]',
        'Organization (optional)',
        'You sign for yourself; this says where you belong.',
        '[]',
        'Comment (optional)',
        'Organizers of the petition can read it.',
        '[]',
        'Your consent *',
        'The first is needed to sign. The second is up to you.',
        '( ) My signature may be kept and counted – My name is encrypted; only organizers of the host server can read it.',
        '( ) My name may be handed over with the petition – If not, I count without being named.',
      ].join('\n'),
    );
    receipt = await form.submit({
      ...rosa,
      ...consents,
      'Organization (optional)': 'Club *de Madres*',
      'Comment (optional)': 'Por mi tierra',
    });
  });

  it('answers with a receipt, privately', () => {
    expect([receipt.private, receipt.words]).toEqual([
      true,
      [
        '### ✅ You signed **Bring U.S. troops home from Peru**. Thank you!',
        '- Name: Rosa Huamán',
        '- Country: Peru',
        '- Organization: Club \\*de Madres\\*',
        '- Comment: Por mi tierra',
        '- Day: July 10, 2023',
        '- Your name may be handed over with the petition.',
        'It counts. Where two signatures look alike, organizers look at them, and count them once only if they are of one person. **1 signature**',
        '-# Your Discord account is not kept beside it. Until the delivery you can take it back: `/signatures withdraw`. To see or erase what Minga holds on you: `/privacy data`, `/privacy forget`.',
        '[Change it] [Withdraw it]',
      ].join('\n'),
    ]);
  });

  it('once: who signed is told when, and may change what it says', async () => {
    const again = await as('stranger', 'signatures sign');
    expect([again.private, again.words]).toEqual([
      true,
      'You signed **Bring U.S. troops home from Peru** on July 10, 2023, and everyone signs once. You can change what it says, or take it back.\n[Change it] [Withdraw it]',
    ]);
    const form = await again.press('Change it');
    expect(form.words).toContain('[Rosa Huamán]');
    expect(form.words).toContain('(x) My name may be handed over');
    const changed = await form.submit({ 'Your name': 'R. Quispe', 'Your consent': [keep] });
    expect(changed.words).toMatch(
      /^### ✅ Your signature of \*\*.+\*\* is up to date\.\n- Name: R\. Quispe\n- Country: Peru\n- Organization: Club/,
    );
    expect(changed.words).toContain('- Your name is not handed over: you count without being named.');
    expect(changed.words).toContain('**1 signature**');
    const stale = await form.submit({ 'Your name': 'Otra' });
    expect(stale.words).toMatch(/^You signed/);
    expect(count('signatures where counts')).toBe(1);
  });

  it('is taken back at once, and may be given again', async () => {
    const withdrawn = await as('stranger', 'signatures withdraw');
    expect([withdrawn.private, withdrawn.words]).toEqual([
      true,
      'Your signature of **Bring U.S. troops home from Peru** is taken back: it no longer counts, and your name and comment are erased. If you change your mind, you can sign again.\n**0 signatures**',
    ]);
    expect((await as('stranger', 'signatures withdraw')).words).toMatch(/^There is no signature of yours/);
    expect((await receipt.press('Withdraw it')).words).toMatch(/^There is no signature of yours/);
    expect((await receipt.press('Change it')).words).toMatch(/^There is no signature of yours/);
    const form = await as('stranger', 'signatures sign');
    expect((await form.submit({ ...rosa, ...consents })).words).toContain('**1 signature**');
  });

  it('is delivered twice by Discord and counts once', async () => {
    const form = await as('ben', 'signatures sign');
    const sent = await form.submit({ ...rosa, 'Your name': 'Ben', ...consents });
    stage.discord.deliver(sent.interaction);
    await as('ada', 'signatures sources');
    expect(
      count("signatures where counts and source_id in (select id from sources where kind = 'discord')"),
    ).toBe(2);
  });
});

describe('en español', () => {
  beforeAll(open);
  afterAll(close);

  it('the whole way, from the button on the card to taking it back', async () => {
    const card = (await as('ben', 'petition share')).message as APIMessage;
    const luz = stage.luz.in(stage.general);
    const form = await luz.press(card, 'Sign here · Firmar aquí');
    expect(form.words).toMatch(/^Que las tropas/);
    const sent = await form.submit(delRosa);
    expect([sent.private, sent.words.split('\n')]).toEqual([
      true,
      [
        expect.stringMatching(/^### ✅ Firmaste \*\*Que las tropas .+\*\*\. ¡Gracias!$/),
        '- Nombre: Rosa Huamán',
        '- País: Perú',
        '- Día: 10 de julio de 2023',
        '- Tu nombre no se entrega: cuentas sin que se diga quién eres.',
        'Ya cuenta. Si dos firmas se parecen, el equipo organizador las mira y solo las cuenta como una si son de la misma persona. **1 firma**',
        '-# Tu cuenta de Discord no se guarda junto a ella. Hasta la entrega puedes retirarla: `/firmas retirar`. Para ver o borrar lo que Minga guarda sobre ti: `/privacidad datos`, `/privacidad olvidar`.',
        '[Cambiar mis datos] [Retirar mi firma]',
      ],
    ]);
    expect((await luz.press(card, 'Sign here · Firmar aquí')).words).toMatch(
      /^Firmaste \*\*Que las tropas .+\*\* el 10 de julio de 2023, y cada persona firma una sola vez/,
    );
    expect((await sent.press('Retirar mi firma')).words).toMatch(
      /^Tu firma en \*\*Que las tropas .+\*\* quedó retirada.+\n\*\*0 firmas\*\*$/,
    );
  });
});

describe('what cannot be taken', () => {
  beforeEach(open);
  afterEach(close);

  it('is asked again with nothing lost: a country that may be two', async () => {
    const form = await as('ben', 'signatures sign');
    const asked = await form.submit({
      ...rosa,
      ...consents,
      'Your country': 'Georgia',
      'Comment (optional)': 'Line one\nline two',
    });
    expect([asked.private, asked.words]).toEqual([
      true,
      expect.stringMatching(/Georgia.+\n\[Fill in again\]$/),
    ]);
    expect(count('signatures')).toBe(0);
    const again = await asked.press('Fill in again');
    for (const kept of [
      '[Rosa Huamán]',
      '[Georgia]',
      '[Line one\nline two]',
      `(x) ${keep}`,
      `(x) ${handOver}`,
    ]) {
      expect(again.words).toContain(kept);
    }
    const signed = await again.submit({ 'Your country': 'GE' });
    expect(signed.words).toContain('- Country: Georgia');
    expect(count('drafts')).toBe(0);
    expect((await asked.press('Fill in again')).words).toMatch(/^This button is out of date/);
  });

  it('is asked again in a change as well', async () => {
    const form = await as('luz', 'signatures sign');
    const signed = await form.submit(delRosa);
    const change = await signed.press('Cambiar mis datos');
    const asked = await change.submit({ 'Tu país': 'Atlántida' });
    expect(asked.words).toMatch(/^.*«Atlántida».+\n\[Volver al formulario\]$/);
    const changed = await (await asked.press('Volver al formulario')).submit({ 'Tu país': 'Bolivia' });
    expect(changed.words).toContain('quedó al día');
    expect(changed.words).toContain('- País: Bolivia');
    expect(count('signatures where counts')).toBe(1);
  });

  it('says so: no consent, no name, too long a name', async () => {
    const form = await as('ben', 'signatures sign');
    const none = await form.submit({ ...rosa, 'Your consent': [handOver] });
    expect(none.words).toBe(
      'Minga keeps a signature only if you agree to it. Please tick that yours may be kept and counted.\n[Fill in again]',
    );
    const blank = await form.submit({ ...rosa, ...consents, 'Your name': '\u200B' });
    expect(blank.words).toMatch(/^\*\*Your name\*\*: there is nothing to read in it\./);
    const long = await form.submit(
      { ...rosa, consent: ['keep'], 'Your name': 'ñ'.repeat(400) },
      { unchecked: true },
    );
    expect(long.words).toMatch(/^\*\*Your name\*\*: 400 characters are too many/);
    expect((await long.press('Fill in again')).kind).toBe('modal');
    expect(count('signatures')).toBe(0);
  });

  it('says so when signing or the petition ends while the form is open', async () => {
    const form = await as('ben', 'signatures sign');
    const shared = (await as('ben', 'petition share')).message as APIMessage;
    await as('ada', 'petition status', { state: 'paused', reason: 'x' });
    expect((await form.submit({ ...rosa, ...consents })).words).toMatch(/is paused/);
    expect((await stage.ben.in(stage.general).press(shared, 'Sign here · Firmar aquí')).words).toMatch(
      /is paused/,
    );
    expect((await as('ben', 'petition show')).words).not.toContain('Sign here');
    await as('ada', 'petition status', { state: 'open', reason: 'x' });
    await as('ada', 'settings signing', { on: false });
    expect((await form.submit({ ...rosa, ...consents })).words).toMatch(/^People don't sign from Discord/);
    expect(count('signatures')).toBe(0);
  });

  it('withdraws another petition than the current one, and none after delivery', async () => {
    await (await as('ben', 'signatures sign')).submit({ ...rosa, ...consents });
    const draft = await as('ada', 'petition create', { link: 'https://example.org/x', goal: 5 });
    await draft.submit({ 'title.en': 'Another', 'ask.en': 'a', 'title.es': 'Otra', 'ask.es': 'a' });
    await as('ada', 'petition status', { petition: 'Another', state: 'open', reason: 'x' });
    await as('ada', 'petition use', { petition: 'Another' });
    const which = await as('ben', 'signatures withdraw');
    expect(which.words).toBe(
      "You haven't signed this server's current petition. Which signature do you want to take back?\n[Bring U.S. troops home from Peru]",
    );
    const first = 'Bring U.S. troops home from Peru';
    await as('ada', 'petition status', { petition: first, state: 'delivered', reason: 'x' });
    const late = await which.press(first);
    expect(late.words).toMatch(/^\*\*Bring .+\*\* has been delivered with your signature in its count/);
    await as('ada', 'petition status', { petition: first, state: 'closed', reason: 'x' });
    expect((await which.press(first)).words).toContain('is taken back');
  });
});

describe('the Sign here button', () => {
  beforeAll(open);
  afterAll(close);

  it('is on the shared card in both languages or one, and on the tally’s', async () => {
    const both = await as('ben', 'petition share');
    expect(both.words).toMatch(
      /\[Sign · Firmar → .+\] \[Sign here · Firmar aquí\] \[Share · Compartir\] \[.+\]\n\[English\] \[Español\]$/,
    );
    const one = await as('ben', 'petition share', { language: 'es' });
    expect(one.words).toMatch(/\[Firmar → .+\] \[Firmar aquí\] \[Compartir\] \[.+\] \[English\]$/);
    const tally = await as('ada', 'tally now');
    await tally.until(({ words }) => words.includes('[Sign here · Firmar aquí]'));
    await as('ada', 'tally schedule', {
      channel: stage.general,
      time: '20:00',
      timezone: 'UTC',
      when: 'always',
    });
    await stage.moveTo('2023-07-10T20:00:30Z');
    const daily = await stage.discord.until('the card of the day', () =>
      stage.general.messages.find(
        (message) => message !== tally.message && wordsOf(message).includes('Sign here'),
      ),
    );
    expect((await stage.ben.in(stage.general).press(daily, 'Sign here · Firmar aquí')).kind).toBe('modal');
  });
});

describe('who signed', () => {
  beforeAll(open);
  afterAll(close);

  it('is nowhere: not in the database, not in the log, not in a message that others see', async () => {
    const { ben, general, bot, discord } = stage;
    const seen: Exchange[] = [];
    const did = async (exchange: Exchange | Promise<Exchange>) => {
      seen.push(await exchange);
      return seen.at(-1) as Exchange;
    };
    const form = await did(ben.in(general).command('signatures sign'));
    const asked = await did(form.submit({ ...rosa, ...consents, 'Your country': 'Georgia' }));
    const again = await did(asked.press('Fill in again'));
    const signed = await did(again.submit({ 'Your country': 'PE' }));
    const change = await did(signed.press('Change it'));
    await did(change.submit({ 'Your name': 'R. H.' }));
    await did(ben.in(general).command('signatures withdraw'));
    await did((await did(ben.in(general).command('signatures sign'))).submit({ ...rosa, ...consents }));
    expect(count('signatures where counts')).toBe(1);
    const bytes = stage.withDatabase(({ $client }) => $client.serialize());
    for (const { interaction } of seen) expect(bytes.includes(interaction.id)).toBe(false);
    for (const told of [ben.id, 'Ben Wood', 'Rosa Hu']) {
      expect(bytes.includes(told), told).toBe(false);
      expect(JSON.stringify(bot.logs), told).not.toContain(told);
      expect(JSON.stringify(general.messages), told).not.toContain(told);
    }
    expect(discord.requests.length).toBeGreaterThan(0);
  });
});
