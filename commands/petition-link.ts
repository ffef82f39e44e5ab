// /petition link: a member's own link, those of the server and of organizations, and texts to paste for each network.
import type { Petition } from '../db/petitions.js';
import { serverOf } from '../db/servers.js';
import { Failure } from '../src/coalition/failure.js';
import {
  addressOf,
  type LinkOwner,
  organizationsOf,
  signaturesBy,
  trackedLink,
} from '../src/coalition/link.js';
import { type Network, networks } from '../src/coalition/share-text.js';
import { atLeast, requireRank } from '../src/discord/access.js';
import { answerInPlace } from '../src/discord/answer.js';
import { linkCard, type OtherLink, type ShownLink } from '../src/discord/cards/link.js';
import { type Press, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { choice, petition as petitionOption } from '../src/discord/options.js';
import { type Words, wordsOfPost } from '../src/i18n/words.js';
import { petitionOf, petitionSeen } from './petition-meant.js';

/** Whose link buttons ask for, besides an organization's by its id. */
const mine = 'mine';
const ofServer = 'server';

/** Links of organizations that have a button: a row takes five. */
const mostOrganizations = 4;

export const linkTo = subcommand({
  rank: 'anyone',
  anywhere: true,
  options: { petition: petitionOption(), language: choice('postLanguage', ['en', 'es', 'both']) },
  run: ({ petition: named, language }, turn) =>
    linkReply(turn, petitionOf(turn, named), language === undefined ? [turn.words] : wordsOfPost(language)),
});

/** A person's own link; a second language comes in a message of its own. */
function linkReply(turn: Turn, petition: Petition, [first, ...others]: readonly [Words, ...Words[]]): Reply {
  const link = shownLink(turn, petition, mine);
  for (const spoken of others) turn.whisper(linkCard(link, 'chat', [], spoken, turn.words));
  return linkCard(link, 'chat', otherLinks(turn, petition), first, turn.words);
}

export const linkPresses: Record<string, Press> = {
  'petition.mine': {
    rank: 'anyone',
    run: ([id], turn) => linkReply(turn, petitionSeen(turn, id), [turn.words]),
  },
  'petition.linkOf': {
    rank: 'anyone',
    anywhere: true,
    run: ([id, owner, language], turn) =>
      linkCard(
        shownLink(turn, petitionSeen(turn, id), owner),
        'chat',
        [],
        spokenIn(language, turn),
        turn.words,
      ),
  },
  'petition.linkText': {
    rank: 'anyone',
    anywhere: true,
    async run([id, owner, language], turn) {
      const { interaction, words } = turn;
      if (!interaction.isStringSelectMenu()) throw new Failure('staleButton');
      const petition = petitionSeen(turn, id);
      const others = owner === mine ? otherLinks(turn, petition) : [];
      const link = shownLink(turn, petition, owner);
      const reply = linkCard(link, chosenIn(interaction.values), others, spokenIn(language, turn), words);
      await answerInPlace(interaction);
      return reply;
    },
  },
};

const chosenIn = ([value]: string[]): Network => networks.find((network) => network === value) ?? 'chat';

const spokenIn = (language: string | undefined, { words }: Turn): Words =>
  language === words.language ? words : wordsOfPost(language === 'es' ? 'es' : 'en')[0];

/** The server where this is used, if Minga is in it; null in direct messages and elsewhere. */
const serverHere = ({ interaction, serverId }: Turn) => (interaction.guildId === serverId ? serverId : null);

/** The links besides their own that a person may ask for. */
function otherLinks(turn: Turn, petition: Petition): OtherLink[] {
  const { words, rank, userId, context } = turn;
  const organizations = organizationsOf(context.database, petition, userId).slice(0, mostOrganizations);
  return [
    ...(serverHere(turn) !== null && atLeast(rank, 'member')
      ? [{ owner: ofServer, label: words.say('share.ofServer') }]
      : []),
    ...organizations.map(({ id, name }) => ({
      owner: String(id),
      label: words.say('share.of', { name: words.localized(name) }),
    })),
  ];
}

/** The link that is asked for. @throws {@link Failure} for whoever may not have it */
function shownLink(turn: Turn, petition: Petition, asked: string | undefined): ShownLink {
  const { database } = turn.context;
  const { owner, name } = ownerOf(turn, petition, asked);
  const link = trackedLink(database, turn.write, petition, owner);
  return {
    petition,
    petitionId: petition.id,
    url: addressOf(petition, link),
    own: owner.kind === 'member',
    owner: asked ?? mine,
    ...(name === undefined ? {} : { name }),
    signatures: signaturesBy(database, link),
  };
}

function ownerOf(
  turn: Turn,
  petition: Petition,
  asked: string | undefined,
): { owner: LinkOwner; name?: string } {
  const { userId, serverId, rank, words } = turn;
  const { database } = turn.context;
  if (asked === mine) return { owner: { kind: 'member', subjectId: userId, serverId: serverHere(turn) } };
  if (asked === ofServer) {
    requireRank(rank, 'member');
    return { owner: { kind: 'server', subjectId: serverId }, name: serverOf(database, serverId).name };
  }
  const organization = organizationsOf(database, petition, userId).find(({ id }) => String(id) === asked);
  if (!organization) throw new Failure('staleButton');
  return {
    owner: { kind: 'organization', subjectId: String(organization.id) },
    name: words.localized(organization.name),
  };
}
