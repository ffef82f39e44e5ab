// The statement: versions in two languages, and which of them still say the same.
import type { Connection, Database } from '../../db/connect.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import { serverOf } from '../../db/servers.js';
import {
  firstAfter,
  insertMatch,
  insertStatement,
  type Language,
  latestMatch,
  type Statement,
  statementOf,
  versionsMatch,
} from '../../db/statements.js';
import { type Deed, type Write, writeOnce } from '../../db/transaction.js';
import { takeDraft } from './draft.js';
import { Failure } from './failure.js';
import { tellOfStatement } from './partner.js';
import { requireHost } from './petition.js';
import { cleanText } from './plain-text.js';
import { tallyOf } from './tally.js';

/** The longest statement, in characters: ten Discord messages. */
export const longestStatement = 20_000;

export const otherLanguage = (language: Language): Language => (language === 'en' ? 'es' : 'en');

/** The text as it is stored: line endings and a byte-order mark aside, just as it came. */
export function normalizeStatement(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}

/** @throws {@link Failure} where there is no such version, or none at all in that language */
export function requireStatement(
  connection: Connection,
  petition: Petition,
  language: Language,
  version?: number,
): Statement {
  const statement = statementOf(connection, petition.id, language, version);
  if (statement) return statement;
  const words = { language: { key: `languages.${language}` } } as const;
  throw version === undefined
    ? new Failure('noStatement', words)
    : new Failure('noVersion', { ...words, version });
}

/** A language whose latest version is not taken to say what the other's does. */
export interface Behind {
  language: Language;
  /** It was brought up to date, and waits for somebody else to confirm that. */
  waits: boolean;
}

/** The language that has fallen behind the other, if one has. */
export function languageBehind(connection: Connection, petitionId: number): Behind | undefined {
  const en = statementOf(connection, petitionId, 'en');
  const es = statementOf(connection, petitionId, 'es');
  if (!en || !es || versionsMatch(connection, petitionId, en.version, es.version)) return undefined;
  // Only one can be behind: bringing it up to date makes nothing else stale, even while that is to be confirmed.
  const movedOn = firstAfter(connection, petitionId, latestMatch(connection, petitionId));
  const [ahead, behind] = movedOn === 'es' ? [es, en] : [en, es];
  return { language: behind.language, waits: behind.id > ahead.id };
}

/** The language that is not taken to say what the other's latest version does, for whatever reason. */
export const staleLanguage = (connection: Connection, petitionId: number): Language | undefined =>
  languageBehind(connection, petitionId)?.language;

/** What an edit is: the whole new text, and why. */
export interface StatementInput {
  language: Language;
  text: string;
  reason?: string | undefined;
}

/** What an edit did. */
export interface StatementEdit {
  before: Statement | undefined;
  now: Statement;
  /** The latest of the other language: left behind by this edit, or taken as saying the same. */
  other: Statement | undefined;
  leavesBehind: boolean;
  /** It brings its language up to date once somebody else confirms that it does. */
  waits: boolean;
}

/** What a modal was opened on: the version is 0 where there was none. */
export interface StatementDraft {
  petitionId: number;
  language: Language;
  version: number;
  reason?: string | undefined;
}

/** Whether a new version needs a reason: people have signed, and may have signed this text. */
export function needsReason(connection: Connection, petition: Petition, language: Language): boolean {
  return (
    statementOf(connection, petition.id, language) !== undefined && tallyOf(connection, petition.id).total > 0
  );
}

/**
 * Saves a new version.
 *
 * @throws {@link Failure} for an empty, unchanged or too long text, or a missing reason
 */
export function editStatement(
  database: Database,
  write: Write,
  petition: Petition,
  input: StatementInput,
): StatementEdit {
  return writeOnce(database, write, (connection, record) => save(connection, record, write, petition, input));
}

/**
 * Saves what a modal brought, unless somebody saved a version while it was being written.
 *
 * @param key - of the {@link StatementDraft}
 * @throws {@link Failure} as {@link editStatement} does, and where the draft is used up or out of date
 */
