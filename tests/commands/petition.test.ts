// /petition as people meet it: the real bot on a local Discord, in both languages, with all that may go wrong.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { petitionsOf } from '../../db/petitions.js';
import { audit, links, petitions, shares } from '../../db/schema.js';
import { type Exchange, type OptionValues, type Person, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;

beforeAll(async () => {
  stage = await aStage();
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

const peru = {
  en: 'Bring U.S. troops home from Peru',
  es: 'Que las tropas de Estados Unidos salgan del Perú',
};

type Who = 'ada' | 'ana' | 'ben' | 'luz' | 'stranger';
const as = (who: Who, name: string, options?: OptionValues) =>
  stage[who].in(stage.general).command(`petition ${name}`, options);

const texts = (en: string, es: string) => ({
  'title.en': en,
  'ask.en': `${en}, and soon.`,
  'title.es': es,
  'ask.es': `${es}, y pronto.`,
});

/** A petition that Ada makes, still a draft. */
async function aDraft(en: string, es = en): Promise<Exchange> {
  const form = await as('ada', 'create', { link: 'https://example.org/more', goal: 500 });
  return form.submit(texts(en, es));
}

const status = (state: string, petition: string, who: Who = 'ada') =>
  as(who, 'status', { state, reason: 'as agreed on Monday', petition });

const kept = () => stage.withDatabase((database) => petitionsOf(database, stage.server.id));
const titled = (en: string) => kept().find(({ title }) => title.en === en);
const deeds = (deed: string) =>
  stage.withDatabase((database) => database.select().from(audit).all()).filter((row) => row.deed === deed);

/** What a reader sees of text that is escaped. */
const seen = (text: string) => text.replace(/\\([^0-9A-Za-z\s])/g, '$1').replaceAll('\u200B', '');

/** What would be more than plain text to Discord. */
const marks = /(?<!\\)[*_~`|[<]|@(everyone|here)|^[#>]/;

/** What is on record and on the screen; a replay changes neither. */
const everything = () => ({
  record: stage.withDatabase((database) =>
    [petitions, audit, shares, links].map((table) => database.select().from(table).all()),
  ),
  screen: stage.general.messages.map(wordsOf),
});

/** The interactions come once more, as after a resumed connection, and the bot is through with them. */
async function replay(...exchanges: Exchange[]): Promise<void> {
  for (const { interaction } of exchanges) stage.discord.deliver(interaction);
  await as('ada', 'show');
}

describe('share', () => {
  test('posts the card in both languages, where to sign, and keeps a record', async () => {
    const before = stage.withDatabase((database) => database.select().from(shares).all()).length;
    const card = await as('ben', 'share');
    expect(card.private).toBe(false);
    expect(seen(card.words)).toBe(
      [
        `## ${peru.en}`,
        'We ask the House Committees on Foreign Affairs and on Appropriations to act for the withdrawal of U.S. troops from Peru. More than 1,200 entered in June 2023, to stay until December.',
        '**0 signatures** · 0 people and 0 organizations',
        '▱▱▱▱▱▱▱▱▱▱▱▱ 0% of the goal of 2,000',
        'Sign by December 31, 2023',
        '---',
        `## ${peru.es}`,
        'Pedimos a los comités de Asuntos Exteriores y de Asignaciones de la Cámara de Representantes que actúen para que se retiren del Perú las tropas de Estados Unidos: en junio de 2023 entraron más de 1200, y está previsto que se queden hasta diciembre.',
        '**0 firmas** · 0 personas y 0 organizaciones',
        '▱▱▱▱▱▱▱▱▱▱▱▱ 0% de la meta de 2,000',
        'Se puede firmar hasta el 31 de diciembre de 2023',
        '[Sign · Firmar → https://example.org/peru] [Share · Compartir] [Log an action · Registrar acción] [English] [Español]',
      ].join('\n'),
    );
    const once = everything();
    await replay(card);
    expect(everything()).toEqual(once);
    const shared = stage.withDatabase((database) => database.select().from(shares).all());
    expect(shared.slice(before)).toEqual([
      expect.objectContaining({
        userId: stage.ben.id,
        channelId: stage.general.id,
        serverId: stage.server.id,
      }),
    ]);
  });

  test('in one language it offers the other, which only the reader sees', async () => {
    const card = await as('ben', 'share', { language: 'es' });
    expect(card.words).toMatch(
      /^## Que las tropas(.|\n)*\[Firmar → .*\] \[Compartir\] \[Registrar acción\] \[English\]$/,
    );
    const inEnglish = await card.press('English', stage.stranger.in(stage.general));
    expect(inEnglish.private).toBe(true);
    expect(inEnglish.words).toMatch(
      /^## Bring U\.S\. troops(.|\n)*\[Sign → .*\] \[Share\] \[Log an action\] \[Español\]$/,
    );
    expect((await inEnglish.press('Español', stage.stranger.in(stage.general))).words).toMatch(
      /^## Que las tropas/,
    );
  });

  test('its Share button gives whoever presses it their own link, in their language', async () => {
    const card = await as('ben', 'share');
    const [own, luzs] = [
      await card.press('Share · Compartir'),
      await card.press('Share · Compartir', stage.luz.in(stage.general)),
    ];
    expect([own.private, luzs.private]).toEqual([true, true]);
    expect(linkIn(own)).toBe(linkIn(await as('ben', 'link')));
    expect(luzs.words).toContain('**Tu enlace propio.**');
    expect(linkIn(luzs)).not.toBe(linkIn(own));
  });
});

