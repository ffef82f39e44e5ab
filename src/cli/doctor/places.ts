// Where Minga is to speak, as its database has it: what the doctor looks for in Discord.
import BetterSqlite3 from 'better-sqlite3';
import { z } from 'zod';
import { openFile } from '../database-file.js';
import { Refusal } from '../tool.js';

const shape = z.object({
  servers: z.array(z.string()),
  schedules: z.array(
    z.object({ serverId: z.string(), channelId: z.string(), pausedAt: z.number().nullable() }),
  ),
});

export type Places = z.output<typeof shape>;

/** The servers that used Minga, and the channels with a daily tally; none where the database cannot tell. */
export function placesIn(file: string): Places {
  try {
    const client = openFile(file, { readonly: true });
    try {
      return shape.parse({
        servers: client.prepare('select id from servers order by id').pluck().all(),
        schedules: client
          .prepare(
            `select server_id as serverId, channel_id as channelId, paused_at as pausedAt
             from schedules order by server_id, channel_id`,
          )
          .all(),
      });
    } finally {
      client.close();
    }
  } catch (error) {
    // What is wrong with the file has a line of its own.
    if (error instanceof Refusal || error instanceof BetterSqlite3.SqliteError)
      return { servers: [], schedules: [] };
    throw error;
  }
}
