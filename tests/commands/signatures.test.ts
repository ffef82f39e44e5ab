// /signatures as people meet it: the real bot on a local Discord. The rules of the count are in tests/coalition.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signatures } from '../../db/schema.js';
import { addToSummary } from '../../db/summaries.js';
import { type Exchange, type OptionValues, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  // A slow command that is delivered twice begins to think twice, which Discord lets it do once.
  const refused = stage.discord.refused.filter(({ refusals }) => refusals[0]?.code !== '40060');
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options?: OptionValues, unchecked = false) =>
  stage[who].in(stage.general).command(`signatures ${name}`, options, { unchecked });

/** A petition of its own for a test, open and current. */
async function aPetition(title: string): Promise<void> {
  const petition = (name: string, options: OptionValues) =>
    stage.ada.in(stage.general).command(`petition ${name}`, options);
  const form = await petition('create', {
    link: 'https://example.org/x',
    goal: 1000,
    timezone: 'America/Lima',
  });
  await form.submit({ 'title.en': title, 'ask.en': 'a', 'title.es': title, 'ask.es': 'a' });
  await petition('status', { state: 'open', reason: 'x', petition: title });
  await petition('use', { petition: title });
}

const offered = async (who: Who, name: string, option: string, typed: string) =>
  (await stage[who].in(stage.general).complete(`signatures ${name}`, { [option]: typed }, option)).map(
    (row) => row.name,
  );

/** What a reader sees of text that is escaped. */
const seen = (text: string) => text.replace(/\\([^0-9A-Za-z\s])/g, '$1');

const everything = () =>
  stage.withDatabase(({ $client }) =>
    ['sources', 'observations', 'batches', 'signatures', 'voids', 'summaries', 'audit'].map((table) =>
      $client.prepare(`select * from ${table}`).all(),
    ),
  );

/** Discord hands over interactions once more; when this is over, the bot is through with them. */
async function replay(...exchanges: Exchange[]): Promise<void> {
  for (const { interaction } of exchanges) stage.discord.deliver(interaction);
  await as('ada', 'sources');
}