const linkIn = ({ words }: Exchange) => /<(https:.*)>/.exec(words)?.[1];

describe('link', () => {
  test('is the same each time for one person, another for another, and names nobody', async () => {
    const links = [
      await as('ben', 'link'),
      await as('ben', 'link'),
      await as('luz', 'link'),
      await as('stranger', 'link'),
    ];
    expect(links.every((link) => link.private)).toBe(true);
    const [ben, again, luz, stranger] = links.map(linkIn);
    expect(ben).toMatch(/^https:\/\/example\.org\/peru\?source=[a-z0-9]{10}$/);
    expect(again).toBe(ben);
    expect(new Set([ben, luz, stranger]).size).toBe(3);
  });

  test('comes with a text that is ready to paste, in the language asked for', async () => {
    const own = await as('luz', 'link');
    const link = linkIn(own);
    const ask =
      'Pedimos a los comités de Asuntos Exteriores y de Asignaciones de la Cámara de Representantes que actúen para que se retiren del Perú las tropas de Estados Unidos: en junio de 2023 entraron más de 1200, y está previsto que se queden hasta diciembre.';
    expect(own.words).toBe(
      [
        '**Tu enlace propio.** Así se sabe qué firmas llegan gracias a que compartes; no muestra quién eres.',
        `<${link}>`,
        'Por ahora no se sabe de firmas que hayan llegado por él.',
        '',
        '**WhatsApp, Telegram** (español)',
        '```',
        `${peru.es}\n\n${ask}\n\nYo ya firmé. ¿Y tú? Toma un minuto: ${link}`,
        '```',
        '[¿Dónde lo vas a compartir? ▾ WhatsApp, Telegram | X, Bluesky | Facebook | Mastodon | Correo electrónico]',
        '[Enlace de este servidor]',
      ].join('\n'),
    );
    const both = await as('luz', 'link', { language: 'both' });
    expect(both.words).toContain(`**WhatsApp, Telegram** (inglés)\n\`\`\`\n${peru.en}`);
    await both.until(({ messages }) => messages.length > 1);
    expect(both.words).toContain('**WhatsApp, Telegram** (español)');
    const benIn = await as('ben', 'link', { language: 'es' });
    expect(benIn.words).toMatch(
      /^\*\*Your own link\.\*\*(.|\n)*\*\*WhatsApp, Telegram\*\* \(Spanish\)\n```\nQue las tropas/,
    );
  });

  test('works anywhere once the person has used Minga in the server', async () => {
    const { discord, server, general } = stage;
    const rosa = discord.addPerson('Rosa', { locale: 'es-ES' });
    const places = [rosa.inDirectMessage(), rosa.elsewhere('server'), rosa.elsewhere('group')];
    for (const place of places) {
      const early = await place.command('petition link');
      expect([early.private, early.words]).toEqual([
        true,
        'Minga todavía no sabe de qué campaña hablas. Usa una vez cualquiera de sus comandos en el servidor de tu coalición y vuelve a intentarlo aquí.',
      ]);
      expect(await place.complete('petition link', { petition: '' }, 'petition')).toEqual([]);
    }
    server.addMember(rosa);
    const link = linkIn(await rosa.in(general).command('petition link'));
    for (const place of places) {
      const there = await place.command('petition link');
      expect([there.private, linkIn(there)]).toEqual([true, link]);
      expect(await place.complete('petition link', { petition: 'tropas' }, 'petition')).toEqual([
        expect.objectContaining({ name: peru.es }),
      ]);
    }
  });

  test('is all that works outside of the server', async () => {
    const said = await stage.ben.inDirectMessage().command('petition show');
    expect([said.private, said.words]).toEqual([
      true,
      'This works only in a server where Minga was invited.',
    ]);
    expect((await stage.luz.elsewhere().command('petition share')).words).toBe(
      'Esto funciona solo en un servidor al que se haya invitado a Minga.',
    );
  });
});

describe('show and list', () => {
  test('speak the language of the reader, and nobody else sees them', async () => {
    const shown = await as('stranger', 'show');
    expect(shown.private).toBe(true);
    expect(shown.words).toMatch(
      /^## Bring U\.S\. troops home from Peru\n(.|\n)*\[Sign → .*\] \[Share\] \[Log an action\] \[Español\]$/,
    );
    const listed = await as('luz', 'list');
    expect(listed.private).toBe(true);
    expect(listed.words).toContain(
      `### ${peru.es}\nAbierta · petición actual\n**0 firmas** · 0 personas y 0 organizaciones`,
    );
  });

  test('show drafts to organizers only, who find them by either title', async () => {
    await aDraft('Clean water for Piura', 'Agua limpia para Piura');
    expect((await as('ana', 'list')).words).toContain(
      '### Agua limpia para Piura\nBorrador: solo lo ve el equipo organizador\n**0 firmas**',
    );
    expect((await as('luz', 'list')).words).not.toContain('Piura');
    expect((await as('ana', 'show', { petition: 'agua LIMPIA para piura' })).words).toContain(
      '*Borrador: solo lo ve',
    );
    expect((await as('ada', 'show', { petition: 'Agua limpia para Piura' })).words).toContain(
      '## Clean water for Piura',
    );
    expect((await as('ben', 'show', { petition: 'Clean water for Piura' })).words).toBe(
      'There is no petition “Clean water for Piura” here. `/petition list` shows them all.',
    );
    const offered = async (who: Person) =>
      (await who.in(stage.general).complete('petition show', { petition: 'ÁGUA' }, 'petition')).map(
        ({ name }) => name,
      );
    expect([await offered(stage.ana), await offered(stage.luz)]).toEqual([['Agua limpia para Piura'], []]);
  });

  test('ask which one is meant where two have one name', async () => {
    await aDraft('Twins', 'Gemelas');
    await aDraft('Twins', 'Mellizas');
    expect((await as('ada', 'show', { petition: 'twins' })).words).toBe(
      'More than one petition is called “twins”. Pick it from the list that appears as you type.',
    );
    const [first] = await stage.ada
      .in(stage.general)
      .complete('petition show', { petition: 'Twins' }, 'petition');
    expect((await as('ana', 'show', { petition: String(first?.value) })).words).toContain('## Gemelas');
  });

  test('show what was typed as it was typed', async () => {
    const { words } = await as('ben', 'show', { petition: '**x** <@1> `y`' });
    expect(seen(words)).toBe('There is no petition “**x** <@1> `y`” here. `/petition list` shows them all.');
    expect(words.split('”')[0]).not.toMatch(marks);
  });

  test('say so where there is none', async () => {
    const { discord } = stage;
    const server = discord.addServer('Another coalition');
    const [eva, noe] = [discord.addPerson('Eva', { locale: 'es-419' }), discord.addPerson('Noe')];
    server.addMember(eva, { owner: true });
    server.addMember(noe);
    const hall = server.addChannel('hall');
    expect((await noe.in(hall).command('petition list')).words).toBe('There is no petition here yet.');
    expect((await noe.in(hall).command('petition show')).words).toBe(
      'There is no open petition here yet. The organizers are still preparing it.',
    );
    expect((await eva.in(hall).command('petition share')).words).toBe(
      'Aquí todavía no hay ninguna petición. Empieza una con `/petición crear` o elige una con `/petición usar`.',
    );
    // Another server's petitions are nobody's here.
    const [id] = kept().map((petition) => String(petition.id));
    expect((await eva.in(hall).command('petition use', { petition: String(id) })).words).toContain(
      'Aquí no hay ninguna petición',
    );
  });
});

