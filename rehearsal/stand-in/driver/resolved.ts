// The people, channels, roles and files that an interaction names: ids in the data, the rest beside it.
import { attach } from '../messages.js';
import { memberPayload, seenChannelPayload, userPayload } from '../payloads.js';
import { permissionsIn } from '../permissions.js';
import { guildOf } from '../world.js';
import { DriverError, type Picked, type SentFile } from './contract.js';
import { attachmentSizeLimit, type Place } from './envelope.js';

/** What Discord sends along, by kind and id. */
export type Resolved = Record<string, Record<string, object>>;

/**
 * Notes something that was picked or attached.
 *
 * @param unchecked - a file of any size goes, as where somebody pays for that
 * @returns The id that stands for it in the interaction's data
 */
export function resolve(place: Place, into: Resolved, thing: Picked | SentFile, unchecked = false): string {
  if ('bytes' in thing) return resolveFile(place, into, thing, unchecked);
  const { world, channel } = place;
  const guild = guildOf(world, channel);
  const { id } = thing;
  if (thing.kind === 'person') {
    const user = world.users.get(id);
    if (!user) throw new DriverError(`${thing.displayName} is of another Discord`);
    note(into, 'users', id, userPayload(user));
    if (guild?.members.has(id)) {
      const { user: _, ...member } = memberPayload(world, guild, id);
      const permissions = permissionsIn(world, channel, id).toString();
      note(into, 'members', id, { ...member, permissions });
    }
  } else if (thing.kind === 'role') {
    const role = guild?.roles.get(id);
    if (!role) throw new DriverError(`the role ${thing.name} is of another server`);
    note(into, 'roles', id, role);
  } else {
    const record = world.channels.get(id);
    if (!record || guildOf(world, record) !== guild)
      throw new DriverError(`#${thing.name} is not in this server`);
    note(into, 'channels', id, seenChannelPayload(world, record, place.user.id));
  }
  return id;
}

function resolveFile({ world, channel }: Place, into: Resolved, file: SentFile, unchecked: boolean): string {
  if (!unchecked && file.bytes.length > attachmentSizeLimit)
    throw new DriverError(`${file.name} is too large to send`);
  const attachment = attach(world, channel.id, file);
  note(into, 'attachments', attachment.id, { ...attachment, ephemeral: true });
  return attachment.id;
}

function note(into: Resolved, kind: string, id: string, what: object): void {
  into[kind] = { ...into[kind], [id]: what };
}

/** The part of an interaction's data that holds them; none when nothing was noted. */
export function resolvedPart(resolved: Resolved): { resolved?: Resolved } {
  return Object.keys(resolved).length > 0 ? { resolved } : {};
}
