// Bodies that Discord accepts, each full of parts, and how to change one of those parts.
import { expect, it } from 'vitest';
import { type BodyKind, refusalsOf, type UploadedFile } from '../../../rehearsal/stand-in/rules/index.js';

export interface Sent {
  kind: BodyKind;
  body: unknown;
  files?: UploadedFile[];
}

export const V2 = 1 << 15;
export const EPHEMERAL = 1 << 6;

const QUIET = { parse: [] };
const ONCE = { nonce: 'a3f5c9', enforce_nonce: true, tts: false, allowed_mentions: QUIET };

export function long(length: number): string {
  return 'x'.repeat(length);
}

export function file(name: string, size = 8, contentType = 'image/png'): UploadedFile {
  return { name, contentType, bytes: Buffer.alloc(size) };
}

/** So many commands of a type: 1 typed, 2 on people, 3 on messages. */
export function named(count: number, type: number) {
  return Array.from({ length: count }, (_, index) => ({
    name: `help-${index}`,
    type,
    description: type === 1 ? 'Help' : '',
  }));
}

function button(custom_id: string) {
  return { type: 2, style: 1, custom_id, label: 'Firmar' };
}

const LINK = { type: 2, style: 5, label: 'Sign', url: 'https://example.org/sign' };
const PREMIUM = { type: 2, style: 6, sku_id: '1234567890' };
const SELECT = {
  type: 3,
  custom_id: 'type',
  placeholder: 'What did you do?',
  min_values: 1,
  max_values: 2,
  options: [
    { label: 'Call', value: 'call', description: 'By phone', emoji: { name: '📞' } },
    { label: 'Letter', value: 'letter', default: true },
  ],
};
const ROWS = [
  {
    type: 1,
    components: [button('sign'), LINK, PREMIUM, { ...button('log'), label: null, emoji: { name: '✍️' } }],
  },
  { type: 1, components: [SELECT] },
  { type: 1, components: [{ type: 5, custom_id: 'who', min_values: 0, max_values: 25 }] },
];
const EMBED = {
  title: 'Retiro de las tropas del Perú',
  description: 'Casi 2000 firmas.',
  url: 'https://example.org',
  color: 0x1f7a4d,
  timestamp: '2023-07-19T10:00:00+02:00',
  author: { name: 'Coalición', url: 'https://example.org', icon_url: 'https://example.org/icon.png' },
  footer: { text: 'Puede haber duplicados', icon_url: 'https://example.org/icon.png' },
  image: { url: 'attachment://chart.png' },
  thumbnail: { url: 'attachment://chart.png' },
  fields: [{ name: 'Personas', value: '1954', inline: true }],
};
const CHART = [{ id: 0, filename: 'chart.png', description: 'Línea que sube de 0 a 1954 firmas' }];
const LAYOUT = [
  { type: 10, content: '# Petition' },
  { type: 9, components: [{ type: 10, content: 'Text' }], accessory: button('more') },
  {
    type: 9,
    components: [{ type: 10, content: 'Text' }],
    accessory: { type: 11, media: { url: 'attachment://chart.png' }, description: 'A line that rises' },
  },
  { type: 12, items: [{ media: { url: 'attachment://chart.png' }, description: 'A line that rises' }] },
  { type: 14, spacing: 2, divider: true },
  { type: 13, file: { url: 'attachment://packet.pdf' } },
  {
    type: 17,
    accent_color: 0,
    components: [
      { type: 10, content: 'Inside' },
      { type: 1, components: [LINK] },
    ],
  },
];
const LABELS = [
  { type: 10, content: 'About the petition' },
  {
    type: 18,
    label: 'Título',
    description: 'En español',
    component: { type: 4, custom_id: 'title', style: 1, min_length: 1, max_length: 100, value: 'Retiro' },
  },
  { type: 18, label: 'Kind', component: { ...SELECT, required: true } },
  {
    type: 18,
    label: 'Consent',
    component: {
      type: 22,
      custom_id: 'consent',
      required: true,
      options: [{ label: 'I agree', value: 'yes' }],
    },
  },
  {
    type: 18,
    label: 'Language',
    component: {
      type: 21,
      custom_id: 'language',
      options: [
        { label: 'English', value: 'en' },
        { label: 'Español', value: 'es' },
      ],
    },
  },
];
const NAMED = {
  name: 'petition',
  name_localizations: { 'es-ES': 'petición', 'es-419': 'petición' },
  description: 'The petition',
  description_localizations: { 'es-ES': 'La petición', 'es-419': 'La petición' },
};
const OPTIONS = [
  { ...NAMED, type: 3, required: true, autocomplete: true, min_length: 1, max_length: 100 },
  {
    type: 4,
    name: 'count',
    name_localizations: { 'es-ES': 'cuántos' },
    description: 'How many',
    min_value: 1,
    max_value: 9,
  },
  {
    type: 3,
    name: 'period',
    description: 'Since when',
    choices: [
      { name: 'Today', name_localizations: { 'es-ES': 'Hoy' }, value: 'today' },
      { name: 'Week', value: 'week' },
    ],
  },
  { type: 11, name: 'proof', description: 'A file', required: false },
];