describe('create', () => {
  test('asks for the texts in both languages, and makes a draft of it, once', async () => {
    const form = await as('ana', 'create', {
      link: 'https://example.org/lands',
      goal: 1500,
      deadline: '31/12/2026',
      timezone: 'america/lima',
    });
    expect(form.words).toBe(
      'Nueva petición\nTítulo en inglés *\n[]\nQué pide, en inglés *\n[]\nTítulo en español *\n[]\nQué pide, en español *\n[]\nParámetro de origen de los enlaces\nCon él la página sabe quién compartió: source en …?source=CÓDIGO\n[source]',
    );
    const given = texts('Give the land back', 'Devuelvan la tierra');
    const made = await form.submit(given);
    expect([made.private, made.words]).toEqual([
      true,
      '**Devuelvan la tierra** quedó como borrador: solo lo ve el equipo organizador. Cuando todo esté listo, ábrela: `/petición estado estado:abierta motivo:…`',
    ]);
    expect((await form.submit(given)).words).toBe('Esto ya estaba hecho; nada cambió por segunda vez.');
    const before = everything();
    await replay(made);
    expect(everything()).toEqual(before);
    expect(kept().filter(({ title }) => title.en === 'Give the land back')).toEqual([
      expect.objectContaining({
        title: { en: 'Give the land back', es: 'Devuelvan la tierra' },
        ask: { en: 'Give the land back, and soon.', es: 'Devuelvan la tierra, y pronto.' },
        link: 'https://example.org/lands',
        goal: 1500,
        deadline: '2026-12-31',
        timezone: 'America/Lima',
        state: 'draft',
        createdBy: stage.ana.id,
      }),
    ]);
  });

  test.each([
    [
      'ana',
      { link: 'javascript:alert(1)' },
      '**enlace**: «javascript\\:alert(1)» no es una dirección web. Tiene que empezar con https://',
    ],
    ['ada', { link: 'example' }, "**link**: “example” isn't a web address. It has to begin with https://"],
    ['ana', { goal: 0 }, '**meta**: tiene que ser un número entero de 1 a 10,000,000.'],
    ['ada', { goal: 2.5 }, '**goal**: it has to be a whole number from 1 to 10,000,000.'],
    [
      'ana',
      { deadline: '31/2/2024' },
      '**plazo**: «31/2/2024» no es una fecha que Minga conozca. Escríbela así: 2026-07-19 o 19/7/2026.',
    ],
    [
      'ada',
      { timezone: 'Lima' },
      "**timezone**: “Lima” isn't a time zone. Write one like America/Lima or Europe/Madrid, or pick it from the list.",
    ],
    // Before the form, not after it is filled in.
    ['ana', { deadline: '2023-07-09' }, 'El 9 de julio de 2023 ya pasó. Da un día que esté por venir.'],
  ] as const)('says to %s what is wrong with %o', async (who, wrong, said) => {
    const options = { link: 'https://example.org/x', goal: 10, ...wrong };
    const answer = await stage[who]
      .in(stage.general)
      .command('petition create', options, { unchecked: true });
    expect([answer.kind, answer.private, answer.words]).toEqual(['message', true, said]);
  });

  test('completes time zones', async () => {
    const offered = await stage.ana
      .in(stage.general)
      .complete('petition create', { timezone: 'new york' }, 'timezone');
    expect(offered).toEqual([{ name: 'America/New_York', value: 'America/New_York' }]);
  });
});

