// Runs a compiled program as a process of its own and measures it: wall time, and the most memory it ever held.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const peak = new URL('./peak.mjs', import.meta.url);

/** A folder that is gone when `work` is done. */
export async function inFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param program - in dist/: 'src/cli/signatures.js'
 * @returns seconds, and MB (of 1,000,000 bytes) that the whole process held at most, threads included
 */
export async function measure(folder, program, args, settings) {
  const report = path.join(folder, 'peak');
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [`--import=${peak.href}`, fileURLToPath(new URL(`../dist/${program}`, import.meta.url)), ...args],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, PEAK_REPORT: report, ...settings },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - began) / 1000;
  if (code !== 0) throw new Error(`${program} ended with ${code}`);
  return { seconds, peakMB: (Number(readFileSync(report, 'utf8')) * 1024) / 1e6, said };
}
