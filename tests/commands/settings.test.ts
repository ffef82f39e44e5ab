// /settings as those who manage a server meet it: the real bot on a local Discord.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { audit } from '../../db/schema.js';
import { channelLanguagesOf, serverOf } from '../../db/servers.js';
import type { Speaker } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
let ada: Speaker;

beforeEach(async () => {
  stage = await aStage({ unset: true });
  ada = stage.ada.in(stage.general);
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const server = () => stage.withDatabase((database) => serverOf(database, stage.server.id));

it('shows all there is and what is missing, in words', async () => {
  const { words, private: isPrivate } = await ada.command('settings show');
  expect(isPrivate).toBe(true);
  expect(words).toContain('Members: everyone here');
  expect(words).toContain('Organizers: those who manage the server');
  expect(words).toContain('Still missing');
  expect(words).toContain('A role for organizers');
  expect(words).toContain('A channel for organizers');
  expect(words).not.toContain('A petition');

  const { organizers, members } = stage.roles;
  await ada.command('settings roles', { member: members, organizer: organizers });
  await ada.command('settings channels', { organizers: stage.organizers });
  await ada.command('settings language', { language: 'es', channel: stage.organizers });
  const all = (await ada.command('settings show')).words;
  for (const shown of [`<@&${members.id}>`, `<@&${organizers.id}>`, `- <#${stage.organizers.id}>: Spanish`]) {
    expect(all).toContain(shown);
  }
  expect(all).toContain('Nothing is missing');
});

it('sets roles, and takes @everyone as none', async () => {
  const { organizers, members } = stage.roles;
  await ada.command('settings roles', { member: members });
  await ada.command('settings roles', { organizer: organizers });
  expect(server()).toMatchObject({ memberRoleId: members.id, organizerRoleId: organizers.id });
  expect(
    (await stage.ana.in(stage.general).command('statement confirm', { language: 'en' })).words,
  ).toContain('al día');
  const { words } = await ada.command('settings roles', { organizer: stage.server.everyone });
  expect(words).toContain(`whoever has <@&${members.id}>`);
  expect(words).toContain('those who manage the server');
  expect(server()).toMatchObject({ memberRoleId: members.id, organizerRoleId: null });
});

it('sets the language of the server and of a channel', async () => {
  expect((await ada.command('settings language', { language: 'en' })).words).toBe(
    'Minga posts in English in this server.',
  );
  await ada.command('settings language', { language: 'both', channel: stage.organizers });
  await ada.command('settings language', { language: 'es', channel: stage.organizers });
  expect(server().language).toBe('en');
  expect(stage.withDatabase((database) => channelLanguagesOf(database, stage.server.id))).toEqual([
    { channelId: stage.organizers.id, serverId: stage.server.id, language: 'es' },
  ]);
});

it('takes only a channel that Minga may write in', async () => {
  const { server: place } = stage;
  if (!place.botRole) throw new Error('the bot has no role');
  const closed = place.addChannel('closed', {
    overwrites: [{ of: place.botRole, deny: PermissionFlagsBits.SendMessages }],
  });
  expect((await ada.command('settings channels', { organizers: closed })).words).toContain('Send Messages');
  expect(server().organizersChannelId).toBeNull();
  await ada.command('settings channels', { organizers: stage.organizers });
  expect((await ada.command('settings channels')).words).toContain(`<#${stage.organizers.id}>`);
  stage.organizers.delete();
  const { words } = await ada.command('settings show');
  expect(words).toContain('The channel for organizers that was set is gone');
});

it('sets limits, and lifts them with 0', async () => {
  await ada.command('settings limits', { review_over: 500, per_hour: 20 });
  expect(server()).toMatchObject({ reviewOver: 500, perHour: 20 });
  const { words } = await ada.command('settings limits', { review_over: 0 });
  expect(words).toContain('counts at once');
  expect(words).toContain('20 times an hour');
  expect(server()).toMatchObject({ reviewOver: null, perHour: 20 });
  for (const out of [-1, 100_001, 1.5]) {
    const refusal = await ada.command('settings limits', { per_hour: out }, { unchecked: true });
    expect(refusal.words).toContain('from 0 to 100,000');
  }
  const deeds = stage.withDatabase((database) => database.select().from(audit).all());
  expect(deeds.filter(({ deed }) => deed === 'settings.change')).toHaveLength(2);
});

it('is for those who manage the server', async () => {
  await ada.command('settings roles', { organizer: stage.roles.organizers });
  const refusal = await stage.ana.in(stage.general).command('settings show', {}, { unchecked: true });
  expect(refusal.words).toContain('quienes administran el servidor');
});
