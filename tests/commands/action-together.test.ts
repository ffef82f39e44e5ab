// What two do together, as they meet it in two servers of one coalition: the real bot on a local Discord.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Action, actionsWhere, proofOf } from '../../db/actions.js';
import { petitionsOf } from '../../db/petitions.js';
import { petitionServers } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import type { OptionValues, Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
let ben: Speaker;
let luz: Speaker;
/** In the partner's server; Discord in Spanish. */
let eva: Speaker;
/** Manages the partner's server. */
let olga: Speaker;

beforeEach(async () => {
  stage = await aStage();
  ben = stage.ben.in(stage.general);
  luz = stage.luz.in(stage.general);
  const server = stage.discord.addServer('Minga Lima');
  const channel = server.addChannel('general');
  const [owner, member] = [
    stage.discord.addPerson('Olga Díaz', { locale: 'es-419' }),
    stage.discord.addPerson('Eva Soto', { locale: 'es-419' }),
  ];
  server.addMember(owner, { owner: true });
  server.addMember(member);
  [olga, eva] = [owner.in(channel), member.in(channel)];
  stage.withDatabase((database) => {
    const [petition] = petitionsOf(database, stage.server.id);
    if (!petition) throw new Error('no petition was loaded');
    updateServer(database, server.id, { name: server.name, currentPetitionId: petition.id });
    const partner = { petitionId: petition.id, serverId: server.id, role: 'partner', joinedAt: 0 } as const;
    database.insert(petitionServers).values(partner).run();
  });
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const target = 'House Committee on Foreign Affairs';
const log = (who: Speaker, more: OptionValues = {}) =>
  who.command('action log', { type: 'call', count: 12, target, ...more });
const joins = () =>
  stage.withDatabase(({ $client }) => $client.prepare('select count(*) n from action_joins').get());
const logged = (): Action[] => stage.withDatabase((database) => actionsWhere(database, {}));

it('asks before it logs, names nobody, and counts what was joined once, to the credit of both', async () => {
  await log(ben);
  const asked = await log(eva, { count: 10, note: 'con Ben' });
  expect(asked.private).toBe(true);
  for (const sentence of [
    '¿Es la misma?',
    'Otra persona registró **12 llamadas**, hoy',
    'todavía no está registrada',
  ])
    expect(asked.words).toContain(sentence);
  expect(asked.words).toContain(
    'Escribiste 10 llamadas. Si te sumas, vale la cifra de la primera entrada: 12 llamadas.',
  );
  expect(asked.words).not.toContain('Ben');
  expect(logged()).toHaveLength(1);

  await asked.press('Sumarme');
  expect(asked.words).toContain('Te sumaste: **12 llamadas**, hoy. Cuenta una sola vez');
  expect(asked.words).toContain('Lo que anotaste o adjuntaste no se guardó');
  expect(asked.words).not.toContain('¿Es la misma?');
  expect(logged()).toHaveLength(1);

  const board = await luz.command('action board', { by: 'server' });
  for (const line of [
    '**12 actions** by server',
    '- **Minga Lima**: 12',
    '- **Semillas de Libertad**: 12',
    '12 of these were done together and stand in more than one line, so the lines come to 24.',
    '12 de estas se hicieron en conjunto y están en más de una línea; por eso las líneas suman 24.',
  ])
    expect(board.words).toContain(line);
  expect((await luz.command('action board')).words).not.toContain('done together');
  expect((await luz.command('action board', { by: 'member' })).words).toContain('- 2 more members: 12');
  const mine = await eva.command('action mine');
  expect(mine.words).toContain('**12 llamadas**');
  expect(mine.words).toContain('en conjunto');
  expect((await ben.command('action mine')).words).toContain('together');
});

it('names who pressed Show me, and does each press once', async () => {
  await log(ben);
  await (await ben.command('action board', { by: 'member' })).press('Show me · Mostrarme');
  const asked = await log(luz);
  expect(asked.words).toContain('**Ben Wood** registró **12 llamadas**');
  expect(asked.words).not.toContain('Escribiste');
  await asked.press('Sumarme');
  const again = await log(stage.ada.in(stage.general));
  const before = logged().length;
  expect(joins()).toEqual({ n: 1 });
  stage.discord.deliver(asked.interaction);
  await again.press('Separate');
  expect(again.words).toContain('Logged: **12 calls**, today.');
  expect(logged()).toHaveLength(before + 1);
  expect(joins()).toEqual({ n: 1 });
});

it('does what is pressed twice once, and says so', async () => {
  await log(ben);
  const asked = await log(luz);
  const { message } = asked;
  const button = JSON.stringify(message?.components).match(/action\.join:[^"]+/)?.[0];
  if (!message || button === undefined) throw new Error('nothing was asked');
  const presses = await Promise.all([luz.press(message, button), luz.press(message, button)]);
  await stage.discord.until('the second press is answered', () =>
    presses.some(({ words }) => words.includes('Esto ya estaba hecho')),
  );
  expect(joins()).toEqual({ n: 1 });
  expect(logged()).toHaveLength(1);
});

it('logs it apart with the proof that came with it, fetched again', async () => {
  await log(ben);
  const proof = { name: 'feria.jpg', contentType: 'image/jpeg', bytes: Buffer.from('a photo') };
  const asked = await log(luz, { proof });
  await asked.until(({ words }) => words.includes('¿Es la misma?'));
  expect(logged()).toHaveLength(1);
  await asked.press('Por separado');
  expect(asked.words).toContain('Registrado: **12 llamadas**, hoy.');
  expect(asked.words).toContain('Prueba: feria.jpg');
  const [hers] = logged();
  expect(stage.withDatabase((database) => proofOf(database, hers?.id ?? 0)?.bytes)).toEqual(proof.bytes);
});

it('asks in the form too', async () => {
  await log(ben);
  const form = await luz.menu('Log as outreach action', luz.say('Llamé'));
  const asked = await form.submit({
    type: 'call',
    count: '12',
    target: 'Comité de Asuntos Exteriores de la Cámara de Representantes',
  });
  expect(asked.words).toContain('¿Es la misma?');
  await asked.press('Por separado');
  expect(logged()).toMatchObject([{ messageLink: expect.stringContaining('/channels/') }, {}]);
});

it('logs it as the own one where the other is gone meanwhile', async () => {
  await log(ben);
  const asked = await log(luz);
  await ben.command('action undo');
  await asked.press('Sumarme');
  expect(asked.words).toContain('La otra entrada ya no está en pie');
  expect(asked.words).toContain('Registrado: **12 llamadas**, hoy.');
  expect(logged()).toMatchObject([{ userId: stage.luz.id }]);
});

it('takes back one part, and tells who is left with the entry', async () => {
  await log(ben);
  await (await log(luz)).press('Sumarme');
  const joined = await log(eva);
  await joined.press('Sumarme');
  await joined.press('Deshacer');
  expect((await eva.command('action mine')).words).toContain('todavía no hay nada tuyo');

  const undone = await ben.command('action undo');
  expect(undone.words).toContain('Somebody did it with you, so it goes on as their entry');
  const told = await luz.command('action mine', { period: 'today' });
  await told.until(({ words }) => words.includes('esa persona retiró su parte'));
  expect(told.words).toContain('**12 llamadas**');
  expect((await luz.command('action board')).words).toContain('**12 actions**');
  expect((await luz.command('action undo')).words).toContain('Retirado: **12 llamadas**');
  expect(logged()).toEqual([]);
});

it("exports all to the host's organizers, and to a partner's what was logged with them", async () => {
  await log(ben, { outcome: '=1+1', note: 'left a message' });
  await (await log(eva)).press('Sumarme');
  await eva.command('action log', { type: 'flyer', count: 80, note: 'Feria' });
  await (await luz.command('action board', { by: 'member' })).press('Show me · Mostrarme', ben);

  const whole = await stage.ada.in(stage.general).command('action export');
  const file = (exchange: typeof whole) => {
    const [attachment] = exchange.message?.attachments ?? [];
    if (!attachment) throw new Error(exchange.words);
    return stage.discord.bytesOf(attachment).toString();
  };
  await whole.until(({ words }) => words.includes('2 rows'));
  expect(whole.private).toBe(true);
  expect(file(whole)).toBe(
    '\uFEFFDay,Server,Organization,Type,Count,Target,Outcome,Note,Proof,State,Member,Joined by\r\n' +
      `2023-07-10,Semillas de Libertad,,call,12,${target},'=1+1,left a message,no,counts,Ben Wood,1\r\n` +
      '2023-07-10,Minga Lima,,flyer handed out,80,,,Feria,no,counts,member 1,0\r\n',
  );
  expect(whole.words).toContain('What counts of it comes to 92 actions.');
  const part = await olga.command('action export', { period: 'today' });
  await part.until(({ words }) => words.includes('1 fila'));
  expect(part.words).toContain('Son las entradas de este servidor');
  expect(file(part)).toContain(
    '\r\n2023-07-10,Minga Lima,,volante repartido,80,,,Feria,no,cuenta,integrante 1,0\r\n',
  );
  expect(file(part)).not.toContain('left a message');
  expect((await eva.command('action export')).words).toContain('equipo organizador');
  const audited = stage.withDatabase(({ $client }) =>
    $client.prepare("select json_extract(detail, '$.rows') n from audit where deed = 'action.export'").all(),
  );
  expect(audited).toEqual([{ n: 2 }, { n: 1 }]);
});
