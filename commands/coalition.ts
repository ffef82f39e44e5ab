// /coalition: the organizations that back the petition; the servers that run it together have a file of their own.
import { type Organization, publishedOrganizations, standingOrganizations } from '../db/coalition.js';
import type { Petition } from '../db/petitions.js';
import { suggestCountries } from '../src/coalition/country.js';
import { Failure } from '../src/coalition/failure.js';
import {
  addOrganization,
  agreeToName,
  approveOrganization,
  decidesOn,
  plainName,
  type Viewer,
  waitingFor,
  withdrawable,
  withdrawOrganization,
} from '../src/coalition/organization.js';
import { findPetition } from '../src/coalition/petition.js';
import { atLeast } from '../src/discord/access.js';
import { buttonRow } from '../src/discord/cards/card.js';
import { agreeButtons, backingCard } from '../src/discord/cards/coalition.js';
import {
  type Command,
  type Press,
  type Reply,
  subcommand,
  type Turn,
  type Typing,
} from '../src/discord/command.js';
import { countryCode } from '../src/discord/country.js';
import { line, link, person, suggest } from '../src/discord/options.js';
import { invite, join, leave, remove, servers, serversPresses } from './coalition-servers.js';
import { petitionOf, petitionSeen } from './petition.js';

const longestName = 120;

const viewerOf = ({ userId, serverId, rank }: Pick<Turn, 'userId' | 'serverId' | 'rank'>): Viewer => ({
  userId,
  serverId,
  organizer: atLeast(rank, 'organizer'),
});

const list = subcommand({
  rank: 'anyone',
  options: {},
  run: (_input, turn) => backing(turn, petitionOf(turn)),
});

/** Who backs the petition, and what waits for the reader. */
function backing(turn: Turn, petition: Petition): Reply {
  const { database } = turn.context;
  const viewer = viewerOf(turn);
  const decides = decidesOn(petition, viewer);
  const unnamed = standingOrganizations(database, petition.id).filter(waitingFor);
  const asked = unnamed.filter((one) => one.representativeId === turn.userId && one.agreedAt === null);
  const waiting = unnamed.filter((one) => decides || (one.userId === turn.userId && !asked.includes(one)));
  const named = publishedOrganizations(database, petition.id);
  return backingCard({ petition, named, asked, waiting, decides }, turn.words);
}

const add = subcommand({
  rank: 'member',
  options: {
    name: { ...line(longestName, { required: true }), wording: 'organizationName' },
    name_es: line(longestName),
    url: link({ secure: true, wording: 'organizationUrl' }),
    country: line(80, {
      wording: 'organizationCountry',
      complete: (typed, { words }) =>
        suggestCountries(typed, words.language).map(({ code, name }) => ({ name, value: code })),
    }),
    representative: person(),
  },
  run({ name, name_es, url = null, country, representative = null }, turn) {
    const { context, words, write } = turn;
    const petition = petitionOf(turn);
    const facts = {
      name: { en: name, ...(name_es !== undefined && { es: name_es }) },
      url,
      country: country === undefined ? null : countryCode(country, words),
      representativeId: representative,
    };
    const made = addOrganization(context.database, write, petition, facts, viewerOf(turn).organizer);
    return addedReply(turn, petition, made);
  },
});

function addedReply({ userId, words }: Turn, petition: Petition, made: Organization): Reply {
  const values = { name: plainName(made.name), person: `<@${made.representativeId}>` };
  const own = made.representativeId === userId;
  const lines =
    made.state === 'proposed'
      ? [
          words.say('coalition.proposed', values),
          ...(made.representativeId === null || own ? [] : [words.say('coalition.proposedWaits', values)]),
        ]
      : [words.say(made.publishedAt === null ? 'coalition.addedWaits' : 'coalition.added', values)];
  const content = lines.join('\n');
  if (!own) return { content };
  const { buttons } = agreeButtons(petition, made, words);
  return {
    content: `${content}\n${words.say('coalition.mayName', values)}`,
    components: [buttonRow(...buttons)],
  };
}

