// /signatures import as people meet it: the real bot on a local Discord. The rules are in tests/coalition/import.test.ts.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { ComponentType } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeDatabase, openBeside } from '../../db/connect.js';
import { petitionsOf, updatePetition } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { type Exchange, type SentFile, type Speaker, wordsOf } from '../../rehearsal/stand-in/index.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { aStage, type Stage } from '../support/campaign.js';
import { csv } from '../support/import-story.js';

let stage: Stage;
let ada: Speaker;
let ana: Speaker;
/** What a test makes Discord refuse, or the bot complain about. */
let mayGoWrong = false;

beforeEach(async () => {
  stage = await aStage();
  mayGoWrong = false;
  ada = stage.ada.in(stage.general);
  ana = stage.ana.in(stage.general);
});

afterEach(async () => {
  // A press that is delivered twice is answered twice, which Discord lets it be once.
  const refused = stage.discord.refused.filter(({ refusals }) => refusals[0]?.code !== '40060');
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  if (!mayGoWrong) expect([refused, unexpected]).toEqual([[], []]);
});

const file = (content: string | Buffer, name = 'firmas_de_la_plaza.csv'): SentFile => ({
  name,
  contentType: 'text/csv',
  bytes: Buffer.from(content),
});
const send = (content: string | Buffer, source?: string, who = ada) =>
  who.command('signatures import', { file: file(content), source });
const says = (exchange: Exchange, part: string) => exchange.until(({ words }) => words.includes(part));

const names = 'Confirm: names may be handed over';
const isGone =
  'Minga no longer has what it read of this file: that was too long ago, or it got damaged. Nothing of it counts. Send the file again with `/signatures import`.';
const countOnly = 'Confirm: count only';

/** The figures of the current petition: total, likely duplicates, and each source that has any. */
const tally = () =>
  stage.withDatabase((database) => {
    const [petition] = petitionsOf(database, stage.server.id);
    const { total, likely, sources } = tallyOf(database, petition?.id ?? 0);
    const figures = sources.filter((one) => one.people + one.organizations > 0);
    return { total, likely, sources: figures.map((one) => [one.source.name, one.people, one.organizations]) };
  });
const rows = (sql: string) => stage.withDatabase(({ $client }) => $client.prepare(sql).all());
const everything = () =>
  ['sources', 'signatures', 'identities', 'imports', 'summaries', 'audit'].map((table) =>
    rows(`select * from ${table}`),
  );
const stagedFiles = () => {
  const folder = path.join(path.dirname(stage.databasePath), 'imports');
  return existsSync(folder) ? readdirSync(folder).map((name) => path.join(folder, name)) : [];
};

/** The one file of an answer, as text. */
function attached({ message }: Exchange): string {
  const [attachment] = message?.attachments ?? [];
  if (!attachment) throw new Error('nothing is attached');
  return stage.discord.bytesOf(attachment).toString();
}

const mixed = csv(
  'name,email,organization,country,date,comment',
  'Rosa Huamán,rosa@example.org,,Peru,03/05/2023,Vivan',
  'Luis Quispe,luis@example.org,Tejedoras del Sur,Georgia,04/05/2023,',
  ',coop@example.org,Cooperativa Minka,Perú,04/05/2023,',
  'Kim,,,Narnia,04/05/2023,¡Fuera *ya*!',
  'Al,not an address,,Peru,,',
  'Bo,bo@example.org,,Perú,,',
  'Bo,BO@example.org,,Perú,,',
  ',,,Peru,,',
);