describe('edit', () => {
  test('comes filled in, and keeps what is not given', async () => {
    await aDraft('Books for all', 'Libros para todos');
    const before = titled('Books for all');
    const form = await as('ana', 'edit', { petition: 'Libros para todos', goal: 900 });
    expect(form.words).toBe(
      [
        'Editar la petición',
        ...['Título en inglés *', '[Books for all]', 'Qué pide, en inglés *', '[Books for all, and soon.]'],
        ...[
          'Título en español *',
          '[Libros para todos]',
          'Qué pide, en español *',
          '[Libros para todos, y pronto.]',
        ],
        'Parámetro de origen de los enlaces',
        'Con él la página sabe quién compartió: source en …?source=CÓDIGO',
        '[source]',
      ].join('\n'),
    );
    // Somebody else is faster; what the form did not ask about stays theirs.
    const other = await as('ada', 'edit', { petition: 'Books for all', deadline: '2024-05-01' });
    expect((await other.submit({})).words).toBe('**Books for all** is up to date.');
    const edited = await form.submit({ 'Título en español': 'Libros para todo el mundo' });
    expect([edited.private, edited.words]).toEqual([true, '**Libros para todo el mundo** quedó al día.']);
    const after = {
      ...before,
      goal: 900,
      deadline: '2024-05-01',
      title: { en: 'Books for all', es: 'Libros para todo el mundo' },
    };
    expect(titled('Books for all')).toEqual(after);
    const all = everything();
    await replay(edited);
    expect((await form.submit({})).words).toBe('Esto ya estaba hecho; nada cambió por segunda vez.');
    expect(everything()).toEqual(all);
  });

  test('tells a deadline that is past before the form opens', async () => {
    const said = await as('ada', 'edit', { deadline: '2023-07-09' });
    expect([said.kind, said.words]).toEqual([
      'message',
      'July 9, 2023 is past. Give a day that is still to come.',
    ]);
  });
});

