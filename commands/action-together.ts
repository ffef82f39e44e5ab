// An action is logged, or asked about where somebody has just logged what may be the same: Join or Separate.
import type { Attachment } from 'discord.js';
import type { Action } from '../db/actions.js';
import { publishedOrganizations } from '../db/coalition.js';
import type { Connection } from '../db/connect.js';
import { type Petition, petitionById } from '../db/petitions.js';
import { serverOf } from '../db/servers.js';
import { targetsOf } from '../db/targets.js';
import { writeOnce } from '../db/transaction.js';
import { type ActionInput, type Proof, weekSum } from '../src/coalition/action.js';
import { Failure } from '../src/coalition/failure.js';
import {
  alikeOf,
  joinAction,
  logApart,
  logUnlessAlike,
  type ProofLink,
  togetherDraft,
} from '../src/coalition/join.js';
import { today } from '../src/coalition/petition.js';
import { cleanLine } from '../src/coalition/plain-text.js';
import { answerInPlace } from '../src/discord/answer.js';
import { loggedReply } from '../src/discord/cards/action.js';
import { askReply, joinedReply } from '../src/discord/cards/together.js';
import type { Press, Reply, Turn } from '../src/discord/command.js';

export async function proofFrom(
  turn: Turn,
  { name, contentType, url }: Pick<Attachment, 'name' | 'contentType' | 'url'>,
): Promise<Proof & ProofLink> {
  const bytes = await turn.context.attachments.fetch(url);
  if (bytes.length === 0) throw new Failure('emptyFile');
  return { name: cleanLine(name), contentType, bytes, url };
}

/** Logs an action and says so, or asks; the input may come from a draft, which is used in the same transaction. */
export function logOrAsk(
  turn: Turn,
  petition: Petition,
  inputFrom: (connection: Connection) => ActionInput,
  proof?: Proof & ProofLink,
): Reply {
  const { write, words } = turn;
  const { database } = turn.context;
  const done = writeOnce(database, write, (connection, record) => {
    const logged = logUnlessAlike(connection, write, petition, inputFrom(connection), proof);
    if ('action' in logged)
      record({ petitionId: petition.id, deed: 'action.log', detail: { action: logged.action.id } });
    return logged;
  });
  if ('action' in done) return said(turn, petition, done.action, proof?.name);
  return askReply({ ...done, ...about(turn, petition, done.alike) }, words);
}

/** The petition's day, and the target of an action. */
function about({ context: { database }, write }: Turn, petition: Petition, { targetId }: Action) {
  const target = targetsOf(database, petition.id).find(({ id }) => id === targetId)?.name;
  return { today: today(petition, write.at), target };
}

/** What was logged. */
function said(turn: Turn, petition: Petition, action: Action, proof?: string): Reply {
  const { database } = turn.context;
  const organizations = publishedOrganizations(database, petition.id);
  return loggedReply(
    {
      action,
      ...about(turn, petition, action),
      organization: organizations.find(({ id }) => id === action.organizationId)?.name,
      proof,
      week: weekSum(database, petition, action, turn.write.at),
      reviewOver: serverOf(database, turn.serverId).reviewOver,
    },
    turn.words,
  );
}

/** Logs what a draft holds as the member's own; its proof is fetched first. */
async function apart(turn: Turn, key: string): Promise<Reply> {
  const { database } = turn.context;
  const { petitionId, proof: link } = togetherDraft(database, turn.write, key);
  const proof = link && (await proofFrom(turn, link));
  const action = logApart(
    database,
    turn.write,
    key,
    proof && { name: proof.name, contentType: proof.contentType, bytes: proof.bytes },
  );
  return said(turn, petitionNamed(database, petitionId), action, proof?.name);
}

function petitionNamed(connection: Connection, id: number): Petition {
  const petition = petitionById(connection, id);
  if (!petition) throw new Failure('staleButton');
  return petition;
}

export const togetherPresses: Record<string, Press> = {
  'action.join': {
    rank: 'member',
    async run([key = ''], turn) {
      const { database } = turn.context;
      await answerInPlace(turn.interaction);
      const draft = togetherDraft(database, turn.write, key);
      if (!alikeOf(database, draft)) {
        const { content, ...rest } = await apart(turn, key);
        return { ...rest, content: `${turn.words.say('together.goneMeanwhile')}\n${content}` };
      }
      const joined = joinAction(database, turn.write, key);
      const petition = petitionNamed(database, draft.petitionId);
      const hasProof = draft.proof !== undefined;
      return joinedReply({ ...joined, hasProof, ...about(turn, petition, joined.action) }, turn.words);
    },
  },
  'action.separate': {
    rank: 'member',
    async run([key = ''], turn) {
      await answerInPlace(turn.interaction);
      return apart(turn, key);
    },
  },
};
