// Outreach as a file for organizers: one row for each entry that stands, in the reader's language.
import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import {
  type Action,
  type ActionFilter,
  actionsWhere,
  provenActions,
  serverNames,
  shownMembersOf,
} from '../../db/actions.js';
import { publishedOrganizations } from '../../db/coalition.js';
import type { Connection } from '../../db/connect.js';
import { joinCounts } from '../../db/joins.js';
import { targetsOf } from '../../db/targets.js';
import { inSnapshot } from '../../db/transaction.js';
import { cleanLine } from '../coalition/plain-text.js';
import type { MessageKey, Words } from '../i18n/words.js';
import { csvOptions } from './export/formats.js';

const headings = [
  'outreach.day',
  'outreach.server',
  'outreach.organization',
  'outreach.type',
  'outreach.count',
  'outreach.target',
  'outreach.outcome',
  'outreach.note',
  'outreach.proof',
  'outreach.state',
  'outreach.member',
  'outreach.joined',
] as const satisfies MessageKey[];

const states = {
  counted: 'outreach.counted',
  pending: 'outreach.pending',
  rejected: 'outreach.rejected',
} as const satisfies Record<Action['state'], MessageKey>;

export interface OutreachFile {
  content: Buffer;
  rows: number;
  /** The sum of what counts. */
  count: number;
  /** Of all its bytes, in hexadecimal digits. */
  sha256: string;
}

/** The entries that match and were not taken back, oldest first, as CSV. */
export function outreachFile(
  connection: Connection,
  filter: ActionFilter & { petitionId: number },
  words: Words,
): OutreachFile {
  return inSnapshot(connection, (snapshot) => {
    const entries = actionsWhere(snapshot, filter).toReversed();
    const rowOf = rowMaker(snapshot, filter.petitionId, words);
    const table = [headings.map((heading) => words.say(heading)), ...entries.map(rowOf)];
    const content = Buffer.from(stringify(table, { ...csvOptions, bom: true }));
    return {
      content,
      rows: entries.length,
      count: entries.reduce((sum, { state, count }) => sum + (state === 'counted' ? count : 0), 0),
      sha256: createHash('sha256').update(content).digest('hex'),
    };
  });
}

function rowMaker(connection: Connection, petitionId: number, words: Words) {
  const localized = (rows: { id: number; name: Record<string, string> }[]) =>
    new Map(rows.map(({ id, name }) => [id, cleanLine(words.localized(name))]));
  const servers = serverNames(connection, petitionId);
  const organizations = localized(publishedOrganizations(connection, petitionId));
  const targets = localized(targetsOf(connection, petitionId));
  const proven = provenActions(connection, petitionId);
  const joined = joinCounts(connection, petitionId);
  const nameOf = memberNames(shownMembersOf(connection, petitionId), words);
  return (action: Action): (string | number)[] => [
    action.day,
    cleanLine(servers.get(action.serverId) ?? ''),
    organizations.get(action.organizationId ?? 0) ?? '',
    words.say(`choices.actionType.${action.type}`),
    action.count,
    targets.get(action.targetId ?? 0) ?? '',
    cleanLine(action.outcome ?? ''),
    cleanLine(action.note ?? ''),
    words.say(proven.has(action.id) ? 'outreach.yes' : 'outreach.no'),
    words.say(states[action.state]),
    nameOf(action.userId),
    joined.get(action.id) ?? 0,
  ];
}

/** The names of those who chose to be shown; the others are numbered, the same person always the same. */
function memberNames(shown: ReadonlyMap<string, string>, words: Words): (userId: string) => string {
  const numbers = new Map<string, number>();
  return (userId) => {
    if (userId === '') return words.say('action.forgottenOne');
    const name = shown.get(userId);
    if (name !== undefined) return cleanLine(name);
    const number = numbers.get(userId) ?? numbers.size + 1;
    numbers.set(userId, number);
    return words.say('outreach.unnamed', { number: String(number) });
  };
}
