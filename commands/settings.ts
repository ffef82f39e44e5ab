// /settings: roles, languages, the organizers' channel, signing and the limits of this server; for those who manage it.
import { petitionById } from '../db/petitions.js';
import { channelLanguagesOf, serverOf } from '../db/servers.js';
import { Failure } from '../src/coalition/failure.js';
import { asPlain } from '../src/coalition/plain-text.js';
import { changeChannelLanguage, changeSettings } from '../src/coalition/settings.js';
import { card } from '../src/discord/cards/card.js';
import { channelForMinga } from '../src/discord/channels.js';
import { type Command, subcommand, type Turn } from '../src/discord/command.js';
import { channel, choice, integer, role, yesNo } from '../src/discord/options.js';

/** A limit may be set up to this; 0 lifts it. */
const highestLimit = 100_000;

/** The languages of single channels that are listed. */
const longestList = 20;

const show = subcommand({
  rank: 'administrator',
  options: {},
  run(_input, turn) {
    const { words } = turn;
    const missing = missingIn(turn);
    return card([
      `## ${words.say('settings.title')}`,
      `### ${words.say('settings.roles')}\n${rolesOf(turn).join('\n')}`,
      `### ${words.say('settings.languages')}\n${languagesOf(turn).join('\n')}`,
      `### ${words.say('settings.organizersChannel')}\n${organizersChannelOf(turn)}`,
      `### ${words.say('settings.signing')}\n${signingOf(turn)}`,
      `### ${words.say('settings.limits')}\n${limitsOf(turn).join('\n')}`,
      { line: true },
      missing.length === 0
        ? words.say('settings.complete')
        : `### ${words.say('settings.missing')}\n${missing.map((line) => `- ${line}`).join('\n')}`,
    ]);
  },
});

const roles = subcommand({
  rank: 'administrator',
  options: { member: role(), organizer: role() },
  run({ member, organizer }, turn) {
    if (member !== undefined || organizer !== undefined) {
      // Everyone in the server is as good as no role at all.
      const meant = (id: string) => (id === turn.serverId ? null : id);
      changeSettings(turn.context.database, turn.write, {
        ...(member === undefined ? {} : { memberRoleId: meant(member) }),
        ...(organizer === undefined ? {} : { organizerRoleId: meant(organizer) }),
      });
    }
    return { content: rolesOf(turn).join('\n') };
  },
});

const language = subcommand({
  rank: 'administrator',
  options: {
    language: choice('postLanguage', ['en', 'es', 'both'], { required: true, wording: 'publicLanguage' }),
    channel: { ...channel(), wording: 'languageChannel' },
  },
  run({ language, channel }, turn) {
    const { context, words, write } = turn;
    const value = words.say(`settings.in.${language}`);
    if (channel === undefined) {
      changeSettings(context.database, write, { language });
      return { content: words.say('settings.serverSpeaks', { value }) };
    }
    changeChannelLanguage(context.database, write, channel, language);
    return { content: words.say('settings.channelSpeaks', { channel: `<#${channel}>`, value }) };
  },
});

const channels = subcommand({
  rank: 'administrator',
  options: { organizers: channel() },
  run({ organizers }, turn) {
    if (organizers !== undefined) {
      channelForMinga(turn, organizers);
      changeSettings(turn.context.database, turn.write, { organizersChannelId: organizers });
    }
    return { content: organizersChannelOf(turn) };
  },
});

const limits = subcommand({
  rank: 'administrator',
  options: {
    review_over: integer(0, highestLimit),
    per_hour: integer(0, highestLimit),
    two_people: yesNo(),
  },
  run({ review_over, per_hour, two_people }, turn) {
    if (review_over !== undefined || per_hour !== undefined || two_people !== undefined) {
      changeSettings(turn.context.database, turn.write, {
        ...(review_over === undefined ? {} : { reviewOver: review_over || null }),
        ...(per_hour === undefined ? {} : { perHour: per_hour || null }),
        ...(two_people === undefined ? {} : { confirmedByTwo: two_people }),
      });
    }
    return { content: limitsOf(turn).join('\n') };
  },
});

