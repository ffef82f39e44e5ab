// The one list of commands: it feeds the dispatcher, the registration and the tests.
import type { Command } from '../src/discord/command.js';
import { action } from './action.js';
import { coalition } from './coalition.js';
import { comment } from './comment.js';
import { delivery } from './delivery.js';
import { event } from './event.js';
import { help } from './help.js';
import { petition } from './petition.js';
import { privacy } from './privacy.js';
import { settings } from './settings.js';
import { signatures } from './signatures.js';
import { statement } from './statement.js';
import { tally } from './tally.js';
import { target } from './target.js';

export const commands: readonly Command[] = [
  petition,
  statement,
  action,
  signatures,
  coalition,
  target,
  event,
  comment,
  delivery,
  tally,
  settings,
  privacy,
  help(() => commands),
];