describe('entering', () => {
  beforeAll(() => aPetition('Entering'));

  test('a page’s total says what the source stands at, and what that makes in all', async () => {
    const first = await as('ada', 'count', { source: 'Petition page', people: 1203, organizations: 34 });
    expect([first.private, first.words]).toEqual([
      true,
      '**Petition page**: 1,203 people and 34 organizations, as of July 10, 2023.\n**1,237 signatures** (+1,237) · 1,203 people and 34 organizations',
    ]);
    const fewer = await as('ana', 'count', { source: 'PETITION page', people: 1201 });
    expect(fewer.words).toBe(
      '**Petition page**: 1,201 personas, al 10 de julio de 2023.\n**1,235 firmas** (−2) · 1,201 personas y 34 organizaciones',
    );
    const earlier = await as('ana', 'count', { source: 'Petition page', people: 900, as_of: '1/7/2023' });
    expect(earlier.words).toBe(
      '**Petition page**: 900 personas, al 1 de julio de 2023.\n**1,235 firmas** (sin cambio) · 1,201 personas y 34 organizaciones\nQueda en el registro, pero sigue valiendo la cifra posterior del 10 de julio de 2023: 1,201 personas.',
    );
    const same = await as('ada', 'count', { source: 'Petition page', people: 1201 });
    expect(same.words).toContain('**1,235 signatures** (no change)');
    const before = everything();
    await replay(first, fewer, earlier);
    expect(everything()).toEqual(before);
  });

  test('sheets of paper add up', async () => {
    const one = await as('ada', 'batch', { source: 'Paper sheets', people: 1, note: 'Sunday market' });
    expect([one.private, one.words]).toEqual([
      true,
      '**Paper sheets**: 1 person more on paper.\n**1,236 signatures** (+1) · 1,202 people and 34 organizations',
    ]);
    const more = await as('ana', 'batch', { source: 'paper SHEETS', people: 40, organizations: 1 });
    expect(more.words).toBe(
      '**Paper sheets**: 40 personas y 1 organización más en papel.\n**1,277 firmas** (+41) · 1,242 personas y 35 organizaciones',
    );
    const before = everything();
    await replay(one, more);
    expect(everything()).toEqual(before);
  });

  test('names are added one by one, and kept so that only the key opens them', async () => {
    const rosa = await as('ada', 'add', {
      kind: 'person',
      name: 'Rosa **Huamán**',
      country: 'Perú',
      comment: 'Por mi tierra',
    });
    expect([rosa.private, rosa.words]).toEqual([
      true,
      '**Rosa \\*\\*Huamán\\*\\*** (Peru) is added under **Added by hand**.\n**1,278 signatures** (+1) · 1,243 people and 35 organizations\nThe name stays here: it counts, and is not handed over with the petition unless the person agreed.\n[The person agreed]',
    ]);
    const agreed = await rosa.press('The person agreed');
    expect(agreed.words).toBe('Noted: this name may be handed over with the petition.');
    expect(stage.withDatabase((database) => database.select().from(signatures).get()?.consent)).toBe(true);
    const club = await as('ana', 'add', {
      kind: 'organization',
      name: 'Club de Madres',
      country: 'es',
      source: 'Añadidas a mano',
    });
    expect(club.words).toBe(
      '**Club de Madres** (España) queda en **Añadidas a mano**.\n**1,279 firmas** (+1) · 1,243 personas y 36 organizaciones',
    );
    const before = everything();
    await replay(rosa, club);
    expect(everything()).toEqual(before);
    expect(JSON.stringify(before)).not.toMatch(/Huam|Madres|tierra/);
    const file = stage.withDatabase(({ $client }) => $client.serialize());
    for (const name of ['Huamán', 'Club de Madres', 'Por mi tierra']) expect(file.includes(name)).toBe(false);
  });

  test('all of it is in the tally, which adds up', async () => {
    const sources = await as('ana', 'sources');
    expect([sources.private, sources.words]).toEqual([
      true,
      [
        '### Fuentes de Entering',
        '- **Petition page**: 1,235 · 1,201 personas y 34 organizaciones · página de firmas · al 10 de julio de 2023',
        '- **Paper sheets**: 42 · 41 personas y 1 organización · en papel',
        '- **Añadidas a mano**: 2 · 1 persona y 1 organización · anotadas por nombre',
        '**1,279 firmas** · 1,243 personas y 36 organizaciones',
      ].join('\n'),
    ]);
  });
});

