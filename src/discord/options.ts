// The kinds of option that commands take: how Discord asks for them, and how what was typed becomes a value.
import { ApplicationCommandOptionType, Attachment, ChannelType } from 'discord.js';
import { z } from 'zod';
import { actionsWhere } from '../../db/actions.js';
import { approvedOrganizations, targetsOf } from '../../db/coalition.js';
import type { Localized } from '../../db/schema.js';
import { sourcesOf } from '../../db/sources.js';
import { canonicalTimeZone, parseDay, parseTime } from '../coalition/day.js';
import { Failure, type FailureKey } from '../coalition/failure.js';
import { findPetition, visiblePetitions } from '../coalition/petition.js';
import { asPlain, cleanLine, cleanText, cutTo, fold } from '../coalition/plain-text.js';
import { sourceName } from '../coalition/source.js';
import type { MessageKey, Values } from '../i18n/words.js';
import { atLeast } from './access.js';
import type { Option, Suggestion, Typing } from './command.js';

/** A problem that a schema found, to be said in the reader's words. */
export function refuse(
  refinement: z.RefinementCtx,
  failure: FailureKey,
  values: Values = {},
): typeof z.NEVER {
  refinement.addIssue({ code: 'custom', params: { failure, values } });
  return z.NEVER;
}

/** The first problem that schemas found, with the label of the option or field that has it. */
export function optionFailure(error: z.ZodError, label?: MessageKey): Failure {
  const [issue] = error.issues;
  const params = issue && 'params' in issue ? issue.params : undefined;
  const { failure = 'badOption', values = {} } = (params ?? {}) as { failure?: FailureKey; values?: Values };
  const option = label ?? (`options.${String(issue?.path[0])}.name` as 'options.petition.name');
  return new Failure('option', { option: { key: option }, problem: { key: `failures.${failure}`, values } });
}

/** What was typed into a field of a modal; a problem names the field. */
export function typedInto<Value>(
  fields: { getTextInputValue(id: string): string },
  id: string,
  label: MessageKey,
  schema: z.ZodType<Value>,
): Value {
  const result = schema.safeParse(fields.getTextInputValue(id));
  if (result.success) return result.data;
  throw optionFailure(result.error, label);
}

interface Settings {
  wording?: string;
}

type Optional<Value, Required> = Required extends true ? Value : Value | undefined;

function option<Value, Required extends boolean>(
  required: Required,
  schema: z.ZodType<Value>,
  rest: Omit<Option, 'required' | 'schema'>,
): Option<Optional<Value, Required>> {
  const whole = required ? schema : schema.optional();
  return { ...rest, required, schema: whole as z.ZodType<Optional<Value, Required>> };
}

/** One of a few English words. */
export function choice<const Word extends string, Required extends boolean = false>(
  set: string,
  values: readonly Word[],
  { required, ...settings }: Settings & { required?: Required } = {},
) {
  return option((required ?? false) as Required, z.enum(values), {
    type: ApplicationCommandOptionType.String,
    choices: { set, values },
    ...settings,
  });
}

/** Yes or no. */
export function yesNo<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  return option((required ?? false) as Required, z.boolean(), { type: ApplicationCommandOptionType.Boolean });
}

/** A whole number. */
export function integer<Required extends boolean = false>(
  min: number,
  max: number,
  { required, ...settings }: Settings & { required?: Required } = {},
) {
  const schema = z.number().transform((value, refinement) => {
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    return refuse(refinement, 'outOfRange', { min, max });
  });
  return option((required ?? false) as Required, schema, {
    type: ApplicationCommandOptionType.Integer,
    limits: { min_value: min, max_value: max },
    ...settings,
  });
}

interface TextSettings<Required> extends Settings {
  required?: Required;
  complete?: NonNullable<Option['complete']>;
}

/** One line from a person: cleaned, never empty, at most `most` characters. */
export function line<Required extends boolean = false>(
  most: number,
  { required, ...settings }: TextSettings<Required> = {},
) {
  return option((required ?? false) as Required, lineSchema(most), {
    type: ApplicationCommandOptionType.String,
    // What completes sends the row's value, and names may be longer than it.
    ...(settings.complete ? {} : { limits: { max_length: most } }),
    ...settings,
  });
}

/** The schema of a line, for modals too. */
export function lineSchema(most: number) {
  return z.string().transform((typed, refinement) => {
    const value = cleanLine(typed);
    if (value === '') return refuse(refinement, 'emptyText');
    if (value.length > most) return refuse(refinement, 'longText', { most, length: value.length });
    return value;
  });
}

/** The schema of a text of several lines. */
export function textSchema(most: number) {
  return z.string().transform((typed, refinement) => {
    const value = cleanText(typed);
    if (value === '') return refuse(refinement, 'emptyText');
    if (value.length > most) return refuse(refinement, 'longText', { most, length: value.length });
    return value;
  });
}

/** Refuses what was typed and quotes it; where it shows nothing, that is what is wrong. */
function refuseTyped(refinement: z.RefinementCtx, failure: FailureKey, typed: string): typeof z.NEVER {
  const shown = asPlain(cutTo(cleanLine(typed), 60));
  return shown === '' ? refuse(refinement, 'emptyText') : refuse(refinement, failure, { typed: shown });
}

