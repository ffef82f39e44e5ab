// Entering and correcting figures: /signatures count, batch, add and void.
import type { Connection } from '../db/connect.js';
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
import { Failure } from '../src/coalition/failure.js';
import { asPlain, fold } from '../src/coalition/plain-text.js';
import { sourceName } from '../src/coalition/source.js';
import { overfull, type Tally } from '../src/coalition/tally.js';
import { button, buttonRow } from '../src/discord/cards/card.js';
import { partsOf, someOf } from '../src/discord/cards/progress.js';
import { shownName } from '../src/discord/cards/sources.js';
import {
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
  source,
  suggest,
} from '../src/discord/options.js';
import type { Words } from '../src/i18n/words.js';
import { petitionOf } from './petition.js';

/** The largest figure that one entry takes. */
const most = 100_000_000;

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

export const count = subcommand({
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

export const batch = subcommand({
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

export const add = subcommand({
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
export const agree: Press = {
  rank: 'organizer',
  run([petitionId, id = ''], turn) {
    if (!/^\d{1,15}$/.test(id)) throw new Failure('staleButton');
    allowHandingOver(turn.context.database, turn.write, petitionOf(turn, petitionId), `signature:${id}`);
    return { content: turn.words.say('signatures.handedOver') };
  },
};

export const voided = subcommand({
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