describe('tally', () => {
  beforeAll(async () => {
    await aPetition('Tally');
    await as('ada', 'count', { source: 'Page', people: 500, as_of: '2023-07-08' });
    await as('ada', 'count', { source: 'Page', people: 650, organizations: 4 });
    await as('ada', 'add', { kind: 'person', name: 'Rosa', country: 'PE' });
  });

  const head = [
    '## Tally',
    '**655 signatures** · 651 people and 4 organizations',
    '▰▰▰▰▰▰▰▱▱▱▱▱ 65% of the goal of 1,000',
  ];
  const cabeza = [
    '## Tally',
    '**655 firmas** · 651 personas y 4 organizaciones',
    '▰▰▰▰▰▰▰▱▱▱▱▱ 65% de la meta de 1,000',
  ];
  const overlap = '-# The sources may include duplicates: someone may have signed in more than one.';
  const traslape = '-# Las fuentes pueden incluir duplicados: alguien pudo haber firmado en más de una.';

  test.each([
    [
      'source',
      [
        '**By source**',
        '- **Page**: 654 · 650 people and 4 organizations · petition page · as of July 10, 2023',
        '- **Added by hand**: 1 · 1 person · entered by name',
        '(picture: Tally · By source. 655 signatures. Bar chart, the longest first: Page: 654; Added by hand: 1.)',
      ],
      [
        '**Por fuente**',
        '- **Page**: 654 · 650 personas y 4 organizaciones · página de firmas · al 10 de julio de 2023',
        '- **Añadidas a mano**: 1 · 1 persona · anotadas por nombre',
        '(picture: Tally · Por fuente. 655 firmas. Gráfico de barras, de mayor a menor: Page: 654; Añadidas a mano: 1.)',
      ],
    ],
    [
      'day',
      [
        '**By day**',
        '- July 8, 2023: **+500** · 500 people',
        '- July 10, 2023: **+155** · 151 people and 4 organizations',
        '(picture: Tally. 655 signatures. Column chart by day, Jul 8 – 10, 2023: Jul 8: +500; Jul 10: +155. No change in the rest.)',
      ],
      [
        '**Por día**',
        '- 8 de julio de 2023: **+500** · 500 personas',
        '- 10 de julio de 2023: **+155** · 151 personas y 4 organizaciones',
        '(picture: Tally. 655 firmas. Gráfico de columnas por día, 8 – 10 de jul de 2023: 8 jul: +500; 10 jul: +155. Sin cambios en el resto.)',
      ],
    ],
    [
      'country',
      [
        '**By country**',
        '- Peru: **1** · 1 person',
        '- Not stated: **654** · 650 people and 4 organizations',
        '(picture: Tally · By country. 655 signatures. Bar chart, the longest first: Not stated: 654; Peru: 1.)',
      ],
      [
        '**Por país**',
        '- Perú: **1** · 1 persona',
        '- Sin indicar: **654** · 650 personas y 4 organizaciones',
        '(picture: Tally · Por país. 655 firmas. Gráfico de barras, de mayor a menor: Sin indicar: 654; Perú: 1.)',
      ],
    ],
    [
      'kind',
      [
        '**By kind**',
        '- People: 651',
        '- Organizations: 4',
        '(picture: Tally · By kind. 655 signatures. Bar chart, the longest first: People: 651; Organizations: 4.)',
      ],
      [
        '**Por tipo**',
        '- Personas: 651',
        '- Organizaciones: 4',
        '(picture: Tally · Por tipo. 655 firmas. Gráfico de barras, de mayor a menor: Personas: 651; Organizaciones: 4.)',
      ],
    ],
  ])('by %s, for everybody, in words and as a picture', async (by, lines, líneas) => {
    const said = await as('stranger', 'tally', { by });
    const expected = [...head, ...lines, overlap, '---', ...cabeza, ...líneas, traslape];
    expect([said.private, said.words]).toEqual([false, expected.join('\n')]);
    expect(said.message?.attachments.map(({ filename }) => filename)).toEqual([
      'tally-en.png',
      'tally-es.png',
    ]);
  });

  test('by source where nothing else is asked for, once however often Discord delivers', async () => {
    const said = await as('luz', 'tally');
    expect(said.words).toContain('**By source**');
    const posts = stage.general.messages.map(wordsOf);
    await replay(said);
    expect(stage.general.messages.map(wordsOf)).toEqual(posts);
  });

  test('of another petition, by its name in either language', async () => {
    const said = await as('ben', 'tally', { petition: 'que las tropas de estados unidos salgan del peru' });
    expect(said.words).toContain('## Bring U.S. troops home from Peru\n**0 signatures**');
    expect(said.words).toContain('No signatures yet.');
  });

  test('has room for many sources with long names', async () => {
    await aPetition('Many');
    for (let number = 1; number <= 25; number++) {
      const source = `Comité de solidaridad *con los pueblos* del Perú, núcleo local de la ciudad ${number}`;
      await as('ada', 'count', { source, people: 1000 - number, organizations: 10 });
    }
    const said = await as('ben', 'tally');
    expect([said.private, said.words]).toEqual([false, expect.stringContaining('**24,925 signatures**')]);
    expect(said.words).toContain('**24,925 firmas**');
    // The lines add up in each language.
    for (const half of said.words.split('\n---\n')) {
      const lines = half.split('\n').filter((line) => line.startsWith('- '));
      const figures = lines.map((line) => /(?:^- .*\*\*: |\*\*)([\d,]+)/.exec(line)?.[1] ?? '');
      const sum = figures.reduce((total, figure) => total + Number(figure.replaceAll(',', '')), 0);
      expect(sum).toBe(24_925);
    }
  });

  test('so has the list of sources, in which none is lost', async () => {
    const said = await as('ana', 'sources');
    expect([said.private, said.words]).toEqual([true, expect.stringContaining('**24,925 firmas**')]);
    const lines = said.words.split('\n').filter((line) => line.startsWith('- '));
    const more = Number(/… y (\d+) más/.exec(said.words)?.[1] ?? 0);
    expect(lines.length + more).toBe(25);
  });

  test('posts nothing of a draft', async () => {
    const { ada, general } = stage;
    const form = await ada.in(general).command('petition create', { link: 'https://example.org/x', goal: 5 });
    await form.submit({ 'title.en': 'Hush', 'ask.en': 'a', 'title.es': 'Chis', 'ask.es': 'a' });
    const said = await as('ana', 'tally', { petition: 'Hush' });
    await said.until(({ messages }) => messages.length > 0);
    expect([said.private, said.words]).toEqual([
      true,
      '**Chis** es todavía un borrador. Se podrá compartir cuando esté abierta: `/petición estado estado:abierta motivo:…`',
    ]);
  });
});

