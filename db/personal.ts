// What is personal in a petition and no figure needs: how much of it there is, and taking it out a short piece at a time.
import { and, count, eq, gt, inArray, isNotNull, lte, or, sql } from 'drizzle-orm';
import type { Connection } from './connect.js';
import { actions, comments, proofs, releaseFacts, shownMembers, signatures } from './schema.js';

/** The next signatures of a source: the last one's id, how many they are, and how many of them have a name. */
export function namesAfter(connection: Connection, sourceId: number, after: number, most: number) {
  return connection.get<{ last: number | null; signatures: number; names: number }>(sql`
    select max(id) as last, count(*) as signatures, count(sealed) as names from (
      select id, sealed from ${signatures}
      where source_id = ${sourceId} and id > ${after} order by id limit ${most}
    )`);
}

/** Removes names, organizations and comments of a source's signatures, from after one up to another; false for none. */
export function eraseNames(connection: Connection, sourceId: number, after: number, last: number): boolean {
  const change = connection
    .update(signatures)
    .set({ sealed: null, consent: false })
    .where(
      and(
        eq(signatures.sourceId, sourceId),
        gt(signatures.id, after),
        lte(signatures.id, last),
        isNotNull(signatures.sealed),
      ),
    )
    .run();
  return change.changes > 0;
}

const written = (petitionId: number) =>
  and(
    eq(actions.petitionId, petitionId),
    or(
      ...[actions.note, actions.outcome, actions.messageLink, actions.question, actions.answer].map(
        (column) => isNotNull(column),
      ),
    ),
  );

/** How many entries of outreach have a note, an outcome, a link to a message, a question or an answer. */
export function countNotes(connection: Connection, petitionId: number): number {
  const found = connection.select({ count: count() }).from(actions).where(written(petitionId)).get();
  return found?.count ?? 0;
}

/** Removes what members wrote to some of their entries; false once nothing is left. */
export function eraseNotes(connection: Connection, petitionId: number, most: number): boolean {
  const some = connection.select({ id: actions.id }).from(actions).where(written(petitionId)).limit(most);
  const change = connection
    .update(actions)
    .set({ note: null, outcome: null, messageLink: null, question: null, answer: null })
    .where(inArray(actions.id, some))
    .run();
  return change.changes > 0;
}

const proofsOf = (connection: Connection, petitionId: number) =>
  connection
    .select({ id: proofs.actionId })
    .from(actions)
    .innerJoin(proofs, eq(proofs.actionId, actions.id))
    .where(eq(actions.petitionId, petitionId));

/** How many files members attached. */
export function countProofs(connection: Connection, petitionId: number): number {
  return proofsOf(connection, petitionId).all().length;
}

/** Removes some of the files that members attached; false once nothing is left. */
export function eraseProofs(connection: Connection, petitionId: number, most: number): boolean {
  const some = proofsOf(connection, petitionId).limit(most);
  return connection.delete(proofs).where(inArray(proofs.actionId, some)).run().changes > 0;
}

const sealedComments = (petitionId: number) =>
  and(eq(comments.petitionId, petitionId), isNotNull(comments.sealed));

/** How many comments say something. */
export function countComments(connection: Connection, petitionId: number): number {
  const found = connection.select({ count: count() }).from(comments).where(sealedComments(petitionId)).get();
  return found?.count ?? 0;
}

/** Removes what some of the comments say, and from which message; false once nothing is left. */
export function eraseComments(connection: Connection, petitionId: number, most: number): boolean {
  const some = connection
    .select({ id: comments.id })
    .from(comments)
    .where(sealedComments(petitionId))
    .limit(most);
  const change = connection
    .update(comments)
    .set({ sealed: null, messageId: null })
    .where(inArray(comments.id, some))
    .run();
  return change.changes > 0;
}

/** Removes what a press release said of people: who answers for it, and whom it quotes. */
export function eraseReleaseFacts(connection: Connection, petitionId: number): void {
  connection.delete(releaseFacts).where(eq(releaseFacts.petitionId, petitionId)).run();
}

/** Removes the names under which members are on a petition's boards. */
export function eraseShownMembers(connection: Connection, petitionId: number): void {
  connection.delete(shownMembers).where(eq(shownMembers.petitionId, petitionId)).run();
}