export function submitStatement(
  database: Database,
  write: Write,
  key: string,
  { text, reason }: Pick<StatementInput, 'text' | 'reason'>,
): StatementEdit {
  return writeOnce(database, write, (connection, record) => {
    const draft = takeDraft<StatementDraft>(connection, write, key);
    const { language } = draft;
    const petition = petitionById(connection, draft.petitionId);
    if (!petition) throw new Failure('staleButton');
    const version = statementOf(connection, petition.id, language)?.version ?? 0;
    if (version !== draft.version) {
      throw new Failure('statementMovedOn', { language: { key: `languages.${language}` }, version });
    }
    return save(connection, record, write, petition, { language, text, reason: draft.reason ?? reason });
  });
}

function save(
  connection: Connection,
  record: (deed: Deed) => void,
  write: Write,
  petition: Petition,
  { language, text: given, reason }: StatementInput,
): StatementEdit {
  requireHost(petition, write.serverId);
  const text = normalizeStatement(given);
  if (cleanText(text) === '') throw new Failure('emptyStatement');
  if (text.length > longestStatement) {
    throw new Failure('longText', { most: longestStatement, length: text.length });
  }
  const before = statementOf(connection, petition.id, language);
  // A modal may trim: nobody means to change what can't be seen.
  if (before?.text.trim() === text.trim()) {
    throw new Failure('unchangedStatement', {
      language: { key: `languages.${language}` },
      version: before.version,
    });
  }
  if (!reason && needsReason(connection, petition, language)) throw new Failure('reasonRequired');
  const other = statementOf(connection, petition.id, otherLanguage(language));
  const catchesUp = !before || languageBehind(connection, petition.id)?.language === language;
  const { confirmedByTwo } = serverOf(connection, petition.serverId);
  const now = insertStatement(connection, {
    petitionId: petition.id,
    language,
    version: (before?.version ?? 0) + 1,
    text,
    reason: reason ?? null,
    authorId: write.userId,
    at: write.at,
  });
  if (other && catchesUp && !confirmedByTwo) matchVersions(connection, write, now, other, null);
  tellOfStatement(connection, petition, now);
  record({
    petitionId: petition.id,
    deed: 'statement.edit',
    detail: { language, version: now.version, reason },
  });
  const beside = other !== undefined;
  return {
    before,
    now,
    other,
    leavesBehind: beside && !catchesUp,
    waits: beside && catchesUp && confirmedByTwo,
  };
}

/**
 * An organizer says that a language's latest version says what the other's does.
 *
 * @throws {@link Failure} where either is missing, this one is not behind, or its author confirms where two are asked
 */
export function confirmStatement(
  database: Database,
  write: Write,
  petition: Petition,
  language: Language,
): { statement: Statement; other: Statement } {
  requireHost(petition, write.serverId);
  return writeOnce(database, write, (connection, record) => {
    const statement = requireStatement(connection, petition, language);
    const other = requireStatement(connection, petition, otherLanguage(language));
    const words = { language: { key: `languages.${language}` }, version: statement.version } as const;
    if (languageBehind(connection, petition.id)?.language !== language) throw new Failure('notStale', words);
    const { confirmedByTwo } = serverOf(connection, petition.serverId);
    if (confirmedByTwo && statement.authorId === write.userId) throw new Failure('confirmedByAuthor', words);
    matchVersions(connection, write, statement, other, write.userId);
    record({
      petitionId: petition.id,
      deed: 'statement.confirm',
      detail: { language, version: statement.version },
    });
    return { statement, other };
  });
}

/** Records that two versions say the same. */
export function matchVersions(
  connection: Connection,
  { at }: Write,
  statement: Statement,
  other: Statement,
  confirmedBy: string | null,
): void {
  const versions = { [statement.language]: statement.version, [other.language]: other.version };
  const { en = 0, es = 0 } = versions;
  insertMatch(connection, { petitionId: statement.petitionId, en, es, confirmedBy, at });
}
