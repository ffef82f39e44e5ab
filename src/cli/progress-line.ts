// How far long work is, on one line of a terminal; nothing where nobody looks.

const marks = 30;

/** A line that moves; it goes to the error output, as the other one is for what came of the work. */
export function progressLine(
  what: string,
  out: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): { show(share: number): void; clear(): void } {
  let last = '';
  return {
    show(share) {
      const filled = Math.floor(share * marks);
      const line = `${what} ${'█'.repeat(filled)}${'░'.repeat(marks - filled)} ${Math.floor(share * 100)}%`;
      if (!out.isTTY || line === last) return;
      last = line;
      out.write(`\r${line}`);
    },
    clear() {
      if (last !== '') out.write('\r\u001B[K');
      last = '';
    },
  };
}
