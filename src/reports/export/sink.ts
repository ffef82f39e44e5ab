// Where an export is written: into a file, or in memory, so that the names that Discord is sent touch no disk.
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';
import { Failure } from '../../coalition/failure.js';

/** What came of it. */
export interface Written {
  bytes: number;
  /** Of all its bytes, in hexadecimal digits. */
  sha256: string;
  /** The bytes themselves, where they were written in memory. */
  content?: Uint8Array;
}

export interface Sink {
  write(text: string): void;
  /** Everything is written, and a file on the disk. */
  finish(): Written;
  /** Lets go of it, whether it is finished or not. */
  close(): void;
}

/** A new file that its owner alone may read. */
export function fileSink(file: string): Sink {
  const descriptor = openSync(file, 'wx', 0o600);
  const measured = measure();
  return {
    // Unlike writeSync, it goes on where the system takes only a part.
    write: (text) => writeFileSync(descriptor, measured.take(text)),
    finish: () => {
      fsyncSync(descriptor);
      return measured.sum();
    },
    close: () => closeSync(descriptor),
  };
}

/** @param most - bytes that fit, and the server to name where they don't */
export function memorySink({ bytes: most, serverId }: { bytes: number; serverId: string }): Sink {
  const chunks: Buffer[] = [];
  const measured = measure();
  return {
    write: (text) => {
      chunks.push(measured.take(text));
      if (measured.bytes() > most)
        throw new Failure('exportTooLarge', { most: Math.floor(most / 1024 ** 2), server: serverId });
    },
    finish: () => ({ ...measured.sum(), content: Buffer.concat(chunks) }),
    close: () => {},
  };
}

function measure() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    take(text: string): Buffer {
      const chunk = Buffer.from(text);
      hash.update(chunk);
      bytes += chunk.length;
      return chunk;
    },
    bytes: () => bytes,
    sum: (): Written => ({ bytes, sha256: hash.digest('hex') }),
  };
}
