// Compiles the bot once before the tests: those at the edge run the real process, as `npm start` does.
import { execSync } from 'node:child_process';

/** Runs before any test file; a failing build fails the run. */
export function setup(): void {
  execSync('node scripts/build-if-needed.mjs', { stdio: 'inherit' });
}
