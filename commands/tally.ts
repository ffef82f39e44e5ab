// /tally: the card of the day, now or by itself every day.
import type { Petition } from '../db/petitions.js';
import { serverOf } from '../db/servers.js';
import type { Schedule } from '../db/tally-posts.js';
import { baselineOf, tallyFacts } from '../src/coalition/daily.js';
import { startOfDay } from '../src/coalition/day.js';
import { Failure } from '../src/coalition/failure.js';
import { asPlain } from '../src/coalition/plain-text.js';
import {
  nextTally,
  pauseTally,
  removeTally,
  requireSchedule,
  resumeTally,
  scheduleTally,
} from '../src/coalition/schedule.js';
import { dailyCard } from '../src/discord/cards/tally.js';
import { channelForMinga, forTally } from '../src/discord/channels.js';
import { type Command, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import {
  channel,
  choice,
  day,
  time as timeOption,
  timezone as timezoneOption,
} from '../src/discord/options.js';
import type { Words } from '../src/i18n/words.js';
import { petitionOf, petitionToPost } from './petition.js';

/** The card as it would go out in this channel now; it neither counts as the day's nor moves what that counts from. */
async function cardNow(turn: Turn, petition: Petition): Promise<Reply> {
  const { database, clock, log } = turn.context;
  const facts = tallyFacts(
    database,
    petition,
    clock.now(),
    baselineOf(database, turn.channelId, petition.id),
  );
  return dailyCard(petition, facts, turn.speech(), log, serverOf(database, turn.serverId).signing);
}

const now = subcommand({
  rank: 'organizer',
  public: true,
  slow: true,
  options: {},
  run: (_input, turn) => cardNow(turn, petitionToPost(turn)),
});

const preview = subcommand({
  rank: 'organizer',
  slow: true,
  options: {},
  run: (_input, turn) => cardNow(turn, petitionOf(turn)),
});

const schedule = subcommand({
  rank: 'organizer',
  options: {
    channel: channel({ required: true }),
    time: timeOption({ required: true }),
    timezone: timezoneOption({ required: true }),
    language: choice('postLanguage', ['en', 'es', 'both']),
    when: choice('when', ['always', 'changed']),
  },
  run({ channel: channelId, time, timezone, language, when = 'changed' }, turn) {
    const { context, words } = turn;
    const petition = petitionOf(turn);
    channelForMinga(turn, channelId, forTally);
    const spoken = language ?? languageOf(turn.speech(undefined, channelId));
    const set = scheduleTally(context.database, turn.write, petition, {
      channelId,
      time,
      timezone,
      language: spoken,
      when,
    });
    const title = asPlain(words.localized(petition.title));
    const said = words.say('tally.scheduled', {
      title,
      channel: `<#${channelId}>`,
      time: set.time,
      timezone,
    });
    return { content: [said, words.say(`tally.when.${when}`), nextLine(turn, set)].join('\n') };
  },
});

const languageOf = (speech: readonly Words[]) =>
  speech.length > 1 ? 'both' : (speech[0]?.language ?? 'both');

/** When the next card goes out, in the reader's own zone. */
function nextLine({ context, words }: Turn, schedule: Schedule): string {
  const moment = nextTally(context.database, schedule, context.clock.now());
  return words.say('tally.nextAt', { moment: { moment } });
}

const pause = subcommand({
  rank: 'organizer',
  options: { channel: channel(), until: day() },
  run({ channel: channelId, until }, turn) {
    const { context, words } = turn;
    const { timezone } = requireSchedule(context.database, turn.serverId, channelId);
    const moment = until === undefined ? undefined : startOfDay(until, timezone);
    if (until !== undefined && moment !== undefined && moment <= turn.write.at) {
      throw new Failure('begunDay', { day: { day: until } });
    }
    const paused = pauseTally(context.database, turn.write, channelId, moment);
    const place = { channel: `<#${paused.channelId}>` };
    if (until === undefined) return { content: words.say('tally.paused', place) };
    const lines = [words.say('tally.pausedUntil', { ...place, day: { day: until } }), nextLine(turn, paused)];
    return { content: lines.join('\n') };
  },
});

const resume = subcommand({
  rank: 'organizer',
  options: { channel: channel() },
  run({ channel: channelId }, turn) {
    const { context, words } = turn;
    const paused = requireSchedule(context.database, turn.serverId, channelId);
    channelForMinga(turn, paused.channelId, forTally);
    const resumed = resumeTally(context.database, turn.write, channelId);
    const said = words.say('tally.resumed', { channel: `<#${resumed.channelId}>` });
    return { content: [said, nextLine(turn, resumed)].join('\n') };
  },
});

const remove = subcommand({
  rank: 'organizer',
  options: { channel: channel({ required: true }) },
  run({ channel: channelId }, turn) {
    removeTally(turn.context.database, turn.write, channelId);
    return { content: turn.words.say('tally.removed', { channel: `<#${channelId}>` }) };
  },
});

export const tally = {
  name: 'tally',
  does: { now, preview, schedule, pause, resume, remove },
} satisfies Command;
