// /delivery release as organizers meet it: the real bot on a local Discord, in both languages.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { audit, releaseFacts } from '../../db/schema.js';
import type { Exchange, Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, hostOf, joins } from '../support/coalition.js';

let stage: Stage;
let ada: Speaker;
let ana: Speaker;

beforeEach(async () => {
  stage = await aStage({ begins: '2023-07-19T20:00:00Z' });
  ada = stage.ada.in(stage.general);
  ana = stage.ana.in(stage.general);
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

const contact = { contact: 'Ana Quispe', reach: 'press@example.org' };
const committees = ['House Committee on Foreign Affairs', 'House Committee on Appropriations'];

/** The texts of a preview, and its last message, with the files and the buttons. */
async function preview(exchange: Exchange) {
  const whole = ({ messages }: Pick<Exchange, 'messages'>) =>
    messages.find(({ attachments }) => attachments.length > 0);
  await exchange.until((shown) => whole(shown) !== undefined);
  const files = (whole(exchange)?.attachments ?? []).map(
    (attachment) => [attachment.filename, stage.discord.bytesOf(attachment).toString()] as const,
  );
  const texts = exchange.messages.map(({ content }) => content.replaceAll('\\', ''));
  return { texts, said: texts.join('\n'), files: Object.fromEntries(files) };
}

const deeds = (deed: string) =>
  stage.withDatabase((database) => database.select().from(audit).all()).filter((row) => row.deed === deed);

async function recordAll(place?: string): Promise<void> {
  for (const target of committees) {
    const where = place === undefined ? {} : { place };
    await ada.command('delivery record', { target, date: '2023-07-19', ...where });
  }
}

it('marks what is missing, takes it in, and hands over the files once nothing is', async () => {
  const first = await ana.command('delivery release');
  const { said, files, texts } = await preview(first);
  expect(first.private).toBe(true);
  expect(Object.keys(files)).toEqual(['preview.en.txt', 'preview.es.txt']);
  expect(said).toContain('[MISSING: press contact], [MISSING: contact');
  expect(said).toContain('[FALTA: teléfono o correo de contacto]');
  expect(said).toContain('### Comunicado de prensa en inglés: vista previa');
  expect(said).toContain('- a quién se entregó y qué día: `/entrega anotar`');
  expect(files['preview.es.txt']).toMatch(/^VISTA PREVIA: NO PUBLICAR\n/);
  for (const text of texts) expect([...text].length).toBeLessThanOrEqual(2000);
  const refused = await first.press('Confirmar');
  expect(refused.words).toContain('El comunicado no puede salir con datos por completar:\n- quién atiende');
  expect(deeds('release.confirm')).toEqual([]);

  await ada.command('signatures count', { source: 'Petition page', people: 1890, organizations: 12 });
  await recordAll();
  const form = await first.press('Completar: contacto de prensa');
  const filled = await preview(await form.submit(contact));
  expect(filled.said).toContain('Press contact: Ana Quispe, press@example.org');
  expect(filled.said).toContain('[FALTA: lugar de la entrega], 19 de julio de 2023.');
  expect(filled.said).toContain('- dónde se entregó: `/entrega anotar`');
  await recordAll('Washington, D.C.');
  await ana.command('event turnout', {
    event: 'Manifestación ante la Embajada del Perú',
    low: 120,
    high: 150,
    method: 'dos personas, una por puerta',
  });

  const whole = await ana.command('delivery release');
  const seen = await preview(whole);
  expect(seen.said).not.toMatch(/FALTA|MISSING/);
  expect(seen.said).toContain('No falta nada.');
  expect(seen.said).toContain(
    'Washington, D.C., 19 de julio de 2023. La petición «Que las tropas de Estados Unidos salgan del Perú», firmada por cerca de 2.000 personas y organizaciones, se entregó el 19 de julio de 2023 al Comité de Asuntos Exteriores de la Cámara de Representantes y al Comité de Asignaciones de la Cámara de Representantes.',
  );
  expect(seen.said).toContain(
    'between 120 and 150 people (how it was counted: dos personas, una por puerta)',
  );
  expect(seen.said).toContain('- World BEYOND War');
  const out = await whole.press('Confirmar');
  const final = await preview(out);
  expect(Object.keys(final.files)).toEqual(['release.en.txt', 'release.es.txt']);
  expect(seen.files['preview.en.txt']).toBe(
    `PREVIEW, NOT FOR PUBLICATION\n\n${final.files['release.en.txt']}`,
  );
  expect(final.files['release.es.txt']).toContain(
    '**Que se retiren del Perú las tropas de Estados Unidos.**',
  );
  expect(deeds('release.confirm')).toHaveLength(1);
  expect((await whole.press('Confirmar')).words).toContain('ya');
  expect(deeds('release.confirm')).toHaveLength(1);
  expect(stage.general.messages).toEqual([]);
});

it('lets nothing out that is not what was seen', async () => {
  await ada.command('signatures count', { source: 'Petition page', people: 1890 });
  await recordAll('Washington, D.C.');
  const first = await ada.command('delivery release', { language: 'en' });
  await preview(first);
  const filled = await (await first.press('Fill in: press contact')).submit(contact);
  expect((await preview(filled)).said).toContain('Nothing is missing.');
  await ada.command('signatures count', { source: 'Petition page', people: 2003 });
  expect((await filled.press('Confirm')).words).toContain('was recorded anew since you saw it');
  const again = await ada.command('delivery release', { language: 'en' });
  expect((await preview(again)).said).toContain('more than 2,000 people');
  // After midnight it is still that day's.
  await stage.moveTo('2023-07-20T05:00:00Z');
  expect(Object.keys((await preview(await again.press('Confirm'))).files)).toEqual(['release.en.txt']);
});

it('quotes whoever is named, in the languages given, and refuses what is no contact', async () => {
  const first = await ada.command('delivery release');
  await preview(first);
  const unreachable = await (await first.press('Fill in: press contact')).submit({
    ...contact,
    reach: 'tomorrow',
  });
  expect(unreachable.words).toContain('neither an e-mail address nor a telephone number');
  const empty = { 'quote.en': '', 'speaker.en': '', 'quote.es': '', 'speaker.es': '' };
  const nameless = await (await first.press('Add a quote')).submit({ ...empty, 'quote.es': 'Ya basta.' });
  expect(nameless.words).toContain('needs the name of whoever says it');
  const quoted = await preview(
    await (await first.press('Add a quote')).submit({
      ...empty,
      'quote.es': 'Ya basta.',
      'speaker.es': 'Luz Mamani, <@1> Puno',
    }),
  );
  expect(quoted.files['preview.es.txt']).toContain('«Ya basta.»\n– Luz Mamani, <@1> Puno');
  expect(quoted.files['preview.en.txt']).not.toContain('Luz Mamani');
  expect(stage.withDatabase((database) => database.select().from(releaseFacts).all())).toHaveLength(2);
  // What is taken out again is left out.
  const taken = await preview(await (await first.press('Add a quote')).submit(empty));
  expect(taken.said).not.toContain('Ya basta');
});

it("is for the host's organizers, and its buttons do nothing elsewhere", async () => {
  const host = hostOf(stage);
  const partner = aPlace(stage, 'CODEPINK DC');
  await joins(host, partner);
  expect((await partner.as.organizer.command('delivery release')).words).toContain('hosts');
  const refused = await host.as.member.command('delivery release');
  expect(refused.words).toContain('for organizers');
});
