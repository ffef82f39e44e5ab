// Copies of the statement that are up when it is edited: the real bot on a local Discord, in two servers.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { audit, notices, statementPosts } from '../../db/schema.js';
import { statementOf } from '../../db/statements.js';
import type { Channel, SentFile, Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aPlace, hostOf, joins, type Place } from '../support/coalition.js';

let stage: Stage;
let host: Place;
let partner: Place;
let ada: Speaker;
/** What a test makes Discord refuse. */
let mayBeRefused = false;

beforeEach(async () => {
  stage = await aStage();
  mayBeRefused = false;
  host = hostOf(stage);
  partner = aPlace(stage, 'Lima_Norte', 'es-419');
  await joins(host, partner);
  ada = host.as.administrator;
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  if (!mayBeRefused) expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const file = (text: string): SentFile => ({
  name: 'statement.md',
  contentType: 'text/markdown',
  bytes: Buffer.from(text),
});
/** Two messages' worth. */
const long = (word: string) => `${`${word} `.repeat(250).trim()}.\n\n${`${word} `.repeat(250).trim()}.`;
const edit = async (text: string, by = ada) =>
  (await by.command('statement edit', { language: 'en', file: file(text) })).words;
const post = (by: Speaker, channel: Channel, language = 'en') =>
  by.command('statement post', { language, channel });
const contents = (channel: Channel) => channel.messages.map(({ content }) => content);
const count = (channel: Channel) => channel.messages.length;
const posts = () => stage.withDatabase((database) => database.select().from(statementPosts).all());
const latest = () => stage.withDatabase((database) => statementOf(database, 1, 'en')?.id);
const told = (serverId: string) =>
  stage
    .withDatabase((database) => database.select().from(notices).all())
    .filter((notice) => notice.key === 'notices.copyLeft' && notice.serverId === serverId);
const deeds = (deed: string) =>
  stage.withDatabase((database) => database.select().from(audit).all()).filter((row) => row.deed === deed);
const linkTo = ({ server, general }: Place, message = general.messages[0]) =>
  `https://discord.com/channels/${server.id}/${general.id}/${message?.id}`;

/** Takes a message away as a moderator does. */
async function takeDown(channel: Channel, index: number): Promise<void> {
  const { apiUrl, token } = stage.discord;
  const url = `${apiUrl}/v10/channels/${channel.id}/messages/${channel.messages[index]?.id}`;
  const { status } = await fetch(url, { method: 'DELETE', headers: { authorization: `Bot ${token}` } });
  expect(status).toBe(204);
}

it('show the new text in place, in every server, and nothing is posted or pinged anew', async () => {
  await post(ada, host.general, 'both');
  await post(ada, host.organizers);
  await post(partner.as.organizer, partner.general);
  const [english1, english2, ...spanish] = contents(host.general);
  const ids = host.general.messages.map(({ id }) => id);
  const text = `${english1}\n\n${english2} @everyone`;
  const form = await ada.command('statement edit', { language: 'en' });
  const saved = await form.submit({ text: `${text}!` });
  expect(saved.private).toBe(true);
  expect(saved.words).toContain('3 copies that were posted before now show it.');
  expect(saved.words).not.toContain('could not');
  expect(host.general.messages.map(({ id }) => id)).toEqual(ids);
  expect(contents(host.general).slice(2)).toEqual(spanish);
  for (const channel of [host.general, host.organizers, partner.general]) {
    expect(contents(channel).slice(0, 2).join('\n\n')).toContain('@everyone!');
    expect(channel.messages[1]?.mention_everyone).toBe(false);
    expect(channel.messages[1]).toMatchObject({ flags: 4, components: [{}] });
  }
  const edits = stage.discord.requests.filter(({ method }) => method === 'PATCH');
  const bodies = edits.filter(({ path }) => /^\/channels\/\d+\/messages\/\d+$/.test(path));
  expect(bodies.length).toBeGreaterThanOrEqual(6);
  for (const { body } of bodies) expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
  expect(deeds('statement.copyUpdated')).toHaveLength(3);
  expect(posts().filter(({ statementId }) => statementId === latest())).toHaveLength(3);
  // Partners hear that there is a new version; nothing is left for them to do about a copy.
  expect(told(partner.server.id)).toEqual([]);
});

it('lose the messages that a shorter text leaves over, and are told of where a longer one has no room', async () => {
  await post(ada, host.general);
  expect(count(host.general)).toBe(2);
  const [first] = host.general.messages;
  expect(await edit('Second')).toContain('1 copy that was posted before now shows it.');
  expect(contents(host.general)).toEqual(['Second']);
  expect(host.general.messages[0]).toMatchObject({ id: first?.id, components: [{}] });
  const longer = await edit(long('Third'), host.as.organizer);
  expect(longer).toContain('1 copia no se pudo poner al día:');
  expect(longer).toContain(`<#${host.general.id}> (${linkTo(host)}): el texto ocupa ahora más mensajes`);
  expect(contents(host.general)).toEqual(['Second']);
  // It is not tried again by itself, but with the next version.
  const before = stage.discord.requests.length;
  await stage.moveTo(stage.discord.clock.now() + 120_000);
  const asked = stage.discord.requests.slice(before).filter(({ method }) => method === 'PATCH');
  expect(asked).toEqual([]);
  expect(deeds('statement.copyLeft')).toHaveLength(1);
  expect(await edit('Fourth')).toContain('1 copy that was posted before now shows it.');
  expect(contents(host.general)).toEqual(['Fourth']);
});

it('are told of where they were deleted, in part or whole, or may not be changed any more', async () => {
  mayBeRefused = true;
  await post(ada, host.general);
  await post(ada, host.organizers);
  await post(partner.as.organizer, partner.general);
  await takeDown(host.general, 0);
  await takeDown(host.organizers, 0);
  await takeDown(host.organizers, 0);
  const { botRole } = partner.server;
  if (botRole) partner.general.setOverwrites([{ of: botRole, deny: PermissionFlagsBits.ViewChannel }]);
  const words = await edit(long('Second'));
  expect(words).not.toContain('shows it');
  expect(words).toContain('3 copies could not be updated:');
  expect(words).toContain(`<#${host.general.id}> (https://discord.com/channels/`);
  expect(words).toContain('a part of it was deleted there.');
  expect(words).toContain(`<#${host.organizers.id}>`);
  expect(words).toContain('): it was deleted there.');
  expect(words).toContain(`**Lima\\_Norte** (${linkTo(partner)}): Minga may not change it there`);
  expect(told(partner.server.id)).toHaveLength(1);
  expect(told(host.server.id)).toEqual([]);
  // What is gone is told once.
  expect(await edit(long('Third'))).toContain('2 copies could not be updated:');
});

it('of a server that left the coalition stay as they are', async () => {
  await post(partner.as.organizer, partner.general);
  const left = await partner.as.organizer.command('coalition leave');
  await left.press('Salir');
  const before = contents(partner.general);
  expect(await edit('Second')).not.toContain('cop');
  expect(contents(partner.general)).toEqual(before);
});

it('are brought up to date after a crash in between', async () => {
  await post(ada, host.general);
  await post(partner.as.organizer, partner.general);
  const path = /^\/channels\/\d+\/messages\/\d+$/;
  stage.discord.trouble.next({ method: 'PATCH', path, kind: 'delay-before', milliseconds: 2000 });
  const answering = ada.command('statement edit', { language: 'en', file: file(long('Second')) });
  answering.catch(() => undefined);
  await stage.discord.until('the new version', () =>
    stage.withDatabase((database) => statementOf(database, 1, 'en')?.version === 2),
  );
  await stage.bot.kill();
  expect(contents(partner.general).join()).not.toContain('Second');
  mayBeRefused = true;
  await stage.restart();
  await stage.discord.until('the copies', () => posts().every(({ statementId }) => statementId === latest()));
  for (const channel of [host.general, partner.general])
    expect(contents(channel).join('\n\n')).toBe(long('Second'));
});

it('are tried again while Discord gives no answer, and left after a day', async () => {
  mayBeRefused = true;
  await post(partner.as.organizer, partner.general);
  const path = new RegExp(`^/channels/${partner.general.id}/messages/\\d+$`);
  const silent = { method: 'PATCH', path, kind: '5xx-before', times: Infinity } as const;
  stage.discord.trouble.next(silent);
  expect(await edit(long('Second'))).toContain('Discord gave no answer. Minga tries again by itself');
  stage.discord.trouble.clear();
  await stage.moveTo(stage.discord.clock.now() + 120_000);
  await stage.discord.until('the copy', () => posts().every(({ statementId }) => statementId === latest()));
  expect(contents(partner.general).join('\n\n')).toBe(long('Second'));
  stage.discord.trouble.next(silent);
  await edit(long('Third'));
  // Whoever edits the other language is told of its copies alone.
  const spanish = await ada.command('statement edit', { language: 'es', file: file('Otra') });
  expect(spanish.words).not.toContain('could not');
  await stage.moveTo(stage.discord.clock.now() + 25 * 3_600_000);
  await stage.discord.until('the notices', () => told(partner.server.id).length === 1);
  expect(told(host.server.id)).toHaveLength(1);
  expect(deeds('statement.copyLeft')).toHaveLength(1);
});

it('a translation is confirmed by somebody else where the server asks for two', async () => {
  const ana = host.as.organizer;
  const limits = await ada.command('settings limits', { two_people: true });
  expect(limits.words).toContain('A translation is confirmed by two people');
  expect((await ada.command('settings show')).words).toContain('confirmed by two people');
  await edit('Second');
  const waiting = await ana.command('statement edit', { language: 'es', file: file('Segunda') });
  expect(waiting.words).toContain('queda por confirmar hasta que alguien más del equipo organizador');
  expect((await host.as.member.command('statement post', { language: 'es' })).words).toContain(
    'still waits for a second person',
  );
  expect((await ana.command('statement confirm', { language: 'es' })).words).toContain('la escribiste tú');
  expect((await ada.command('statement confirm', { language: 'es' })).words).toContain(
    'Spanish version 2 now counts as saying the same as English version 2',
  );
  expect((await ada.command('settings limits', { two_people: false })).words).toContain(
    'nobody else has to confirm it',
  );
});
