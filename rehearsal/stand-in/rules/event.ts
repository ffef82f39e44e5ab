// What Discord refuses of a scheduled event, beyond its schema: its name, its place and its hours.
import { isBlank, type Refusal, refusal, refusedIf, required } from './refusal.js';

/** An event as it is made, or as an edit would leave it. */
export interface EventBody {
  name: string;
  entity_metadata?: { location?: string } | null | undefined;
  scheduled_start_time: string;
  scheduled_end_time?: string | null | undefined;
}

/**
 * The refusals of an event somewhere outside of Discord, the only kind the stand-in has.
 *
 * @param now - The stand-in's time, in milliseconds since 1970; none where the start is as it was
 * @see https://docs.discord.com/developers/resources/guild-scheduled-event
 */
export function eventRefusals(body: EventBody, now: number | undefined): Refusal[] {
  const { name, entity_metadata: place, scheduled_start_time: start, scheduled_end_time: end } = body;
  return [
    ...refusedIf(isBlank(name), required(['name'])),
    ...refusedIf(isBlank(place?.location), required(['entity_metadata', 'location'])),
    ...refusedIf(!end, required(['scheduled_end_time'])),
    ...refusedIf(
      now !== undefined && Date.parse(start) <= now,
      refusal(
        ['scheduled_start_time'],
        'GUILD_SCHEDULED_EVENT_SCHEDULE_PAST',
        'Cannot schedule event in the past.',
      ),
    ),
    ...refusedIf(
      end && Date.parse(end) <= Date.parse(start),
      refusal(
        ['scheduled_end_time'],
        'GUILD_SCHEDULED_EVENT_END_BEFORE_START',
        'Cannot schedule event to end before its start.',
      ),
    ),
  ];
}
