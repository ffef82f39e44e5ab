// The database for a tool that reads and writes signatures; what a person can do something about ends in a sentence.
import { closeDatabase, type Database, openDatabase } from '../../../db/connect.js';
import { UnfitDatabase } from '../../../db/trouble.js';
import { Failure } from '../../coalition/failure.js';
import { readToolConfig, type ToolConfig } from '../../config.js';
import { wordsFor } from '../../i18n/words.js';
import { Refusal } from '../tool.js';

/** What tools speak. */
export const words = wordsFor('en-US');

/** Opens the database of the settings for some work. @throws {@link Refusal} */
export async function withDatabase(
  work: (database: Database, config: ToolConfig) => Promise<void> | void,
): Promise<void> {
  const config = readToolConfig();
  try {
    const database = openDatabase(config.DATABASE_PATH);
    try {
      await work(database, config);
    } finally {
      closeDatabase(database);
    }
  } catch (error) {
    if (error instanceof UnfitDatabase) throw new Refusal(error.message);
    if (error instanceof Failure) throw new Refusal(words.say(`failures.${error.key}`, error.values));
    throw error;
  }
}
