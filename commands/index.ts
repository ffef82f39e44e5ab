// The one list of commands: it feeds the dispatcher, the registration and the tests.
import type { Command } from '../src/discord/command.js';
import { action } from './action.js';
import { help } from './help.js';
import { petition } from './petition.js';
import { privacy } from './privacy.js';
import { settings } from './settings.js';
import { signatures } from './signatures.js';
import { statement } from './statement.js';
import { tally } from './tally.js';

export const commands: readonly Command[] = [
  petition,
  statement,
  action,
  signatures,
  tally,
  settings,
  privacy,
  help(() => commands),
];
