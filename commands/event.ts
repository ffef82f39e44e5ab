// /event: what is to come and how many came; organizers make events, also in Discord's own calendar, and call them off.
import { eventById, eventsOf } from '../db/events.js';
import type { Localized } from '../db/schema.js';
import { writeOnce } from '../db/transaction.js';
import { keepDraft, takeDraft } from '../src/coalition/draft.js';
import {
  cancelEvent,
  createEvent,
  findEvent,
  longest,
  plainName,
  requireCancellable,
} from '../src/coalition/event.js';
import { Failure } from '../src/coalition/failure.js';
import { asPlain } from '../src/coalition/plain-text.js';
import { largestTurnout, recordTurnout, turnoutsOf } from '../src/coalition/turnout.js';
import {
  cancelledReply,
  cancelQuestion,
  eventsCard,
  howMany,
  madeReply,
} from '../src/discord/cards/event.js';
import { type Command, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import {
  event as eventOption,
  integer,
  line,
  localTime,
  timezone as timezoneOption,
} from '../src/discord/options.js';
import { cancelInDiscord, showEvent } from '../src/discord/scheduled-events.js';
import { petitionOf, petitionSeen, petitionToPost } from './petition.js';

const list = subcommand({
  rank: 'anyone',
  options: {},
  run(_input, turn) {
    const { database } = turn.context;
    const petition = petitionOf(turn);
    return eventsCard(
      {
        petition,
        events: eventsOf(database, petition.id),
        turnouts: turnoutsOf(database, petition),
        serverId: turn.serverId,
        now: turn.write.at,
      },
      turn.words,
    );
  },
});

const create = subcommand({
  rank: 'organizer',
  slow: true,
  options: {
    name: line(longest.name, { required: true, wording: 'eventName' }),
    place: line(longest.place, { required: true }),
    start: localTime({ required: true }),
    end: localTime({ required: true }),
    timezone: { ...timezoneOption(), wording: 'eventTimezone' },
    name_es: line(longest.name),
    description: line(longest.description),
  },
  run({ name, name_es: nameEs, description, timezone, ...facts }, turn) {
    const petition = petitionToPost(turn);
    const { language } = turn.words;
    const event = createEvent(turn.context.database, turn.write, petition, {
      ...facts,
      // A single name is in the language of whoever gave it.
      name: nameEs === undefined ? { [language]: name } : { en: name, es: nameEs },
      timezone: timezone ?? petition.timezone,
      description: description === undefined ? null : ({ [language]: description } satisfies Localized),
    });
    return shown(turn, event.id);
  },
});

/** Puts an event into the calendar of this server, and says what came of it. */
async function shown(turn: Turn, id: number): Promise<Reply> {
  const { context, interaction, write, words, serverId } = turn;
  const event = eventById(context.database, id);
  const petition = petitionSeen(turn, String(event?.petitionId));
  if (!event) throw new Failure('staleButton');
  const obstacle = await showEvent(context, interaction.client, write, event);
  const { discordId } = eventById(context.database, id) ?? event;
  const url = `https://discord.com/events/${serverId}/${discordId}`;
  const key = obstacle === undefined ? '' : keepDraft(context.database, write, { eventId: id });
  return madeReply(petition, event, { obstacle, url, key }, words);
}

const cancel = subcommand({
  rank: 'organizer',
  options: { event: eventOption('ahead') },
  run({ event: named }, turn) {
    const { database } = turn.context;
    const petition = petitionOf(turn);
    const event = findEvent(database, petition.id, named);
    requireCancellable(event, petition, turn.write);
    const key = keepDraft(database, turn.write, { eventId: event.id } satisfies EventDraft);
    return cancelQuestion(petition, event, key, turn.words);
  },
});

/** Which event a button is about. */
interface EventDraft {
  eventId: number;
}

const turnout = subcommand({
  rank: 'member',
  options: {
    event: eventOption('begun'),
    low: integer(0, largestTurnout, { required: true }),
    high: integer(0, largestTurnout, { required: true }),
    method: line(100),
  },
  run({ event: named, ...counted }, turn) {
    const { database } = turn.context;
    const petition = petitionOf(turn);
    const event = findEvent(database, petition.id, named);
    recordTurnout(database, turn.write, petition, event, counted);
    const { words } = turn;
    const people = howMany(counted, words);
    const said = words.say('event.turnoutKept', { name: asPlain(words.localized(event.name)), people });
    return { content: said };
  },
});

export const event = {
  name: 'event',
  does: { list, create, cancel, turnout },
  presses: {
    'event.show': {
      rank: 'organizer',
      slow: true,
      run([key = ''], turn) {
        const { database } = turn.context;
        const { eventId } = writeOnce(database, turn.write, (connection, record) => {
          const draft = takeDraft<EventDraft>(connection, turn.write, key);
          const found = eventById(connection, draft.eventId);
          if (!found || found.discordId !== null) throw new Failure('doneAlready');
          if (found.cancelledAt !== null) throw new Failure('eventCancelled', { name: plainName(found) });
          record({ petitionId: found.petitionId, deed: 'event.show', detail: { event: found.id } });
          return draft;
        });
        return shown(turn, eventId);
      },
    },
    'event.cancel': {
      rank: 'organizer',
      slow: true,
      async run([id, key = ''], turn) {
        const { context, interaction, write, words } = turn;
        const called = cancelEvent(context.database, write, petitionSeen(turn, id), (connection) => {
          return takeDraft<EventDraft>(connection, write, key).eventId;
        });
        return cancelledReply(called, await cancelInDiscord(context, interaction.client, called), words);
      },
    },
  },
} satisfies Command;