describe('correcting', () => {
  beforeAll(async () => {
    await aPetition('Correcting');
    await as('ada', 'count', { source: 'Page', people: 500 });
    await as('ada', 'count', { source: 'Page', people: 5000 });
    await as('ada', 'batch', { source: 'Sheets', people: 7 });
    await as('ada', 'add', { kind: 'person', name: 'Rosa Huamán', country: 'PE' });
  });

  test('an entry is picked from the list, which tells them apart without a name', async () => {
    const rows = await offered('ada', 'void', 'entry', '');
    expect(rows.map((row) => row.replace(/ · \d+$/, ''))).toEqual([
      'July 10, 2023 · Added by hand · person',
      'July 10, 2023 · Sheets · 7 people',
      'July 10, 2023 · Page · 5,000 people',
      'July 10, 2023 · Page · 500 people',
    ]);
    const [first] = await offered('ana', 'void', 'entry', 'anadidas');
    expect(first).toMatch(/^10 de julio de 2023 · Añadidas a mano · persona · \d+$/);
    expect(await offered('ben', 'void', 'entry', '')).toEqual([]);
  });

  test('what is voided no longer counts, and stays with its reason', async () => {
    const rows = await stage.ana.in(stage.general).complete('signatures void', { entry: '5,000' }, 'entry');
    const entry = String(rows[0]?.value);
    const voided = await as('ana', 'void', { entry, reason: 'Un cero *de más*' });
    expect([voided.private, voided.words]).toEqual([
      true,
      'Una entrada de **Page** ya no cuenta. Queda en el registro con su motivo: Un cero \\*de más\\*\n**508 firmas** (−4,500) · 508 personas y 0 organizaciones',
    ]);
    expect((await as('ada', 'void', { entry, reason: 'again' })).words).toBe(
      'That entry was taken out before; nothing was changed.',
    );
    const before = everything();
    await replay(voided);
    expect(everything()).toEqual(before);
    expect(await offered('ada', 'void', 'entry', '5,000')).toEqual([]);
    const sheets = await stage.ada
      .in(stage.general)
      .complete('signatures void', { entry: 'sheets' }, 'entry');
    const typed = await as('ada', 'void', { entry: String(sheets[0]?.name), reason: 'Counted twice' });
    expect(typed.words).toContain('An entry of **Sheets** no longer counts.');
  });

  test('an unknown entry is none, and one of another petition is unknown', async () => {
    expect(seen((await as('ada', 'void', { entry: 'batch:1', reason: 'x' })).words)).toBe(
      'There is no entry “batch:1” in this petition. Pick it from the list that appears as you type.',
    );
    expect((await as('ana', 'void', { entry: 'la de ayer', reason: 'x' })).words).toBe(
      'En esta petición no hay ninguna entrada «la de ayer». Elígela de la lista que aparece al escribir.',
    );
  });

  test('a recount says that all was right, or what it put right', async () => {
    const right = await as('ana', 'recount');
    expect([right.private, right.words]).toEqual([
      true,
      '✅ Se volvió a sumar todo desde las entradas y cada cifra estaba bien.\n**501 firmas** · 501 personas y 0 organizaciones',
    ]);
    const tamper = (dimension: 'all' | 'day', key: string) =>
      stage.withDatabase((database) => {
        const newest = database.$client.prepare("select max(id) from sources where name = 'Page'").pluck();
        const sourceId = Number(newest.get());
        addToSummary(database, { sourceId, basis: 'count', dimension, key, kind: 'person', count: 99 });
      });
    tamper('day', '2023-07-09');
    expect((await as('ana', 'recount')).words).toContain(
      '- **Page**: el total de 500 estaba bien; sus días o países, no.',
    );
    tamper('all', '');
    expect((await as('ada', 'recount')).words).toBe(
      'Everything was added up again from the entries. Some figures were wrong and are right now:\n- **Page**: 599 → 500\n**501 signatures** · 501 people and 0 organizations',
    );
    expect((await as('ada', 'recount')).words).toContain('every figure was right');
  });
});

