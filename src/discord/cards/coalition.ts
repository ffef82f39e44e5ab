// The coalition's cards: who backs the petition and what waits for the reader, and which servers run it together.
import type { Organization } from '../../../db/coalition.js';
import type { CoalitionServer, Invitation } from '../../../db/partners.js';
import type { Petition } from '../../../db/petitions.js';
import { dayIn } from '../../coalition/day.js';
import { isStanding, plainName, waitingFor } from '../../coalition/organization.js';
import { partnerName, serverName } from '../../coalition/partner.js';
import { plainTitle } from '../../coalition/petition.js';
import { asPlain, cutTo } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import { idOf, type Reply } from '../command.js';
import { type Block, button, card, withMore } from './card.js';

/** How much room each list has, in characters. */
const namedRoom = 1600;
const waitingRoom = 1000;

/** How many organizations one representative is asked about at a time. */
const mostAsked = 3;

/** What `/coalition list` shows to one reader. */
export interface Backing {
  petition: Petition;
  named: Organization[];
  /** Those that wait for the reader, who speaks for them. */
  asked: Organization[];
  /** Others that are not named yet, as far as the reader may see them. */
  waiting: Organization[];
  /** The reader decides on them; they are the reader's own proposals otherwise. */
  decides: boolean;
}

export function backingCard({ petition, named, asked, waiting, decides }: Backing, words: Words): Reply {
  const waits = waiting.map((one) => `- ${nameOf(one, words)} · ${waitLine(one, decides, words)}`);
  const blocks: Block[] = [
    [
      `### ${words.say('coalition.title', { title: plainTitle(petition) })}`,
      ...(named.length === 0
        ? [words.say('coalition.none')]
        : withMore(
            named.map((one) => organizationLine(one, words)),
            namedRoom,
            words,
          )),
    ].join('\n'),
    ...asked.slice(0, mostAsked).flatMap((one) => askBlocks(petition, one, words)),
  ];
  if (waits.length > 0) {
    const head = words.say(decides ? 'coalition.proposals' : 'coalition.ownProposals');
    blocks.push({ line: true }, [`**${head}**`, ...withMore(waits, waitingRoom, words)].join('\n'));
  }
  return card(blocks);
}

const nameOf = ({ name }: Organization, words: Words) => asPlain(cutTo(words.localized(name), 120));

function organizationLine(organization: Organization, words: Words): string {
  const { url, country } = organization;
  const parts = [
    `**${nameOf(organization, words)}**`,
    ...(country === null ? [] : [words.country(country)]),
    ...(url === null ? [] : [`<${url}>`]),
  ];
  return `- ${parts.join(' · ')}`;
}

function waitLine(organization: Organization, decides: boolean, words: Words): string {
  const waiting = waitingFor(organization) ?? 'approval';
  if (!decides) return words.say(`coalition.waitsOwn.${waiting}`);
  return words.say(`coalition.waits.${waiting}`, { person: `<@${organization.representativeId}>` });
}

function askBlocks(petition: Petition, organization: Organization, words: Words): Block[] {
  return [
    { line: true },
    words.say('coalition.mayName', { name: plainName(organization.name) }),
    agreeButtons(petition, organization, words),
  ];
}

/** What a representative answers with. */
export function agreeButtons(petition: Petition, { id }: Organization, words: Words) {
  return {
    buttons: [
      button(idOf('coalition.agree', petition.id, id), words.say('coalition.agree'), 'strong'),
      button(idOf('coalition.withdraw', petition.id, id), words.say('coalition.withdraw')),
    ],
  };
}

/** What `/coalition servers` shows. */
export interface Servers {
  petition: Petition;
  servers: CoalitionServer[];
  invitations: { invitation: Invitation; organization: Organization | null }[];
  /** The reader may see organizations that are not named yet. */
  decides: boolean;
}

export function serversCard({ petition, servers, invitations, decides }: Servers, words: Words): Reply {
  const lines = servers.map((server) => `- ${serverLine(petition, server, decides, words)}`);
  const open = invitations.map(({ invitation, organization }) => {
    const under = organization && isStanding(organization);
    const who = under ? nameOf(organization, words) : words.say('coalition.anyServer');
    return `- ${words.say('coalition.invitation', { who, moment: { moment: invitation.expiresAt } })}`;
  });
  return card([
    [
      `### ${words.say('coalition.servers', { title: plainTitle(petition) })}`,
      ...withMore(lines, namedRoom, words),
    ].join('\n'),
    ...(open.length === 0
      ? []
      : [[`**${words.say('coalition.invitations')}**`, ...withMore(open, waitingRoom, words)].join('\n')]),
  ]);
}

function serverLine(petition: Petition, server: CoalitionServer, decides: boolean, words: Words): string {
  const { organization, role, joinedAt } = server;
  const said = words.say('coalition.server', {
    name: serverName(server),
    role: { key: `coalition.roles.${role}` },
    day: { day: dayIn(petition.timezone, joinedAt) },
  });
  if (!organization || !isStanding(organization)) return said;
  if (organization.publishedAt !== null)
    return `${said} · ${words.say('coalition.serverAs', { name: partnerName(server) })}`;
  const name = plainName(organization.name);
  return decides ? `${said} · ${words.say('coalition.serverAsUnnamed', { name })}` : said;
}
