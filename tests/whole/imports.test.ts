// Imports go one way, as ARCHITECTURE.md says: every one of them is read, of types and dynamic ones too.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The parts of the tree; a file belongs to the first that it is under. What is left of src assembles. */
const parts = {
  clock: 'src/clock.ts',
  context: 'src/context.ts',
  i18n: 'src/i18n/',
  coalition: 'src/coalition/',
  reports: 'src/reports/',
  connectors: 'src/connectors/',
  discord: 'src/discord/',
  jobs: 'src/jobs/',
  cli: 'src/cli/',
  main: 'src/',
  commands: 'commands/',
  db: 'db/',
  rehearsal: 'rehearsal/',
  tests: 'tests/',
} as const;
type Part = keyof typeof parts;
const everything = Object.keys(parts) as Part[];

const rules: Part[] = ['coalition', 'db', 'clock', 'i18n'];
const edge: Part[] = ['discord', 'reports', 'connectors', ...rules];
const whole: Part[] = ['commands', 'jobs', ...edge];

/** What each part may import besides itself. */
const mayImport: Record<Part, Part[]> = {
  db: [],
  clock: [],
  i18n: [],
  context: [],
  coalition: rules,
  reports: rules,
  connectors: rules,
  // Cards carry charts.
  discord: ['reports', ...rules],
  commands: edge,
  jobs: edge,
  cli: ['main', ...whole],
  main: whole,
  rehearsal: everything,
  tests: everything,
};

/** What some parts may import as types alone. */
const mayImportTypes: Partial<Record<Part, Part[]>> = { context: edge, i18n: ['db'] };

/** Packages that belong to a few places. */
const kept = [
  {
    name: /^(discord\.js|@discordjs\/[^/]+)(\/|$)/,
    to: /^(src\/(main|health)\.ts|(src\/discord|src\/jobs|commands)\/.+)$/,
  },
  { name: /^drizzle-(orm|kit)(\/|$)/, to: /^db\/.+$/ },
];

/** What is wrong with the imports of a file, and with how it comes by its settings. */
function breachesOf(file: string, text: string): string[] {
  const wrong = importsOf(text).filter((found) => !isAllowed(file, found));
  const said = wrong.map(
    ({ from = 'what only running it would tell', type }) =>
      `${file} imports ${type ? 'types of ' : ''}${from}`,
  );
  const reads = partOf(file) !== 'rehearsal' && file !== 'src/config.ts' && readsEnvironment(text);
  return reads ? [...said, `${file} reads the environment`] : said;
}

const partOf = (file: string) => everything.find((part) => file.startsWith(parts[part]));

function isAllowed(file: string, { from, type }: Import): boolean {
  if (from === undefined) return false;
  if (!from.startsWith('.')) return kept.every(({ name, to }) => !name.test(from) || to.test(file));
  const target = partOf(path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.ts'));
  const own = partOf(file);
  if (!own || !target) return false;
  if (own === target || mayImport[own].includes(target)) return true;
  if (target === 'context') return type && own !== 'db';
  return type && (mayImportTypes[own] ?? []).includes(target);
}

interface Import {
  /** As it is written; undefined where that is no plain text. */
  from: string | undefined;
  /** Gone when it runs; `import { type A }` is not, by verbatimModuleSyntax. */
  type: boolean;
}

/** Every import of a file: static, of types, dynamic, re-exported, required. */
function importsOf(text: string): Import[] {
  const imports: Import[] = [];
  const add = (from: ts.Node | undefined, type: boolean) =>
    imports.push({ from: from && ts.isStringLiteralLike(from) ? from.text : undefined, type });
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    else if (ts.isExternalModuleReference(node)) add(node.expression, false);
    else if (ts.isCallExpression(node) && loads(node.expression)) add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(parsed(text));
  return imports;
}

const loads = (called: ts.Expression) =>
  called.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(called) && called.text === 'require');

const parsed = (text: string) => ts.createSourceFile('file.ts', text, ts.ScriptTarget.Latest, true);

/** Whether anything called `env` is taken from anything: process.env, however it is spelled. */
function readsEnvironment(text: string): boolean {
  const nameOf = (node: ts.Node): ts.Node | undefined => {
    if (ts.isPropertyAccessExpression(node)) return node.name;
    if (ts.isElementAccessExpression(node)) return node.argumentExpression;
    return ts.isBindingElement(node) || ts.isImportSpecifier(node)
      ? (node.propertyName ?? node.name)
      : undefined;
  };
  const reads = (node: ts.Node): boolean => {
    const name = nameOf(node);
    const env = name && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && name.text === 'env';
    return env || (ts.forEachChild(node, (child) => reads(child) || undefined) ?? false);
  };
  return reads(parsed(text));
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const files = ['src', 'commands', 'db', 'rehearsal'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file)),
);

it('every import of the tree goes the one way', () => {
  expect(files).toEqual(expect.arrayContaining(['src/main.ts', 'commands/index.ts', 'db/schema.ts']));
  expect(files.flatMap((file) => breachesOf(file, readFileSync(path.join(root, file), 'utf8')))).toEqual([]);
});

