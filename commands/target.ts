// /target: the decision makers, how to reach them and what to say; who organizes adds them and notes where they stand.
import type { Petition } from '../db/petitions.js';
import { targetPositions } from '../db/schema.js';
import { officesOf } from '../db/targets.js';
import { findCommittee } from '../src/coalition/committee.js';
import { Failure } from '../src/coalition/failure.js';
import { requireHost } from '../src/coalition/petition.js';
import { asPlain } from '../src/coalition/plain-text.js';
import {
  addTarget,
  findTarget,
  type Known,
  knownTargets,
  leastContacted,
  notePosition,
} from '../src/coalition/target.js';
import { importTargets } from '../src/coalition/target-import.js';
import { largestBundle, readBundle } from '../src/connectors/congress-legislators/bundle.js';
import { answerInPlace } from '../src/discord/answer.js';
import { targetCard } from '../src/discord/cards/target.js';
import { importedLines } from '../src/discord/cards/target-import.js';
import { targetList } from '../src/discord/cards/target-list.js';
import { scriptCard } from '../src/discord/cards/target-script.js';
import { type Command, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import {
  choice,
  committee as committeeOption,
  file,
  line,
  link,
  target as targetOption,
} from '../src/discord/options.js';
import { type Language, wordsOfPost } from '../src/i18n/words.js';
import { petitionOf, petitionSeen } from './petition.js';

const longestName = 100;
const longestNote = 300;

const list = subcommand({
  rank: 'anyone',
  options: { committee: committeeOption({ wording: 'oneCommittee' }) },
  run({ committee: named }, turn) {
    const petition = petitionOf(turn);
    const known = knownTargets(turn.context.database, petition.id);
    const committee = named === undefined ? undefined : findCommittee(known, named);
    return targetList(petition, known, committee, 1, turn.words);
  },
});

const show = subcommand({
  rank: 'anyone',
  options: { target: targetOption({ required: true, wording: 'whichTarget' }) },
  run({ target: named }, turn) {
    const petition = petitionOf(turn);
    const known = knownTargets(turn.context.database, petition.id);
    return cardOf(turn, petition, findTarget(known, named), known);
  },
});

function cardOf({ context, words }: Turn, petition: Petition, one: Known, known: readonly Known[]): Reply {
  return targetCard(petition, one, known, officesOf(context.database, one.target.id), words);
}

const script = subcommand({
  rank: 'anyone',
  options: {
    target: targetOption({ wording: 'scriptTarget' }),
    language: choice('postLanguage', ['en', 'es'], { wording: 'ownLanguage' }),
  },
  run({ target: named, language }, turn) {
    const petition = petitionOf(turn);
    const known = knownTargets(turn.context.database, petition.id);
    const one = named === undefined ? leastContacted(known) : findTarget(known, named);
    return scriptFor(turn, petition, one, named === undefined, language);
  },
});

function scriptFor(turn: Turn, petition: Petition, one: Known, picked: boolean, language?: Language): Reply {
  const { context, words } = turn;
  const spoken = language === undefined || language === words.language ? words : wordsOfPost(language)[0];
  return scriptCard(petition, one, officesOf(context.database, one.target.id), picked, spoken, words);
}

const add = subcommand({
  rank: 'organizer',
  options: {
    name: line(longestName, { required: true, wording: 'targetName' }),
    name_es: line(longestName),
    committee: committeeOption({ wording: 'newCommittee' }),
    phone: line(40),
    url: { ...link(), wording: 'targetUrl' },
  },
  run({ name_es: nameEs, ...input }, turn) {
    const { context, write, words } = turn;
    const target = addTarget(context.database, write, petitionOf(turn), { ...input, nameEs });
    return { content: words.say('target.added', { name: asPlain(words.localized(target.name)) }) };
  },
});

const importFile = subcommand({
  rank: 'organizer',
  slow: true,
  options: { file: file({ required: true, wording: 'targetFile' }) },
  async run({ file: { url } }, turn) {
    const { context, write, words } = turn;
    const petition = petitionOf(turn);
    requireHost(petition, turn.serverId);
    const data = readBundle(await context.attachments.fetch(url, largestBundle));
    const loaded = importTargets(context.database, write, petition, data);
    return { content: importedLines(loaded, words).join('\n') };
  },
});

const position = subcommand({
  rank: 'organizer',
  options: {
    target: targetOption({ required: true, wording: 'whichTarget' }),
    value: choice('targetPosition', targetPositions, { required: true }),
    note: line(longestNote, { wording: 'positionNote' }),
  },
  run(input, turn) {
    const { context, write, words } = turn;
    const target = notePosition(context.database, write, petitionOf(turn), input);
    return {
      content: words.say('target.noted', {
        name: asPlain(words.localized(target.name)),
        value: { key: `choices.targetPosition.${input.value}` },
      }),
    };
  },
});

/** The petition and the target that a button carries, with all others. */
function seenBy(turn: Turn, petitionId: string | undefined, targetId: string | undefined) {
  const petition = petitionSeen(turn, petitionId);
  const known = knownTargets(turn.context.database, petition.id);
  const one = known.find(({ target }) => String(target.id) === targetId);
  if (!one) throw new Failure('staleButton');
  return { petition, known, one };
}

export const target = {
  name: 'target',
  does: { list, show, script, add, import: importFile, position },
  presses: {
    'target.show': {
      rank: 'anyone',
      run([petitionId, targetId], turn) {
        const { petition, one, known } = seenBy(turn, petitionId, targetId);
        return cardOf(turn, petition, one, known);
      },
    },
    'target.script': {
      rank: 'anyone',
      run([petitionId, targetId, language], turn) {
        const { petition, one } = seenBy(turn, petitionId, targetId);
        const asked = language === 'en' || language === 'es' ? language : undefined;
        return scriptFor(turn, petition, one, false, asked);
      },
    },
    'target.page': {
      rank: 'anyone',
      async run([petitionId, committeeId = '0', page], turn) {
        const petition = petitionSeen(turn, petitionId);
        const known = knownTargets(turn.context.database, petition.id);
        const committee = committeeId === '0' ? undefined : findCommittee(known, committeeId);
        const answer = targetList(petition, known, committee, Number(page) || 1, turn.words);
        await answerInPlace(turn.interaction);
        return answer;
      },
    },
  },
} satisfies Command;