const approve = subcommand({
  rank: 'organizer',
  options: { organization: oneOf(proposed) },
  run({ organization: named }, turn) {
    const { context, words, write } = turn;
    const found = approveOrganization(context.database, write, petitionOf(turn), named);
    const values = { name: plainName(found.name), person: `<@${found.representativeId}>` };
    if (found.publishedAt === null) return { content: words.say('coalition.addedWaits', values) };
    const said = [words.say('coalition.approved', values)];
    if (found.representativeId === null) said.push(words.say('coalition.approvedAlone'));
    return { content: said.join(' ') };
  },
});

const withdraw = subcommand({
  // Organizers of the host and whoever speaks for an organization: the rule asks for one or the other.
  rank: 'anyone',
  options: { organization: oneOf(withdrawableFor), reason: line(300) },
  run: ({ organization: named, reason }, turn) => withdrawn(turn, petitionOf(turn), named, reason),
});

function withdrawn(turn: Turn, petition: Petition, named: string, reason?: string): Reply {
  const { context, words, write } = turn;
  const { organizer } = viewerOf(turn);
  const found = withdrawOrganization(context.database, write, petition, { named, reason, organizer });
  return { content: words.say('coalition.withdrawn', { name: plainName(found.name) }) };
}

/** One of the organizations that are offered, by its id or its name. */
function oneOf(offered: (typing: Typing, petition: Petition) => Organization[]) {
  return line(200, {
    required: true,
    wording: 'whichOrganization',
    complete: (typed, typing) => suggest(typed, rowsOf(typing, offered)),
  });
}

/** The organizations that are offered to whoever types, as rows. */
function rowsOf(typing: Typing, offered: (typing: Typing, petition: Petition) => Organization[]) {
  const { connection, serverId, rank, words } = typing;
  try {
    const petition = findPetition(connection, serverId, undefined, atLeast(rank, 'organizer'));
    return offered(typing, petition).map(({ id, name }) => ({
      name: words.localized(name),
      value: String(id),
    }));
  } catch (error) {
    // No petition that they may see: nothing to offer.
    if (error instanceof Failure) return [];
    throw error;
  }
}

function proposed(typing: Typing, petition: Petition): Organization[] {
  if (!decidesOn(petition, viewerOf(typing))) return [];
  return standingOrganizations(typing.connection, petition.id).filter(
    (one) => waitingFor(one) === 'approval',
  );
}

function withdrawableFor(typing: Typing, petition: Petition): Organization[] {
  return withdrawable(typing.connection, petition, viewerOf(typing));
}

/** The id that a button carries. */
function idFrom(carried: string | undefined): number {
  if (carried === undefined || !/^\d{1,15}$/.test(carried)) throw new Failure('staleButton');
  return Number(carried);
}

const organizationPresses: Record<string, Press> = {
  'coalition.agree': {
    rank: 'anyone',
    run([petitionId, id], turn) {
      const { context, words, write } = turn;
      const petition = petitionSeen(turn, petitionId);
      const found = agreeToName(context.database, write, petition, idFrom(id));
      const key = found.publishedAt === null ? 'coalition.agreedWaits' : 'coalition.agreed';
      return { content: words.say(key, { name: plainName(found.name) }) };
    },
  },
  'coalition.withdraw': {
    rank: 'anyone',
    run([petitionId, carried], turn) {
      const petition = petitionSeen(turn, petitionId);
      const id = idFrom(carried);
      const mine = withdrawable(turn.context.database, petition, viewerOf(turn));
      if (!mine.some((one) => one.id === id)) throw new Failure('staleButton');
      return withdrawn(turn, petition, String(id));
    },
  },
};

export const coalition = {
  name: 'coalition',
  does: { list, add, approve, withdraw, invite, join, servers, leave, remove },
  presses: { ...organizationPresses, ...serversPresses },
} satisfies Command;
