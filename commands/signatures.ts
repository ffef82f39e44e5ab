// /signatures: the tally, and entering and correcting the figures it is made of.
import type { Connection } from '../db/connect.js';
import { writeOnce } from '../db/transaction.js';
import {
  addBatch,
  addSignature,
  allowHandingOver,
  correctableEntries,
  countPlatform,
  entryCode,
  voidEntry,
} from '../src/coalition/count.js';
import { suggestCountries } from '../src/coalition/country.js';
import { requireHost } from '../src/coalition/petition.js';
import { asPlain, characters, fold } from '../src/coalition/plain-text.js';
import { mend, proveBeside } from '../src/coalition/recount.js';
import { sourceName } from '../src/coalition/source.js';
import { groupings, overfull, type Tally, tallyLines, tallyOf } from '../src/coalition/tally.js';
import { button, buttonRow, card, longestCard } from '../src/discord/cards/card.js';
import { partsOf, someOf } from '../src/discord/cards/progress.js';
import { shownName, sourceLine } from '../src/discord/cards/sources.js';
import { groupedCard } from '../src/discord/cards/tally.js';
import {
  type Command,
  idOf,
  type Press,
  type Reply,
  type Suggestion,
  subcommand,
  type Typing,
} from '../src/discord/command.js';
import { countryCode } from '../src/discord/country.js';
import {
  choice,
  currentPetition,
  day,
  integer,
  line,
  organizationName,
  petition as petitionOption,
  source,
  suggest,
} from '../src/discord/options.js';
import type { Words } from '../src/i18n/words.js';
import { petitionOf, petitionToPost } from './petition.js';
import { connect } from './signatures-connect.js';
import { exportNames } from './signatures-export.js';
import { importFile, importPresses } from './signatures-import.js';
import { review, reviewPresses, reviewSubmits } from './signatures-review.js';
import { sign, signingPresses, signingSubmits, withdraw } from './signing.js';

/** The largest figure that one entry takes. */
const most = 100_000_000;

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
    const lines = tallyLines(database, petition.id, by);
    return groupedCard({ petition, tally: tallyOf(database, petition.id), by, lines }, turn.speech(), log);
  },
});

/** What every entry answers: what was entered, and what the count is now. */
function countReply(
  words: Words,
  said: string,
  { before, now }: { before: Tally; now: Tally },
  notes: string[] = [],
): Reply {
  const change = now.total - before.total;
  const total = words.say('tally.total', { count: now.total });
  const moved = change === 0 ? words.say('signatures.noChange') : words.change(change);
  const full = overfull(now).map(({ source }) =>
    words.say('signatures.overfull', { source: shownName(source, words) }),
  );
  const lines = [said, `**${total}** (${moved}) · ${partsOf(now, words)}`, ...notes, ...full];
  return { content: lines.join('\n') };
}

const count = subcommand({
  rank: 'organizer',
  options: {
    source: source({ required: true }),
    people: integer(0, most, { required: true, wording: 'peopleTotal' }),
    organizations: integer(0, most, { wording: 'organizationsTotal' }),
    as_of: day(),
  },
  run(input, turn) {
    const { words } = turn;
    const given = { ...input, day: input.as_of };
    const counted = countPlatform(turn.context.database, turn.write, petitionOf(turn), given);
    const { entry, held } = counted;
    const said = words.say('signatures.counted', {
      source: shownName(counted.source, words),
      people: words.say('tally.people', { count: entry.people }),
      organizations:
        entry.organizations === null
          ? ''
          : words.say('signatures.andOrganizations', {
              organizations: words.say('tally.organizations', { count: entry.organizations }),
            }),
      day: { day: entry.day },
    });
    // A figure of an earlier day goes into the record, but a later one still holds.
    const notes =
      held.id === entry.id
        ? []
        : [words.say('signatures.laterHolds', { day: { day: held.day }, count: held.people })];
    return countReply(words, said, counted, notes);
  },
});

