// People, and where they can be.
import { ChannelType } from 'discord-api-types/v10';
import type { Waiting } from '../waiting.js';
import { addConversation, type ChannelRecord, directMessages, guildOf, type World } from '../world.js';
import { DriverError, type Person, type PersonOptions } from './contract.js';
import { addServer } from './servers.js';
import { speakerAt } from './speaker.js';

/** What all people of one stand-in share. */
export interface Company {
  world: World;
  waiting: Waiting;
  /** How long the bot has for its first answer, in real milliseconds. */
  callbackLimit: number;
}

/** Opens an account. */
export function addPerson(company: Company, displayName: string, options: PersonOptions = {}): Person {
  const { world } = company;
  const id = world.nextId();
  const plain = displayName
    .normalize('NFD')
    .replace(/[^\w]+/g, '')
    .toLowerCase();
  const { locale = 'en-US', username = plain || `user${id}` } = options;
  const user = { id, username, displayName, locale, bot: false };
  world.users.set(id, user);
  const speak = (channel: ChannelRecord) => speakerAt({ ...company, user, channel }, person);
  const person: Person = {
    kind: 'person',
    id,
    displayName,
    get locale() {
      return user.locale;
    },
    setLocale: (next) => {
      user.locale = next;
      world.events.emit('change');
    },
    at: (channelId) => {
      const record = world.channels.get(channelId);
      if (!record) throw new DriverError(`There is no channel ${channelId}`);
      if (!isIn(world, record, id)) throw new DriverError(`${displayName} is not in there`);
      return speak(record);
    },
    in: (channel) => {
      const record = world.channels.get(channel.id);
      if (!record) throw new DriverError(`#${channel.name} is no longer there`);
      if (!guildOf(world, record)?.members.has(id)) {
        throw new DriverError(`${displayName} is not in the server of #${channel.name}`);
      }
      return speak(record);
    },
    inDirectMessage: () => speak(directMessages(world, id)),
    elsewhere: (place = 'server') => {
      if (place === 'group') return speak(addConversation(world, ChannelType.GroupDM, [id, world.nextId()]));
      const server = addServer(world, 'Another server', { bot: false });
      const channel = server.addChannel('somewhere');
      // Its owner is somebody else: what the person may do there is what everybody may.
      server.addMember(person, { owner: false });
      return person.in(channel);
    },
  };
  return person;
}

/** Whether somebody is in the server of a channel, or takes part in its direct messages. */
export function isIn(world: World, channel: ChannelRecord, userId: string): boolean {
  const guild = guildOf(world, channel);
  return guild ? guild.members.has(userId) : channel.recipients.includes(userId);
}