describe('completing', () => {
  beforeAll(async () => {
    await aPetition('Completing');
    await as('ada', 'batch', { source: 'Hojas de Ñaña', people: 7 });
    await as('ada', 'add', { kind: 'person', name: 'Rosa', country: 'PE' });
  });

  test('sources, case and accents aside, in the reader’s words', async () => {
    expect(await offered('ada', 'batch', 'source', 'naña')).toEqual(['Hojas de Ñaña']);
    expect(await offered('ada', 'count', 'source', '')).toEqual(['Hojas de Ñaña', 'Added by hand']);
    expect(await offered('ana', 'count', 'source', '')).toEqual(['Hojas de Ñaña', 'Añadidas a mano']);
    expect(await offered('ana', 'count', 'source', 'añadidas')).toEqual(['Añadidas a mano']);
    expect(await offered('ben', 'count', 'source', '')).toEqual([]);
  });

  test('countries in the reader’s language, and it takes what is picked', async () => {
    expect(await offered('ana', 'add', 'country', 'alem')).toContain('Alemania');
    const [germany] = await stage.ada
      .in(stage.general)
      .complete('signatures add', { country: 'germ' }, 'country');
    const added = await as('ada', 'add', { kind: 'person', name: 'Kurt', country: String(germany?.value) });
    expect(added.words).toContain('**Kurt** (Germany) is added');
  });
});

