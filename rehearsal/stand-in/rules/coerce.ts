// Bodies put right where Discord is more lenient than its schemas, so that they raise no false alarm.
import type { BodyKind } from './body.js';

type Fields = Record<string, unknown>;

// discord.js puts these into every message body, also where the schemas have no such field.
const ALWAYS_SENT = ['tts', 'nonce', 'enforce_nonce', 'username'];

/** The body as Discord reads it; what isn't of the expected shape stays as it came. */
export function coerced(kind: BodyKind, body: unknown): unknown {
  if (kind === 'commands') return eachOf(body, command);
  if (kind === 'message') return ifFields(body, message);
  if (kind !== 'callback') return ifFields(body, (fields) => without(ALWAYS_SENT, message(fields)));
  return ifFields(body, (callback) =>
    changed(callback, { data: (data) => ifFields(data, (fields) => without(ALWAYS_SENT, message(fields))) }),
  );
}

function message(fields: Fields): Fields {
  return changed(fields, {
    content: trimmed,
    embeds: (embeds) => eachOf(trimmed(embeds), (embed) => changed(embed, { timestamp: inUtc })),
    attachments: (attachments) => eachOf(attachments, (attachment) => changed(attachment, { id: asText })),
  });
}

// The schema wants permissions as a number, the docs and discord.js send text; it knows no `nsfw`.
function command(fields: Fields): Fields {
  return without(['nsfw'], changed(fields, { default_member_permissions: bitsAsNumber }));
}

function bitsAsNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

function inUtc(value: unknown): unknown {
  if (typeof value !== 'string' || !/[+-]\d\d:?\d\d$/.test(value)) return value;
  const moment = new Date(value);
  return Number.isNaN(moment.getTime()) ? value : moment.toISOString();
}

// Discord measures text without the white space around it.
function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(trimmed);
  return ifFields(value, (fields) =>
    Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, trimmed(inner)])),
  );
}

function changed(fields: Fields, changes: Record<string, (value: unknown) => unknown>): Fields {
  const values = new Map(Object.entries(fields));
  for (const [key, change] of Object.entries(changes)) {
    if (values.has(key)) values.set(key, change(values.get(key)));
  }
  return Object.fromEntries(values);
}

function without(keys: string[], fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => !keys.includes(key)));
}

function eachOf(value: unknown, change: (fields: Fields) => Fields): unknown {
  return Array.isArray(value) ? value.map((item) => ifFields(item, change)) : value;
}

function ifFields(value: unknown, change: (fields: Fields) => unknown): unknown {
  return isFields(value) ? change(value) : value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