// Each part is 100 characters: the command, 25 subcommands, two options in each, a third in four of them.
const LARGEST = {
  name: 'size',
  description: 'x'.repeat(96),
  options: Array.from({ length: 25 }, (_, index) => ({
    type: 1,
    name: `s${index + 10}`,
    description: 'x'.repeat(97),
    options: ['one', 'two', 'six']
      .slice(0, index < 4 ? 3 : 2)
      .map((name) => ({ type: 3, name, description: 'x'.repeat(97) })),
  })),
};

/** The accepted bodies by name. */
export const ACCEPTED = {
  text: { kind: 'message', body: { ...ONCE, content: 'Somos 2000.' } },
  embed: {
    kind: 'message',
    body: { ...ONCE, embeds: [EMBED], attachments: CHART },
    files: [file('chart.png')],
  },
  rows: { kind: 'message', body: { ...ONCE, content: 'Sign', components: ROWS } },
  layout: {
    kind: 'message',
    body: { ...ONCE, flags: V2, components: LAYOUT, attachments: CHART },
    files: [file('chart.png'), file('packet.pdf', 8, 'application/pdf')],
  },
  poll: {
    kind: 'message',
    body: {
      ...ONCE,
      poll: {
        question: { text: '¿Cuándo marchamos?' },
        answers: [{ poll_media: { text: 'Sábado' } }, { poll_media: { text: 'Domingo' } }],
        duration: 24,
      },
    },
  },
  answer: {
    kind: 'message',
    body: { ...ONCE, content: 'Yes', message_reference: { message_id: '1', fail_if_not_exists: false } },
  },
  file: { kind: 'message', body: ONCE, files: [file('names.csv', 8, 'text/csv')] },
  edit: { kind: 'message-edit', body: { content: 'Somos 2001.', allowed_mentions: QUIET, tts: false } },
  'edit that keeps a picture': {
    kind: 'message-edit',
    body: { embeds: [EMBED], allowed_mentions: QUIET, attachments: [{ id: '1201234567890123456' }] },
  },
  'edit to a layout': {
    kind: 'message-edit',
    body: {
      content: null,
      embeds: [],
      attachments: [],
      flags: V2,
      components: [LAYOUT[0]],
      allowed_mentions: QUIET,
    },
  },
  'edit of nothing': { kind: 'message-edit', body: {} },
  'original edit': {
    kind: 'original-edit',
    body: { content: 'Listo', components: ROWS, allowed_mentions: QUIET },
  },
  'follow-up': {
    kind: 'follow-up',
    body: { content: 'Hi', flags: EPHEMERAL, allowed_mentions: QUIET, username: 'Minga' },
  },
  pong: { kind: 'callback', body: { type: 1 } },
  reply: {
    kind: 'callback',
    body: {
      type: 4,
      data: { ...ONCE, content: 'Hola', flags: EPHEMERAL, components: ROWS, embeds: [{ title: 'Hola' }] },
    },
  },
  thinking: { kind: 'callback', body: { type: 5, data: { flags: EPHEMERAL } } },
  'thinking in public': { kind: 'callback', body: { type: 5 } },
  'nothing yet': { kind: 'callback', body: { type: 6 } },
  update: { kind: 'callback', body: { type: 7, data: { ...ONCE, content: 'English', components: [] } } },
  suggestions: {
    kind: 'callback',
    body: {
      type: 8,
      data: { choices: [{ name: 'Perú', value: 'pe', name_localizations: { 'es-ES': 'Perú' } }] },
    },
  },
  'numbers suggested': { kind: 'callback', body: { type: 8, data: { choices: [{ name: '#1', value: 1 }] } } },
  modal: {
    kind: 'callback',
    body: { type: 9, data: { custom_id: 'edit', title: 'Petición', components: LABELS } },
  },
  'modal of rows': {
    kind: 'callback',
    body: {
      type: 9,
      data: {
        custom_id: 'edit',
        title: 'Petition',
        components: [{ type: 1, components: [{ type: 4, custom_id: 'title', style: 2, label: 'Title' }] }],
      },
    },
  },
  commands: {
    kind: 'commands',
    body: [
      {
        ...NAMED,
        type: 1,
        default_member_permissions: '32',
        contexts: [0, 1, 2],
        integration_types: [0, 1],
        nsfw: false,
        options: [
          { ...NAMED, type: 1, name: 'share', options: OPTIONS },
          {
            type: 2,
            name: 'coalition',
            description: 'Group',
            options: [{ type: 1, name: 'list', description: 'All' }],
          },
        ],
      },
      { name: 'help', description: 'Help', options: OPTIONS },
      { name: 'Log as outreach action', type: 3, name_localizations: { 'es-419': 'Registrar como acción' } },
      { name: 'help', type: 2, description: '' },
    ],
  },
  'command of 8000 characters': { kind: 'commands', body: [LARGEST] },
} satisfies Record<string, Sent>;