describe('a preview', () => {
  it('says what was read and what would happen, privately; nothing is written yet', async () => {
    const before = everything();
    const shown = await send(mixed);
    expect([shown.private, shown.words]).toEqual([
      true,
      [
        '**firmas\\_de\\_la\\_plaza.csv → source “firmas de la plaza”**',
        'Read as UTF-8, with a comma between the cells.',
        '«name» → name · «email» → e-mail (only a keyed hash is kept) · «organization» → organization · «country» → country · «date» → date · «comment» → comment',
        '> 2 · **Rosa Huamán** · person · Peru · March 5, 2023 — “Vivan”',
        '> 3 · **Luis Quispe** · person · Tejedoras del Sur · no country · April 5, 2023',
        '> 4 · **Cooperativa Minka** · organization · Peru · April 5, 2023',
        '> 5 · **Kim** · person · no country · April 5, 2023 — “¡Fuera \\*ya\\*!”',
        '> 7 · **Bo** · person · Peru',
        '',
        '- **5 new signatures**',
        '- 1 is in the file a second time',
        "- 2 rows can't be taken (That isn't an e-mail address: 1; No name of a person or an organization: 1)",
        '',
        '📅 Dates like 03/05/2026 are read with the month first: March 5.',
        '🌍 Not a country Minga knows; those rows are kept without one: «Narnia» (1)',
        '🌍 1 name may mean more than one country: choose below. Left open, those rows are kept without a country.',
        'Nothing is written yet. May these names be handed over with the petition? Only if the people agreed to that when they signed; if in doubt, count only.',
        '[ ▾ 03/05/2026 is 3 May (day first) | 03/05/2026 is March 5 (month first)]',
        '[Which country is “Georgia”? (1 row) ▾ Georgia → Georgia | Georgia → United States | None of these: keep without a country]',
        `[${names}] [${countOnly}] [Cancel] [Rejected rows]`,
      ].join('\n'),
    ]);
    expect(everything()).toEqual(before);
  });

  it('says the same in Spanish', async () => {
    const shown = await send(mixed, 'Plaza', ana);
    expect(shown.words).toBe(
      [
        '**firmas\\_de\\_la\\_plaza.csv → fuente «Plaza»**',
        'Leído como UTF-8, con coma entre las celdas.',
        '«name» → nombre · «email» → correo (solo se guarda una huella con clave) · «organization» → organización · «country» → país · «date» → fecha · «comment» → comentario',
        '> 2 · **Rosa Huamán** · persona · Perú · 5 de marzo de 2023 — «Vivan»',
        '> 3 · **Luis Quispe** · persona · Tejedoras del Sur · sin país · 5 de abril de 2023',
        '> 4 · **Cooperativa Minka** · organización · Perú · 5 de abril de 2023',
        '> 5 · **Kim** · persona · sin país · 5 de abril de 2023 — «¡Fuera \\*ya\\*!»',
        '> 7 · **Bo** · persona · Perú',
        '',
        '- **5 firmas nuevas**',
        '- 1 aparece otra vez en el mismo archivo',
        '- 2 filas no se pueden incorporar (Eso no es una dirección de correo: 1; Falta el nombre de una persona o de una organización: 1)',
        '',
        '📅 Las fechas como 03/05/2026 se leen con el mes primero: 5 de marzo.',
        '🌍 Minga no lo reconoce como país; esas filas se guardan sin país: «Narnia» (1)',
        '🌍 1 nombre puede ser de más de un país: elige abajo. Si no eliges, esas filas se guardan sin país.',
        'Todavía no se ha guardado nada. ¿Se pueden entregar estos nombres con la petición? Solo si las personas lo aceptaron al firmar; ante la duda, solo cuéntalas.',
        '[ ▾ 03/05/2026 es el 3 de mayo (día primero) | 03/05/2026 es el 5 de marzo (mes primero)]',
        '[¿Qué país es «Georgia»? (1 fila) ▾ Georgia → Georgia | Georgia → Estados Unidos | Ninguno de estos: guardar sin país]',
        '[Confirmar: se pueden entregar] [Confirmar: solo contar] [Cancelar] [Filas rechazadas]',
      ].join('\n'),
    );
  });

  it('changes with what is answered, and that is what is taken in', async () => {
    const shown = await send(mixed, 'Plaza');
    await shown.choose('Which country is “Georgia”? (1 row)', 'US');
    expect(shown.words).toContain('Tejedoras del Sur · United States · April 5, 2023');
    expect(shown.words).not.toContain('choose below');
    await shown.choose('Which country is “Georgia”? (1 row)', 'none');
    expect(shown.words).toContain('Tejedoras del Sur · no country · April 5, 2023');
    await shown.choose('Which country is “Georgia”? (1 row)', 'GE');
    const [menu] =
      shown.message?.components?.[0] && 'components' in shown.message.components[0]
        ? shown.message.components[0].components
        : [];
    await shown.choose(menu && 'custom_id' in menu ? menu.custom_id : '', 'dayFirst');
    expect(shown.words).toContain('Tejedoras del Sur · Georgia · May 4, 2023');
    expect(shown.words).toContain('are read with the day first: 3 May.');
    await shown.press(countOnly);
    await says(shown, 'were added to “Plaza”');
    expect(rows('select country, day, consent from signatures order by id')).toEqual([
      { country: 'PE', day: '2023-05-03', consent: 0 },
      { country: 'GE', day: '2023-05-04', consent: 0 },
      { country: 'PE', day: '2023-05-04', consent: 0 },
      { country: null, day: '2023-05-04', consent: 0 },
      { country: 'PE', day: '2023-07-10', consent: 0 },
    ]);
  });

  it('asks for one country after another where they do not all fit', async () => {
    const lines = ['Georgia', 'Congo', 'Korea', 'Guiana', 'San Martín'].map((name, n) => `N${n},${name}`);
    const shown = await send(csv('name,country', ...lines));
    expect(shown.words).toContain('5 names may mean more than one country');
    expect(shown.words).not.toContain('“Guiana”');
    await shown.choose('Which country is “Georgia”? (1 row)', 'GE');
    await shown.choose('Which country is “Congo”? (1 row)', 'none');
    expect(shown.words).toContain('3 names may mean more than one country');
    for (const [name, code] of [
      ['Korea', 'KR'],
      ['Guiana', 'GY'],
      ['San Martín', 'MF'],
    ])
      await shown.choose(`Which country is “${name}”? (1 row)`, code ?? '');
    expect(shown.words).not.toContain('more than one country');
    await shown.press(names);
    await says(shown, '5 signatures were added');
    expect(rows('select country from signatures order by id')).toEqual(
      ['GE', null, 'KR', 'GY', 'MF'].map((country) => ({ country })),
    );
  });

  it('of a tab-separated file with a lone quotation mark says that it is part of the text', async () => {
    const sheets = 'name\tcomment\nRosa "La Negra" Huamán\t5" de tela\n';
    const [english, spanish] = [await send(sheets), await send(sheets, 'Plaza', ana)];
    expect(english.words).toContain(
      'with a tab between the cells; quotation marks (") are part of the text.',
    );
    expect(english.words).toContain('> 2 · **Rosa "La Negra" Huamán** · person · no country — “5" de tela”');
    expect(spanish.words).toContain('con tabulador entre las celdas; las comillas (") son parte del texto.');
  });

  it('of a file with nothing new asks nothing', async () => {
    await says(
      await (await send(mixed, 'Plaza')).press(names).then(() => send(csv('name', 'Zoe'), 'Feria')),
      'Zoe',
    );
    const again = await send(csv('name,email', 'Rosa,rosa@example.org'), 'Plaza', ana);
    expect(again.words).toMatch(
      /- \*\*0 firmas nuevas\*\*\n- 1 ya está en esta fuente\n\nEn este archivo no hay nada nuevo, así que no hay nada que incorporar\.\n\[Cancelar\]$/,
    );
  });

  it.each([ada, ana].map((_, index) => index))('stays short, whatever the file says (%i)', async (index) => {
    const nasty = '@everyone <@1> [x](http://x.y) **_`||~~\u202E ';
    const long = (text: string) => `"${text.repeat(20).slice(0, 115).replaceAll('"', '')}"`;
    const header = ['name', 'organization', 'country', 'comment', 'email', 'date', 'consent'];
    const others = Array.from({ length: 30 }, (_, n) => long(`${n}${nasty}`));
    const line = (n: number, ...cells: string[]) => [long(`${n}${nasty}`), long(nasty), ...cells].join(',');
    const places = ['Georgia', 'Congo', 'Korea', 'Guiana'].map((country, n) => line(n, country, long(nasty)));
    const unknown = Array.from({ length: 9 }, (_, n) => line(10 + n, long(`${n}${nasty}`), long(nasty)));
    const wrong = [
      'Al,,,,bad',
      ',,Peru',
      `${'x'.repeat(130)}`,
      `Al,${'x'.repeat(130)}`,
      `Al,,,${'x'.repeat(600)}`,
      'Al,,,,,never',
      'Al,,,,,2099-01-01',
      'Al,,,,,13/05/2023',
      'Al,,,,,05/13/2023',
      `${'x,'.repeat(60)}`,
    ];
    const twice = ['Bo,,,,b@example.org', 'Bo,,,,b@example.org'];
    const shown = await [ada, ana][index]?.command('signatures import', {
      file: file(
        csv([...header, ...others].join(','), ...places, ...unknown, ...wrong, ...twice),
        `${'_everyone_'.repeat(9)}.csv`,
      ),
    });
    expect(shown?.message?.content.length).toBeLessThanOrEqual(2000);
    expect(shown?.message?.content).not.toMatch(/@everyone|(?<!\\)<@|(?<!\\)\]\(/);
    expect(shown?.message?.content.split('\n')[0]).toMatch(/^\*\*.*\*\*$/);
  });
});