describe('a breach is found', () => {
  it.each([
    ['db/petitions.ts', "import { tallyOf } from '../src/coalition/tally.js';"],
    ['db/petitions.ts', "import type { Clock } from '../src/clock.js';"],
    ['db/petitions.ts', "import type { Context } from '../src/context.js';"],
    ['src/coalition/tally.ts', "import { card } from '../discord/cards/card.js';"],
    ['src/coalition/tally.ts', "import type { Reply } from '../discord/command.js';"],
    ['src/coalition/tally.ts', "import { renderPng } from '../reports/render.js';"],
    ['src/coalition/tally.ts', "import { readConfig } from '../config.js';"],
    ['src/coalition/tally.ts', "type Reply = import('../discord/command.js').Reply;"],
    ['src/coalition/tally.ts', "const { card } = await import('../discord/cards/card.js');"],
    ['src/coalition/tally.ts', "export * from '../discord/cards/card.js';"],
    ['src/coalition/tally.ts', "export type { Reply } from '../discord/command.js';"],
    ['src/coalition/tally.ts', "import '../discord/client.js';"],
    ['src/coalition/tally.ts', "import card = require('../discord/cards/card.js');"],
    ['src/coalition/tally.ts', "const card = require('../discord/cards/card.js');"],
    ['src/coalition/tally.ts', 'await import(name);'],
    ['src/coalition/tally.ts', "import { Context } from '../context.js';"],
    ['src/coalition/tally.ts', "import { type Context } from '../context.js';"],
    ['src/coalition/tally.ts', "import { EmbedBuilder } from 'discord.js';"],
    ['src/coalition/tally.ts', "import { SlashCommandBuilder } from '@discordjs/builders';"],
    ['src/coalition/tally.ts', "import { eq } from 'drizzle-orm';"],
    ['src/coalition/tally.ts', "import { drizzle } from 'drizzle-orm/better-sqlite3';"],
    ['src/coalition/tally.ts', "import '../../node_modules/discord.js/src/index.js';"],
    ['src/i18n/words.ts', "import { countryName } from '../coalition/country.js';"],
    ['src/i18n/words.ts', "import { petitionStates } from '../../db/schema.js';"],
    ['src/clock.ts', "import type { Context } from './coalition/seal.js';"],
    ['src/context.ts', "import { openDatabase } from '../db/connect.js';"],
    ['src/reports/chart.ts', "import { card } from '../discord/cards/card.js';"],
    ['src/reports/chart.ts', "import type { Client } from 'discord.js';"],
    ['src/connectors/paper.ts', "import { chart } from '../reports/chart.js';"],
    ['src/discord/dispatch.ts', "import { commands } from '../../commands/index.js';"],
    ['src/discord/dispatch.ts', "import { startJobs } from '../jobs/index.js';"],
    ['src/jobs/recount.ts', "import { commands } from '../../commands/index.js';"],
    ['src/jobs/recount.ts', "import { context } from '../main.js';"],
    ['src/cli/doctor.ts', "import { Client } from 'discord.js';"],
    ['commands/tally.ts', "import { startJobs } from '../src/jobs/index.js';"],
    ['commands/tally.ts', "import { readConfig } from '../src/config.js';"],
    ['commands/tally.ts', "import { startStandIn } from '../rehearsal/stand-in/index.js';"],
    ['src/main.ts', "import { aPetition } from '../tests/support/stories.js';"],
    ['src/main.ts', "import { startStandIn } from '../rehearsal/stand-in/index.js';"],
    ['rehearsal/play.ts', "import type { Client } from 'discord.js';"],
    ['src/main.ts', 'const token = process.env.DISCORD_TOKEN;'],
    ['src/main.ts', "const token = globalThis.process['env'].DISCORD_TOKEN;"],
    ['src/main.ts', 'const { env } = process;'],
    ['src/main.ts', 'const { env: settings } = process;'],
    ['src/main.ts', "import { env as settings } from 'node:process';"],
  ])('in %s: %s', (file, text) => {
    expect(breachesOf(file, text)).toHaveLength(1);
  });
});

it.each([
  ['db/petitions.ts', "import { eq } from 'drizzle-orm';\nimport { petitions } from './schema.js';"],
  [
    'src/coalition/tally.ts',
    "import { sourcesOf } from '../../db/sources.js';\nimport { say } from '../i18n/words.js';",
  ],
  [
    'src/discord/cards/tally.ts',
    "import { barChart } from '../../reports/chart.js';\nimport { card } from './card.js';",
  ],
  ['src/context.ts', "import type { Seal } from './coalition/seal.js';"],
  [
    'src/jobs/recount.ts',
    "import type { Context } from '../context.js';\nimport type { Client } from 'discord.js';",
  ],
  [
    'commands/tally.ts',
    "import { ButtonStyle } from 'discord.js';\nimport { petitionOf } from './petition.js';",
  ],
  ['src/cli/doctor.ts', "import { readToolConfig } from '../config.js';"],
  ['src/config.ts', 'const token = process.env.DISCORD_TOKEN;'],
  [
    'rehearsal/bot.ts',
    "import { commands } from '../commands/index.js';\nspawn({ PATH: process.env.PATH });",
  ],
  [
    'src/main.ts',
    "// import { aPetition } from '../tests/support/stories.js';\nconst text = \"import 'discord.js'\";",
  ],
])('%s may: %s', (file, text) => {
  expect(breachesOf(file, text)).toEqual([]);
});
