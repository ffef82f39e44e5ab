// The press release's rules: what organizers fill in, and what goes out once one of them confirms it.
import type { Connection, Database } from '../../db/connect.js';
import { type Petition, petitionById } from '../../db/petitions.js';
import { putReleaseFact } from '../../db/releases.js';
import type { Localized, postLanguages } from '../../db/schema.js';
import { type Write, writeOnce } from '../../db/transaction.js';
import { takeDraft } from './draft.js';
import { Failure } from './failure.js';
import { requireHost } from './petition.js';

/** What no other table knows: who answers the press and how they are reached, and what somebody says. */
export const releaseFacts = ['contact', 'reach', 'quote', 'speaker'] as const;
export type ReleaseFact = (typeof releaseFacts)[number];

/** What a confirmation is of: the release as it was seen. */
export interface ReleaseDraft {
  petitionId: number;
  language: (typeof postLanguages)[number];
  /** When it was made, epoch milliseconds: its day is that of the release. */
  at: number;
  /** SHA-256 of its files. */
  digests: string[];
}

/** What a form that fills in facts was opened from. */
export type FillDraft = Pick<ReleaseDraft, 'petitionId' | 'language'>;

/**
 * Fills in facts, in place of what they were.
 *
 * @param key - of the {@link FillDraft}
 * @throws {@link Failure} where the draft is used up
 */
export function fillIn(
  database: Database,
  write: Write & { userId: string },
  key: string,
  facts: Partial<Record<ReleaseFact, Localized>>,
): { petition: Petition; language: FillDraft['language'] } {
  return writeOnce(database, write, (connection, record) => {
    const { petitionId, language } = takeDraft<FillDraft>(connection, write, key);
    const petition = petitionById(connection, petitionId);
    if (!petition) throw new Failure('staleButton');
    requireHost(petition, write.serverId);
    const { serverId, userId, at } = write;
    for (const [fact, value] of Object.entries(facts)) {
      putReleaseFact(connection, { petitionId, fact, value, serverId, userId, at });
    }
    record({ petitionId, deed: 'release.fill', detail: { facts: Object.keys(facts) } });
    return { petition, language };
  });
}

/**
 * Lets a release go out, once; the audit keeps which.
 *
 * @param key - of the {@link ReleaseDraft}
 * @param make - makes it anew from what is recorded now
 * @throws {@link Failure} where it would not be what was seen, `make` refuses, or the draft is used up
 */
export function confirmRelease<Release extends { digest: string }>(
  database: Database,
  write: Write,
  key: string,
  make: (connection: Connection, petition: Petition, draft: ReleaseDraft) => Release[],
): Release[] {
  return writeOnce(database, write, (connection, record) => {
    const draft = takeDraft<ReleaseDraft>(connection, write, key);
    const petition = petitionById(connection, draft.petitionId);
    if (!petition) throw new Failure('staleButton');
    requireHost(petition, write.serverId);
    const releases = make(connection, petition, draft);
    const digests = releases.map(({ digest }) => digest);
    if (digests.join() !== draft.digests.join()) throw new Failure('releaseMovedOn');
    record({
      petitionId: petition.id,
      deed: 'release.confirm',
      detail: { language: draft.language, sha256: digests },
    });
    return releases;
  });
}
