// Reads a campaign folder (campaign.yaml and its statements) and says all that is wrong with it at once.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import countries from 'i18n-iso-countries';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { isTimeZone, parseDay, parseTime } from './day.js';
import { isLinkParameter } from './link.js';
import { characters, cleanLine, cleanText, fold } from './plain-text.js';
import { longestStatement, normalizeStatement } from './statement.js';

const text = (longest: number, clean = cleanLine) =>
  z
    .string('must be text (in quotes where it looks like a number)')
    .overwrite(clean)
    .min(1, 'must not be empty')
    .refine((cleaned) => characters(cleaned) <= longest, `must have at most ${longest} characters`);

/** Text in both languages; a missing one takes the other's. */
const words = (longest: number, clean = cleanLine) => {
  const said = text(longest, clean);
  const each = z.strictObject({ en: said.optional(), es: said.optional() });
  return z.union([said, each], 'must be a text, or texts under en and es').transform((given, context) => {
    const { en, es } = typeof given === 'string' ? { en: given, es: given } : given;
    const either = en ?? es;
    if (either !== undefined) return { en: en ?? either, es: es ?? either };
    context.addIssue('must have a text under en or es');
    return z.NEVER;
  });
};

const id = text(60).regex(/^[a-z0-9-]*$/, 'must be made of small letters a to z, digits and hyphens');

const link = text(400)
  .regex(/^\S*$/, 'must not have spaces in it')
  .pipe(z.url({ protocol: /^https?$/, error: 'must be a web address that starts with https:// or http://' }));

/** What one of the readers of days and times takes, as that reader gives it back. */
const readBy = <Read>(read: (written: string) => Read | undefined, error: string) =>
  z.string(error).transform((written, context) => {
    const found = read(written);
    if (found !== undefined) return found;
    context.addIssue(error);
    return z.NEVER;
  });

const date = readBy(parseDay, 'must be a real date, written YYYY-MM-DD');

const twoDigits = (number: number) => String(number).padStart(2, '0');

const localTime = readBy((written) => {
  const [day, time] = written.trim().split(/[T ]+/);
  const [on, at] = [parseDay(day ?? ''), parseTime(time ?? '')];
  return on && at && `${on}T${twoDigits(at.hour)}:${twoDigits(at.minute)}`;
}, 'must be a real date and time, written YYYY-MM-DD HH:MM');

const country = text(2).refine(
  (code) => /^[A-Z]{2}$/.test(code) && countries.isValid(code),
  'must be the two capital letters of a country, such as PE',
);

/** Lets a check on several keys run although another key is wrong, so that all is said at once. */
const anyway = {
  when: ({ value }: { value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
};

const event = z
  .strictObject({
    id,
    name: words(100),
    place: text(100),
    date: date.optional(),
    start: localTime.optional(),
    end: localTime.optional(),
    description: words(1000, cleanText).exactOptional(),
  })
  .refine(({ date, start, end }) => (date === undefined ? start && end : !start && !end), {
    error: 'must have either a date, or a start and an end',
    ...anyway,
  })
  .refine(({ start, end }) => typeof start !== 'string' || typeof end !== 'string' || start < end, {
    error: 'must end after it starts',
    ...anyway,
  })
  // The first check leaves a date alone or both times; the empty defaults only tell the compiler so.
  .transform(({ date, start = '', end = '', ...rest }) =>
    date ? { ...rest, date } : { ...rest, start, end },
  );

const list = <Entry extends z.ZodType>(entry: Entry) => z.array(entry, 'must be a list').default([]);

const campaign = z.strictObject({
  id,
  title: words(90),
  link,
  linkParameter: text(32)
    .refine(isLinkParameter, 'must begin with a letter, and have only letters a to z, digits, hyphens and _')
    .exactOptional(),
  ask: words(300, cleanText),
  goal: z
    .int('must be a whole number of at least 1')
    .min(1, 'must be a whole number of at least 1')
    .max(10_000_000, 'must be at most 10,000,000'),
  deadline: date.exactOptional(),
  timezone: text(60).refine(isTimeZone, 'must be a time zone such as America/Lima'),
  organizations: list(
    z.strictObject({ id, name: words(100), url: link.exactOptional(), country: country.exactOptional() }),
  ),
  targets: list(
    z.strictObject({
      id,
      name: words(100),
      committee: text(100).exactOptional(),
      phone: text(40).exactOptional(),
      url: link.exactOptional(),
    }),
  ),
  events: list(event),
  sources: list(
    z.strictObject({
      name: text(100),
      kind: z.enum(['platform', 'paper', 'file'], 'must be platform, paper or file'),
      url: link.exactOptional(),
    }),
  ),
});

/** What can be read of the lists, so that entries are compared even where one of them is wrong. */
const readable = <Value extends z.ZodType>(value: Value) => value.optional().catch(undefined);
const comparable = z.record(
  z.string(),
  z
    .array(z.object({ id: readable(id), name: readable(words(100)), url: readable(link) }).catch({}))
    .catch([]),
);

/** A campaign as its folder tells it: days as YYYY-MM-DD, times as YYYY-MM-DDTHH:MM in its time zone. */
export type CampaignFolder = z.output<typeof campaign> & { statements: { en?: string; es?: string } };

/** All that is wrong with a campaign folder: one plain sentence per problem. */
export class CampaignFolderError extends Error {
  override readonly name = 'CampaignFolderError';

  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/**
 * Reads and checks a campaign folder. Statements come as they are, but for line endings and a byte-order mark.
 *
 * @param directory - holds `campaign.yaml` and, for each language there is, `statement.en.md`, `statement.es.md`
 * @throws {@link CampaignFolderError} with the problems of all its files
 */
export function readCampaignFolder(directory: string): CampaignFolder {
  const problems: string[] = [];
  const written = readText(directory, 'campaign.yaml', problems);
  const found = written === undefined ? undefined : readCampaign(written, problems);
  const statements: CampaignFolder['statements'] = {};
  for (const file of filesIn(directory).filter((name) => /^statement.*\.(md|txt)$/i.test(name))) {
    const language = /^statement\.(en|es)\.md$/.exec(file)?.[1];
    if (language === 'en' || language === 'es') {
      const statement = readText(directory, file, problems);
      if (statement !== undefined) statements[language] = checkStatement(statement, file, problems);
    } else problems.push(`${file}: a statement's file is named statement.en.md or statement.es.md`);
  }
  if (!found || problems.length > 0) throw new CampaignFolderError(problems);
  return { ...found, statements };
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    throw new CampaignFolderError([`${directory}: the folder is missing or cannot be read`]);
  }
}

function readText(directory: string, file: string, problems: string[]): string | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(directory, file));
  } catch {
    problems.push(`${file}: the file is missing or cannot be read`);
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    problems.push(`${file}: the file must be saved as UTF-8`);
    return undefined;
  }
}

