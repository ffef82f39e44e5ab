// What holds for every exchange, whatever was sent: each a small check with a name.
import { type APIMessage, ComponentType } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { Database } from '../../db/connect.js';
import type { Exchange } from '../../rehearsal/stand-in/index.js';
import { withOwnNames } from '../../src/i18n/command-names.js';
import en from '../../src/i18n/en.json' with { type: 'json' };
import es from '../../src/i18n/es.json' with { type: 'json' };
import type { Stage } from './campaign.js';
import { aliveIn } from './hostile.js';
import { everyRow } from './stories.js';

/** As people read them: commands in each language's own names. */
const files = { en, es: withOwnNames(es, es) };
type Language = keyof typeof files;

function leaves(tree: object): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : leaves(value)));
}

/** A sentence of the language files with anything in its gaps. */
function pattern(sentence: string): string {
  const parts = sentence.split(/\{\{\w+\}\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  const gaps = [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) =>
    name === 'channel' ? '<#\\d+>' : '[\\s\\S]*?',
  );
  return parts.map((part, index) => part + (gaps[index] ?? '')).join('');
}

/** Every sentence by which something is refused, alone or with the option's name before it. */
const refusals = Object.fromEntries(
  Object.entries(files).map(([language, { failures, statement }]) => {
    const { option, ...rest } = failures;
    const problems = leaves(rest).map(pattern).join('|');
    const named = option.split('{{problem}}').map((part) => pattern(part));
    const whole = `^(?:(?:${named.join(`(?:${problems})`)})|${problems})(?:\\n${pattern(statement.yourText)})?$`;
    return [language, new RegExp(whole)];
  }),
) as Record<Language, RegExp>;

const unexpected = Object.values(files).map((file) => new RegExp(pattern(file.unexpected)));

/** The text of a message as it was sent, without what stands on buttons and in files. */
export function rawOf(message: APIMessage): string {
  const texts: string[] = [message.content];
  JSON.stringify(message.components ?? [], (_key, value) => {
    if (value?.type === ComponentType.TextDisplay) texts.push(value.content);
    return value;
  });
  return texts.filter(Boolean).join('\n');
}

const said = (exchange: Exchange) => exchange.messages.map(rawOf).join('\n');

/** Whether the whole answer is one of the sentences by which something is refused, in either language. */
export function isRefusal(exchange: Exchange): boolean {
  return (
    exchange.kind === 'message' && Object.values(refusals).some((sentence) => sentence.test(said(exchange)))
  );
}

/** What is on record, but for what only keeps interactions, drafts and habits. */
function recordOf(database: Database): Record<string, string> {
  const rows = everyRow(
    database,
    'interactions',
    'drafts',
    'last_servers',
    'notices',
    'job_runs',
    'tally_posts',
  );
  const servers = (rows.servers ?? []).map((server) => ({ ...(server as object), name: '' }));
  return Object.fromEntries(
    Object.entries({ ...rows, servers }).map(([table, found]) => [table, JSON.stringify(found)]),
  );
}

export interface Watch {
  /** Sends something and checks what holds for all exchanges; gives the exchange. */
  see(what: string, send: () => Promise<Exchange>, given?: Given): Promise<Exchange>;
}

export interface Given {
  /** It has to be refused. */
  refused?: boolean;
  /** It shows a text that is posted byte for byte. */
  verbatim?: boolean;
}

/** Watches the exchanges of a stage, with its own eye on the database. */
export function watching(stage: Stage, database: Database): Watch {
  let before = recordOf(database);
  return {
    async see(what, send, { refused = false, verbatim = false } = {}) {
      before = recordOf(database);
      const refusedBefore = stage.discord.refused.length;
      const exchange = await send();
      // A public thinking state goes before the person is told apart.
      if (exchange.deleted) await exchange.until(({ messages }) => messages.length > 0);
      const after = recordOf(database);
      const answer = `${what}\n→ ${said(exchange)}${errorsOf(stage)}`;
      isAnswered(exchange, answer);
      isExpected(exchange, answer);
      leaksNothing(exchange, answer);
      expect(stage.discord.refused.slice(refusedBefore), `what Discord takes: ${answer}`).toEqual([]);
      const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
      if (isRefusal(exchange)) {
        isPolite(exchange, answer);
        expect(changed, `a refusal changes nothing: ${answer}`).toEqual([]);
      } else {
        expect(refused, `this has to be refused: ${answer}`).toBe(false);
        // A personal link names nobody, and is no deed.
        if (changed.some((table) => table !== 'links'))
          expect(changed, `a write is in the audit: ${answer}`).toContain('audit');
      }
      if (!verbatim) isPlain(exchange, answer);
      return exchange;
    },
  };
}

/** The error behind a reference: what a failing test wants to tell. */
function errorsOf({ bot }: Stage): string {
  const last = bot.logs.findLast(({ level = 0 }) => level >= 50);
  return last ? `\nlog: ${JSON.stringify(last).slice(0, 1500)}` : '';
}

function isAnswered(exchange: Exchange, answer: string): void {
  expect(exchange.kind, `an answer within 3 seconds: ${answer}`).not.toBe('none');
}

function isExpected(exchange: Exchange, answer: string): void {
  const shown = said(exchange);
  expect(
    unexpected.some((sentence) => sentence.test(shown)),
    `no unexpected error: ${answer}`,
  ).toBe(false);
}

/** What an error, a path, a query or an unfilled gap looks like; no hostile text has any of it. */
const leaks = [
  /\b(?:Type|Range|Syntax|Reference|Zod|Sqlite|DiscordAPI)Error\b/,
  /SQLITE_|\b(?:UNIQUE|FOREIGN KEY|NOT NULL|CHECK) constraint\b|\binsert into\b/i,
  /\/(?:tmp|home|work|dist|node_modules)\//,
  /\bat \S+ \((?:file|node|\/)|\.js:\d/,
  /\[object |\bundefined\b|\bNaN\b|Invalid Date/,
  // Not the host of an address, like petition.parliament.uk.
  /(?<!\/)\b(?:failures|options|choices|commands|petition|statement|tally|action|signatures|settings)\.[a-z][A-Za-z]+\b(?!:)/,
];

function leaksNothing(exchange: Exchange, answer: string): void {
  // Names of files are the person's own.
  const shown = [exchange.words, said(exchange)].join('\n').replace(/\(file: [^)]*\)/g, '');
  const found = leaks.filter((leak) => leak.test(shown)).map(String);
  expect(found, `nothing of the inside shows: ${answer}`).toEqual([]);
}

function isPolite(exchange: Exchange, answer: string): void {
  const language: Language = String(Object(exchange.interaction).locale).startsWith('es') ? 'es' : 'en';
  const shown = said(exchange);
  expect(refusals[language].test(shown), `a refusal in the reader's language: ${answer}`).toBe(true);
  expect(exchange.private, `a refusal is private: ${answer}`).toBe(true);
  expect(shown.length, `a refusal is short: ${answer}`).toBeLessThan(700);
}

function isPlain(exchange: Exchange, answer: string): void {
  const shown = said(exchange);
  expect(aliveIn(shown), `people's text is plain: ${answer}`).toEqual([]);
  expect(
    /[\u202A-\u202E\u2066-\u2069\uD800-\uDBFF](?![\uDC00-\uDFFF])/.test(
      shown.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, ''),
    ),
    `no overrides, no halves: ${answer}`,
  ).toBe(false);
}