const batch = subcommand({
  rank: 'organizer',
  options: {
    source: source({ required: true }),
    people: integer(0, most, { required: true, wording: 'peopleMore' }),
    organizations: integer(0, most, { wording: 'organizationsMore' }),
    note: line(300),
  },
  run({ organizations = 0, ...input }, turn) {
    const { words } = turn;
    const counted = addBatch(turn.context.database, turn.write, petitionOf(turn), {
      ...input,
      organizations,
    });
    const { people } = counted.entry;
    const said = words.say('signatures.batched', {
      source: shownName(counted.source, words),
      parts: someOf({ people, organizations }, words),
    });
    return countReply(words, said, counted);
  },
});

const add = subcommand({
  rank: 'organizer',
  options: {
    kind: choice('signatureKind', ['person', 'organization'], { required: true }),
    name: line(120, { required: true }),
    country: line(80, {
      required: true,
      complete: (typed, { words }) =>
        suggestCountries(typed, words.language).map(({ code, name }) => ({ name, value: code })),
    }),
    organization: organizationName(),
    comment: line(500),
    source: source(),
  },
  run({ country, ...input }, turn) {
    const { words, context } = turn;
    const found = countryCode(country, words);
    const counted = addSignature(
      context.database,
      turn.write,
      petitionOf(turn),
      { ...input, country: found },
      context.seal,
    );
    const said = words.say('signatures.added', {
      name: asPlain(input.name),
      country: { country: found },
      source: shownName(counted.source, words),
    });
    const { id, consent } = counted.entry;
    if (consent) return countReply(words, said, counted);
    const agreed = button(
      idOf('signatures.consent', counted.source.petitionId, id),
      words.say('signatures.agreed'),
    );
    const reply = countReply(words, said, counted, [words.say('signatures.notHandedOver')]);
    return { ...reply, components: [buttonRow(agreed)] };
  },
});

/** Under a name that was added: the person agreed that it may be handed over. */
const agree: Press = {
  rank: 'organizer',
  run([petitionId, id], turn) {
    allowHandingOver(turn.context.database, turn.write, petitionOf(turn, petitionId), `signature:${id}`);
    return { content: turn.words.say('signatures.handedOver') };
  },
};

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

const voided = subcommand({
  rank: 'organizer',
  options: {
    entry: line(200, { required: true, complete: completeEntry }),
    reason: line(300, { required: true }),
  },
  run({ entry, reason }, turn) {
    const { words } = turn;
    const { database } = turn.context;
    const petition = petitionOf(turn);
    const typedOut = entryRows(database, petition.id, words).find(({ name }) => fold(name) === fold(entry));
    const counted = voidEntry(database, turn.write, petition, typedOut?.value ?? entry, reason);
    const said = words.say('signatures.voided', {
      source: shownName(counted.source, words),
      reason: asPlain(reason),
    });
    return countReply(words, said, counted);
  },
});

/** The newest entries, as an organizer would tell them apart; names never leave the host's own list. */
function entryRows(connection: Connection, petitionId: number, words: Words): Suggestion[] {
  return correctableEntries(connection, petitionId).map((found) => {
    const name = sourceName(found.source);
    const where = typeof name === 'string' ? name : words.say('source.addedByHand');
    const what =
      found.kind === 'signature'
        ? words.say(`choices.signatureKind.${found.entry.kind}`)
        : someOf({ people: found.entry.people, organizations: found.entry.organizations ?? 0 }, words);
    return {
      name: `${words.day(found.entry.day)} · ${where} · ${what} · ${found.entry.id}`,
      value: entryCode(found),
    };
  });
}

function completeEntry(typed: string, typing: Typing): Suggestion[] {
  const petitionId = currentPetition(typing);
  return petitionId === undefined
    ? []
    : suggest(typed, entryRows(typing.connection, petitionId, typing.words));
}

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
