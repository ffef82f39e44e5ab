// What is removed after delivery, as organizers live it: the real bot, moved on to the day, told before and after.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { petitionsOf } from '../../db/petitions.js';
import { signatures } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import { wordsOf } from '../../rehearsal/stand-in/index.js';
import { addDays } from '../../src/coalition/day.js';
import { retentionDays, warningDays } from '../../src/coalition/retention.js';
import { aStage, type Stage } from '../support/campaign.js';

/** The stage begins on this day; Lima, where the petition is counted, is five hours behind UTC. */
const delivered = '2023-07-10';
const noonAfter = (days: number) => `${addDays(delivered, days)}T17:00:00Z`;

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
  stage.withDatabase((database) => {
    updateServer(database, stage.server.id, { organizersChannelId: stage.organizers.id, language: 'both' });
  });
  for (const [who, name] of [
    ['ada', 'Rosa Quispe'],
    ['ana', 'Luis Rojas'],
  ] as const) {
    await stage[who].in(stage.general).command('signatures add', { kind: 'person', name, country: 'Peru' });
  }
  await status('delivered');
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

const status = (state: string) =>
  stage.ada.in(stage.general).command('petition status', { state, reason: 'x' });
const told = () => stage.organizers.messages.map(wordsOf).filter((words) => /removes|removed/.test(words));
const named = () =>
  stage.withDatabase((database) =>
    database
      .select()
      .from(signatures)
      .all()
      .filter(({ sealed }) => sealed !== null),
  ).length;
const total = async () => (await stage.ada.in(stage.general).command('signatures tally')).words;
const petition = () =>
  stage.withDatabase((database) =>
    petitionsOf(database, stage.server.id).find(({ deliveredAt }) => deliveredAt),
  );

test('organizers are told a fortnight before, in both languages, and nothing is removed yet', async () => {
  await stage.moveTo(noonAfter(retentionDays - warningDays - 1));
  expect(told()).toEqual([]);
  await stage.moveTo(noonAfter(retentionDays - warningDays));
  expect(told()).toHaveLength(1);
  expect(told()[0]).toBe(
    [
      '📌 **Bring U.S. troops home from Peru** was delivered, and what is personal is kept for 180 days after that. On January 6, 2024 Minga removes 2 names with their organizations and comments. All counts stay. If you still need the names, take a copy before that day with `/signatures export`. If the campaign goes on, open it again with `/petition status`, and nothing is removed.',
      '📌 **Que las tropas de Estados Unidos salgan del Perú** ya se entregó, y los datos personales se guardan 180 días más. El 6 de enero de 2024 Minga borra 2 nombres con sus organizaciones y comentarios. Todas las cifras se quedan como están. Si todavía necesitan los nombres, saquen una copia antes de ese día con `/firmas exportar`. Si la campaña sigue, ábranla de nuevo con `/petición estado` y no se borra nada.',
    ].join('\n\n'),
  );
  expect(named()).toBe(2);
});

test('on the day the names go, the count stays, and organizers are told', async () => {
  const before = await total();
  await stage.moveTo(noonAfter(retentionDays - 1));
  expect(named()).toBe(2);
  await stage.moveTo(noonAfter(retentionDays));
  expect(named()).toBe(0);
  expect(told()[1]).toContain('its 2 signatures have no names, organizations or comments any more');
  expect(told()[1]).toContain('sus 2 firmas ya no tienen nombres, organizaciones ni comentarios');
  expect(await total()).toBe(before);
  expect(petition()?.namesRemovedAt).not.toBeNull();
});

test('an export says since when names are gone, in both languages, and asks for no care of them', async () => {
  const exported = await stage.ada.in(stage.general).command('signatures export');
  const [attachment] = exported.message?.attachments ?? [];
  if (!attachment) throw new Error('nothing is attached');
  expect(stage.discord.bytesOf(attachment).toString()).not.toMatch(/Rosa|Quispe|Luis|Rojas/);
  expect(exported.words).toContain('2 rows, one for each signature that came with a name (2 people');
  expect(exported.words).toContain(
    '2 of them have no name any more: after the delivery, names were removed on January 6, 2024.',
  );
  expect(exported.words).not.toContain('in trust');
  const spanish = await stage.ana.in(stage.general).command('signatures export');
  expect(spanish.words).toContain(
    '2 de ellas ya no llevan nombre: tras la entrega, los nombres se borraron el 6 de enero de 2024.',
  );
});

test('with every name gone the bot starts as before, and tells nobody again', async () => {
  await stage.bot.stop();
  await stage.restart();
  await stage.moveTo(noonAfter(retentionDays + 30));
  expect(told()).toHaveLength(2);
  expect(await total()).toContain('**2 signatures**');
});
