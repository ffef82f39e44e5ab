// What commands and jobs are handed: the database, the time, the log, the seal for names.
import type { Logger } from 'pino';
import type { Database } from '../db/connect.js';
import type { Clock } from './clock.js';
import type { Seal } from './coalition/seal.js';
import type { Attachments } from './connectors/attachments.js';

export interface Context {
  database: Database;
  clock: Clock;
  log: Logger;
  seal: Seal;
  attachments: Attachments;
  /** Names this process, so that of two with one token only one sends a card. */
  holder: string;
}
