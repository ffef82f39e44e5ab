// /signatures: the tally, its sources and the recount; entries, files, signing and platforms have files of their own.
import { inSnapshot, writeOnce } from '../db/transaction.js';
import { requireHost } from '../src/coalition/petition.js';
import { asPlain, characters } from '../src/coalition/plain-text.js';
import { mend, proveBeside } from '../src/coalition/recount.js';
import { groupings, tallyLines, tallyOf } from '../src/coalition/tally.js';
import { card, longestCard } from '../src/discord/cards/card.js';
import { partsOf } from '../src/discord/cards/progress.js';
import { shownName, sourceLine } from '../src/discord/cards/sources.js';
import { groupedCard } from '../src/discord/cards/tally.js';
import { type Command, subcommand } from '../src/discord/command.js';
import { choice, petition as petitionOption } from '../src/discord/options.js';
import { petitionOf, petitionToPost } from './petition.js';
import { connect } from './signatures-connect.js';
import { add, agree, batch, count, voided } from './signatures-entries.js';
import { exportNames } from './signatures-export.js';
import { importFile, importPresses } from './signatures-import.js';
import { review, reviewPresses, reviewSubmits } from './signatures-review.js';
import { sign, signingPresses, signingSubmits, withdraw } from './signing.js';

/** How much room `/signatures sources` has for its lines, in characters; the rest of its card is shorter. */
const sourcesRoom = longestCard - 500;

const tally = subcommand({
  rank: 'anyone',
  public: true,
  slow: true,
  options: { by: choice('grouping', groupings), petition: petitionOption() },
  run({ by = 'source', petition: named }, turn) {
    const { database, log } = turn.context;
    const petition = petitionToPost(turn, named);
    const counted = inSnapshot(database, (connection) => ({
      tally: tallyOf(connection, petition.id),
      lines: tallyLines(connection, petition.id, by),
    }));
    return groupedCard({ petition, by, ...counted }, turn.speech(), log);
  },
});

const sources = subcommand({
  rank: 'organizer',
  options: {},
  run(_input, turn) {
    const { words } = turn;
    const petition = petitionOf(turn);
    const now = tallyOf(turn.context.database, petition.id);
    if (now.sources.length === 0) return { content: words.say('signatures.noSources') };
    let room = sourcesRoom;
    const lines = now.sources.map((figure) => sourceLine(figure, words));
    const shown = lines.filter((line) => {
      room -= characters(line) + 1;
      return room >= 0;
    });
    const more = lines.length - shown.length;
    return card([
      `### ${words.say('signatures.sourcesOf', { title: asPlain(words.localized(petition.title)) })}`,
      [...shown, ...(more > 0 ? [words.say('andMore', { count: more })] : [])].join('\n'),
      `**${words.say('tally.total', { count: now.total })}** · ${partsOf(now, words)}`,
    ]);
  },
});

const recount = subcommand({
  rank: 'organizer',
  slow: true,
  options: {},
  async run(_input, turn) {
    const { words, context } = turn;
    const petition = petitionOf(turn);
    requireHost(petition, turn.serverId);
    const proofs = await proveBeside(context.files.database, petition.id);
    const differences = writeOnce(context.database, turn.write, (connection, record) => {
      const found = mend(connection, proofs);
      record({ petitionId: petition.id, deed: 'signatures.recount', detail: { differences: found } });
      return found;
    });
    const now = tallyOf(context.database, petition.id);
    const lines = differences.map(({ name, kept, proven }) => {
      const source = shownName({ name }, words);
      // The total was right: what was not is how it spreads over days or countries.
      if (kept === proven) return words.say('signatures.repairedParts', { source, total: proven });
      return words.say('signatures.repaired', { source, kept, proven });
    });
    const head = words.say(lines.length === 0 ? 'signatures.recountSame' : 'signatures.recountDiffers');
    return {
      content: [
        head,
        ...lines,
        `**${words.say('tally.total', { count: now.total })}** · ${partsOf(now, words)}`,
      ].join('\n'),
    };
  },
});

export const signatures = {
  name: 'signatures',
  does: {
    tally,
    sign,
    withdraw,
    add,
    count,
    batch,
    import: importFile,
    sources,
    connect,
    review,
    void: voided,
    recount,
    export: exportNames,
  },
  presses: { 'signatures.consent': agree, ...signingPresses, ...importPresses, ...reviewPresses },
  submits: { ...signingSubmits, ...reviewSubmits },
} satisfies Command;
