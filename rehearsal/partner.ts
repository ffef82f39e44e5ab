// The partner's server beside the host's, and whoever organizes there.
import type { Channel, Person, Server, StandIn } from './stand-in/index.js';

export interface Partner {
  server: Server;
  general: Channel;
  /** Manages the partner's server; Discord in English. */
  pat: Person;
}

/** Adds a server that Minga was invited to, and that belongs to no coalition yet. */
export function aPartner(discord: StandIn): Partner {
  const server = discord.addServer('World BEYOND War', { locale: 'en-US' });
  const pat = discord.addPerson('Pat Rivers');
  const manager = server.addRole('Organizers', { permissions: 1n << 5n });
  server.addMember(discord.addPerson('Partner Owner'), { owner: true });
  server.addMember(pat, { roles: [manager] });
  return { server, general: server.addChannel('general'), pat };
}
