import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characters } from '../../src/coalition/plain-text.js';
import { splitStatement } from '../../src/coalition/statement-split.js';

const contents = (text: string, limit?: number) => splitStatement(text, limit).map(({ content }) => content);

describe('where a message ends', () => {
  it.each([
    ['nowhere, if all fits', 'one\n\ntwo', 8, ['one\n\ntwo']],
    ['after a paragraph', 'one\ntwo\n\nthree four. Five', 20, ['one\ntwo', 'three four. Five']],
    ['after the last paragraph within reach', 'a\n\nb\n\nccccc', 6, ['a\n\nb', 'ccccc']],
    ['after a line, before a sentence', 'one. Two\nthree. Four five', 16, ['one. Two', 'three. Four five']],
    ['after a list item', '- one two\n- three\n- four', 18, ['- one two\n- three', '- four']],
    ['before an item rather than what is under it', '- a\n- b\n  - c', 11, ['- a', '- b\n  - c']],
    ['after a sentence', 'One two. Three four five', 20, ['One two.', 'Three four five']],
    ['not after a capital', 'in the U.S. House of', 16, ['in the U.S.', 'House of']],
    ['after a word', 'one two three', 9, ['one two', 'three']],
    ['not at a space that binds', 'más de 1\u00A0200 soldados', 10, ['más de', '1\u00A0200', 'soldados']],
    [
      'not after a heading',
      'one two\n\n# Title\n\nthree four five',
      27,
      ['one two', '# Title\n\nthree four five'],
    ],
    [
      'not after what announces a list',
      'One two.\n\nWe ask:\n- one\n- two',
      22,
      ['One two.', 'We ask:\n- one\n- two'],
    ],
    ['not before what would become a list', 'aaaa bbbb - cccc', 10, ['aaaa', 'bbbb -', 'cccc']],
    ['not before what would become a number', 'in the year 2023. Then', 16, ['in the', 'year 2023. Then']],
    [
      'around a link',
      'see [the whole text](https://a.org) now',
      32,
      ['see', '[the whole text](https://a.org)', 'now'],
    ],
    ['around emphasis', 'all **of these words** here', 19, ['all', '**of these words**', 'here']],
    ['around emphasis over paragraphs', 'aa\n\n*bb\n\ncc* dd', 12, ['aa', '*bb\n\ncc* dd']],
    ['around code', 'run `a b c` or ``a ` b`` x', 11, ['run `a b c`', 'or', '``a ` b`` x']],
    ['around a fence', 'aa\n```\nb\n\nc\n```\ndd', 14, ['aa', '```\nb\n\nc\n```', 'dd']],
    ['around a quote', 'aa bb\n> cc dd ee\nff', 14, ['aa bb', '> cc dd ee\nff']],
    ['around a heading', '# One. Two\nthree four', 15, ['# One. Two', 'three four']],
    ['around an item', 'We ask:\n- One. Two\n  three', 20, ['We ask:', '- One. Two\n  three']],
    [
      'not around what looks so in a fence',
      'aa\n```\n>>> b\n```\n\ncc\n\ndd',
      20,
      ['aa\n```\n>>> b\n```\n\ncc', 'dd'],
    ],
    ['not at an escaped sign', '\\*aa bb\\* cc', 10, ['\\*aa bb\\*', 'cc']],
    ['in a fence too long, at its lines', '```\naa bb\ncc dd\n```', 12, ['```\naa bb', 'cc dd\n```']],
    [
      'in emphasis too long, not in its link',
      '**aa [b c](https://d.org)**',
      24,
      ['**aa', '[b c](https://d.org)**'],
    ],
    ['in an item too long, at its sentence', '- One two. Three four', 20, ['- One two.', 'Three four']],
  ])('%s', (_, text, limit, pieces) => {
    expect(contents(text, limit)).toEqual(pieces);
  });

  it('cuts a word that is too long between graphemes', () => {
    expect(splitStatement('ab 👩\u200D👧👩\u200D👧👩\u200D👧', 7)).toEqual([
      { content: 'ab', separator: ' ' },
      { content: '👩\u200D👧👩\u200D👧', separator: '' },
      { content: '👩\u200D👧', separator: '' },
    ]);
    expect(contents(`e${'\u0301'.repeat(9)}`, 4)).toHaveLength(3);
  });

  it('counts characters as Discord does', () => expect(contents('🇵🇪'.repeat(1000))).toHaveLength(1));

  it('keeps the white space between, not at the edges', () => {
    expect(splitStatement(' \n one \n\n\t two\n ', 5)).toEqual([
      { content: 'one', separator: ' \n\n\t ' },
      { content: 'two', separator: '' },
    ]);
    expect(splitStatement(' \n ')).toEqual([]);
    expect(splitStatement('')).toEqual([]);
  });
});

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '**',
        '*',
        '__',
        '_',
        '~~',
        '||',
        '`',
        '```',
        '[',
        '](',
        ')',
        '\\',
        '> ',
        '- ',
        '1. ',
        '# ',
      ),
      fc.constantFrom(
        ' ',
        ' ',
        '\n',
        '\n\n',
        '\u00A0',
        '\t',
        '. ',
        'https://a.org/b_c',
        '👩\u200D👧',
        'ñ',
        'aaa',
        'B',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 80 },
  )
  .map((parts) => parts.join(''));

