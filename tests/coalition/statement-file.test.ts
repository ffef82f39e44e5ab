// What is taken for a statement: text in UTF-8, by its bytes.
import { describe, expect, it } from 'vitest';
import { statementFrom } from '../../src/coalition/statement-file.js';

const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('statementFrom', () => {
  it('reads UTF-8 to the letter', () => {
    const text = '\uFEFF# Perú\r\n\r\n\tñandú 🇵🇪 «sí»\f\n';
    expect(statementFrom(Buffer.from(text))).toBe(text);
  });

  it.each([
    ['another encoding', Buffer.from('Perú', 'latin1')],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('Peru')])],
    ['UTF-16 without one', utf16('Peru')],
    ['a document', Buffer.from('PK\u0003\u0004word/document.xml')],
    ['a text that is cut off', Buffer.from('Perú').subarray(0, -1)],
  ])('refuses %s', (_what, bytes) => {
    expect(() => statementFrom(bytes)).toThrow(expect.objectContaining({ key: 'notPlainText' }));
  });
});
