// Scheduled events of a server, through a real discord.js client.
import {
  Client,
  Events,
  GatewayIntentBits,
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  GuildScheduledEventStatus,
  PermissionFlagsBits,
} from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { botPermissions } from '../../../rehearsal/stand-in/index.js';
import { aStandIn } from './support.js';

const march = {
  name: 'March to the embassy',
  privacyLevel: GuildScheduledEventPrivacyLevel.GuildOnly,
  entityType: GuildScheduledEventEntityType.External,
  entityMetadata: { location: 'Washington, D.C.' },
  scheduledStartTime: '2023-07-19T17:00:00Z',
  scheduledEndTime: '2023-07-19T19:00:00Z',
};

async function aCalendar(bot = botPermissions | PermissionFlagsBits.CreateEvents) {
  const discord = await aStandIn();
  discord.clock.set(Date.parse('2023-07-10T15:00:00Z'));
  const server = discord.addServer('Semillas de Libertad', { bot });
  const general = server.addChannel('general');
  const ana = discord.addPerson('Ana');
  server.addMember(ana);
  const client = new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildScheduledEvents],
    waitGuildTimeout: 1000,
    rest: { api: discord.apiUrl },
  });
  onTestFinished(() => client.destroy());
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  const guild = await client.guilds.fetch(server.id);
  const seen = () => discord.seenBy(ana, general.id).servers[0]?.events.map(({ name }) => name);
  return { discord, server, ana, client, guild, seen };
}

test('the bot makes an event, changes it and calls it off; people see it meanwhile', async () => {
  const { guild, seen, discord } = await aCalendar();
  const event = await guild.scheduledEvents.create(march);
  expect(seen()).toEqual(['March to the embassy']);
  await event.edit({ name: 'March to the embassy, at noon' });
  expect(seen()).toEqual(['March to the embassy, at noon']);
  await event.setStatus(GuildScheduledEventStatus.Canceled);
  expect(seen()).toEqual([]);
  expect(discord.refused).toEqual([]);
});

test.each([
  ['in the past', { scheduledStartTime: '2023-07-01T17:00:00Z' }, 'in the past'],
  ['over before it starts', { scheduledEndTime: '2023-07-19T16:00:00Z' }, 'end before its start'],
  ['without a place', { entityMetadata: { location: ' ' } }, 'required'],
  ['with too long a name', { name: 'x'.repeat(101) }, '100 or fewer'],
])('an event %s is refused', async (_, change, why) => {
  const { guild, seen } = await aCalendar();
  await expect(guild.scheduledEvents.create({ ...march, ...change })).rejects.toThrow(why);
  expect(seen()).toEqual([]);
});

test('without the permission to create events the bot makes none', async () => {
  const { guild } = await aCalendar(botPermissions);
  await expect(guild.scheduledEvents.create(march)).rejects.toThrow('Missing Permissions');
});

test('the bot hears of an event that somebody else makes', async () => {
  const { client, server, ana } = await aCalendar();
  const heard = new Promise((resolve) => {
    client.once(Events.GuildScheduledEventCreate, ({ name }) => resolve(name));
  });
  server.addEvent(ana, {
    name: 'Phone bank',
    place: 'Online',
    start: '2023-07-12T17:00:00Z',
    end: '2023-07-12T18:00:00Z',
  });
  expect(await heard).toBe('Phone bank');
});
