// Sharing that can be followed, as people meet it: links, texts for each network, a file that comes back, credits.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertOrganization, updateOrganization } from '../../db/coalition.js';
import { deletePartner, insertPartner } from '../../db/partners.js';
import { petitionsOf } from '../../db/petitions.js';
import { type Localized, links, signatures } from '../../db/schema.js';
import { updateServer } from '../../db/servers.js';
import type { Channel, Exchange, Person } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { csv } from '../support/import-story.js';

let stage: Stage;
/** The square of a partner server, in which eva is a member. */
let plaza: Channel;
let eva: Person;
let petitionId: number;
let organizationId: number;

beforeAll(async () => {
  stage = await aStage();
  const { discord } = stage;
  const partner = discord.addServer('Minga Lima');
  eva = discord.addPerson('Eva', { locale: 'es-419' });
  partner.addMember(discord.addPerson('Owner of Lima'), { owner: true });
  partner.addMember(eva);
  plaza = partner.addChannel('plaza');
  stage.withDatabase((database) => {
    petitionId = petitionsOf(database, stage.server.id)[0]?.id ?? 0;
    const name: Localized = { en: 'Weavers *of* Lima', es: 'Tejedoras *de* Lima' };
    insertOrganization(database, {
      ...{ petitionId, name, state: 'approved', at: 0, slug: 'tejedoras' },
      representativeId: eva.id,
      publishedAt: 1,
    });
    organizationId = Number(
      database.$client.prepare("select id from organizations where slug = 'tejedoras'").pluck().get(),
    );
    insertPartner(database, { petitionId, serverId: partner.id, organizationId, joinedAt: 0 });
    updateServer(database, partner.id, { currentPetitionId: petitionId, name: 'Minga Lima' });
  });
});
afterAll(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect([refused, unexpected]).toEqual([[], []]);
});

const link = (who: Person, where: Channel, options = {}) => who.in(where).command('petition link', options);
const addressIn = ({ words }: Exchange) => /<(https:.*)>/.exec(words)?.[1] ?? '';
const codeIn = (exchange: Exchange) => new URL(addressIn(exchange)).searchParams.get('source') ?? '';
const rowOf = (exchange: Exchange) =>
  stage.withDatabase((database) =>
    database
      .select()
      .from(links)
      .all()
      .find(({ code }) => code === codeIn(exchange)),
  );

