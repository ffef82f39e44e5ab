// /signatures export as people meet it: the real bot on a local Discord, in both languages.
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel, Exchange, OptionValues, Person } from '../../rehearsal/stand-in/index.js';
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

const as = (person: Person, name: string, options?: OptionValues, channel: Channel = stage.general) =>
  person.in(channel).command(`signatures ${name}`, options);

const add = (name: string, more: OptionValues = {}) =>
  as(stage.ada, 'add', { kind: 'person', name, country: 'PE', ...more });

/** The one file of an answer: its name, its text and the SHA-256 of its bytes. */
function attached({ message }: Exchange) {
  const [attachment, ...more] = message?.attachments ?? [];
  if (!attachment || more.length > 0) throw new Error('not one file is attached');
  const bytes = stage.discord.bytesOf(attachment);
  return {
    name: attachment.filename,
    text: bytes.toString(),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

const audited = () =>
  stage.withDatabase(({ $client }) =>
    $client
      .prepare<[], { user_id: string; detail: string }>(
        "select user_id, detail from audit where deed = 'signatures.export' order by id",
      )
      .all()
      .map(({ user_id, detail }) => ({ by: user_id, ...JSON.parse(detail) })),
  );

/** What is said besides the file. */
const said = ({ message }: Exchange) => message?.content.split('\n') ?? [];

test('there is nothing to export while nobody has signed by name', async () => {
  await as(stage.ada, 'count', { source: 'Action Network', people: 1984, organizations: 16 });
  const english = await as(stage.ada, 'export');
  expect([english.private, english.words]).toEqual([
    true,
    'There are no signatures with names to export yet. `/signatures add` adds one by name.',
  ]);
  expect((await as(stage.ana, 'export', { format: 'json' })).words).toBe(
    'Todavía no hay firmas con nombre que exportar. `/firmas añadir` añade una por nombre.',
  );
  expect(audited()).toEqual([]);
});

test('organizers get the names as CSV, privately: how many, how they add up, and what they ask for', async () => {
  await add('=Rosa Huamán', { comment: 'Por mi tierra' });
  await add('Luz', { country: 'US', source: 'Action Network' });
  await add('Club de Madres', { kind: 'organization' });
  const exported = await as(stage.ada, 'export');
  const file = attached(exported);
  expect(file.name).toBe('peru-2023-signatures-2023-07-10.csv');
  expect(parse(file.text, { bom: true, record_delimiter: '\r\n' })).toEqual([
    [
      'kind',
      'name',
      'organization',
      'country',
      'country_en',
      'country_es',
      'date',
      'comment',
      'consent',
      'source',
    ],
    [
      'person',
      "'=Rosa Huamán",
      '',
      'PE',
      'Peru',
      'Perú',
      '2023-07-10',
      'Por mi tierra',
      'no',
      'Added by hand',
    ],
    ['person', 'Luz', '', 'US', 'United States', 'Estados Unidos', '2023-07-10', '', 'no', 'Action Network'],
    ['organization', 'Club de Madres', '', 'PE', 'Peru', 'Perú', '2023-07-10', '', 'yes', 'Added by hand'],
  ]);
  expect(exported.private).toBe(true);
  expect(said(exported)).toEqual([
    expect.stringMatching(
      /^📄 \*\*.+\*\*: 3 rows, one for each signature that came with a name \(2 people and 1 organization\)\.$/,
    ),
    // 1,984 and 16 on the page, of which Luz has a row, and two names besides.
    '1,999 more were counted without names, so they have no row.',
    'Total at that moment: 2,002 signatures.',
    `SHA-256, to check that the file is whole: \`${file.sha256}\``,
    'People gave these names in trust: share the file only with those who need it, and delete it afterwards. The column `consent` says whose name may be handed over with the petition; `no` is for the count alone.',
  ]);
  const { sha256, bytes } = file;
  expect(audited()).toEqual([{ by: stage.ada.id, format: 'csv', rows: 3, bytes, sha256 }]);
});

test('and as JSON, in Spanish; delivered twice, it goes out once', async () => {
  // More organizations than the page counts: no number of people makes up for that.
  for (let n = 0; n < 17; n++)
    await add(`Colectivo ${n}`, { kind: 'organization', source: 'Action Network' });
  const before = audited().length;
  const exported = await as(stage.ana, 'export', { format: 'json' });
  const file = attached(exported);
  expect(file.name).toBe('peru-2023-signatures-2023-07-10.json');
  expect(JSON.parse(file.text).signatures).toHaveLength(20);
  expect(said(exported)).toEqual([
    expect.stringMatching(
      /^📄 \*\*.+\*\*: 20 filas, una por cada firma que llegó con nombre \(2 personas y 18 organizaciones\)\.$/,
    ),
    '1,983 más se contaron sin nombre, así que no tienen fila.',
    '⚠️ 1 fila sobra respecto de la cifra de su propia fuente, así que no está en el total. Conviene revisar `/firmas fuentes`.',
    'Total en ese momento: 2,002 firmas.',
    `SHA-256, para comprobar que el archivo está completo: \`${file.sha256}\``,
    'Son nombres que la gente confió a la campaña: comparte el archivo solo con quien lo necesite y bórralo después. La columna `consent` dice qué nombres pueden entregarse con la petición; con `no`, la firma solo se cuenta.',
  ]);
  stage.discord.deliver(exported.interaction);
  await as(stage.ana, 'export', { format: 'csv' });
  expect(audited().slice(before)).toEqual([
    expect.objectContaining({ by: stage.ana.id, format: 'json', sha256: file.sha256 }),
    expect.objectContaining({ by: stage.ana.id, format: 'csv' }),
  ]);
  expect(said(exported)[0]).toContain('20 filas');
});

test('nobody else gets them: members, nor the organizers of a partner', async () => {
  const before = audited();
  expect((await as(stage.luz, 'export')).words).toBe('Esto es para el equipo organizador de la campaña.');
  const partner = stage.discord.addServer('Partner');
  const square = partner.addChannel('square');
  partner.addMember(stage.ana, { owner: true });
  stage.withDatabase(({ $client }) => {
    $client.prepare("insert into petition_servers values (1, ?, 'partner', 0, null)").run(partner.id);
    $client.prepare('insert into servers (id, current_petition_id) values (?, 1)').run(partner.id);
  });
  const refused = await as(stage.ana, 'export', {}, square);
  expect(refused.words).toMatch(/^Esto solo lo puede hacer el equipo organizador del servidor/);
  expect([refused.message?.attachments, audited()]).toEqual([[], before]);
});

test('what is too large for Discord is refused with the way around it, and nothing leaves', async () => {
  const before = audited();
  stage.withDatabase(({ $client }) =>
    $client.exec(`
      insert into signatures (source_id, kind, sealed, country, day, server_id, at)
      with recursive more (n) as (select 1 union all select n + 1 from more where n < 150000)
      select source_id, kind, sealed, country, day, server_id, at from more, signatures
      where id = (select min(id) from signatures)
    `),
  );
  const english = await as(stage.ada, 'export');
  expect(english.words).toBe(
    `The file is over 10 MB, more than Discord takes here, so nothing was sent. Whoever runs Minga can write it to disk instead: \`npm run signatures -- export FILE --server ${stage.server.id}\``,
  );
  const spanish = await as(stage.ana, 'export', { format: 'json' });
  expect(spanish.words).toMatch(
    /^El archivo pasa de 10 MB.*`npm run signatures -- export ARCHIVO --server \d+`$/,
  );
  expect([english.message?.attachments, audited()]).toEqual([[], before]);
});
