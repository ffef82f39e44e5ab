// /target as people meet it: the real bot on a local Discord, in both languages.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { actionsWhere } from '../../db/actions.js';
import { petitionsOf, updatePetition } from '../../db/petitions.js';
import { insertTarget, positionsOf, targetsOf } from '../../db/targets.js';
import type { SentFile, Speaker } from '../../rehearsal/stand-in/index.js';
import { importTargets } from '../../src/coalition/target-import.js';
import { bundleOf } from '../../src/connectors/congress-legislators/bundle.js';
import { targetsFrom, usualCommittees } from '../../src/connectors/congress-legislators/data.js';
import { selectCommittees } from '../../src/connectors/congress-legislators/select.js';
import { aStage, type Stage } from '../support/campaign.js';
import { congressFiles } from '../support/congress.js';

let stage: Stage;
let ana: Speaker;
let ben: Speaker;
let luz: Speaker;
let sam: Speaker;

beforeEach(async () => {
  stage = await aStage();
  ana = stage.ana.in(stage.general);
  ben = stage.ben.in(stage.general);
  luz = stage.luz.in(stage.general);
  sam = stage.stranger.in(stage.general);
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const petition = () => {
  const [found] = stage.withDatabase((database) => petitionsOf(database, stage.server.id));
  if (!found) throw new Error('no petition was loaded');
  return found;
};
const targets = () => stage.withDatabase((database) => targetsOf(database, petition().id));
const chosen = () => {
  const files = congressFiles();
  return selectCommittees(
    {
      committees: files['committees-current'],
      membership: files['committee-membership-current'],
      legislators: files['legislators-current'],
      districts: files['legislators-district-offices'],
    },
    usualCommittees,
  );
};
const file = (bytes: Buffer | string, name = 'targets.json'): SentFile => ({
  name,
  contentType: 'application/json',
  bytes: Buffer.from(bytes),
});
/** As an organizer would have taken them in. */
const load = () =>
  stage.withDatabase((database) => {
    const write = { userId: null, serverId: stage.server.id, at: stage.discord.clock.now() };
    importTargets(database, write, petition(), targetsFrom(chosen(), '2023-06-15'));
  });

/** Presses a button that came from somewhere else. */
function pressed(speaker: Speaker, id: string) {
  const message = speaker.say('');
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: '?',
    custom_id: id,
  } as const;
  message.components = [{ type: ComponentType.ActionRow, components: [button] }];
  return speaker.press(message, id);
}

it('takes a bundle in once, says what it did, and joins the committees of the campaign', async () => {
  const bundle = file(bundleOf(chosen(), '2023-06-15'), 'holiday.jpg');
  const first = await ana.command('target import', { file: bundle });
  expect(first.private).toBe(true);
  expect(first.words).toContain('✅ Incorporado: datos al 15 de junio de 2023.');
  expect(first.words).toContain('Nuevos: 5 · con cambios: 2 · ya no están en el cargo: 0 · sin cambios: 0');
  expect(first.words).toContain('Dana Dangling (D000006, HSAP)');
  expect(targets().filter(({ kind }) => kind === 'committee')).toHaveLength(2);
  const ada = stage.ada.in(stage.general);
  const again = await ada.command('target import', { file: bundle });
  expect(again.words).toContain('Data as of June 15, 2023: nothing in it is new.');
  expect(again.words).toContain('New: 0 · changed: 0 · former since now: 0 · as before: 7');
});

it('refuses every other file with a sentence, and nothing is half done', async () => {
  const before = targets();
  for (const [bytes, sentence] of [
    [JSON.stringify(congressFiles()['legislators-current']), 'npm run targets -- import'],
    [bundleOf(chosen(), '2023-06-15').subarray(0, 500), 'no es JSON en UTF-8'],
    [bundleOf(chosen(), '2023-09-01'), 'todavía no llega'],
    ['{"a":1}', 'no es un paquete de destinatarios'],
    ['[', 'no es JSON'],
  ] as const) {
    expect((await ana.command('target import', { file: file(bytes) })).words).toContain(sentence);
  }
  expect(targets()).toEqual(before);
});

it('is for organizers to change, and for anyone to read', async () => {
  for (const attempt of [
    await ben.command('target add', { name: 'The Embassy' }),
    await ben.command('target import', { file: file('{}') }),
    await ben.command('target position', { target: '1', value: 'supports' }),
  ])
    expect(attempt.words).toContain('for organizers');
  expect((await sam.command('target list')).words).toContain('House Committee on Foreign Affairs');
});

it('lists by where they stand, in words, with former ones last', async () => {
  load();
  await ana.command('target position', {
    target: 'Rosa Vidal',
    value: 'opposed',
    note: 'Lo dijo en la radio',
  });
  const noted = await ana.command('target position', { target: 'josé núñez peña', value: 'leaning' });
  expect(noted.words).toContain('✅ Anotado: **José Núñez Peña** – se inclina a favor.');
  const english = await ben.command('target list');
  expect(english.words).toMatch(
    /\*\*Leaning our way\*\* · 1\n.*José Núñez Peña \(D, NM-1\).*Ranking Member · noted on July 10, 2023\n+\*\*Opposed\*\* · 1\n.*Rosa Vidal \(R, NY-5\).*Chair · noted on July 10, 2023\n+\*\*Not known yet\*\* · 4\n[\s\S]*House Committee on Foreign Affairs\*\*\n[\s\S]*\*\*Former\*\* · 1\n.*Max Ended/,
  );
  expect(english.words).toContain('Public data as of June 15, 2023');
  const spanish = await luz.command('target list', { committee: 'Asignaciones' }, { unchecked: true });
  expect(spanish.words).toContain('ningún comité «Asignaciones»');
  const offered = await luz.complete('target list', { committee: 'asignacion' }, 'committee');
  expect(offered.map(({ name }) => name)).toEqual(['Comité de Asignaciones de la Cámara de Representantes']);
  const one = await luz.command('target list', { committee: String(offered[0]?.value) });
  expect(one.words).toContain('Pat Q. Both Jr. (D, PR)');
  expect(one.words).not.toContain('Rosa');
});

it('shows one with seats, offices, phones, position, what was done, and the day of the data', async () => {
  load();
  await ana.command('target position', {
    target: 'Rosa Vidal',
    value: 'undecided',
    note: 'Pidió <@1> tiempo',
  });
  await ben.command('action log', { type: 'call', count: 3, target: 'Rosa Vidal' });
  await luz.command('action log', { type: 'letter', target: 'Rosa Vidal' });
  const { words, message } = await luz.command('target show', { target: 'rosa vidal' });
  for (const sentence of [
    'Rosa Vidal (R, NY-5)',
    'Comité de Asuntos Exteriores de la Cámara de Representantes · Presidencia · mayoría',
    'Posición: **sin decidir** (10 de julio de 2023)',
    '> Pidió \\<\\@1> tiempo',
    '**Capitolio** · (202) 225-0101 <tel:+12022250101> · 2170 Rayburn',
    '**Queens** · (718) 555-0100',
    'Contactos hasta ahora: 3 llamadas y 1 carta',
    'Datos públicos al 15 de junio de 2023',
  ])
    expect(words).toContain(sentence);
  expect(JSON.stringify(message?.components)).toContain(`"style":${ButtonStyle.Link}`);
  const house = await ben.command('target show', { target: 'HSFA' });
  expect(house.words).toContain('4 members');
  expect(house.words).toContain('Chair: Rosa Vidal (R, NY-5)');
  expect(house.words).not.toContain('stale');
});

it('offers targets as one types, case and accents aside, former ones marked and last', async () => {
  load();
  for (const [command, options] of [
    ['target show', {}],
    ['action log', { type: 'call' }],
  ] as const)
    expect((await ben.complete(command, { ...options, target: '' }, 'target')).at(-1)?.name).toBe(
      'Max Ended (D, OH-2) – former',
    );
  const offered = await luz.complete('target script', { target: 'NUNEZ' }, 'target');
  expect(offered.map(({ name }) => name)).toEqual(['José Núñez Peña (D, NM-1)']);
});

it('has a script for the office least contacted, and says why; what was done is logged in two taps', async () => {
  load();
  const first = await ben.command('target script');
  expect(first.private).toBe(true);
  expect(first.words).toContain('Picked for you: nobody has contacted this office yet.');
  expect(first.words).toContain('Rosa Vidal (R, NY-5)');
  expect(first.words).toContain('Capitol: (202) 225-0101 <tel:+12022250101>');
  expect(first.words).toContain('If you live in NY-5, say so');
  expect(first.words).toContain('I signed the petition “Bring U.S. troops home from Peru”.');
  expect(first.words).toContain('The petition is here: https://example.org/peru');
  const form = await first.press('Log this call');
  await form.submit({});
  const [logged] = stage.withDatabase((database) => actionsWhere(database, {}));
  expect(targets().find(({ id }) => id === logged?.targetId)?.name.en).toBe('Rosa Vidal');
  expect(logged).toMatchObject({ type: 'call', count: 1 });
  await (await first.press('Log this letter')).submit({});
  expect(stage.withDatabase((database) => actionsWhere(database, {}))[0]?.type).toBe('letter');
  expect((await luz.command('target script')).words).not.toContain('Rosa Vidal');
  for (const target of ['José Núñez Peña', 'Lee Atlarge', 'Pat Q. Both Jr.'])
    await luz.command('action log', { type: 'call', count: 3, target });
  const next = await luz.command('target script');
  expect(next.words).toContain('Elegida para ti: hasta ahora 1 llamada y 1 carta, la que menos tiene.');
  expect(next.words).toContain('Rosa Vidal');
});

it('speaks either language to whom one writes, and falls back on committees', async () => {
  const spanish = await luz.command('target script', { language: 'en' });
  expect(spanish.words).toContain('Comité de Asuntos Exteriores');
  expect(spanish.words).toContain('Hello, my name is');
  const other = await spanish.press('Español');
  expect(other.words).toContain('Firmé la petición «Que las tropas de Estados Unidos salgan del Perú».');
  expect((await other.press('Ver todo')).words).toContain('Posición: todavía no se sabe.');
  expect(other.words).toContain('Aquí no hay ningún teléfono');
});

it('leaves logging to members, and to petitions that take it', async () => {
  load();
  const shown = await sam.command('target script');
  expect((await shown.press('Log this call')).words).toContain('for members of the campaign');
  stage.withDatabase((database) => updatePetition(database, petition().id, { state: 'closed' }));
  expect((await ben.command('target script')).words).not.toContain('Log this call');
});

it('turns pages where there are many, in place', async () => {
  stage.withDatabase((database) => {
    for (let n = 1; n <= 40; n++)
      insertTarget(database, {
        petitionId: petition().id,
        name: { en: `Office ${n} *of* _many_ [words](x)` },
      });
  });
  const list = await ben.command('target list');
  expect(list.words).toContain('Page 1 of 3');
  await list.press('More');
  await list.until(({ words }) => words.includes('Page 2 of 3'));
  await list.press('More');
  await list.until(({ words }) => words.includes('Page 3 of 3'));
  expect(list.words).toContain('**Not known yet** · 42');
  expect(list.words).toContain('Office 40 \\*of\\* \\_many\\_');
  expect(list.messages).toHaveLength(1);
});

it('adds one, and refuses what is there or cannot be', async () => {
  const ada = stage.ada.in(stage.general);
  const input = {
    name: 'Peruvian Embassy',
    name_es: 'Embajada del Perú',
    committee: 'Diplomacia',
    phone: '202-555-0142',
  };
  expect((await ana.command('target add', input)).words).toContain('✅ Añadido: **Embajada del Perú**.');
  expect((await ada.command('target add', { name: 'embajada del peru' })).words).toContain(
    'on the list already',
  );
  expect((await ada.command('target add', { name: 'X', url: 'ftp://x' })).words).toContain(
    "isn't a web address",
  );
  const shown = await luz.command('target show', { target: 'peruvian embassy' });
  expect(shown.words).toContain('(202) 555-0142 <tel:+12025550142>');
  expect(shown.words).toContain('Diplomacia');
});

it('hides from a server outside the coalition: names, ids and old buttons', async () => {
  load();
  const outside = stage.discord.addServer('Elsewhere');
  const place = outside.addChannel('there');
  const vera = stage.discord.addPerson('Vera');
  outside.addMember(vera, { owner: true });
  const there = vera.in(place);
  expect((await there.complete('target show', { target: '' }, 'target')).length).toBe(0);
  await there
    .command('petition create', { link: 'https://example.org/x', goal: 10 })
    .then((form) => form.submit({ 'title.en': 'T', 'ask.en': 'A', 'title.es': 'T', 'ask.es': 'A' }));
  const id = String(targets()[0]?.id);
  for (const attempt of [
    await there.command('target show', { target: id }),
    await there.command('target script', { target: 'Rosa Vidal' }),
    await there.command('target position', { target: id, value: 'opposed' }),
  ])
    expect(attempt.words).toContain('There is no target');
  const mine = await ben.command('target list');
  expect(mine.words).toContain('Rosa Vidal');
  const { id: petitionId } = petition();
  for (const button of ['show', 'script', 'page'].map((name) => `target.${name}:${petitionId}:${id}:1`))
    expect((await pressed(there, button)).words).toContain('out of date');
  expect((await there.command('target list')).words).toContain('Nobody here yet');
  expect(stage.withDatabase((database) => positionsOf(database, petition().id).size)).toBe(0);
});
