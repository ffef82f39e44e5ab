// More servers on a stage: each with its roles and with one person of every rank.
import { updateServer } from '../../db/servers.js';
import type { Channel, Role, Server, Speaker } from '../../rehearsal/stand-in/index.js';
import type { Rank } from '../../src/discord/access.js';
import type { Stage } from './campaign.js';

/** A server, its channels, and somebody of each rank in it. */
export interface Place {
  server: Server;
  general: Channel;
  organizers: Channel;
  roles: { organizer: Role; member: Role };
  as: Record<Rank, Speaker>;
}

/** Manage Server, by which Discord itself says who administrates. */
const manageServer = 1n << 5n;

/**
 * Another server that Minga was invited to and was told its roles.
 *
 * @param locale - of its people's Discord
 */
export function aPlace(stage: Stage, name: string, locale = 'en-US'): Place {
  const { discord } = stage;
  const server = discord.addServer(name);
  const general = server.addChannel('general');
  const organizers = server.addChannel('organizers');
  const roles = {
    member: server.addRole('Members'),
    organizer: server.addRole('Organizers'),
    administrator: server.addRole('Manager', { permissions: manageServer }),
  };
  server.addMember(discord.addPerson(`Owner of ${name}`), { owner: true });
  const someone = (rank: Rank) => {
    const person = discord.addPerson(`${rank} of ${name}`, { locale });
    server.addMember(person, { roles: rank === 'anyone' ? [] : [roles[rank]] });
    return person.in(general);
  };
  stage.withDatabase((database) =>
    updateServer(database, server.id, {
      name,
      memberRoleId: roles.member.id,
      organizerRoleId: roles.organizer.id,
    }),
  );
  return {
    server,
    general,
    organizers,
    roles,
    as: {
      anyone: someone('anyone'),
      member: someone('member'),
      organizer: someone('organizer'),
      administrator: someone('administrator'),
    },
  };
}

/** The stage's own server as such a place. */
export function hostOf({ server, general, organizers, roles, ada, ana, ben, stranger }: Stage): Place {
  return {
    server,
    general,
    organizers,
    roles: { organizer: roles.organizers, member: roles.members },
    as: {
      anyone: stranger.in(general),
      member: ben.in(general),
      organizer: ana.in(general),
      administrator: ada.in(general),
    },
  };
}

/** The code in an answer to `/coalition invite`. */
export function codeIn(words: string): string {
  const code = /MINGA(?:-\w{4}){3}/.exec(words)?.[0];
  if (code === undefined) throw new Error(`there is no code in: ${words}`);
  return code;
}

/** Lets a place join the host's petition. */
export async function joins(host: Place, place: Place, organization?: string): Promise<void> {
  const options = organization === undefined ? {} : { organization };
  const { words } = await host.as.organizer.command('coalition invite', options);
  await place.as.organizer.command('coalition join', { code: codeIn(words) });
}
