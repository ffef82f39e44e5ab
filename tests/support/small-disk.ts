// A disk that a test can fill and make read-only: a tmpfs, where the account that runs the tests may mount one.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export interface SmallDisk {
  folder: string;
  /** Takes all the room that is left. */
  fill(): void;
  /** Gives it back. */
  makeRoom(): void;
  /** Takes no writes any more; nobody may have a file open. */
  protect(): void;
}

const root = tmpdir();
const mount = (...args: string[]) => spawnSync('mount', args).status === 0;
const unmount = (folder: string) => {
  spawnSync('umount', ['-l', folder]);
  rmdirSync(folder);
};

/** Whether disks can be mounted here; root of Linux may. */
export const mayMount = (() => {
  const folder = mkdtempSync(path.join(root, 'minga-disk-'));
  const may = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
  unmount(folder);
  return may;
})();

/** A disk of so many kilobytes, gone after the test. */
export function aSmallDisk(kilobytes: number): SmallDisk {
  const folder = mkdtempSync(path.join(root, 'minga-disk-'));
  onTestFinished(() => unmount(folder));
  if (!mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder)) throw new Error('no disk to mount');
  const ballast = path.join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      try {
        for (;;) writeFileSync(ballast, Buffer.alloc(4096), { flag: 'a' });
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    makeRoom: () => rmSync(ballast),
    protect: () => {
      if (!mount('-o', 'remount,ro', folder)) throw new Error('the disk is in use');
    },
  };
}
