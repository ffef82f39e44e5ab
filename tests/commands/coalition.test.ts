// /coalition as people meet it: the real bot on a local Discord, in both languages.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit, invitations, petitionServers } from '../../db/schema.js';
import type { Exchange, OptionValues, Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, codeIn, hostOf, joins, type Place } from '../support/coalition.js';

let stage: Stage;
let host: Place;
let partner: Place;

beforeAll(async () => {
  stage = await aStage();
  host = hostOf(stage);
  partner = aPlace(stage, 'Lima _Norte_', 'es-419');
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const at = (who: Who): Speaker => stage[who].in(stage.general);
const as = (who: Who, name: string, options?: OptionValues): Promise<Exchange> =>
  at(who).command(`coalition ${name}`, options);
const listOf = async (who: Who) => (await as(who, 'list')).words;
const rows = () =>
  stage.withDatabase((database) => ({
    servers: database.select().from(petitionServers).all(),
    invitations: database.select().from(invitations).all(),
    deeds: database
      .select()
      .from(audit)
      .all()
      .map(({ deed }) => deed),
  }));

describe('organizations', () => {
  test('are listed with where they are and their page', async () => {
    await as('ada', 'add', {
      name: 'Seeds *of* Freedom',
      name_es: 'Semillas *de* Vida',
      url: 'https://example.org/seeds',
      country: 'Perú',
    });
    expect(await listOf('stranger')).toContain(
      '- **Seeds \\*of\\* Freedom** · Peru · <https://example.org/seeds>',
    );
    expect(await listOf('luz')).toContain(
      '- **Semillas \\*de\\* Vida** · Perú · <https://example.org/seeds>',
    );
  });

  test('a proposal is seen by who made it and by organizers, until they approve it', async () => {
    const proposed = await as('luz', 'add', { name: 'Red de Mujeres' });
    expect([proposed.private, proposed.words]).toEqual([
      true,
      '**Red de Mujeres** quedó propuesta. Decide el equipo organizador del servidor que impulsa la petición; hasta entonces nadie más ve su nombre.',
    ]);
    expect(await listOf('luz')).toMatch(
      /\*\*Propusiste\*\*\n- Red de Mujeres · espera al equipo organizador/,
    );
    expect(await listOf('ada')).toMatch(/\*\*Waiting\*\*\n- Red de Mujeres · waits for an organizer/);
    for (const other of ['ben', 'stranger'] as const) expect(await listOf(other)).not.toContain('Mujeres');
    expect(await at('ben').complete('coalition withdraw', {}, 'organization')).toEqual([]);
    expect((await as('ben', 'add', { name: 'red de MUJERES' })).words).toContain(
      'in this coalition already, or waits',
    );
    const [offered, ...others] = await at('ana').complete('coalition approve', {}, 'organization');
    expect([offered?.name, others]).toEqual(['Red de Mujeres', []]);
    expect((await as('ana', 'approve', { organization: String(offered?.value) })).words).toBe(
      '**Red de Mujeres** está en la coalición y desde ahora se la nombra. Como aquí no tiene representante, tú respondes por su consentimiento.',
    );
    expect(await listOf('stranger')).toContain('- **Red de Mujeres**');
  });

  test('one with a representative is named once they press Approve, and is told to them alone', async () => {
    const added = await as('ada', 'add', { name: 'Quiet Group', representative: stage.luz });
    expect(added.words).toContain(`once its representative, <@${stage.luz.id}>, presses Approve`);
    for (const other of ['ben', 'stranger'] as const) expect(await listOf(other)).not.toContain('Quiet');
    const asked = await as('luz', 'list');
    await asked.until(({ words }) => words.includes('Te nombraron representante de **Quiet Group**'));
    expect(asked.words).toContain(
      '¿Se puede nombrar a **Quiet Group** entre quienes respaldan esta petición?',
    );
    const agreed = await asked.press('Aprobar');
    expect([agreed.private, agreed.words]).toEqual([
      true,
      '¡Gracias! Desde ahora se nombra a **Quiet Group** entre quienes respaldan la petición.',
    ]);
    expect((await asked.press('Aprobar')).words).toContain('nada cambió por segunda vez');
    expect(await listOf('stranger')).toContain('- **Quiet Group**');
    expect((await as('ben', 'withdraw', { organization: 'Quiet Group' })).words).toBe(
      'This is for organizers of the campaign.',
    );
    const [offered] = await at('luz').complete('coalition withdraw', {}, 'organization');
    expect(offered?.name).toBe('Quiet Group');
    const gone = await as('luz', 'withdraw', { organization: 'quiet group', reason: 'un *error*' });
    expect(gone.words).toContain('ya no está en la coalición');
    expect(await listOf('stranger')).not.toContain('Quiet');
    expect(await at('ben').complete('action log', {}, 'organization')).not.toContainEqual(
      expect.objectContaining({ name: 'Quiet Group' }),
    );
    const heard = await as('ada', 'servers');
    await heard.until(({ words }) => words.includes('its representative said so. Why: un \\*error\\*'));
  });

  test('who speaks for what they add is asked on the spot', async () => {
    const added = await as('ana', 'add', { name: 'Mía', representative: stage.ana });
    expect((await added.press('Retirar')).words).toBe(
      '**Mía** ya no está en la coalición. No se la nombra más en listas ni en tarjetas nuevas.',
    );
    const again = await as('ana', 'add', { name: 'Mía', representative: stage.ana });
    await again.press('Aprobar');
    expect(await listOf('ben')).toContain('- **Mía**');
    expect((await added.press('Aprobar')).words).toContain('ya no sirve');
  });

  test('takes a page over https alone, and a country that there is', async () => {
    expect((await as('ben', 'add', { name: 'X', url: 'http://example.org' })).words).toContain('https://');
    expect((await as('luz', 'add', { name: 'X', country: 'Atlántida' })).words).toContain('Atlántida');
    expect(await listOf('ada')).not.toContain('- X');
  });
});

describe('servers', () => {
  // What organizers are told goes there, and to nobody whose time to be told is over.
  beforeAll(async () => {
    await host.as.administrator.command('settings channels', { organizers: stage.organizers });
  });

  test('a code is shown once, to who asked, and kept nowhere', async () => {
    const invited = await as('ana', 'invite');
    expect(invited.private).toBe(true);
    expect(invited.words).toMatch(/hasta el <t:169021080\d:F>:\n```\nMINGA(-[0-9A-Z]{4}){3}\n```/);
    const code = codeIn(invited.words);
    const { words } = await as('ada', 'servers');
    expect(words).toMatch(/\*\*Open invitations\*\*\n- any server, until <t:169021080\d:F>/);
    expect(words).not.toContain(code);
    expect(JSON.stringify(rows())).not.toContain(code.slice(6));
    stage.discord.deliver(invited.interaction);
    await as('ada', 'servers');
    expect(rows().invitations).toHaveLength(1);
  });

  test('refuses a code with a sentence that says what to do', async () => {
    const join = async (code: string, { organizer } = partner.as) =>
      (await organizer.command('coalition join', { code })).words;
    const code = codeIn((await as('ada', 'invite')).words);
    expect(await join('MINGA-0000-0000-0000')).toContain('Minga no conoce este código');
    expect(await join(code, host.as)).toContain('Este mismo servidor impulsa');
    expect(await join(code)).toContain(
      'participa ahora en **Que las tropas de Estados Unidos salgan del Perú** como **Lima \\_Norte\\_**',
    );
    expect(await join(code)).toContain('ya participa en');
    const other = aPlace(stage, 'Other');
    expect(await join(code, other.as)).toContain('used before');
    const late = codeIn((await as('ada', 'invite')).words);
    await stage.moveTo('2023-07-25T00:00:00Z');
    expect(await join(late, other.as)).toMatch(/^This code ended on <t:169021080\d:F>/);
    expect(rows().servers).toHaveLength(2);
    await stage.moveTo('2023-07-25T00:00:01Z');
  });

  test('of two servers with one code, one gets in', async () => {
    const [one, two] = [aPlace(stage, 'One'), aPlace(stage, 'Two')];
    const code = codeIn((await as('ada', 'invite')).words);
    const answers = await Promise.all(
      [one, two].map(({ as: { organizer } }) => organizer.command('coalition join', { code })),
    );
    expect(answers.filter(({ words }) => words.includes('takes part in'))).toHaveLength(1);
    expect(answers.filter(({ words }) => words.includes('used before'))).toHaveLength(1);
  });

  test('leaving is asked about, and done once by who asked', async () => {
    const ask = await partner.as.organizer.command('coalition leave');
    expect(ask.words).toContain('¿Sacar a este servidor de');
    expect(rows().servers.map(({ serverId }) => serverId)).toContain(partner.server.id);
    const { message } = ask;
    if (!message) throw new Error('nobody is asked');
    const left = await Promise.all([ask.press('Salir'), ask.press('Salir')]);
    expect(left.map(({ words }) => words).sort()).toEqual([
      'Esto ya estaba hecho; nada cambió por segunda vez.',
      'Listo: este servidor ya no está en **Que las tropas de Estados Unidos salgan del Perú**.',
    ]);
    expect(rows().servers.map(({ serverId }) => serverId)).not.toContain(partner.server.id);
    expect(rows().deeds.filter((deed) => deed === 'coalition.leave')).toHaveLength(1);
    expect((await as('ada', 'leave')).words).toContain("so it can't leave it");
  });

  test('the host takes one out by the name that is typed', async () => {
    await joins(host, partner);
    expect((await as('ada', 'remove', { server: 'Nowhere' })).words).toContain('no partner server “Nowhere”');
    expect((await as('ana', 'remove', { server: 'lima _norte_' })).words).toBe(
      '**Lima \\_Norte\\_** ya no participa en **Que las tropas de Estados Unidos salgan del Perú**. Lo que contó se queda en el recuento.',
    );
    const told = await partner.as.organizer.command('petition list');
    await told.until(({ words }) => words.includes('sacó de ella a este servidor'));
  });
});
