// Comments: submitted with consent, sealed, and quoted only once an organizer of the host has approved them.
import {
  approvedOf,
  type Comment,
  commentById,
  commentFrom,
  countWaitingBy,
  insertComment,
  updateComment,
  waitingAfter,
} from '../../db/comments.js';
import type { Connection, Database } from '../../db/connect.js';
import { insertNotice, noticedSince } from '../../db/notices.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import type { languages } from '../../db/schema.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { Failure } from './failure.js';
import { plainTitle, requireHost, requireState } from './petition.js';
import type { Seal } from './seal.js';

/** The longest comment, and the longest name beside it, in UTF-16 units as forms count. */
export const longest = { text: 600, name: 80 } as const;

/** What a person says, and how they want to be named; unnamed where it is left out. */
export interface Said {
  text: string;
  name?: string | undefined;
}

/** A comment as it may be handed on. */
export interface Quote extends Said {
  id: number;
  language: (typeof languages)[number];
  /** Epoch milliseconds. */
  at: number;
}

/** So many of one person's comments may wait at a time. */
const mostWaiting = 5;

/** Organizers are told at most this often that comments wait, in milliseconds. */
const betweenNotices = 86_400_000;

/** @throws {@link Failure} where no comment is taken now, or many of the person's wait, or this message was submitted before */
export function requireComments(
  connection: Connection,
  { userId }: Write,
  petition: Petition,
  messageId: string | undefined,
): void {
  requireState(petition, 'comment');
  if (countWaitingBy(connection, petition.id, userId ?? '') >= mostWaiting)
    throw new Failure('commentsWaiting', { count: mostWaiting });
  if (messageId !== undefined && commentFrom(connection, messageId)) throw new Failure('commentedAlready');
}

/**
 * Keeps a comment, sealed, for an organizer to look at.
 *
 * @param messageFrom - the message it was submitted from, if any, read in the same transaction
 */
export function submitComment(
  database: Database,
  write: Write,
  seal: Seal,
  petition: Petition,
  { language, ...said }: Said & Pick<Quote, 'language'>,
  messageFrom: (connection: Connection) => string | undefined,
): Comment {
  return writeOnce(database, write, (connection, record) => {
    const messageId = messageFrom(connection);
    const current = petitionById(connection, petition.id) ?? petition;
    requireComments(connection, write, current, messageId);
    const { serverId, userId, at } = write;
    const comment = insertComment(connection, {
      petitionId: petition.id,
      serverId,
      userId: userId ?? '',
      sealed: seal.seal(said),
      language,
      messageId: messageId ?? null,
      state: 'waiting',
      at,
    });
    record({ petitionId: petition.id, deed: 'comment.submit', detail: { comment: comment.id } });
    const told = { serverId: current.serverId, key: 'notices.comments' } as const;
    if (!noticedSince(connection, told, at - betweenNotices))
      insertNotice(connection, { ...told, values: { title: plainTitle(current) }, at });
    return comment;
  });
}

/** The oldest that waits after another one and is not the reader's own; after the last, the first comes again. */
export function nextComment(
  connection: Connection,
  petitionId: number,
  reader: string,
  after: number,
): Comment | undefined {
  return (
    waitingAfter(connection, petitionId, reader, after) ?? waitingAfter(connection, petitionId, reader, 0)
  );
}

/**
 * Approves or rejects a comment.
 *
 * @returns false where it was decided before, or erased: nothing was changed
 * @throws {@link Failure} in a server that is not the host, for none of this petition, or for one's own
 */
export function judgeComment(
  database: Database,
  write: Write,
  petition: Petition,
  id: number,
  state: 'approved' | 'rejected',
): boolean {
  return writeOnce(database, write, (connection, record) => {
    requireHost(petition, write.serverId);
    const comment = commentById(connection, id);
    if (comment?.petitionId !== petition.id) throw new Failure('staleButton');
    if (comment.state !== 'waiting' || comment.sealed === null) return false;
    if (comment.userId === write.userId) throw new Failure('ownComment');
    updateComment(connection, id, { state, reviewedBy: write.userId, reviewedAt: write.at });
    record({ petitionId: petition.id, deed: `comment.${state}`, detail: { comment: id } });
    return true;
  });
}

/** What a comment says; undefined once it was erased. */
export function openComment(seal: Seal, { id, sealed, language, at }: Comment): Quote | undefined {
  return sealed === null ? undefined : { ...(seal.open(sealed) as Said), id, language, at };
}

/** The comment that a daily card quotes; undefined where it quotes none, or it was erased meanwhile. */
export function quoted(connection: Connection, seal: Seal, id: number | undefined): Quote | undefined {
  const comment = id === undefined ? undefined : commentById(connection, id);
  return comment?.state === 'approved' ? openComment(seal, comment) : undefined;
}

/** The approved comments of a petition, oldest first: for the packet that is handed over. */
export function approvedComments(connection: Connection, seal: Seal, { id }: Petition): Quote[] {
  return approvedOf(connection, id).flatMap((comment) => openComment(seal, comment) ?? []);
}
