// /signatures sign and withdraw, and the Sign here button: people sign for themselves, and nothing keeps who they are.
import { type Petition, petitionById } from '../db/petitions.js';
import { serverOf } from '../db/servers.js';
import type { SignedName } from '../src/coalition/count.js';
import { Failure } from '../src/coalition/failure.js';
import {
  keepTyped,
  ownSignature,
  requireSigning,
  type Signing,
  signedPetitions,
  sign as signOnce,
  typedBefore,
  withdraw as withdrawOnce,
} from '../src/coalition/signing.js';
import { tallyOf } from '../src/coalition/tally.js';
import {
  fillInAgain,
  receipt,
  signedAlready,
  whichToWithdraw,
  withdrawnReply,
} from '../src/discord/cards/signing.js';
import {
  type Answer,
  idOf,
  type Press,
  type Reply,
  type Submit,
  subcommand,
  type Turn,
} from '../src/discord/command.js';
import { signingForm, signingFrom, type Typed, typedIn, typedOf } from '../src/discord/signing-form.js';
import type { Words } from '../src/i18n/words.js';
import { petitionOf, petitionSeen } from './petition.js';

const signatureOf = ({ context, userId }: Turn, { id }: Petition) =>
  ownSignature(context.database, context.seal, id, userId);

/** The form; one that was signed before says so instead. */
function form(turn: Turn, petition: Petition, typed?: Typed): Answer {
  requireSigning(turn.context.database, petition, turn.serverId);
  const signature = signatureOf(turn, petition);
  if (signature) return signedAlready(petition, signature, turn.words);
  return signingForm(idOf('signature.sign', petition.id), petition, turn.words, typed);
}

/** The form of a signature that stands, filled with what it says or with what was typed over it. */
function changeForm(turn: Turn, petition: Petition, typed?: Typed): Answer {
  const { context, words } = turn;
  requireSigning(context.database, petition, turn.serverId);
  const signature = signatureOf(turn, petition);
  if (!signature) throw new Failure('notSigned');
  const { sealed, country, consent } = signature;
  const said = sealed ? (context.seal.open(sealed) as SignedName) : {};
  const shown = country === null ? said : { ...said, country: words.country(country) };
  const id = idOf('signature.sign', petition.id, signature.id);
  return signingForm(id, petition, words, typed ?? typedOf(shown, consent));
}

/** What was typed where it could not be taken, to sign or to change a signature. */
interface Kept {
  typed: Typed;
  changed: boolean;
}

/** Signs, or opens the way back to the form with all that was typed. */
function submitted(turn: Turn, petition: Petition, typed: Typed, replaces: number | undefined): Reply {
  const { context, words, write, serverId } = turn;
  const { database, seal } = context;
  requireSigning(database, petition, serverId);
  const changed = replaces !== undefined;
  const signing = readable(typed, words);
  if (signing instanceof Failure) {
    const key = keepTyped(database, write, seal, { typed, changed } satisfies Kept);
    return fillInAgain(petition, key, words.say(`failures.${signing.key}`, signing.values), words);
  }
  try {
    const signature = signOnce(database, write, petition, signing, seal, replaces);
    const tally = tallyOf(database, petition.id);
    return receipt(petition, signing, signature, { changed, tally }, words);
  } catch (error) {
    const standing = signatureOf(turn, petition);
    if (!standing || !(error instanceof Failure) || error.key !== 'signedAlready') throw error;
    return signedAlready(petition, standing, words);
  }
}

/** What was filled in, or why it can't be taken. */
function readable(typed: Typed, words: Words): Signing | Failure {
  try {
    return signingFrom(typed, words);
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

export const sign = subcommand({
  rank: 'anyone',
  discreet: true,
  options: {},
  run: (_input, turn) => form(turn, petitionOf(turn)),
});

export const withdraw = subcommand({
  rank: 'anyone',
  discreet: true,
  options: {},
  run(_input, turn) {
    const { database, seal } = turn.context;
    try {
      return withdrawn(turn, serverOf(database, turn.serverId).currentPetitionId);
    } catch (error) {
      // Looked for only now: a second process with the same interaction is to be silent, and not to find nothing.
      const signed = signedPetitions(database, seal, turn.userId);
      if (signed.length === 0 || !(error instanceof Failure) || error.key !== 'notSigned') throw error;
      return whichToWithdraw(signed, turn.words);
    }
  },
});

/** Needs no more than a signature of one's own: not that the server still has the petition, nor that signing is on. */
function withdrawn(turn: Turn, petitionId: number | null): Reply {
  const { database, seal } = turn.context;
  const petition = withdrawOnce(database, turn.write, Number(petitionId), seal);
  return withdrawnReply(petition, tallyOf(database, petition.id), turn.words);
}

export const signingPresses: Record<string, Press> = {
  'signature.sign': {
    rank: 'anyone',
    discreet: true,
    run: ([id], turn) => form(turn, petitionSeen(turn, id)),
  },
  'signature.change': {
    rank: 'anyone',
    discreet: true,
    run: ([id], turn) => changeForm(turn, petitionSeen(turn, id)),
  },
  'signature.again': {
    rank: 'anyone',
    discreet: true,
    run([id, key = ''], turn) {
      const petition = petitionSeen(turn, id);
      const { database, seal } = turn.context;
      const { typed, changed } = typedBefore<Kept>(database, turn.write, seal, key);
      return changed ? changeForm(turn, petition, typed) : form(turn, petition, typed);
    },
  },
  'signature.withdraw': {
    rank: 'anyone',
    discreet: true,
    run([id = ''], turn) {
      if (!petitionById(turn.context.database, Number(id))) throw new Failure('staleButton');
      return withdrawn(turn, Number(id));
    },
  },
};

export const signingSubmits: Record<string, Submit> = {
  'signature.sign': {
    rank: 'anyone',
    discreet: true,
    run([id, replaces], turn, fields) {
      const typed = typedIn(fields);
      return submitted(turn, petitionSeen(turn, id), typed, replaces ? Number(replaces) : undefined);
    },
  },
};
