// /help: what Minga is, the commands this person may use, and any one of them in detail.
import { characters } from '../src/coalition/plain-text.js';
import { atLeast } from '../src/discord/access.js';
import { card, longestCard } from '../src/discord/cards/card.js';
import {
  type Command,
  type Option,
  type Reply,
  type Subcommand,
  subcommand,
  type Turn,
} from '../src/discord/command.js';
import { choice } from '../src/discord/options.js';
import { isSingle } from '../src/discord/payload.js';
import type { MessageKey, Words } from '../src/i18n/words.js';

const topics = [
  'petition',
  'statement',
  'action',
  'signatures',
  'coalition',
  'target',
  'event',
  'comment',
  'delivery',
  'tally',
  'settings',
  'privacy',
] as const;

/** @param commands - the list that it tells of, and is itself in: asked for when somebody needs help */
export function help(commands: () => readonly Command[]): Command {
  return {
    name: 'help',
    does: subcommand({
      rank: 'anyone',
      options: { topic: choice('helpTopic', topics) },
      run({ topic }, turn) {
        const asked = commands().find(({ name }) => name === topic);
        if (asked) return say(turn, details(asked, turn.words));
        return say(turn, [welcome(turn.words), ...commands().map((command) => overview(command, turn))]);
      },
    }),
  };
}

/** Blocks of text as one card, or as several where they are too long for one. */
function say(turn: Turn, blocks: string[]): Reply {
  const [first = [], ...rest] = inCards(blocks.filter((block) => block !== ''));
  for (const cardful of rest) turn.whisper(card(cardful));
  return card(first);
}

function inCards(blocks: string[]): string[][] {
  const cards: string[][] = [];
  let room = 0;
  for (const block of blocks) {
    room -= characters(block);
    if (room < 0) {
      cards.push([]);
      room = longestCard - characters(block);
    }
    cards.at(-1)?.push(block);
  }
  return cards;
}

const welcome = (words: Words) => `## ${words.say('help.title')}\n${words.say('help.about')}`;

/** What of a command this person may use, a line each; nothing where that is nothing. */
function overview(command: Command, { rank, words }: Turn): string {
  const mine = partsOf(command).filter(({ does }) => atLeast(rank, does.rank));
  const menus = (command.menus ?? []).filter((menu) => atLeast(rank, menu.rank));
  if (mine.length === 0 && menus.length === 0) return '';
  return [
    ...(isSingle(command.does) ? [] : [`### ${described(words, `commands.${command.name}`)}`]),
    ...mine.map(({ path }) => `${named(path, words)}: ${described(words, `commands.${path.join('.')}`)}`),
    ...menus.map(({ name }) => words.say('help.menu', { name: words.say(`menus.${name}` as MessageKey) })),
  ].join('\n');
}

/** Each part of a command with its options, who may use it where not all may, and an example. */
function details(command: Command, words: Words): string[] {
  const parts = partsOf(command).map(({ path, does }) =>
    [
      `### ${named(path, words)}`,
      described(words, `commands.${path.join('.')}`),
      ...(does.rank === 'anyone' ? [] : [`-# ${words.say(`help.for.${does.rank}`)}`]),
      ...Object.entries(does.options).map(([name, option]) => `- ${optionLine(name, option, words)}`),
    ].join('\n'),
  );
  const example = words.say(`help.examples.${command.name}` as MessageKey);
  return [
    `## ${described(words, `commands.${command.name}`)}`,
    ...parts,
    `### ${words.say('help.example')}\n${example}`,
  ];
}

function optionLine(name: string, { required, choices, wording = name }: Option, words: Words): string {
  const values = choices?.values.map((value) => words.say(`choices.${choices.set}.${value}` as MessageKey));
  return [
    `${inBoth(name, words.say(`options.${name}.name` as MessageKey))}${required ? ` (${words.say('help.required')})` : ''}: `,
    described(words, `options.${wording}`),
    ...(values ? [` (${values.join(', ')})`] : []),
  ].join('');
}

interface Part {
  path: [command: string, subcommand?: string];
  does: Subcommand;
}

function partsOf({ name, does }: Command): Part[] {
  if (isSingle(does)) return [{ path: [name], does }];
  return Object.entries(does).map(([part, subcommand]) => ({ path: [name, part], does: subcommand }));
}

/** A command as it is called, and as the reader's Discord calls it where that differs. */
function named(path: Part['path'], words: Words): string {
  const local = path.map((_name, index) => {
    return words.say(`commands.${path.slice(0, index + 1).join('.')}.name` as MessageKey);
  });
  return inBoth(`/${path.join(' ')}`, `/${local.join(' ')}`);
}

const inBoth = (english: string, local: string) =>
  local === english ? `\`${english}\`` : `\`${local}\` (\`${english}\`)`;

const described = (words: Words, key: string) => words.say(`${key}.description` as MessageKey);
