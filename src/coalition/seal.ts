// Names at rest: sealed with AES-256-GCM, and told apart by keyed hashes, under a key kept outside the database.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomFillSync } from 'node:crypto';

/** Seals and opens what people signed with. */
export interface Seal {
  seal(plain: unknown): Buffer;
  /** @throws where the bytes were changed, or sealed with another key */
  open(sealed: Buffer): unknown;
  /**
   * A keyed hash: the same for the same words, and of no use to anyone without the key.
   *
   * @param length - how many of its 32 bytes are kept
   */
  mark(length: number, ...words: string[]): Buffer;
}

const nonceLength = 12;
const tagLength = 16;

/** Random bytes for nonces are drawn for so many at once: a call for each is a third of what sealing costs. */
const noncesDrawn = 1024;

/**
 * A seal from a key of 32 bytes. Sealed bytes are nonce, tag, then the encrypted JSON.
 *
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export function sealWith(key: Buffer): Seal {
  // A key serves one purpose: what is hashed is hashed with another, made from it.
  const markKey = Buffer.from(hkdfSync('sha256', key, '', 'minga marks', 32));
  const nonces = Buffer.alloc(nonceLength * noncesDrawn);
  let drawn = noncesDrawn;
  const nextNonce = () => {
    if (drawn === noncesDrawn) {
      randomFillSync(nonces);
      drawn = 0;
    }
    drawn += 1;
    return nonces.subarray((drawn - 1) * nonceLength, drawn * nonceLength);
  };
  return {
    seal(plain) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = cipher.update(JSON.stringify(plain), 'utf8');
      cipher.final();
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength));
      decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
      const body = sealed.subarray(nonceLength + tagLength);
      return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'));
    },
    mark(length, ...words) {
      // No word holds what parts them, so that ('a', 'bc') and ('ab', 'c') differ.
      const hash = createHmac('sha256', markKey).update(words.join('\0')).digest('binary');
      // By way of a string it costs two thirds of what Node's own way to a buffer does.
      return Buffer.from(hash, 'binary').subarray(0, length);
    },
  };
}