const signing = subcommand({
  rank: 'administrator',
  options: { on: yesNo({ required: true }) },
  run({ on }, turn) {
    changeSettings(turn.context.database, turn.write, { signing: on });
    return { content: signingOf(turn) };
  },
});

function rolesOf({ context, serverId, words }: Turn): string[] {
  const { memberRoleId, organizerRoleId } = serverOf(context.database, serverId);
  return [
    memberRoleId === null
      ? words.say('settings.everyoneIsMember')
      : words.say('settings.memberRole', { role: `<@&${memberRoleId}>` }),
    organizerRoleId === null
      ? words.say('settings.managersOrganize')
      : words.say('settings.organizerRole', { role: `<@&${organizerRoleId}>` }),
  ];
}

function languagesOf({ context, serverId, words }: Turn): string[] {
  const { language } = serverOf(context.database, serverId);
  const apart = channelLanguagesOf(context.database, serverId);
  const more = apart.length - longestList;
  return [
    words.say('settings.serverSpeaks', { value: words.say(`settings.in.${language}`) }),
    ...apart
      .slice(0, longestList)
      .map(({ channelId, language }) => `- <#${channelId}>: ${words.say(`settings.in.${language}`)}`),
    ...(more > 0 ? [words.say('andMore', { count: more })] : []),
  ];
}

function organizersChannelOf({ context, serverId, words }: Turn): string {
  const { organizersChannelId } = serverOf(context.database, serverId);
  return organizersChannelId === null
    ? words.say('settings.noOrganizersChannel')
    : words.say('settings.organizersHear', { channel: `<#${organizersChannelId}>` });
}

function signingOf({ context, serverId, words }: Turn): string {
  const { signing } = serverOf(context.database, serverId);
  return words.say(signing ? 'settings.signingOn' : 'settings.signingOff');
}

function limitsOf({ context, serverId, words }: Turn): string[] {
  const { reviewOver, perHour, confirmedByTwo } = serverOf(context.database, serverId);
  return [
    reviewOver === null
      ? words.say('settings.noReview')
      : words.say('settings.reviewOver', { limit: reviewOver }),
    perHour === null ? words.say('settings.noHourly') : words.say('settings.perHour', { count: perHour }),
    words.say(confirmedByTwo ? 'settings.byTwo' : 'settings.byOne'),
  ];
}

/** What keeps the campaign from running well, each with the command that mends it. */
function missingIn(turn: Turn): string[] {
  const { context, interaction, serverId, words } = turn;
  const server = serverOf(context.database, serverId);
  const petition =
    server.currentPetitionId === null ? undefined : petitionById(context.database, server.currentPetitionId);
  const roles = [server.memberRoleId, server.organizerRoleId].filter((id) => id !== null);
  return [
    ...(petition ? [] : [words.say('settings.lacks.petition')]),
    ...(petition?.state === 'draft'
      ? [words.say('settings.lacks.opening', { title: asPlain(words.localized(petition.title)) })]
      : []),
    ...(server.organizerRoleId === null ? [words.say('settings.lacks.organizerRole')] : []),
    ...(roles.every((id) => interaction.guild?.roles.cache.has(id) ?? true)
      ? []
      : [words.say('settings.lacks.role')]),
    ...organizersChannelLack(turn, server.organizersChannelId),
  ];
}

function organizersChannelLack(turn: Turn, channelId: string | null): string[] {
  if (channelId === null) return [turn.words.say('settings.lacks.organizersChannel')];
  try {
    channelForMinga(turn, channelId);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error.key === 'unknownChannel') return [turn.words.say('settings.lacks.channel')];
    return [turn.words.say(`failures.${error.key}`, error.values)];
  }
}

export const settings = {
  name: 'settings',
  administrators: true,
  does: { show, roles, language, channels, signing, limits },
} satisfies Command;
