// Servers and their settings, channels' languages, and where a person last used Minga.
import { and, eq } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { channelLanguages, lastServers, servers } from './schema.js';

export type Server = typeof servers.$inferSelect;

/** The server's row; made with the defaults the first time. */
export function serverOf(connection: Connection, id: string): Server {
  // Read first: only who writes has to wait for another process that does.
  const server = connection.select().from(servers).where(eq(servers.id, id)).get();
  if (server) return server;
  connection.insert(servers).values({ id }).onConflictDoNothing().run();
  return serverOf(connection, id);
}

export function updateServer(connection: Connection, id: string, changes: Partial<Omit<Server, 'id'>>): void {
  serverOf(connection, id);
  connection.update(servers).set(changes).where(eq(servers.id, id)).run();
}

export function channelLanguageOf(connection: Connection, channelId: string) {
  return connection.select().from(channelLanguages).where(eq(channelLanguages.channelId, channelId)).get()
    ?.language;
}

export function channelLanguagesOf(connection: Connection, serverId: string) {
  return connection.select().from(channelLanguages).where(eq(channelLanguages.serverId, serverId)).all();
}

export function setChannelLanguage(connection: Connection, row: typeof channelLanguages.$inferInsert): void {
  const { language, serverId } = row;
  connection
    .insert(channelLanguages)
    .values(row)
    .onConflictDoUpdate({ target: channelLanguages.channelId, set: { language, serverId } })
    .run();
}

export function lastServerOf(connection: Connection, userId: string): string | undefined {
  return connection.select().from(lastServers).where(eq(lastServers.userId, userId)).get()?.serverId;
}

/** Remembers where a person used Minga; writes only when that changes. */
export function rememberServer(connection: Connection, userId: string, serverId: string): void {
  const known = connection
    .select()
    .from(lastServers)
    .where(and(eq(lastServers.userId, userId), eq(lastServers.serverId, serverId)))
    .get();
  if (known) return;
  connection
    .insert(lastServers)
    .values({ userId, serverId })
    .onConflictDoUpdate({ target: lastServers.userId, set: { serverId } })
    .run();
}
