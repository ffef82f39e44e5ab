// The thread of a recount: adds everything up in one snapshot, beside the bot.
import { closeDatabase, openBeside } from '../../db/connect.js';
import { type Proof, provePetition } from './recount.js';
import { doErrand } from './thread.js';

export interface RecountErrand {
  /** The database's. */
  file: string;
  petitionId: number;
}

await doErrand<RecountErrand, Proof[]>(({ file, petitionId }) => {
  const database = openBeside(file);
  try {
    return database.transaction((connection) => provePetition(connection, petitionId));
  } finally {
    closeDatabase(database);
  }
});