describe('status', () => {
  const title = 'Let the river run';
  const es = 'Que corra el río';
  beforeAll(() => aDraft(title, es));

  test.each([
    ['open', 'Everyone can share and sign it, and the daily tally goes out.'],
    ['paused', "It can't be shared or signed, and no daily tally goes out until you open it again."],
    ['open', 'Everyone can share and sign it, and the daily tally goes out.'],
    ['closed', 'Only late paper and corrections are taken now.'],
    [
      'delivered',
      'The count is closed: only corrections with a reason are taken now. Minga thanks each server once, in the channel of its daily tally. It keeps names for 180 more days and then removes them; the counts stay.',
    ],
  ])('%s', async (state, means) => {
    const before = deeds('petition.status').length;
    const moved = await status(state, title);
    const named = state === 'delivered' ? 'marked as delivered' : state;
    expect([moved.private, moved.words]).toEqual([true, `**${title}** is ${named}.\n${means}`]);
    await replay(moved);
    expect(deeds('petition.status').slice(before)).toEqual([
      expect.objectContaining({
        userId: stage.ada.id,
        detail: expect.objectContaining({ to: state, reason: 'as agreed on Monday' }),
      }),
    ]);
    const again = await status(state, es, 'ana');
    expect(again.words).toMatch(/^Ya está en ese estado: (Abierta|En pausa|Cerrada|Entregada)\.$/);
    expect((await status('draft', title)).words).toBe(
      "People have seen it, so it can't be a draft again. Pause it instead: `/petition status state:paused reason:…`",
    );
    const shared = await as('luz', 'share', { petition: es });
    expect(shared.words).toMatch(
      {
        open: /^## Let the river run/,
        paused: /^\*\*Que corra el río\*\* está en pausa\./,
        closed: /^\*\*Que corra el río\*\* está cerrada:/,
        delivered: /^\*\*Que corra el río\*\* ya fue entregada:/,
      }[state] ?? /never/,
    );
    expect(shared.private).toBe(state !== 'open');
  });

  test('needs a reason that can be read', async () => {
    const said = await as('ana', 'status', { state: 'open', reason: '\u200B \u2060', petition: es });
    expect(said.words).toBe('**motivo**: no hay nada que leer.');
    expect(titled(title)?.state).toBe('delivered');
  });

  test('a draft can be shared by nobody', async () => {
    await aDraft('Not yet', 'Todavía no');
    const said = await as('ada', 'share', { petition: 'Not yet' });
    expect([said.private, said.words]).toEqual([
      true,
      '**Not yet** is still a draft. It can be shared once it is open: `/petition status state:open reason:…`',
    ]);
  });
});

test('use makes a petition the one that commands take', async () => {
  await aDraft('Roofs before rain', 'Techos antes de la lluvia');
  const used = await as('ana', 'use', { petition: 'Roofs before rain' });
  expect([used.private, used.words]).toEqual([
    true,
    'Los comandos de este servidor tratan ahora de **Techos antes de la lluvia**.',
  ]);
  expect((await as('ada', 'show')).words).toContain('## Roofs before rain');
  expect((await as('ana', 'list')).words).toContain(
    '### Techos antes de la lluvia\nBorrador: solo lo ve el equipo organizador · petición actual',
  );
  expect((await as('ben', 'show')).words).toBe(
    'There is no open petition here yet. The organizers are still preparing it.',
  );
  await as('ana', 'use', { petition: peru.es });
  await replay(used);
  expect((await as('ben', 'show')).words).toContain(`## ${peru.en}`);
});

