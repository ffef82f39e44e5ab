// Texts name commands as their readers type them: every one that a text names is there, in each language's own names.
import { expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import { isSingle } from '../../src/discord/payload.js';
import { withOwnNames } from '../../src/i18n/command-names.js';
import en from '../../src/i18n/en.json' with { type: 'json' };
import es from '../../src/i18n/es.json' with { type: 'json' };

const named = (texts: object) => JSON.stringify(texts).match(/`\/[a-z]+(?: [a-z]+(?![\w]*:))?/g) ?? [];

it.each([
  ['English', en],
  ['Spanish', es],
])('each command that a text in %s names is there', (_language, texts) => {
  const there = commands.flatMap(({ name, does }) => [
    `\`/${name}`,
    ...(isSingle(does) ? [] : Object.keys(does).map((sub) => `\`/${name} ${sub}`)),
  ]);
  expect([...new Set(named(texts))].filter((command) => !there.includes(command))).toEqual([]);
});

it.each([
  ['Usa `/petition use`.', 'Usa `/petición usar`.'],
  ['`/petition status state:open reason:…`', '`/petición estado estado:abierta motivo:…`'],
  ['`/statement edit language:{{code}}`', '`/declaración editar idioma:{{code}}`'],
  ['`/help topic:petition` y `/help`', '`/ayuda tema:petición` y `/ayuda`'],
  ['`/nothing here` y /petition use', '`/nothing here` y /petition use'],
])('%s → %s', (text, own) => {
  expect(withOwnNames({ text }, es).text).toBe(own);
});
