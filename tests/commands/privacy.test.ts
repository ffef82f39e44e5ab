// /privacy as people meet it: the real bot on a local Discord. The rules are in tests/coalition/privacy.test.ts.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStage, type Stage } from '../support/campaign.js';
import { isRefusal } from '../support/exchange-checks.js';

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
  await as('ada', 'settings signing', { on: true });
});
afterAll(async () => {
  // A slow command that is delivered twice begins to think twice, which Discord lets it do once.
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options = {}) => stage[who].in(stage.general).command(name, options);

/** What is held, as the file says it. */
async function dataOf(who: Who) {
  const said = await as(who, 'privacy data');
  await said.until(({ words }) => words !== '');
  const [file] = said.message?.attachments ?? [];
  const held = file && JSON.parse(stage.discord.bytesOf(file).toString());
  return { said, file, held };
}

const total = async () => {
  const tally = await as('ada', 'signatures sources');
  return tally.words.split('\n').at(-1);
};

describe('about', () => {
  it('says in both languages what is kept, why, for how long, and who sees it', async () => {
    const en = await as('stranger', 'privacy about');
    expect([en.private, en.words]).toEqual([
      true,
      expect.stringContaining('## What Minga keeps, and who sees it'),
    ]);
    for (const part of [
      'What it keeps',
      'What for',
      'Who sees it',
      'How long',
      'What you can do',
      '180 days',
    ]) {
      expect(en.words).toContain(part);
    }
    const es = await as('luz', 'privacy about');
    for (const part of [
      'Qué guarda',
      'Para qué',
      'Quién lo ve',
      'Cuánto tiempo',
      'Qué puedes hacer',
      '180 días',
    ]) {
      expect(es.words).toContain(part);
    }
  });
});

describe('data', () => {
  it('is nothing for who has done nothing, even after asking', async () => {
    await as('stranger', 'privacy about');
    const { said, file } = await dataOf('stranger');
    expect([said.private, said.words, file]).toEqual([true, 'Minga holds nothing on you.', undefined]);
  });

  it('is a summary and a file with all of it, for that person alone', async () => {
    const form = await as('luz', 'signatures sign');
    await form.submit({
      name: 'Luz *Mamani*',
      country: 'Perú',
      comment: 'Por mi tierra',
      consent: ['Mi firma se puede guardar y contar'],
    });
    await as('luz', 'action log', { type: 'call', count: 2, note: 'Llamé desde Puno' });
    const { said, file, held } = await dataOf('luz');
    expect([said.private, said.words.split('\n')]).toEqual([
      true,
      [
        '**Lo que Minga guarda sobre ti**',
        expect.stringMatching(
          /^- Firmaste \*\*Que las tropas .+\*\* el 10 de julio de 2023: tu firma cuenta\. Guarda el nombre Luz \\\*Mamani\\\*\.$/,
        ),
        '- Servidor donde usaste Minga por última vez: 1',
        '- Acciones que registraste: 1',
        '- Líneas en el registro de quién hizo qué: 1',
        expect.stringMatching(/^Todo, palabra por palabra, está en el archivo\./),
        expect.stringContaining('minga-datos.json'),
      ],
    ]);
    expect(file?.filename).toBe('minga-datos.json');
    expect(held).toMatchObject({
      account: stage.luz.id,
      signatures: [{ name: 'Luz *Mamani*', comment: 'Por mi tierra', country: 'PE', consent: false }],
      rows: { actions: [{ note: 'Llamé desde Puno', at: expect.stringMatching(/^2023-07-10T/) }] },
    });
  });
});

describe('forgetting', () => {
  it('is explained, confirmed, done at once; and the totals stay', async () => {
    const before = await total();
    const ask = await as('luz', 'privacy forget');
    expect([ask.private, ask.words]).toEqual([
      true,
      expect.stringMatching(/^\*\*Esto borra lo que Minga guarda sobre ti.+\[Borrar mis datos\]$/s),
    ]);
    const done = await ask.press('Borrar mis datos');
    expect([done.private, done.words]).toEqual([
      true,
      '✅ Listo: se borró lo que Minga guardaba sobre ti, y los totales no cambiaron. Si vuelves a usar Minga, se empieza de cero.',
    ]);
    expect(await total()).toBe(before);
    stage.discord.deliver(done.interaction);
    expect(isRefusal(await ask.press('Borrar mis datos'))).toBe(true);
    const { said, held } = await dataOf('luz');
    expect(said.words).toContain('tu firma cuenta. No guarda ningún nombre.');
    expect(held.rows).toEqual({});
    const bytes = stage.withDatabase(({ $client }) => $client.serialize());
    for (const gone of [stage.luz.id, 'Llamé desde Puno']) expect(bytes.includes(gone), gone).toBe(false);
  });

  it('shows on the board as people whose data was erased', async () => {
    const board = await as('ben', 'action board', { by: 'member' });
    await board.until(({ words }) => words.includes('by member'));
    expect(board.words).toContain('- *People whose data was erased*: 2');
    expect(board.words).toContain('- *Personas cuyos datos se borraron*: 2');
  });

  it('leaves the signature to be changed or taken back by its person', async () => {
    const again = await as('luz', 'signatures sign');
    const form = await again.press('Cambiar mis datos');
    expect(form.words).toContain('[Perú]');
    expect(form.words).not.toContain('Mamani');
    expect((await as('luz', 'signatures withdraw')).words).toContain('**0 firmas**');
  });
});

describe('outside of any server', () => {
  it('works in the direct messages with Minga, for who has left', async () => {
    const dm = stage.stranger.inDirectMessage();
    expect((await dm.command('privacy about')).words).toContain('What Minga keeps');
    const data = await dm.command('privacy data');
    await data.until(({ words }) => words !== '');
    expect(data.words).toBe('Minga holds nothing on you.');
    const ask = await dm.command('privacy forget');
    expect((await ask.press('Erase my data')).words).toMatch(/^✅ Done/);
    await expect(dm.command('settings show')).rejects.toThrow('does not offer');
  });
});