describe('is for', () => {
  const members = 'This is for members of the campaign. Ask an organizer for the member role.';
  const organizers = 'This is for organizers of the campaign.';
  const organizersEs = 'Esto es para el equipo organizador de la campaña.';

  test.each([
    ['stranger', 'share', {}, members],
    ['stranger', 'create', { link: 'https://example.org', goal: 5 }, organizers],
    ['luz', 'create', { link: 'https://example.org', goal: 5 }, organizersEs],
    ['ben', 'edit', {}, organizers],
    ['luz', 'status', { state: 'closed', reason: 'x' }, organizersEs],
    ['ben', 'use', { petition: '1' }, organizers],
  ] as const)('those who may, which %s may not: %s', async (who, name, options, said) => {
    const before = everything();
    const answer = await as(who, name, options);
    expect([answer.kind, answer.private, answer.words]).toEqual(['message', true, said]);
    expect(everything()).toEqual(before);
  });

  test('strangers who read Spanish are told in Spanish', async () => {
    const paz = stage.discord.addPerson('Paz', { locale: 'es-ES' });
    stage.server.addMember(paz);
    expect((await paz.in(stage.general).command('petition share')).words).toBe(
      'Esto es para quienes participan en la campaña. Pide el rol de miembro al equipo organizador.',
    );
  });

  test('whoever lost the role while a form was open', async () => {
    const { server, roles, ana } = stage;
    const [create, edit] = [
      await as('ana', 'create', { link: 'https://example.org', goal: 5 }),
      await as('ana', 'edit'),
    ];
    const before = everything();
    server.setRoles(ana, [roles.members]);
    expect((await create.submit(texts('Mine', 'Mía'))).words).toBe(organizersEs);
    expect((await edit.submit({})).words).toBe(organizersEs);
    expect(everything()).toEqual(before);
    server.setRoles(ana, [roles.organizers]);
    expect((await create.submit(texts('Mine', 'Mía'))).words).toContain('**Mía** quedó como borrador');
  });
});

describe('a hostile title', () => {
  test.each([
    ['mentions', '@everyone <@&42> <@7> <#9> @here'],
    ['Markdown', '**bold** __u__ ~~s~~ `code` ||spoiler|| [a](https://b.example)'],
    ['the marks of a line', '# big'],
    ['a quote', '> said'],
    ['placeholders', '{{count}} $t(petition.sign) %s'],
    ['a fence', '```js'],
    ['markup', '</text><script>alert(1)</script> & "quotes"'],
    ['right to left', 'الحرية لبيرو'],
  ])('is plain text: %s', async (_what, title) => {
    const made = await aDraft(title, title);
    expect(seen(made.words)).toContain(`**${title}** is ready as a draft`);
    const id = String(titled(title)?.id);
    await status('open', id);
    const card = await as('ben', 'share', { petition: id, language: 'en' });
    const [head = ''] = card.words.split('\n');
    expect(seen(head)).toBe(`## ${title}`);
    expect(head.slice(3)).not.toMatch(marks);
    const [message] = stage.general.messages.slice(-1);
    expect([message?.mentions, message?.mention_everyone]).toEqual([[], false]);
    const paste = await as('ben', 'link', { petition: id });
    expect(paste.words.split('```')).toHaveLength(3);
    await status('paused', id);
    const { words } = await as('ben', 'share', { petition: id });
    expect(seen(words)).toBe(
      `**${title}** is paused. An organizer can open it again: \`/petition status state:open reason:…\``,
    );
    expect(words.slice(2, words.indexOf('** is paused'))).not.toMatch(marks);
  });

  test('loses what turns the letters after it around', async () => {
    expect((await aDraft('\u202Egnp.exe\u2066 now')).words).toMatch(/^\*\*gnp\\?\.exe now\*\*/);
  });

  test.each([
    ['nothing but zero width', '\u200B\u200D\u2060\uFEFF', 'there is nothing to read in it.'],
    ['nothing but blanks of Braille', '\u2800\u2800', 'there is nothing to read in it.'],
  ])('is refused: %s', async (_what, title, problem) => {
    const before = kept().length;
    const form = await as('ada', 'create', { link: 'https://example.org/more', goal: 500 });
    const said = await form.submit(texts('Fine', title));
    expect([said.private, said.words]).toEqual([true, `**Title in Spanish**: ${problem}`]);
    expect(kept()).toHaveLength(before);
  });
});