describe('confirming', () => {
  it('takes all of it in, and says what that did', async () => {
    const shown = await send(mixed, 'Plaza');
    await shown.press(names);
    await says(shown, 'were added');
    expect(shown.words).toBe(
      [
        '✅ 5 signatures were added to “Plaza”.',
        '**5 signatures** (+5) · 4 people and 1 organization',
        'Their names may be handed over with the petition, unless the file says otherwise.',
      ].join('\n'),
    );
    expect(tally()).toEqual({ total: 5, likely: 0, sources: [['Plaza', 4, 1]] });
    expect(stagedFiles()).toEqual([]);
    const audit = rows("select user_id, detail from audit where deed = 'signatures.import'");
    expect(audit).toEqual([
      {
        user_id: stage.ada.id,
        detail: JSON.stringify({ import: 1, fileName: 'firmas_de_la_plaza.csv', consent: 'names' }),
      },
    ]);
  });

  it('says in Spanish who signed elsewhere too, who is alike, and that names stay', async () => {
    await (
      await send(csv('name,email,country', 'Rosa,rosa@example.org,Perú', 'Luis,l@example.org,Perú'), 'Plaza')
    ).press(names);
    await ada.command('signatures count', { source: 'Action Network', people: 1984 });
    const file = csv(
      'nombre;correo;país',
      'Rosa;rosa@example.org;Perú',
      'Luis;m@example.org;Perú',
      'Eva;;Chile',
    );
    const shown = await send(file, 'Mercado', ana);
    expect(shown.words).toContain(
      '- 1 de las nuevas firmó también en otra fuente: se guarda y cuenta una sola vez',
    );
    await shown.press('Confirmar: solo contar');
    await says(shown, 'Se sumaron');
    expect(shown.words).toBe(
      [
        '✅ Se sumaron 3 firmas a «Mercado».',
        '1 de ellas es de alguien que también firmó en otra fuente: cuenta una sola vez.',
        '**1,988 firmas** (+2) · 1,988 personas y 0 organizaciones',
        '1 posible duplicado por revisar: `/firmas revisar`',
        'Los nombres se quedan aquí: se cuentan y no se entregan.',
      ].join('\n'),
    );
    const under = await send(csv('name', 'Zoe', 'Yan'), 'action network');
    await under.press(names);
    await says(under, 'were added');
    expect(under.words).toContain(
      '“Action Network” has a figure of its own, which stays the one that counts; 2 of its signatures have names now.\n**1,988 signatures** (0)',
    );
  });

  it('leaves nothing of the file in clear on the disk or in the log', async () => {
    const folder = path.dirname(stage.databasePath);
    const onDisk = () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
    const shown = await send(mixed.replaceAll('@example.org', '@tejido.example'), 'Plaza');
    const before = onDisk();
    await shown.press(names);
    await says(shown, 'were added');
    const all = [...before, ...onDisk(), JSON.stringify(stage.bot.logs), stage.bot.errors].join();
    expect(all).toContain('Plaza');
    for (const clear of ['Huam', 'tejido', 'Tejedoras', 'Vivan', 'Narnia', 'not an address'])
      expect(all).not.toContain(clear);
  });

  it('twice, or by an interaction that is told twice, counts once', async () => {
    const shown = await send(mixed, 'Plaza');
    const message = shown.message;
    if (!message) throw new Error('nothing is shown');
    const [first, second] = await Promise.all([shown.press(names), ada.press(message, countOnly)]);
    await stage.discord.until('the import', () => tally().total === 5);
    const all = [shown, first, second].map(({ words }) => words).join('\n');
    expect(all).toContain('5 signatures were added');
    expect(all).toContain('already');
    stage.discord.deliver(first.interaction);
    await says(await ada.command('signatures sources'), 'Plaza');
    expect(rows('select count(*) as n from imports')).toEqual([{ n: 1 }]);
  });

  it('cancelled, nothing of it is kept', async () => {
    const before = everything();
    const shown = await send(mixed, 'Plaza');
    expect(stagedFiles()).toHaveLength(1);
    await shown.press('Cancel');
    expect(shown.words).toBe('Cancelled. Nothing of firmas\\_de\\_la\\_plaza.csv was kept.');
    expect([stagedFiles(), everything()]).toEqual([[], before]);
  });

  it('gives the rows that cannot be taken, each with the reason', async () => {
    const english = await (await send(mixed, 'Plaza')).press('Rejected rows');
    expect(english.private).toBe(true);
    expect(english.words).toContain(
      "Here are the 2 rows that can't be taken, each with the reason. Correct them in your file",
    );
    expect(english.message?.attachments[0]?.filename).toBe('firmas_de_la_plaza-rejected.csv');
    expect(attached(english)).toBe(
      "\uFEFFline,reason,what the row says\r\n6,That isn't an e-mail address,Al,not an address,,Peru,,\r\n9,No name of a person or an organization,,,,Peru,,\r\n",
    );
    const formula = csv('name;email;date', '=1+1;bad;', 'Al;;13/05/2023', 'Bo;;05/13/2023');
    const spanish = await (await send(formula, 'Plaza', ana)).press('Filas rechazadas');
    expect(spanish.message?.attachments[0]?.filename).toBe('firmas_de_la_plaza-rechazadas.csv');
    expect(attached(spanish).split('\r\n').slice(1, 3)).toEqual([
      "2,Eso no es una dirección de correo,'=1+1,bad,",
      '4,No es una fecha con este orden de día y mes,Bo,05/13/2023',
    ]);
  });
});

