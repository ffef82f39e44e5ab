// Text from people: cleaned when it comes in, counted and cut as Discord does, shown as plain text, compared.

/** Characters that steer how others are laid out, and halves of a surrogate pair. */
const steering = /[\u202A-\u202E\u2066-\u2069\p{Cs}]/gu;
/** What shows nothing: spaces, zero-width and other ignorable characters, fillers, the blank of braille. */
const leading = /^[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]+/u;
/** Narrower than `leading`: an emoji may end in a variation selector, and that of a flag in a tag. */
const blank = String.raw`[\s\p{Cc}\u200B\u2060\uFEFF\u3164\u2800]`;
/** Looks back, as trying at each character of a long run in the middle is slow. */
const trailing = new RegExp(`(?<!${blank})${blank}+$`, 'u');

/** One line of people's text: no line breaks, control characters or bidirectional overrides; '' if blank. */
export function cleanLine(text: string): string {
  return trimmed(text.replace(steering, '').replace(/[\s\p{Cc}]+/gu, ' '));
}

/** Like `cleanLine`, but line breaks stay, as LF, with at most one empty line in a row. */
export function cleanText(text: string): string {
  return trimmed(
    text
      .replace(steering, '')
      .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
      .replace(/(?:(?!\n)[\s\p{Cc}])+/gu, ' ')
      .replace(/ *\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n'),
  );
}

function trimmed(text: string): string {
  return text.replace(leading, '').replace(trailing, '').normalize('NFC');
}

/**
 * People's text for the Markdown of a message: it shows as it was typed, links nowhere and mentions nobody.
 *
 * @remarks discord.js's `escapeMarkdown` leaves quotes, subtext, mentions, timestamps, `:shortcodes:` and the
 * inside of links as they are. A backslash before `<@1>` alone may not do either, if Discord's servers look for
 * mentions without reading Markdown: the sign inside is escaped too, and a zero-width space parts the two mentions
 * made of letters. What means nothing where it stands, like the colon of a sentence, stays as it is. Cut before this, not after: `cutTo` does not know of escapes. Not for places without Markdown
 * (buttons, choices, file names).
 * @see https://github.com/LyricLy/parse-discord for what Discord takes as Markdown
 */
export function asPlain(text: string): string {
  return text
    .replace(/[\\*_~`|[\]<]|:(?=\S)|(?<=\.\w+)\//g, '\\$&')
    .replace(/(?<=<)[@#]/g, '\\$&')
    .replace(/^( *)([-#>])/gm, '$1\\$2')
    .replace(/^( *\d+)\./gm, '$1\\.')
    .replace(/@(?=everyone|here)/gi, '@\u200B');
}

/**
 * The length of a text as Discord's limits count it: in code points, so that an emoji may be one or several.
 *
 * @see https://github.com/discord/discord-api-docs/issues/1315 ("calculates length based on … codepoints")
 */
export function characters(text: string): number {
  return [...text].length;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The text if it has at most `limit` characters; else its first whole graphemes and '…', within the limit. */
export function cutTo(text: string, limit: number): string {
  if (characters(text) <= limit) return text;
  if (limit < 1) return '';
  return `${fitting(text, limit - 1).trimEnd()}…`;
}

/** The longest beginning of a text that has at most `limit` characters and ends between two graphemes. */
export function fitting(text: string, limit: number): string {
  let left = limit;
  for (const { segment, index } of graphemes.segment(text)) {
    left -= characters(segment);
    if (left < 0) return text.slice(0, index);
  }
  return text;
}

/** A key by which two spellings of one name are equal: case, accents, widths, spaces and what does not show. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]|(?!\s)[\p{Cc}\p{Default_Ignorable_Code_Point}]/gu, '')
    .replace(/[\s\u2800]+/g, ' ')
    .trim()
    .toLowerCase() // 'ẞ' and 'ß' meet in lower case, 'ß' and 'SS', 'ς' and 'σ' in upper case only
    .toUpperCase()
    .toLowerCase();
}
