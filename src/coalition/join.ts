// Outreach done together: what looks like an entry of somebody else's is asked about, and joined or logged apart.
import { type Action, actionById, shownMembersOf } from '../../db/actions.js';
import type { Connection, Database } from '../../db/connect.js';
import { alikeAction, insertJoin } from '../../db/joins.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import { isVoid } from '../../db/sources.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { type ActionInput, entryFrom, logAction, type Proof } from './action.js';
import { keepDraft, readDraft, takeDraft } from './draft.js';
import { Failure } from './failure.js';

/** How long after an entry one that is like it is asked about, in milliseconds. */
const lately = 30 * 60_000;

/** Where Discord keeps a proof; it is fetched again once it is known what it is for. */
export interface ProofLink {
  name: string;
  contentType: string | null;
  url: string;
}

/** What was typed, until it is known whether it is the other's action. */
export interface TogetherDraft {
  petitionId: number;
  /** The entry it looks like. */
  alike: number;
  input: ActionInput;
  proof?: ProofLink | undefined;
}

/** Logged, or kept to be asked about. */
export type LoggedOrAlike =
  | { action: Action }
  | {
      alike: Action;
      /** Of whoever logged that, where they chose to be shown. */
      name: string | undefined;
      /** What was typed. */
      count: number;
      /** Of the draft. */
      key: string;
    };

/**
 * Logs an action, inside the caller's transaction, unless somebody else has just logged what may be the same: one of
 * the same type, day and target.
 *
 * @throws {@link Failure} as `entryFrom`
 */
export function logUnlessAlike(
  connection: Connection,
  write: Write & { userId: string },
  petition: Petition,
  input: ActionInput,
  proof?: Proof & ProofLink,
): LoggedOrAlike {
  const { targetId, day, type, count } = entryFrom(connection, write, petition, input, proof !== undefined);
  const { userId, at } = write;
  const after = at - lately;
  const alike =
    targetId === null
      ? undefined
      : alikeAction(connection, { petitionId: petition.id, type, day, targetId, userId, after });
  if (!alike) {
    const { name, contentType, bytes } = proof ?? {};
    const file = bytes && name !== undefined ? { name, contentType: contentType ?? null, bytes } : undefined;
    return { action: logAction(connection, write, petition, input, file) };
  }
  const draft: TogetherDraft = {
    petitionId: petition.id,
    alike: alike.id,
    input: { ...input, day },
    ...(proof && { proof: { name: proof.name, contentType: proof.contentType, url: proof.url } }),
  };
  const name = shownMembersOf(connection, petition.id).get(alike.userId);
  return { alike, name, count, key: keepDraft(connection, write, draft) };
}

/** The entry that a draft looks like; undefined once it was taken back or rejected. */
export function alikeOf(connection: Connection, { alike }: TogetherDraft): Action | undefined {
  const action = actionById(connection, alike);
  if (!action || action.state === 'rejected' || isVoid(connection, 'action', action.id)) return undefined;
  return action;
}

/**
 * Counts a member in on the entry that theirs looked like; that entry's count holds.
 *
 * @param key - of the draft
 * @returns the entry, and what the member had typed
 * @throws {@link Failure} where it was done before, the entry is gone, or as `entryFrom`
 */
export function joinAction(
  database: Database,
  write: Write & { userId: string },
  key: string,
): { action: Action; typed: ActionInput } {
  return writeOnce(database, write, (connection, record) => {
    const draft = takeDraft<TogetherDraft>(connection, write, key);
    const petition = petitionById(connection, draft.petitionId);
    const action = alikeOf(connection, draft);
    if (!petition || !action) throw new Failure('staleButton');
    const { organizationId } = entryFrom(connection, write, petition, draft.input, false);
    const { userId, serverId, at } = write;
    if (!insertJoin(connection, { actionId: action.id, userId, serverId, organizationId, at }))
      throw new Failure('doneAlready');
    record({ petitionId: petition.id, deed: 'action.join', detail: { action: action.id } });
    return { action, typed: draft.input };
  });
}

/**
 * Logs what a draft holds as an action of its own.
 *
 * @param key - of the draft
 * @param proof - the file, where the draft has one
 */
export function logApart(
  database: Database,
  write: Write & { userId: string },
  key: string,
  proof?: Proof,
): Action {
  return writeOnce(database, write, (connection, record) => {
    const { petitionId, input } = takeDraft<TogetherDraft>(connection, write, key);
    const petition = petitionById(connection, petitionId);
    if (!petition) throw new Failure('staleButton');
    const action = logAction(connection, write, petition, input, proof);
    record({ petitionId, deed: 'action.log', detail: { action: action.id } });
    return action;
  });
}

/** @throws {@link Failure} where it was used, is gone, or is somebody else's */
export function togetherDraft(
  connection: Connection,
  write: Pick<Write, 'userId' | 'serverId'>,
  key: string,
): TogetherDraft {
  return readDraft<TogetherDraft>(connection, write, key);
}
