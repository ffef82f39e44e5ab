// Names at rest: what was sealed comes back with the key, and with nothing else.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sealWith } from '../../src/coalition/seal.js';

const { seal, open } = sealWith(Buffer.alloc(32, 7));
const signed = { name: 'Rosa Huamán Quispe', organization: 'Semillas de Libertad', comment: '🌱 ¡Fuera!' };

it('opens what it sealed, whatever that was', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (plain) => {
      // JSON has no −0.
      expect(JSON.stringify(open(seal(plain)))).toBe(JSON.stringify(plain));
    }),
  );
  expect(open(seal(signed))).toEqual(signed);
  expect(open(seal({ name: 'Rosa', organization: undefined }))).toEqual({ name: 'Rosa' });
});

it('shows nothing of what it holds, and seals the same words differently each time', () => {
  const sealed = Array.from({ length: 50 }, () => seal(signed));
  for (const bytes of sealed) {
    for (const word of ['name', 'Rosa', 'Semillas']) expect(bytes.includes(word)).toBe(false);
  }
  // The nonce, the tag and the rest, each by itself: a nonce used twice would give the key's stream away.
  for (const [from, to] of [[0, 12], [12, 28], [28]]) {
    const parts = sealed.map((bytes) => bytes.subarray(from, to).toString('hex'));
    expect(new Set(parts).size).toBe(50);
  }
});

it('refuses bytes of which a single bit was changed', () => {
  const sealed = seal(signed);
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.nat(7), (index, bit) => {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(index) ^ (1 << bit), index);
      expect(() => open(changed)).toThrow();
    }),
  );
});

it('refuses bytes that were cut short or added to', () => {
  const sealed = seal(signed);
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => open(sealed.subarray(0, length)), `${length} bytes`).toThrow();
  }
  expect(() => open(Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow();
});

it('refuses what another key sealed', () => {
  expect(() => open(sealWith(Buffer.alloc(32, 8)).seal(signed))).toThrow();
});

it('takes no key but one of 256 bits', () => {
  for (const length of [0, 16, 24, 31, 33]) {
    expect(() => sealWith(Buffer.alloc(length)).seal(signed), `${length} bytes`).toThrow();
  }
});