export type Base = keyof typeof ACCEPTED;

/** An accepted body with the value at one dotted path (empty: all of it) put in or, with undefined, taken out. */
export function changed(base: Base, path: string, value: unknown): Sent {
  const { kind, body, files = [] }: Sent = ACCEPTED[base];
  const copy: unknown = JSON.parse(JSON.stringify(body));
  const whole = { body: copy, files: files.map((uploaded) => ({ ...uploaded })) };
  const keys = path.split('.').filter(Boolean);
  put(whole, keys[0] === 'files' ? keys : ['body', ...keys], value);
  return { kind, ...whole };
}

function put(into: unknown, [key = '', ...rest]: string[], value: unknown): void {
  if (typeof into !== 'object' || into === null) throw new Error(`nothing to change at ${key}`);
  if (rest.length > 0) put(Reflect.get(into, key), rest, value);
  else if (value === undefined) Reflect.deleteProperty(into, key);
  else Reflect.set(into, key, value);
}

/** Each refusal as `path CODE`. */
export function told({ kind, body, files = [] }: Sent): string[] {
  return refusalsOf(kind, body, files).map(({ path, code }) => `${path.join('.')} ${code}`);
}

/**
 * What is wrong, the accepted body, where it is changed, to what, and the refusals this brings: `CODE` for
 * one at the changed place, else `path CODE`.
 */
export type Refused = [name: string, base: Base, path: string, value: unknown, ...expected: string[]];

/** A test per row: the changed body is refused for that one reason. */
export function refuses(rows: Refused[]): void {
  it.each(rows)('%s', (_, base, path, value, ...expected) => {
    const refusals = expected.map((one) => (one.includes(' ') ? one : `${path} ${one}`));
    expect(told(changed(base, path, value))).toEqual(refusals);
  });
}
