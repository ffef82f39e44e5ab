import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asPlain, characters, cleanLine, cleanText, cutTo, fold } from '../../src/coalition/plain-text.js';

const anyText = fc.string({ unit: 'binary', maxLength: 60 });
/** Texts dense in what Discord reads as Markdown or mentions. */
const discordText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'\\*_~`|[]()<>#@:/-.!& \n'.split(''), '```', '> ', '>>> ', '-# ', '1. ', '# ', '||'),
      fc.constantFrom(
        '@everyone',
        '@here',
        '<@1>',
        '<@!22>',
        '<@&333>',
        '<#4>',
        '</cmd:5>',
        '<t:1:R>',
        '<a:x:1>',
      ),
      fc.constantFrom(
        'https://a.org/b_c_d',
        '[x](https://a.org)',
        ':smile:',
        'discord.gg/abc',
        'ñandú',
        'a',
        '7',
      ),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

describe('cleanLine', () => {
  it.each([
    ['  Ana\t\tQuispe \r\n Mamani  ', 'Ana Quispe Mamani'],
    ['one\u2028two\u0085three\u0000four', 'one two three four'],
    ['\u202Eevil\u202C \u2066x\u2069', 'evil x'],
    ['سلام', 'سلام'],
    ['Jose\u0301', 'José'],
    ['\uFEFF\u200BAna\u200B', 'Ana'],
    ['\u2800Ana\u2800', 'Ana'],
    ['❤\uFE0F', '❤\uFE0F'],
    ['👩\u200D👧', '👩\u200D👧'],
    ['a\uD800b', 'ab'],
  ])('reads %j as %j', (text, clean) => expect(cleanLine(text)).toBe(clean));

  it.each([
    '',
    ' \n\t',
    '\u200B\u200D\uFEFF',
    '\u3164',
    '\u115F\u1160',
    '\u2800 \u2800',
    '\uFE0F',
    '\u00AD\u2060',
    '\u202E',
  ])('finds nothing in %j', (text) => {
    expect(cleanLine(text)).toBe('');
    expect(cleanText(text)).toBe('');
  });

  it('is one line, and clean text stays as it is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = cleanLine(text);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]|^\s|\s$/u);
        expect(cleanLine(line)).toBe(line);
        expect(cleanText(cleanText(text))).toBe(cleanText(text));
      }),
    );
  });
});

describe('cleanText', () => {
  it.each([
    ['one\r\ntwo\rthree\n', 'one\ntwo\nthree'],
    ['one \t \n\n\n \n two  three', 'one\n\n two three'],
    ['one\u2028two', 'one\ntwo'],
  ])('reads %j as %j', (text, clean) => expect(cleanText(text)).toBe(clean));
});

describe('asPlain', () => {
  it.each([
    ['# Title', '\\# Title'],
    ['- item\n  - nested\n1. first', '\\- item\n  \\- nested\n1\\. first'],
    ['> quote', '\\> quote'],
    ['-# small', '\\-# small'],
    [
      '||spoiler|| `code` **b** __u__ ~~s~~',
      '\\|\\|spoiler\\|\\| \\`code\\` \\*\\*b\\*\\* \\_\\_u\\_\\_ \\~\\~s\\~\\~',
    ],
    ['[text](https://a.org)', '\\[text\\](https\\://a.org)'],
    ['hi @everyone', 'hi @\u200Beveryone'],
    ['<@1> </log:2>', '\\<\\@1> \\</log\\:2>'],
    ['discord.gg/abc and/or', 'discord.gg\\/abc and/or'],
    ['2,000 people (U.S. and Peru) - 50%: go!', '2,000 people (U.S. and Peru) - 50%: go!'],
  ])('writes %j as %j', (text, plain) => expect(asPlain(text)).toBe(plain));

  it('shows what was typed', () => {
    fc.assert(
      fc.property(discordText, (text) => {
        const shown = asPlain(text).replace(/\\([^A-Za-z0-9\s])/g, '$1');
        expect(shown.replaceAll('@\u200B', '@')).toBe(text);
      }),
    );
  });

  it('leaves nothing that Discord would act upon', () => {
    const acts = new RegExp(
      [
        '^ *(?:>|[*-] |\\d+\\. |#{1,3} |-#)',
        '\\*[^]+\\*|_[^]+_|~~[^]+~~|\\|\\|[^]+\\|\\||`[^]+`',
        '\\w+://|\\[[^]*\\]\\(|:\\w+:|discord\\.gg/',
        '<[@#/:atai][^>]*>|@everyone|@here',
      ].join('|'),
      'm',
    );
    fc.assert(
      fc.property(discordText, (text) => {
        // Clients skip what is escaped; servers look for mentions in the bytes.
        expect(asPlain(text).replace(/\\./g, '·')).not.toMatch(acts);
        expect(asPlain(text)).not.toMatch(/<(?:@[!&]?|#)\d+>|@everyone|@here/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('length', () => {
  it('counts code points, as Discord does', () => {
    expect(characters('Perú 🇵🇪')).toBe(7);
    expect(characters('👩\u200D👧')).toBe(3);
  });

  it.each([
    ['short', 5, 'short'],
    ['Lima, Perú', 7, 'Lima,…'],
    ['ab👩\u200D👧cd', 5, 'ab…'],
    ['ab👩\u200D👧cd', 6, 'ab👩\u200D👧…'],
    ['Jose\u0301s', 5, 'Jos…'],
    ['abc', 1, '…'],
    ['abc', 0, ''],
  ])('cuts %j to %i as %j', (text, limit, cut) => expect(cutTo(text, limit)).toBe(cut));

  it('never passes the limit', () => {
    fc.assert(
      fc.property(anyText, fc.nat(70), (text, limit) => {
        expect(characters(cutTo(text, limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('fold', () => {
  it.each([
    ['Acción Perú', '  ACCION   peru '],
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['Ｍｉｎｇａ', 'minga'],
    ['Min\u200Bga', 'Minga'],
    ['Οδός', 'ΟΔΟΣ'],
    ['Semillas\nde Libertad', 'semillas de libertad'],
  ])('takes %j and %j as one name', (one, other) => expect(fold(one)).toBe(fold(other)));

  it.each([
    ['CODEPINK', 'CODE PINK'],
    ['कम', 'काम'],
    ['Grupo 1', 'Grupo 2'],
  ])('keeps %j and %j apart', (one, other) => expect(fold(one)).not.toBe(fold(other)));

  it('folds once and for all', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });
});