describe('a link', () => {
  test("remembers a member's server, and is the same everywhere", async () => {
    const own = await link(eva, plaza);
    expect(rowOf(own)).toMatchObject({ kind: 'member', subjectId: eva.id, serverId: expect.any(String) });
    expect(addressIn(await eva.inDirectMessage().command('petition link'))).toBe(addressIn(own));
    // Made in a direct message, it is in no server.
    const paz = stage.discord.addPerson('Paz');
    stage.server.addMember(paz);
    await paz.in(stage.general).command('petition show');
    expect(rowOf(await paz.inDirectMessage().command('petition link'))?.serverId).toBeNull();
  });

  test('has a text for each network, in place, in the language it was asked in', async () => {
    const own = await link(stage.ben, stage.general, { language: 'es' });
    const seen = async (network: string) => {
      const chosen = await own.choose('Where will you share it?', network);
      await own.until(({ words }) => words.includes(`**${network}** (Spanish)`));
      expect([chosen.message?.id, own.messages.length]).toEqual([own.message?.id, 1]);
      return own.words;
    };
    expect(await seen('X, Bluesky')).toContain(
      `\`\`\`\nQue las tropas de Estados Unidos salgan del Perú. Firma aquí: ${addressIn(own)}\n\`\`\``,
    );
    expect(await seen('E-mail')).toMatch(
      /```\nQue las tropas de Estados Unidos salgan del Perú: ¿firmas\?\n```\n\*\*E-mail\*\* \(Spanish\)\n```\nHola:\n\nYa firmé/,
    );
    expect(await seen('Mastodon')).toContain('Yo ya firmé. ¿Y tú?');
    expect(await seen('Facebook')).toContain('Compartir también ayuda.\n```');
    expect(own.words).toContain('[Link of this server]');
  });

  test("of the server is everybody's, for its members alone", async () => {
    const fromBen = await (await link(stage.ben, stage.general)).press('Link of this server');
    const fromLuz = await (await link(stage.luz, stage.general)).press('Enlace de este servidor');
    expect(fromBen.private).toBe(true);
    expect(fromBen.words).toMatch(
      /^\*\*Link of Semillas de Libertad\.\*\* It is the same for everybody who shares it; (.|\n)*We back this petition/,
    );
    expect(fromLuz.words).toMatch(/^\*\*Enlace de Semillas de Libertad\.\*\*/);
    expect(addressIn(fromBen)).toBe(addressIn(fromLuz));
    expect(rowOf(fromBen)).toMatchObject({ kind: 'server', subjectId: stage.server.id, serverId: null });
    const mine = await link(stage.stranger, stage.general);
    expect(mine.words).not.toContain('Link of this server');
    // Whoever lost the role meanwhile has the button still.
    const early = await link(stage.ben, stage.general);
    stage.server.setRoles(stage.ben, []);
    expect((await early.press('Link of this server')).words).toBe(
      'This is for members of the campaign. Ask an organizer for the member role.',
    );
    stage.server.setRoles(stage.ben, [stage.roles.members]);
    expect((await stage.ben.inDirectMessage().command('petition link')).words).not.toContain('Link of');
  });

  test('of an organization is for whoever speaks for it, in direct messages too, while it is published', async () => {
    const own = await link(eva, plaza);
    expect(own.words).toContain('[Enlace de este servidor] [Enlace de Tejedoras *de* Lima]');
    const theirs = await own.press('Enlace de Tejedoras *de* Lima');
    expect(theirs.words).toMatch(
      /^\*\*Enlace de Tejedoras \\\*de\\\* Lima\.\*\*(.|\n)*Apoyamos esta petición\. ¿La firmas\?/,
    );
    expect(rowOf(theirs)).toMatchObject({ kind: 'organization', subjectId: String(organizationId) });
    const direct = await eva.inDirectMessage().command('petition link');
    expect(direct.words).not.toContain('Enlace de este servidor');
    const there = await direct.press('Enlace de Tejedoras *de* Lima');
    expect(addressIn(there)).toBe(addressIn(theirs));
    await there.choose('¿Dónde lo vas a compartir?', 'X, Bluesky');
    await there.until(({ words }) => words.includes('Firma aquí'));
    expect((await link(stage.luz, stage.general)).words).not.toContain('Tejedoras');
    stage.withDatabase((database) => updateOrganization(database, organizationId, { publishedAt: null }));
    expect((await own.press('Enlace de Tejedoras *de* Lima')).words).not.toContain('https');
    stage.withDatabase((database) => updateOrganization(database, organizationId, { publishedAt: 1 }));
  });

  test('is not to be had by an old button, once the server or the person has left', async () => {
    const own = await link(eva, plaza);
    const serverId = rowOf(own)?.serverId ?? '';
    const before = stage.withDatabase((database) => database.select().from(links).all());
    const outdated =
      'Este botón ya no sirve: aquello a lo que se refería cambió o ya no existe. Usa el comando de nuevo.';
    stage.withDatabase((database) =>
      updateOrganization(database, organizationId, { representativeId: stage.ben.id }),
    );
    expect((await own.press('Enlace de Tejedoras *de* Lima')).words).toBe(outdated);
    stage.withDatabase((database) => {
      updateOrganization(database, organizationId, { representativeId: eva.id });
      deletePartner(database, petitionId, serverId);
    });
    expect((await own.press('Enlace de Tejedoras *de* Lima')).words).toBe(outdated);
    expect((await own.press('Enlace de este servidor')).words).toBe(outdated);
    expect((await own.choose('¿Dónde lo vas a compartir?', 'Facebook')).words).toContain(outdated);
    expect(stage.withDatabase((database) => database.select().from(links).all())).toEqual(before);
    stage.withDatabase((database) =>
      insertPartner(database, { petitionId, serverId, organizationId, joinedAt: 0 }),
    );
  });
});

describe('a file that comes back with codes', () => {
  test('says what it found, credits the links, and the board tells of it', async () => {
    const { ben, luz, ada, ana, general } = stage;
    const own = { ben: await link(ben, general), eva: await link(eva, plaza) };
    const server = await own.ben.press('Link of this server');
    const organization = await own.eva.press('Enlace de Tejedoras *de* Lima');
    const codes = [own.ben, own.ben, own.eva, server, server, server, organization].map(codeIn);
    const rows = [...codes, 'Facebook', ''].map(
      (code, n) => `Name ${n},n${n}@example.org,${code.toUpperCase()}`,
    );
    const file = (content: string) => ({
      name: 'page.csv',
      contentType: 'text/csv',
      bytes: Buffer.from(content),
    });
    const preview = await ada
      .in(general)
      .command('signatures import', { file: file(csv('name,email,source', ...rows)) });
    await preview.until(({ words }) => words.includes('new signatures'));
    expect(preview.words).toContain(
      '«name» → name · «email» → e-mail (only a keyed hash is kept) · «source» → code of the link they came by',
    );
    expect(preview.words).toContain(
      '- **9 new signatures**\n- 7 of the new ones came by shared links, and are credited to them\n',
    );
    await preview.press('Confirm: count only');
    await preview.until(({ words }) => words.includes('✅'));
    expect(
      stage
        .withDatabase((database) => database.select().from(signatures).all())
        .filter(({ linkId }) => linkId),
    ).toHaveLength(7);

    expect((await link(ben, general)).words).toContain('Signatures that came by this link: **2**');
    expect((await link(luz, general)).words).toContain('Por ahora no se sabe de firmas');
    expect((await own.eva.press('Enlace de Tejedoras *de* Lima')).words).toContain(
      'Firmas que llegaron por este enlace: **1**',
    );

    const board = async (by: string, who = ana) =>
      (await who.in(general).command('action board', { by })).words;
    expect(await board('organization')).toContain(
      [
        '**Signatures that came by shared links: 7** by organization',
        '- **Weavers \\*of\\* Lima**: 2',
        '- *Without an organization*: 5',
        "-# They are in the petition's total already, and not in the outreach above.",
      ].join('\n'),
    );
    expect(await board('server')).toContain(
      [
        '**Firmas que llegaron por enlaces compartidos: 7** por servidor',
        '- **Semillas de Libertad**: 5',
        '- **Minga Lima**: 1',
        '- *Sin servidor*: 1',
        '-# Ya están en el total de la petición; no se suman a las acciones de arriba.',
      ].join('\n'),
    );
    expect(await board('type')).toContain(
      "by kind of link\n- Members' own links: 3\n- Links of servers: 3\n- Links of organizations: 1\n",
    );
    const byMember = await ben.in(general).command('action board', { by: 'member' });
    expect(byMember.words).toContain(
      'by member\n- *Links of organizations and servers*: 4\n- 2 more members: 3\n',
    );
    await byMember.press('Show me · Mostrarme');
    await byMember.until(({ words }) => words.includes('Ben Wood'));
    expect(byMember.words).toContain('- **Ben Wood**: 2\n- 1 more member: 1\n');
  });

  test('is of no use where its source says something else', async () => {
    const { ana, general } = stage;
    const bytes = Buffer.from(csv('nombre,correo,fuente', 'Zoe,zoe@example.org,Plaza Mayor'));
    const preview = await ana
      .in(general)
      .command('signatures import', { file: { name: 'b.csv', contentType: 'text/csv', bytes } });
    await preview.until(({ words }) => words.includes('firma nueva'));
    expect(preview.words).toContain('«fuente» queda fuera');
    expect(preview.words).not.toContain('enlace');
  });
});

test('its parameter is the one the organizers say', async () => {
  const { ana, ben, general } = stage;
  const form = await ana.in(general).command('petition edit');
  const bad = await form.submit({ linkParameter: 'a b' });
  expect(bad.words).toBe(
    '**Parámetro de origen de los enlaces**: «a b» no puede ser el parámetro de un enlace. Empieza con una letra y lleva solo letras de la a a la z, cifras, - y _, como source.',
  );
  await (await ana.in(general).command('petition edit')).submit({ linkParameter: 'r-via' });
  expect(addressIn(await link(ben, general))).toMatch(/^https:\/\/example\.org\/peru\?r-via=[a-z0-9]{10}$/);
  const again = await ana.in(general).command('petition edit');
  expect(again.words).toContain('[r-via]');
  await again.submit({ linkParameter: '' });
  expect(addressIn(await link(ben, general))).toContain('?source=');
});
