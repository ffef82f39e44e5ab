// Names at rest: sealed with AES-256-GCM under a key that is kept outside the database.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals and opens what people signed with. */
export interface Seal {
  seal(plain: unknown): Buffer;
  /** @throws where the bytes were changed, or sealed with another key */
  open(sealed: Buffer): unknown;
}

const nonceLength = 12;
const tagLength = 16;

/**
 * A seal from a key of 32 bytes. Sealed bytes are nonce, tag, then the encrypted JSON.
 *
 * @see https://csrc.nist.gov/pubs/sp/800/38/d/final
 */
export function sealWith(key: Buffer): Seal {
  return {
    seal(plain) {
      const nonce = randomBytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength));
      decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength));
      const body = sealed.subarray(nonceLength + tagLength);
      return JSON.parse(Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8'));
    },
  };
}