it('gives back any text, in messages that Discord takes as they are', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 1, max: 60 }), (text, limit) => {
      const pieces = splitStatement(text, limit);
      const joined = pieces.map(({ content, separator }) => content + separator).join('');
      expect(text.replace(joined, '')).toMatch(/^[\s\p{Cc}]*$/u);
      expect(joined).toBe(joined.trim());
      for (const [index, { content, separator }] of pieces.entries()) {
        expect(characters(content)).toBeLessThanOrEqual(limit);
        expect(content).toMatch(/^\S(?:.*\S)?$/s);
        expect(separator).toMatch(/^[\s\p{Cc}]*$/u);
        if (separator !== '' || index === pieces.length - 1) continue;
        const word = (content + pieces[index + 1]?.content).split(/[\s\p{Cc}]/u);
        expect(characters(word.join(' '))).toBeGreaterThan(limit);
      }
    }),
    { numRuns: 500 },
  );
});

const word = fc.stringMatching(/^[a-zñé]{1,9}$/);
const words = fc.array(word, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));
const url = word.map((name) => `https://${name}.org/a_${name}_b*c`);
const link = fc.tuple(words, url).map(([text, address]) => `[${text}](${address})`);
/** To Discord `_` and `*` end at the first of their kind, an address's own too: around a link they are no span. */
const span = fc
  .oneof(
    fc.tuple(fc.constantFrom('**', '__', '~~', '||', '`', '``'), fc.oneof(words, link)),
    fc.tuple(fc.constantFrom('*', '_'), words),
  )
  .map(([mark, text]) => `${mark}${text}${mark}`);
const inlineConstruct = fc.oneof(link, span, url);
const line = fc
  .array(fc.oneof(word, inlineConstruct), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join(' '));
const block = fc.oneof(
  fc
    .tuple(fc.constantFrom('# ', '### ', '-# ', '- ', '* ', '12. ', '> ', '  - '), line)
    .map((parts) => parts.join('')),
  fc.array(words, { minLength: 1, maxLength: 3 }).map((lines) => `\`\`\`\n${lines.join('\n')}\n\`\`\``),
);
/** Parts of a text that a cut must not tear, and the white space before each. */
const statement = fc.array(
  fc.oneof(
    fc.tuple(fc.constantFrom(' ', ' ', '. ', '\n', '\n\n'), fc.oneof(word, inlineConstruct)),
    fc.tuple(fc.constantFrom('\n', '\n\n'), block),
  ),
  { minLength: 1, maxLength: 60 },
);

it('tears no word, link, span or line of Markdown that fits into a message', () => {
  fc.assert(
    fc.property(statement, fc.integer({ min: 300, max: 400 }), (parts, limit) => {
      const tokens = parts.map(([before, part], index) => {
        // Plain text on the line of a block belongs to that line.
        const afterBlock = index > 0 && /^(?: *[#>*\d-]|```)/.test(parts[index - 1]?.[1] ?? '');
        return [afterBlock && !before.includes('\n') ? '\n' : before, part] as const;
      });
      const text = tokens.map((token) => token.join('')).join('');
      const kept = new Set<number>();
      let at = 0;
      for (const [before, part] of tokens) {
        at += before.length;
        for (let inside = 1; inside < part.trimStart().length; inside++) {
          kept.add(at + part.length - part.trimStart().length + inside);
        }
        at += part.length;
      }
      let end = text.length - text.trimStart().length;
      const pieces = splitStatement(text, limit);
      for (const { content, separator } of pieces) {
        end += content.length;
        expect(kept.has(end), content).toBe(false);
        end += separator.length;
        const outside = content.replace(/https:\S*?b\*c/g, '');
        for (const mark of ['**', '__', '~~', '||', '```'])
          expect(outside.split(mark).length % 2, mark).toBe(1);
      }
    }),
    { numRuns: 300 },
  );
});
