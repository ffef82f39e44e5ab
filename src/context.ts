// What commands and jobs are handed: the database, the time, the log, the seal for names.
import type { Logger } from 'pino';
import type { Database } from '../db/connect.js';
import type { Clock } from './clock.js';
import type { Seal } from './coalition/seal.js';
import type { Attachments } from './connectors/attachments.js';
import type { Imports } from './connectors/imports.js';
import type { Platforms } from './connectors/platforms.js';

/** The paths of the database and of the key that seals names. */
export interface Files {
  database: string;
  key: string;
}

export interface Context {
  database: Database;
  clock: Clock;
  log: Logger;
  seal: Seal;
  /** What a thread of its own opens for itself. */
  files: Files;
  attachments: Attachments;
  imports: Imports;
  /** Where sources are read by themselves. */
  platforms: Platforms;
  /** Names this process, so that of two with one token only one sends a card. */
  holder: string;
}