describe('refusing', () => {
  beforeAll(async () => {
    await aPetition('Refusing');
    await as('ada', 'count', { source: 'Page', people: 5 });
    await as('ada', 'batch', { source: 'Sheets', people: 5 });
    await as('ada', 'add', { kind: 'person', name: 'Rosa', country: 'PE' });
  });

  const person = { kind: 'person', name: 'Rosa', country: 'PE' };

  test.each([
    [
      'ana',
      'count',
      { source: 'Page', people: -1 },
      '**personas**: tiene que ser un número entero de 0 a 100,000,000.',
    ],
    [
      'ada',
      'count',
      { source: 'Page', people: 1.5 },
      '**people**: it has to be a whole number from 0 to 100,000,000.',
    ],
    [
      'ada',
      'count',
      { source: 'Page', people: 1, organizations: 1e9 },
      '**organizations**: it has to be a whole number from 0 to 100,000,000.',
    ],
    ['ana', 'count', { source: '\u200B\u2060', people: 1 }, '**fuente**: no hay nada que leer.'],
    [
      'ada',
      'count',
      { source: 'x'.repeat(81), people: 1 },
      '**source**: 81 characters are too many; at most 80 fit.',
    ],
    [
      'ana',
      'count',
      { source: 'Page', people: 1, as_of: 'ayer' },
      '**a_fecha**: «ayer» no es una fecha que Minga conozca. Escríbela así: 2026-07-19 o 19/7/2026.',
    ],
    [
      'ada',
      'count',
      { source: 'Page', people: 1, as_of: '2023-07-11' },
      'July 11, 2023 is still to come. Give today or a day before.',
    ],
    [
      'ana',
      'count',
      { source: 'Page', people: 1, as_of: '2023-07-11' },
      'El 11 de julio de 2023 todavía no llega. Da el día de hoy o uno anterior.',
    ],
    [
      'ada',
      'count',
      { source: 'sheets', people: 1 },
      '**Sheets** holds paper signatures. Add more with `/signatures batch`, or use another name.',
    ],
    [
      'ana',
      'batch',
      { source: 'page', people: 1 },
      '**Page** es una página de firmas. Anota su total con `/firmas contar` o usa otro nombre.',
    ],
    [
      'ana',
      'batch',
      { source: 'añadidas a mano', people: 1 },
      '**Añadidas a mano** reúne nombres anotados uno por uno. Añade más con `/firmas añadir` o usa otro nombre.',
    ],
    ['ada', 'batch', { source: 'Sheets', people: 0 }, 'A batch needs at least one signature.'],
    ['ana', 'add', { ...person, name: '\u3164' }, '**nombre**: no hay nada que leer.'],
    [
      'ada',
      'add',
      { ...person, country: 'Atlantis' },
      "Minga doesn't know a country called “Atlantis”. Try its usual name or its two letters, like PE.",
    ],
    [
      'ana',
      'add',
      { ...person, country: 'Atlántida' },
      'Minga no conoce ningún país llamado «Atlántida». Prueba con su nombre habitual o sus dos letras, por ejemplo PE.',
    ],
    [
      'ada',
      'add',
      { ...person, country: 'Congo' },
      expect.stringMatching(
        /^“Congo” may be more than one country: .*\(CG\) and .*\(CD\)\. Please write which, or its two letters\.$/,
      ),
    ],
    ['ana', 'tally', { by: 'color' }, '**por**: eso no sirve aquí.'],
  ])('%s: %s %o', async (who, name, options, said) => {
    const before = everything();
    const answer = await as(who as Who, name, options, true);
    expect([answer.private, answer.words]).toEqual([true, said]);
    expect(everything()).toEqual(before);
  });

  test('shows what was typed as plain text', async () => {
    const said = await as('ada', 'add', { ...person, country: '**x** <@1>' });
    expect(said.words).toMatch(/called “\\\*\\\*x\\\*\\\* \\</);
    const sheets = await as('ada', 'batch', { source: '# *Sheets*', people: 1 });
    expect(sheets.words).toContain('\\*Sheets\\***: 1 person more on paper.');
    const other = await as('ada', 'count', { source: '# *Sheets*', people: 1 });
    expect(other.words).toContain('\\*Sheets\\*** holds paper signatures.');
  });

  test.each([
    ['closed', 'count', '**Refusing** is closed: only late paper and corrections are taken now.'],
    ['delivered', 'batch', '**Refusing** has been delivered: only corrections with a reason are taken now.'],
  ])('in a petition that is %s: %s', async (state, name, said) => {
    await stage.ada.in(stage.general).command('petition status', { state, reason: 'x' });
    const before = everything();
    expect((await as('ada', name, { source: 'New', people: 1 })).words).toBe(said);
    expect(everything()).toEqual(before);
  });
});

test.each([
  ['stranger', 'sources', {}, 'This is for organizers of the campaign.'],
  ['ben', 'count', { source: 'Page', people: 5 }, 'This is for organizers of the campaign.'],
  ['luz', 'batch', { source: 'Sheets', people: 5 }, 'Esto es para el equipo organizador de la campaña.'],
  [
    'luz',
    'add',
    { kind: 'person', name: 'Rosa', country: 'PE' },
    'Esto es para el equipo organizador de la campaña.',
  ],
  ['ben', 'void', { entry: 'batch:1', reason: 'x' }, 'This is for organizers of the campaign.'],
  ['luz', 'recount', {}, 'Esto es para el equipo organizador de la campaña.'],
] as const)('%s may not: %s', async (who, name, options, said) => {
  const before = everything();
  const answer = await as(who, name, options);
  expect([answer.private, answer.words]).toEqual([true, said]);
  expect(everything()).toEqual(before);
});