describe('nothing is taken in', () => {
  it.each<[string, Buffer, RegExp, RegExp]>([
    [
      'a workbook',
      Buffer.from('504b0304140006000800000021', 'hex'),
      /^Minga can't read names from this kind.*as CSV/,
      /Hojas de cálculo de Google, guárdalo como CSV/,
    ],
    ['an empty file', Buffer.alloc(0), /^The file is empty/, /^El archivo está vacío/],
    [
      'a file without names',
      Buffer.from('a,b\n1,2\n'),
      /first row says: a and b\. Give the column/,
      /primera fila dice: a y b\. Ponle/,
    ],
    [
      'a quote that is never closed',
      Buffer.from('name,country\nAna,Peru\n"Rosa,Peru\n'),
      /row that begins in line 3: one is never closed/,
      /fila que empieza en la línea 3/,
    ],
  ])('from %s, and what to do is said', async (_what, bytes, english, spanish) => {
    const before = everything();
    expect((await send(bytes)).words).toMatch(english);
    expect((await send(bytes, 'Plaza', ana)).words).toMatch(spanish);
    expect([everything(), stagedFiles()]).toEqual([before, []]);
  });

  it('for members, and in servers that do not host the petition', async () => {
    const ben = stage.ben.in(stage.general);
    await expect(send(mixed, 'Plaza', ben)).resolves.toMatchObject({ private: true });
    const refused = await send(mixed, 'Plaza', ben);
    expect(refused.words).toContain('organizers');
    expect(stagedFiles()).toEqual([]);
  });

  it('by another organizer than the one who sent the file', async () => {
    const shown = await send(mixed, 'Plaza');
    const { interaction } = await shown.press('Rejected rows');
    const [{ interaction: hers }, before] = [await ana.command('signatures sources'), everything()];
    if (!('custom_id' in (interaction.data ?? {})) || !('member' in hers)) throw new Error('no press');
    const key = String(Object(interaction.data).custom_id).split(':')[1];
    const data = { ...Object(interaction.data), custom_id: `signatures.import:${key}:names` };
    mayGoWrong = true;
    stage.discord.deliver({ ...interaction, id: hers.id.replace(/.$/, '0'), member: hers.member, data });
    await says(await ana.command('signatures sources'), 'Fuentes');
    expect(everything()).toEqual(before);
  });

  it('when the petition has closed meanwhile, or the file was tidied away', async () => {
    const shown = await send(mixed, 'Plaza');
    stage.withDatabase((database) => {
      const [petition] = petitionsOf(database, stage.server.id);
      updatePetition(database, petition?.id ?? 0, { state: 'closed' });
    });
    const { message } = shown;
    if (!message) throw new Error('nothing is shown');
    const closed = await ada.press(message, names);
    expect(closed.words).toMatch(/closed/);
    for (const staged of stagedFiles()) rmSync(staged);
    const gone = await ada.press(message, names);
    expect(gone.words).toBe(isGone);
    expect((await ada.press(message, 'Rejected rows')).words).toBe(gone.words);
    expect(tally().total).toBe(0);
  });

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['cut', (bytes) => bytes.subarray(0, 6000)],
    ['something else', () => Buffer.alloc(20_000, 7)],
  ])(
    'when what was read of the file is %s by then, and its source is not left behind',
    async (_how, damaged) => {
      const before = everything().slice(0, -1);
      const shown = await send(mixed, 'Plaza');
      for (const staged of stagedFiles()) writeFileSync(staged, damaged(readFileSync(staged)));
      const { message } = shown;
      if (!message) throw new Error('nothing is shown');
      expect((await ada.press(message, 'Rejected rows')).words).toBe(isGone);
      const georgia = 'Which country is “Georgia”? (1 row)';
      expect((await ada.choose(message, georgia, 'GE')).words).toContain(isGone);
      await shown.press(names);
      await says(shown, isGone);
      expect(shown.words).toBe(isGone);
      expect([everything().slice(0, -1), stagedFiles()]).toEqual([before, []]);
      const again = await send(mixed, 'Plaza', ana);
      for (const staged of stagedFiles()) writeFileSync(staged, damaged(readFileSync(staged)));
      await again.press('Confirmar: solo contar');
      await says(again, 'Minga ya no tiene lo que leyó');
      expect(tally().total).toBe(0);
    },
  );

  it('when the confirmation comes from a partner’s server, or a foreign one', async () => {
    const shown = await send(mixed, 'Plaza');
    const [confirmation = ''] = /signatures\.import:\w+:names/.exec(JSON.stringify(shown.message)) ?? [];
    const before = everything();
    for (const role of ['partner', undefined]) {
      const server = stage.discord.addServer(role ?? 'foreign');
      const square = server.addChannel('square');
      server.addMember(stage.ada, { owner: true });
      server.addMember(stage.ana, { roles: [server.addRole('Manager', { permissions: 1n << 5n })] });
      if (role)
        stage.withDatabase(({ $client }) => {
          $client.prepare("insert into petition_servers values (1, ?, 'partner', 0, null)").run(server.id);
          $client.prepare('insert into servers (id, current_petition_id) values (?, 1)').run(server.id);
        });
      for (const person of [stage.ada, stage.ana]) {
        const there = person.in(square);
        const components = [
          {
            type: ComponentType.ActionRow,
            components: [{ type: ComponentType.Button, style: 2, label: names, custom_id: confirmation }],
          },
        ];
        const refused = await there.press(Object.assign(there.say('una tarjeta'), { components }), names);
        expect([refused.private, refused.words]).toEqual([
          true,
          expect.stringMatching(/^This button is out of date|^Este botón ya no sirve/),
        ]);
      }
    }
    expect([everything(), tally().total]).toEqual([before, 0]);
    await shown.press(names);
    await says(shown, '5 signatures were added');
  });

  it('from what is over 10 MB, and the way around is named', async () => {
    const large = { file: file(Buffer.alloc(10 * 1024 ** 2 + 1, 'name\n')) };
    const sent = (who: Speaker) => who.command('signatures import', large, { unchecked: true });
    expect((await sent(ada)).words).toBe(
      `The file is over 10 MB, more than Minga takes through Discord, so nothing was read. Whoever runs Minga can take it in there: \`npm run signatures -- import FILE --server ${stage.server.id} --source NAME\``,
    );
    expect((await sent(ana)).words).toMatch(
      /^El archivo pasa de 10 MB.*`npm run signatures -- import ARCHIVO --server \d+ --source NOMBRE`$/,
    );
    expect(stagedFiles()).toEqual([]);
  });

  it('beside another import', async () => {
    const shown = await send(mixed, 'Plaza');
    stage.withDatabase(({ $client }) => {
      const insert =
        "insert into sources (petition_id, name, folded_name, kind, at) values (1, 'x', 'x', 'file', 0)";
      $client.exec(insert);
      $client.exec(
        `insert into imports (petition_id, source_id, staged, file_name, state, consent, server_id, at, holder, lease_until) values (1, last_insert_rowid(), 'x', 'x', 'publishing', 'names', '1', 0, 'x', ${Date.now() * 2})`,
      );
    });
    const { message } = shown;
    if (message) expect((await ada.press(message, names)).words).toContain('is being taken in right now');
    expect(tally().total).toBe(0);
  });
});