function checkStatement(written: string, file: string, problems: string[]): string {
  const statement = normalizeStatement(written);
  if (cleanText(statement) === '') problems.push(`${file}: the statement must not be empty`);
  if (statement.length > longestStatement)
    problems.push(
      `${file}: the statement must have at most ${longestStatement.toLocaleString('en')} characters`,
    );
  return statement;
}

function readCampaign(written: string, problems: string[]): z.output<typeof campaign> | undefined {
  const lines = new LineCounter();
  const document = parseDocument(written, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const broken = [...document.errors, ...document.warnings];
  for (const { pos, message } of broken)
    problems.push(`campaign.yaml: line ${lines.linePos(pos[0]).line} is not good YAML: ${message}`);
  if (broken.length > 0) return undefined;
  const raw = valuesOf(document, problems);
  if (raw === undefined) return undefined;
  const result = campaign.safeParse(raw, { reportInput: true });
  for (const { path, says } of [...(result.error?.issues ?? []).flatMap(inWords), ...repeated(raw)]) {
    const what = z.core.toDotPath(path) || 'the file';
    problems.push(`campaign.yaml: ${what} ${says}${lineOf(path, document, lines)}`);
  }
  return result.data;
}

function valuesOf(document: Document.Parsed, problems: string[]): unknown {
  try {
    return document.toJS();
  } catch {
    problems.push('campaign.yaml: the file has too many aliases (*name); write the values out');
    return undefined;
  }
}

/** The line of what a path names or, where that is missing, of the entry that should hold it. */
function lineOf(path: PropertyKey[], document: Document.Parsed, lines: LineCounter): string {
  const holders = path.map((_, index) => document.getIn(path.slice(0, path.length - index), true));
  const range = holders.find(isNode)?.range;
  return range ? ` (line ${lines.linePos(range[0]).line})` : '';
}

interface Finding {
  path: PropertyKey[];
  says: string;
}

function inWords({ path, ...issue }: z.core.$ZodIssue): Finding[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], says: 'is not a key that Minga knows' }));
  if (issue.input === undefined) return [{ path, says: 'is missing' }];
  if (issue.code === 'invalid_type' && issue.expected === 'object')
    return [{ path, says: 'must have keys and values' }];
  return [{ path, says: issue.message }];
}

/** Ids, names and sources' addresses that an earlier entry of the same list has. */
function repeated(raw: unknown): Finding[] {
  const findings: Finding[] = [];
  for (const [list, entries] of Object.entries(comparable.catch({}).parse(raw))) {
    const firsts = new Map<string, number>();
    for (const [index, { id, name, url }] of entries.entries()) {
      const marks = [['id', id ?? ''], ...Object.values(name ?? {}).map((one) => ['name', fold(one)])];
      if (list === 'sources' && url) marks.push(['url', new URL(url).href]);
      for (const [key = '', mark] of marks.filter(([, mark]) => mark)) {
        const first = firsts.get(`${key} ${mark}`) ?? index;
        firsts.set(`${key} ${mark}`, first);
        if (first !== index)
          findings.push({ path: [list, index, key], says: `is the same as in ${list}[${first}]` });
      }
    }
  }
  return findings;
}
