// Compiles to dist/ when a source is newer than what is there, so that `npm start` needs no step before it.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const sources = [
  'src',
  'commands',
  'db',
  'rehearsal',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.build.json',
];
const stamp = 'dist/src/main.js';

/** The time in milliseconds of the newest file at or below a path; 0 where there is none. */
function newest(place) {
  if (!existsSync(place)) return 0;
  const found = statSync(place);
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(0, ...readdirSync(place).map((name) => newest(path.join(place, name))));
}

const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
if (sources.some((source) => newest(source) > builtAt)) {
  execSync('npm run --silent build', { stdio: ['ignore', process.stderr, process.stderr] });
}