/** A web address. */
export function link<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  const schema = z.string().transform((typed, refinement) => {
    const value = cleanLine(typed);
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || !url.hostname.includes('.')) {
      return refuseTyped(refinement, 'badLink', typed);
    }
    // A personal link adds its source, and Discord's buttons take 512 characters.
    if (url.href.length > 450) return refuse(refinement, 'longText', { most: 450, length: url.href.length });
    return url.href;
  });
  return option((required ?? false) as Required, schema, { type: ApplicationCommandOptionType.String });
}

/** A day: YYYY-MM-DD, or D/M/Y. */
export function day<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  const schema = z.string().transform((typed, refinement) => {
    return parseDay(typed) ?? refuseTyped(refinement, 'badDay', typed);
  });
  return option((required ?? false) as Required, schema, { type: ApplicationCommandOptionType.String });
}

/** A time of day, 'HH:MM'. */
export function time<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  const schema = z.string().transform((typed, refinement) => {
    const found = parseTime(typed);
    if (!found) return refuseTyped(refinement, 'badTime', typed);
    return [found.hour, found.minute].map((part) => String(part).padStart(2, '0')).join(':');
  });
  return option((required ?? false) as Required, schema, { type: ApplicationCommandOptionType.String });
}

/** A time zone by its IANA name. */
export function timezone<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  const schema = z.string().transform((typed, refinement) => {
    return canonicalTimeZone(typed) ?? refuseTyped(refinement, 'badTimeZone', typed);
  });
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => ({ name: zone, value: zone }));
  return option((required ?? false) as Required, schema, {
    type: ApplicationCommandOptionType.String,
    complete: (typed) => suggest(typed.trim().replaceAll(' ', '_'), zones),
  });
}

/** A text channel of this server; its id. */
export function channel<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  return option((required ?? false) as Required, z.string(), {
    type: ApplicationCommandOptionType.Channel,
    limits: { channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement] },
  });
}

/** A role of this server; its id. */
export function role(settings: Settings = {}) {
  return option(false, z.string(), { type: ApplicationCommandOptionType.Role, ...settings });
}

/** A file. */
export function file<Required extends boolean = false>({
  required,
  ...settings
}: Settings & { required?: Required } = {}) {
  return option(
    (required ?? false) as Required,
    z.custom<Attachment>((given) => given instanceof Attachment),
    {
      type: ApplicationCommandOptionType.Attachment,
      ...settings,
    },
  );
}

/** A petition of this server. */
export function petition<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  return line(100, {
    required: (required ?? false) as Required,
    complete: (typed, { connection, serverId, rank, words }) =>
      suggest(
        typed,
        visiblePetitions(connection, serverId, atLeast(rank, 'organizer')).map(({ id, title }) => ({
          name: words.localized(title),
          value: String(id),
        })),
      ),
  });
}

/** A decision maker of the current petition. */
export function target() {
  return line(200, { complete: (typed, typing) => suggest(typed, named(targetsOf, typing)) });
}

/** An organization that backs the current petition. */
export function organization() {
  return line(200, { complete: (typed, typing) => suggest(typed, named(approvedOrganizations, typing)) });
}

/** An organization by any name; those that back the petition are offered. */
export function organizationName() {
  return line(120, {
    complete: (typed, typing) =>
      suggest(
        typed,
        named(approvedOrganizations, typing).map(({ name }) => ({ name, value: name })),
      ),
  });
}

/** A source of the current petition, or the name of a new one. */
export function source<Required extends boolean = false>({ required }: { required?: Required } = {}) {
  return line(80, {
    required: (required ?? false) as Required,
    complete: (typed, typing) => {
      const petitionId = currentPetition(typing);
      if (petitionId === undefined) return [];
      const rows = sourcesOf(typing.connection, petitionId).map((row) => {
        const name = sourceName(row);
        return {
          name: typeof name === 'string' ? name : typing.words.say('source.addedByHand'),
          value: row.name,
        };
      });
      return suggest(typed, rows);
    },
  });
}

/** One of the person's own actions; what completion shows may be typed out as well. */
export function action() {
  return line(100, {
    complete: (typed, { connection, userId, serverId, words }) =>
      suggest(
        typed,
        actionsWhere(connection, { userId, serverId }, 25).map(({ id, type, count, day: date }) => ({
          name: `${words.day(date)} · ${words.say(`actions.${type}`, { count })}`,
          value: String(id),
        })),
      ),
  });
}

/** The current petition's id, as far as whoever types may see it. */
export function currentPetition({ connection, serverId, rank, others }: Typing): number | undefined {
  const asked = typeof others.petition === 'string' ? others.petition : undefined;
  try {
    return findPetition(connection, serverId, asked, atLeast(rank, 'organizer')).id;
  } catch {
    return undefined;
  }
}

function named(
  rowsOf: (connection: Typing['connection'], petitionId: number) => { id: number; name: Localized }[],
  typing: Typing,
): Suggestion[] {
  const petitionId = currentPetition(typing);
  if (petitionId === undefined) return [];
  return rowsOf(typing.connection, petitionId).map(({ id, name }) => ({
    name: typing.words.localized(name),
    value: String(id),
  }));
}

/** The rows whose name contains what was typed, case and accents aside. */
export function suggest(typed: string, rows: Suggestion[]): Suggestion[] {
  const wanted = fold(typed);
  return rows.filter(({ name, value }) => fold(name).includes(wanted) || value === typed);
}
