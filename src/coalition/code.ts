// Short random codes that people can read out: no vowels, so no words; nothing that looks like something else.
import { randomInt } from 'node:crypto';

const letters = '23456789bcdfghjkmnpqrstvwxyz';

/** A code of ten letters and digits, about 48 bits. */
export function randomCode(): string {
  return Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}

const code = new RegExp(`^[${letters}]{10}$`);

/** The code that a text is, in small letters as it was made; undefined where it is none. */
export function codeIn(text: string): string | undefined {
  const written = text.toLowerCase();
  return code.test(written) ? written : undefined;
}
