// /delivery as organizers meet it: the real bot on a local Discord, in both languages.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliveriesOf, responsesOf } from '../../db/deliveries.js';
import { insertTarget } from '../../db/targets.js';
import type { SentFile, Speaker } from '../../rehearsal/stand-in/index.js';
import { wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { everyRow } from '../support/stories.js';

let stage: Stage;
/** Organizers: Ada reads English, Ana Spanish. */
let ada: Speaker;
let ana: Speaker;

beforeEach(async () => {
  stage = await aStage({ begins: '2023-07-19T15:00:00Z' });
  ada = stage.ada.in(stage.organizers);
  ana = stage.ana.in(stage.organizers);
});
afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

const affairs = 'House Committee on Foreign Affairs';
const asignaciones = 'Comité de Asignaciones de la Cámara de Representantes';
const stamp: SentFile = { name: 'stamp.png', contentType: 'image/png', bytes: Buffer.from('stamped') };
const proofs = () =>
  stage.withDatabase((database) => (everyRow(database).delivery_proofs ?? []).map((row) => Object(row)));

it('plans, records and keeps a proof; the last one suggests what comes then', async () => {
  const planned = await ana.command('delivery record', {
    target: asignaciones,
    date: '25/7/2023',
    place: 'Edificio *Rayburn*',
  });
  expect([planned.private, planned.words]).toEqual([
    true,
    [
      `✅ Anotado: **${asignaciones}**`,
      '🗓️ Planeada para el 25 de julio de 2023 · Edificio \\*Rayburn\\*',
      'Cuando se haya hecho, presiona **Ya se entregó** en `/entrega estado`, o anota otro día con `/entrega anotar`.',
    ].join('\n'),
  ]);
  const done = await ada.command('delivery record', { target: affairs, date: '2023-07-19', proof: stamp });
  expect(done.words).toMatch(`✅ Noted: **${affairs}**\n📬 Delivered on July 19, 2023 · with a proof`);
  expect(done.words).not.toContain('the last one');
  expect(proofs()).toEqual([
    expect.objectContaining({ name: 'stamp.png', content_type: 'image/png', bytes: Buffer.from('stamped') }),
  ]);
  const last = await ada.command('delivery record', { target: asignaciones, date: '2023-07-18' });
  expect(last.words).toContain('📬 Delivered on July 18, 2023 · Edificio \\*Rayburn\\*\n');
  expect(last.words).toContain('That was the last one that was open.');
  expect(last.words).toContain('`/petition status state:delivered reason:…`');
});

it('says that a planned day has come, and takes a press for an answer', async () => {
  await ada.command('delivery record', { target: affairs, date: '2023-07-20' });
  expect((await ada.command('delivery status')).words).toContain('### 🗓️ Planned · 1');
  await stage.moveTo('2023-07-20T15:00:00Z');
  const board = await ada.command('delivery status');
  expect(board.words).toContain(`### ❓ The planned day has come · 1\n**${affairs}**\n🗓️ Planned for July 20`);
  expect((await board.press('It took place')).words).toContain('📬 Delivered on July 20, 2023');
  expect((await board.press('It took place')).words).toContain('already done');
});

it('notes an answer in a form, which comes back with what was typed where something is wrong', async () => {
  const early = await ana.command('delivery response', { target: affairs });
  expect(early.words).toContain('Todavía no se ha entregado nada a **Comité de Asuntos Exteriores');
  await ada.command('delivery record', { target: affairs, date: '2023-07-19' });
  await stage.moveTo('2023-07-25T15:00:00Z');
  const form = await ana.command('delivery response', { target: affairs });
  expect(form.modal?.title).toBe('Respuesta: Comité de Asuntos Exteriores de l…');
  const text = 'We have *received* it.\nStaff will call. @everyone';
  const wrong = await form.submit({
    text,
    answeredBy: 'Jane Smith, staff',
    day: '2023-07-25',
    followUpOn: 'in August',
  });
  expect(wrong.words).toContain('Volver a preguntar el');
  expect(wrong.words).toContain('«in August» no es una fecha');
  const again = await wrong.press('Volver al formulario');
  expect(JSON.stringify(again.modal)).toContain('Staff will call.');
  const kept = await again.submit({
    text,
    answeredBy: 'Jane Smith, staff',
    day: '2023-07-25',
    followUpOn: '8/8/2023',
  });
  expect(kept.words).toBe(
    [
      '✅ Anotado: lo que respondió **Comité de Asuntos Exteriores de la Cámara de Representantes** el 25 de julio de 2023. Se ve en `/entrega estado`.',
      '🔔 El 8 de agosto de 2023 Minga le recuerda al equipo organizador que vuelva a preguntar.',
    ].join('\n'),
  );
  expect((await wrong.press('Volver al formulario')).words).toContain('Esto ya estaba hecho');
  expect(stage.withDatabase((database) => responsesOf(database, 1))).toHaveLength(1);
  const board = await ada.command('delivery status');
  expect(board.words).toContain(
    [
      '### ✅ Answered · 1',
      `**${affairs}**`,
      '📬 Delivered on July 19, 2023',
      `-# noted by <@${stage.ada.id}> · Semillas de Libertad`,
      '💬 Answered on July 25, 2023 by Jane Smith, staff',
      '> We have \\*received\\* it. Staff will call. @\u200Beveryone',
      '🔔 Ask again on August 8, 2023',
    ].join('\n'),
  );
});

it('reminds organizers once, and asks again in two weeks where they press for it', async () => {
  await ada.command('settings channels', { organizers: stage.organizers });
  const done = await ada.command('delivery record', { target: affairs, date: '2023-07-19' });
  expect((await done.press('Ask again in two weeks')).words).toBe(
    `🔔 On August 2, 2023 Minga reminds the organizers to ask **${affairs}** again. An answer that you note before clears that.`,
  );
  // Midnight in New York, whose days the petition counts.
  await stage.moveTo('2023-08-02T03:59:00Z');
  expect(stage.organizers.messages).toHaveLength(0);
  await stage.moveTo('2023-08-02T04:00:00Z');
  await stage.moveTo('2023-08-02T04:01:00Z');
  await stage.moveTo('2023-08-03T04:00:00Z');
  expect(stage.organizers.messages.map(wordsOf)).toEqual([
    [
      `📌 Time to ask **${affairs}** again about **Bring U.S. troops home from Peru**, delivered on July 19, 2023. No answer yet. Note what they say with \`/delivery response\`.`,
      '📌 Toca volver a preguntarle a **Comité de Asuntos Exteriores de la Cámara de Representantes** por **Que las tropas de Estados Unidos salgan del Perú**, entregada el 19 de julio de 2023. Todavía sin respuesta. Anota lo que digan con `/entrega respuesta`.',
    ].join('\n\n'),
  ]);
  const board = await ada.command('delivery status');
  expect(board.words).toContain('### 🔔 Time to ask again · 1');
  await board.press('Ask again in two weeks');
  expect((await ada.command('delivery status')).words).toContain('🔔 Ask again on August 17, 2023');
});

it('shows a board that fits a message, whatever stands in it', async () => {
  const empty = await ana.command('delivery status');
  expect(empty.words).toContain('**Entregada a 0 de 2 · respuestas: 0**');
  expect(empty.words).toContain('### ⭕ Sin planear · 2');
  const long = (letter: string, most: number) => `${letter}*_`.repeat(most).slice(0, most);
  stage.withDatabase((database) => {
    for (let number = 0; number < 20; number += 1)
      insertTarget(database, { petitionId: 1, name: { en: `${number} ${long('N', 90)}` } });
  });
  for (let number = 0; number < 12; number += 1) {
    const target = `${number} ${long('N', 90)}`;
    await ada.command('delivery record', { target, date: '2023-07-19', place: long('P', 100) });
    const form = await ada.command('delivery response', { target });
    await form.submit({
      text: long('T', 1000),
      answeredBy: long('W', 100),
      day: '2023-07-19',
      followUpOn: '2023-07-19',
    });
  }
  const { words } = await ana.command('delivery status');
  expect(words).toContain('**Entregada a 12 de 22 · respuestas: 12**');
  expect(words).toMatch(/… y \d+ más/);
});

it('lets nobody write who is not an organizer of the host, and names what is not there', async () => {
  const ben = stage.ben.in(stage.general);
  expect((await ben.command('delivery status')).words).toContain('organizers');
  const unknown = await ada.command('delivery record', {
    target: 'Nobody',
    date: '2023-07-19',
    proof: stamp,
  });
  expect(unknown.words).toContain('“Nobody”');
  expect(stage.withDatabase((database) => deliveriesOf(database, 1))).toEqual([]);
});
