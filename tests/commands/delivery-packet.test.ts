// /delivery packet as people meet it: the real bot on a local Discord, in both languages.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packetsOf } from '../../db/packets.js';
import type { Exchange, OptionValues, Person } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, codeIn } from '../support/coalition.js';

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

const as = (person: Person, name: string, options?: OptionValues) =>
  person.in(stage.general).command(name, options);

/** The files of an answer: name, bytes, SHA-256. */
const attached = ({ message }: Exchange) =>
  (message?.attachments ?? []).map((attachment) => {
    const bytes = stage.discord.bytesOf(attachment);
    return { name: attachment.filename, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  });

const recorded = () => stage.withDatabase((database) => packetsOf(database, 1));
const said = ({ message }: Exchange) => message?.content.split('\n') ?? [];

test('organizers get PDF and CSV, privately, with how they add up; the same again in Spanish', async () => {
  await as(stage.ada, 'signatures count', { source: 'Action Network', people: 1984, organizations: 16 });
  await as(stage.ada, 'signatures add', { kind: 'organization', name: 'Club de Madres', country: 'PE' });
  await as(stage.ada, 'signatures add', { kind: 'person', name: 'Luz Callada', country: 'PE' });
  const made = await as(stage.ada, 'delivery packet');
  const [pdf, csv, ...more] = attached(made);
  if (!pdf || !csv) throw new Error('not both are attached');
  expect([made.private, pdf.name, csv.name, more]).toEqual([
    true,
    'peru-2023-packet-2023-07-10-both.pdf',
    'peru-2023-packet-2023-07-10-both.csv',
    [],
  ]);
  const file = path.join(path.dirname(stage.databasePath), 'read.pdf');
  writeFileSync(file, pdf.bytes);
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  for (const words of [
    'Bring U.S. troops home from Peru',
    'Que las tropas',
    'Club de Madres',
    '2,002 firmas',
    'CODEPINK',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('Callada');
  expect(parse(csv.bytes, { bom: true })).toEqual([
    ['Kind', 'Name', 'Organization', 'Country', 'País'],
    ['organization', 'Club de Madres', '', 'Peru', 'Perú'],
  ]);
  const pages = text.split('\f').length - 1;
  expect(said(made)).toEqual([
    '📦 **Bring U.S. troops home from Peru**: the packet is ready.',
    '2,002 signatures: 1 named in it, 2,001 only counted.',
    `\`${pdf.name}\`: ${pages} pages. SHA-256: \`${pdf.sha256}\``,
    `\`${csv.name}\`: 1 row. SHA-256: \`${csv.sha256}\``,
    expect.stringMatching(/^Check it before you hand it over/),
  ]);
  expect(
    recorded().map(({ format, sha256, total, names, userId }) => [format, sha256, total, names, userId]),
  ).toEqual([
    ['csv', csv.sha256, 2002, 1, stage.ada.id],
    ['pdf', pdf.sha256, 2002, 1, stage.ada.id],
  ]);
  const spanish = await as(stage.ana, 'delivery packet', { format: 'pdf' });
  expect(attached(spanish).map(({ sha256 }) => sha256)).toEqual([pdf.sha256]);
  expect(said(spanish)).toEqual([
    '📦 **Que las tropas de Estados Unidos salgan del Perú**: la carpeta está lista.',
    '2,002 firmas: 1 con nombre en la carpeta, 2,001 que solo se cuentan.',
    `\`${pdf.name}\`: ${pages} páginas. SHA-256: \`${pdf.sha256}\``,
    expect.stringMatching(/^Revísala antes de entregarla/),
  ]);
});

test('a statement that has fallen behind is said; two at once and one delivered twice each come out once', async () => {
  await as(stage.ada, 'signatures add', { kind: 'organization', name: '王芳 Collective', country: 'CN' });
  stage.withDatabase(({ $client }) => $client.exec('delete from statement_matches'));
  const before = recorded().length;
  const [one, two] = await Promise.all([
    as(stage.ada, 'delivery packet', { format: 'pdf', language: 'en' }),
    as(stage.ana, 'delivery packet', { format: 'pdf', language: 'es' }),
  ]);
  expect(said(one)).toContain(
    '1 name has letters that this font lacks, printed as “?”; it is whole in the CSV.',
  );
  expect(said(two).join('\n')).toMatch(/^⚠️ La declaración en (?:inglés|español) es más antigua que la otra/m);
  stage.discord.deliver(one.interaction);
  await as(stage.ada, 'delivery packet', { format: 'csv', language: 'en' });
  expect(recorded().length - before).toBe(3);
});

test('nobody else gets it: members, nor the organizers of a partner', async () => {
  const before = recorded().length;
  expect((await as(stage.luz, 'delivery packet')).words).toBe(
    'Esto es para el equipo organizador de la campaña.',
  );
  const partner = aPlace(stage, 'Partner');
  const code = codeIn((await as(stage.ada, 'coalition invite')).words);
  await partner.as.organizer.command('coalition join', { code });
  const refused = await partner.as.organizer.command('delivery packet');
  expect([refused.message?.attachments, recorded().length - before]).toEqual([[], 0]);
  expect(refused.words).toMatch(/^Only/);
});

test('what is too large for Discord is kept beside the database, for its owner alone, and the reply says where', async () => {
  const name = 'Asociación de Comunidades Campesinas '.repeat(3).trim();
  await as(stage.ada, 'signatures add', { kind: 'organization', name, country: 'BO' });
  stage.withDatabase(({ $client }) =>
    $client.exec(`
      insert into signatures (source_id, kind, sealed, country, day, consent, server_id, at)
      with recursive more (n) as (select 1 union all select n + 1 from more where n < 75000)
      select source_id, kind, sealed, country, day, consent, server_id, at from more, signatures
      where id = (select max(id) from signatures)
    `),
  );
  const kept = await as(stage.ada, 'delivery packet', { format: 'csv' });
  expect(attached(kept)).toEqual([]);
  const [, where = ''] = /at `([^`]+)`/.exec(kept.words) ?? [];
  const [latest] = recorded();
  expect(createHash('sha256').update(readFileSync(where)).digest('hex')).toBe(latest?.sha256);
  expect([path.dirname(where), statSync(where).mode & 0o777]).toEqual([
    path.join(path.dirname(stage.databasePath), 'packets'),
    0o600,
  ]);

  // By the machine's clock, as the files' own times are.
  const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
  utimesSync(where, monthAgo, monthAgo);
  await stage.moveTo('2023-09-01T00:00:10Z');
  await expect.poll(() => existsSync(where)).toBe(false);
});