describe('out again by `/signatures export`, it is as it went in,', () => {
  const people = [
    [
      'person',
      'Rosa Huamán Ñahui',
      'Tejedoras, «Sur» & Cía.',
      'PE',
      '2023-07-01',
      'Dijo: "¡no más!"; y se fue',
      'yes',
    ],
    ['person', "Siân O'Neill", '', 'GB', '2023-06-30', '5 € for the bus\nand home', 'no'],
    ['organization', 'Coopérative\tMinka', '', '', '2023-07-09', '', 'yes'],
  ];
  const separators = { comma: ',', semicolon: ';', tab: '\t' };
  const encodings: Record<string, (text: string) => Buffer> = {
    'UTF-8': (text) => Buffer.from(text),
    'UTF-8 with a mark': (text) => Buffer.from(`\uFEFF${text}`),
    'UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'Windows-1252': (text) => Buffer.from(text.replaceAll('€', '\x80'), 'latin1'),
  };
  const quoted = (cell = '') => (/["\n,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const written = (separator: string) =>
    [['tipo', 'nombre', 'organización', 'país', 'fecha', 'comentario', 'consentimiento'], ...people]
      .map((cells) => cells.map(quoted).join(separator))
      .join('\r\n');

  it('in every encoding, with every separator', async () => {
    for (const [encoding, encode] of Object.entries(encodings)) {
      for (const [name, separator] of Object.entries(separators)) {
        const shown = await send(encode(written(separator)), `${encoding} ${name}`);
        await shown.press(names);
        await says(shown, '3 signatures were added');
      }
      const marked = await send(encode(`sep=;\r\n${written(';')}`), `${encoding} sep`);
      await marked.press(names);
      await says(marked, '3 signatures were added');
    }
    const exported = parse(attached(await ada.command('signatures export')), {
      bom: true,
      columns: true,
    }) as Record<string, string>[];
    const columns = ['kind', 'name', 'organization', 'country', 'date', 'comment', 'consent'];
    const sorted = (all: string[][]) => all.map((cells) => cells.join('|')).sort();
    // A cell is one line.
    const clean = people.map((cells) => cells.map((cell) => cell.replace(/[\t\n]/, ' ')));
    const sources = new Set(exported.map(({ source }) => source));
    expect(sources.size).toBe(16);
    for (const source of sources) {
      const its = exported.filter((row) => row.source === source);
      expect(sorted(its.map((row) => columns.map((column) => row[column] ?? '')))).toEqual(sorted(clean));
    }
  }, 60_000);
});

describe('cut off while its rows are written', () => {
  it.each([
    [
      'ada',
      names,
      "⏳ The import of firmas\\_de\\_la\\_plaza.csv was cut off before its end. Nothing is lost, and nothing of it counts yet: Minga goes on with it by itself in a minute or two, and then tells the organizers how it ended. You don't need to send the file again.",
    ],
    [
      'ana',
      'Confirmar: se pueden entregar',
      '⏳ La importación de firmas\\_de\\_la\\_plaza.csv se interrumpió antes de terminar. No se perdió nada y todavía no cuenta nada de ella: en uno o dos minutos Minga la retoma por sí sola y después avisa al equipo organizador cómo terminó. No hace falta volver a enviar el archivo.',
    ],
  ] as const)('says to %s that it goes on by itself, and so it does', async (who, button, words) => {
    mayGoWrong = true;
    stage.withDatabase((database) =>
      updateServer(database, stage.server.id, { organizersChannelId: stage.organizers.id }),
    );
    const shown = await send(mixed, 'Plaza', stage[who].in(stage.general));
    const held = 'create trigger held before insert on identities begin select raise(abort, "held"); end';
    stage.withDatabase(({ $client }) => $client.exec(held.replaceAll('"', "'")));
    await shown.press(button);
    await says(shown, '⏳');
    expect(shown.words).toBe(words);
    expect([tally().total, rows('select state from imports')]).toEqual([0, [{ state: 'publishing' }]]);
    stage.withDatabase(({ $client }) => $client.exec('drop trigger held'));
    await stage.moveTo('2023-07-10T15:05:00Z');
    await vi.waitUntil(() => stage.bot.logs.some(({ msg }) => msg === 'import carried on'), {
      timeout: 20_000,
    });
    await stage.moveTo('2023-07-10T15:06:00Z');
    expect([tally().total, stage.organizers.messages.map(wordsOf).join()]).toEqual([
      5,
      expect.stringContaining('is complete now: 5 signatures were added'),
    ]);
  });
});

describe('cut off by a power cut', () => {
  const many = csv(
    'name,email,country',
    ...Array.from({ length: 60_000 }, (_, n) => `Name ${n},n${n}@example.org,Peru`),
  );

  /** Ends the bot while it writes rows. */
  async function cut(): Promise<void> {
    stage.withDatabase((database) =>
      updateServer(database, stage.server.id, { organizersChannelId: stage.organizers.id }),
    );
    const shown = await send(many, 'Plaza');
    shown.press(names).catch(() => {});
    const connection = openBeside(stage.databasePath);
    const some = connection.$client.prepare('select 1 from signatures limit 1');
    await vi.waitUntil(() => some.get() !== undefined, { interval: 1, timeout: 20_000 });
    await stage.bot.kill();
    closeDatabase(connection);
    expect(rows('select state from imports')).toEqual([{ state: 'publishing' }]);
    expect(tally().total).toBe(0);
  }

  const ended = () =>
    vi.waitUntil(() => stage.bot.logs.some(({ msg }) => msg === 'import carried on'), { timeout: 20_000 });

  it('is completed and told once the bot is back: counted once', async () => {
    await cut();
    await stage.restart();
    expect(tally().total).toBe(0);
    await stage.moveTo('2023-07-10T15:05:00Z');
    await ended();
    await stage.moveTo('2023-07-10T15:06:00Z');
    expect(tally()).toEqual({ total: 60_000, likely: 0, sources: [['Plaza', 60_000, 0]] });
    expect(stagedFiles()).toEqual([]);
    expect(stage.organizers.messages.map(wordsOf)).toEqual([
      [
        '📌 The import of firmas\\_de\\_la\\_plaza.csv had been cut off and is complete now: 60,000 signatures were added to “Plaza”.',
        '',
        '📌 La importación de firmas\\_de\\_la\\_plaza.csv se había interrumpido y ya está completa: se sumaron 60,000 firmas a «Plaza».',
      ].join('\n'),
    ]);
  });

  it('is undone and told where its rows are gone: nothing of it counts, and it can be sent again', async () => {
    await cut();
    for (const staged of stagedFiles()) rmSync(staged);
    await stage.restart();
    await stage.moveTo('2023-07-10T15:05:00Z');
    await ended();
    expect(rows('select count(*) as n from signatures')).toEqual([{ n: 0 }]);
    await stage.moveTo('2023-07-10T15:06:00Z');
    expect(stage.organizers.messages.map(wordsOf)).toEqual([
      [
        '📌 The import of firmas\\_de\\_la\\_plaza.csv was cut off and could not be completed, so nothing of it counts. Send the file again with `/signatures import`.',
        '',
        '📌 La importación de firmas\\_de\\_la\\_plaza.csv se interrumpió y no se pudo completar, así que nada de ella cuenta. Vuelve a enviar el archivo con `/firmas importar`.',
      ].join('\n'),
    ]);
    const shown = await send(many, 'Plaza');
    await shown.press(names);
    await says(shown, '60,000 signatures were added');
  });
});
