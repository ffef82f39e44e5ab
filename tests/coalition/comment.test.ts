// Comments as the rules keep them: who may decide, and what is quoted, where and how often.
import { describe, expect, it } from 'vitest';
import { unquotedIn } from '../../db/comments.js';
import { eraseAccount } from '../../db/privacy.js';
import { claimDay, updateTallyPost } from '../../db/tally-posts.js';
import { approvedComments, judgeComment, quoted, submitComment } from '../../src/coalition/comment.js';
import {
  aDatabase,
  ana,
  aPen,
  aPetition,
  everyRow,
  failureOf,
  hostServer,
  partnerServer,
  seal,
  storyBegins,
} from '../support/stories.js';

const ben = '740000000000000004';

function aBook() {
  const database = aDatabase();
  const petition = aPetition(database);
  const pen = aPen();
  const said = (text: string, more: object = {}, messageId?: string) =>
    submitComment(
      database,
      pen({ userId: ben, ...more }),
      seal,
      petition,
      { text, language: 'en' },
      () => messageId,
    );
  const judged = (id: number, verdict: 'approved' | 'rejected', more: object = {}) =>
    judgeComment(database, pen(more), petition, id, verdict);
  /** A card in a channel that quotes what is the newest there; it was sent, or skipped. */
  let day = 10;
  const card = (channelId: string, state: 'sent' | 'skipped' = 'sent') => {
    const comment = unquotedIn(database, channelId, petition.id);
    day += 1;
    const post = claimDay(database, {
      ...{ channelId, serverId: hostServer, petitionId: petition.id, day: `2023-07-${day}`, dueAt: 0, at: 0 },
      ...{ state: 'claimed', facts: comment === undefined ? {} : { comment }, holder: 'test', leaseUntil: 0 },
    });
    const sent = state === 'sent' ? { state, messageId: '1', sentAt: 1 } : { state };
    if (post) updateTallyPost(database, post.id, sent);
    return comment;
  };
  return { database, petition, pen, said, judged, card };
}

describe('who decides', () => {
  it('is an organizer of the host, about what somebody else wrote for this petition, once', () => {
    const { database, said, judged } = aBook();
    const comment = said('Out');
    const other = aPetition(database);
    const before = everyRow(database);
    const elsewhere = () => judgeComment(database, aPen()(), other, comment.id, 'approved');
    expect(failureOf(() => judged(comment.id, 'approved', { serverId: partnerServer }))).toBe('hostOnly');
    expect(failureOf(() => judged(comment.id, 'approved', { userId: ben }))).toBe('ownComment');
    expect(failureOf(() => judged(comment.id + 1, 'approved'))).toBe('staleButton');
    expect(failureOf(elsewhere)).toBe('staleButton');
    expect(everyRow(database)).toEqual(before);
    expect([judged(comment.id, 'rejected'), judged(comment.id, 'approved')]).toEqual([true, false]);
  });

  it('a message is submitted once, whoever asks', () => {
    const { said } = aBook();
    said('Out', {}, '55');
    expect(failureOf(() => said('Out', { userId: ana }, '55'))).toBe('commentedAlready');
    expect(failureOf(() => said('Out', {}, '56'))).toBeUndefined();
  });
});

describe('what is quoted', () => {
  it('is the newest approved one that a channel has not had; one on a card that was skipped comes again', () => {
    const { said, judged, card } = aBook();
    const [first, second, third] = [said('One'), said('Two'), said('Three')];
    expect(card('c1')).toBeUndefined();
    judged(second.id, 'approved');
    judged(first.id, 'approved');
    judged(third.id, 'rejected');
    expect(card('c1', 'skipped')).toBe(first.id);
    expect([card('c1'), card('c1'), card('c1')]).toEqual([first.id, second.id, undefined]);
    expect(card('c2')).toBe(first.id);
  });

  it('is gone once its author had it erased, from the next card, from one half made, and from the packet', () => {
    const { database, petition, said, judged, card } = aBook();
    const comment = said('Out', { at: storyBegins + 5000 });
    expect(quoted(database, seal, comment.id)).toBeUndefined();
    judged(comment.id, 'approved');
    const quote = { id: comment.id, text: 'Out', language: 'en', at: storyBegins + 5000 };
    expect(quoted(database, seal, comment.id)).toEqual(quote);
    expect(approvedComments(database, seal, petition)).toEqual([quote]);
    eraseAccount(database, ben);
    expect(quoted(database, seal, comment.id)).toBeUndefined();
    expect(approvedComments(database, seal, petition)).toEqual([]);
    expect(card('c1')).toBeUndefined();
  });
});
