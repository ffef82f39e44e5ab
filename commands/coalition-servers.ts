// /coalition invite, join, servers, leave and remove: the servers that run one petition together.
import { openInvitations, serversOf } from '../db/partners.js';
import { inTransaction } from '../db/transaction.js';
import { keepDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { invitable, invite as makeInvitation } from '../src/coalition/invitation.js';
import { decidesOn, isStanding, plainName } from '../src/coalition/organization.js';
import {
  joinCoalition,
  type LeaveDraft,
  leaveCoalition,
  partnersOf,
  removePartner,
  requirePartner,
} from '../src/coalition/partner.js';
import { findPetition, plainTitle } from '../src/coalition/petition.js';
import { atLeast } from '../src/discord/access.js';
import { button, buttonRow } from '../src/discord/cards/card.js';
import { serversCard } from '../src/discord/cards/coalition.js';
import { idOf, type Press, type Suggestion, subcommand, type Typing } from '../src/discord/command.js';
import { line, suggest } from '../src/discord/options.js';
import { petitionOf } from './petition.js';

export const invite = subcommand({
  rank: 'organizer',
  options: {
    organization: {
      ...line(200, {
        complete: (typed, typing) =>
          suggest(
            typed,
            inHost(typing, (petitionId) =>
              invitable(typing.connection, petitionId).map(({ id, name }) => ({
                name: typing.words.localized(name),
                value: String(id),
              })),
            ),
          ),
      }),
      wording: 'invitedOrganization',
    },
  },
  run({ organization: named }, turn) {
    const { context, words, write } = turn;
    const petition = petitionOf(turn);
    const { code, invitation } = makeInvitation(context.database, write, petition, named);
    const under = invitable(context.database, petition.id).find(({ id }) => id === invitation.organizationId);
    return {
      content: [
        words.say('coalition.invited', {
          title: plainTitle(petition),
          moment: { moment: invitation.expiresAt },
        }),
        `\`\`\`\n${code}\n\`\`\``,
        ...(under ? [words.say('coalition.inviteAs', { name: plainName(under.name) })] : []),
        words.say('coalition.inviteHow'),
      ].join('\n'),
    };
  },
});

export const join = subcommand({
  rank: 'organizer',
  options: { code: line(100, { required: true }) },
  run({ code }, turn) {
    const { context, words, write } = turn;
    const { petition, name, current } = joinCoalition(context.database, write, code);
    const said = words.say('coalition.joined', { title: plainTitle(petition), name });
    const next = words.say(current ? 'coalition.joinedNext' : 'coalition.joinedOther');
    return { content: `${said}\n${next}` };
  },
});

export const servers = subcommand({
  rank: 'organizer',
  options: {},
  run(_input, turn) {
    const { database, clock } = turn.context;
    const { userId, serverId, words } = turn;
    const petition = petitionOf(turn);
    const decides = decidesOn(petition, { userId, serverId, organizer: true });
    const invitations = decides ? openInvitations(database, petition.id, clock.now()) : [];
    return serversCard({ petition, servers: serversOf(database, petition.id), invitations, decides }, words);
  },
});

export const leave = subcommand({
  rank: 'organizer',
  options: {},
  run(_input, turn) {
    const { context, words, write, serverId } = turn;
    const petition = petitionOf(turn);
    requirePartner(petition, serverId);
    const draft: LeaveDraft = { petitionId: petition.id };
    const key = inTransaction(context.database, (connection) => keepDraft(connection, write, draft));
    return {
      content: words.say('coalition.askLeave', { title: plainTitle(petition) }),
      components: [buttonRow(button(idOf('coalition.leave', key), words.say('coalition.leave'), 'danger'))],
    };
  },
});

export const remove = subcommand({
  rank: 'organizer',
  options: {
    server: line(200, {
      required: true,
      complete: (typed, typing) =>
        suggest(
          typed,
          inHost(typing, (petitionId) =>
            partnersOf(typing.connection, petitionId).map(({ id, name, organization }) => ({
              name: [
                name ?? id,
                ...(organization && isStanding(organization)
                  ? [typing.words.localized(organization.name)]
                  : []),
              ].join(' · '),
              value: id,
            })),
          ),
        ),
    }),
  },
  run({ server: named }, turn) {
    const { context, words, write } = turn;
    const petition = petitionOf(turn);
    const name = removePartner(context.database, write, petition, named);
    return { content: words.say('coalition.removed', { name, title: plainTitle(petition) }) };
  },
});

/** What is offered to organizers of the host of the current petition; nobody else is offered anything. */
function inHost(typing: Typing, rowsOf: (petitionId: number) => Suggestion[]): Suggestion[] {
  const { connection, serverId, userId, rank } = typing;
  const organizer = atLeast(rank, 'organizer');
  try {
    const petition = findPetition(connection, serverId, undefined, organizer);
    return decidesOn(petition, { userId, serverId, organizer }) ? rowsOf(petition.id) : [];
  } catch (error) {
    // No petition that they may see: nothing to offer.
    if (error instanceof Failure) return [];
    throw error;
  }
}

export const serversPresses: Record<string, Press> = {
  'coalition.leave': {
    rank: 'organizer',
    run([key = ''], turn) {
      const { context, words, write } = turn;
      const petition = leaveCoalition(context.database, write, key);
      return { content: words.say('coalition.left', { title: plainTitle(petition) }) };
    },
  },
};
