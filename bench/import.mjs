// Import of a million signatures beside a working bot: `node bench/import.mjs [signatures]`, after `npm run build`.
// The measure is the `sqlite3` shell's `.import` of the same file into a plain table with the same indexes.
import { execFileSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { aStage } from '../dist/rehearsal/stage.js';
import { inFolder, measure } from './process.mjs';
import { writeSignatureFile } from './signature-file.mjs';

const signatures = Number(process.argv[2] ?? 1_000_000);

/** What people use meanwhile, one after the other with a short rest: two commands that read, two that write. */
const commands = [
  ['petition show'],
  ['action log', { type: 'call', count: 3 }],
  ['signatures sources'],
  ['action log', { type: 'flyer', note: 'at the market' }],
];

/** Between an answer and the next command, in milliseconds. */
const rest = 40;

await inFolder(async (folder) => {
  const file = path.join(folder, 'signatures.csv');
  await writeSignatureFile(file, signatures);
  const plain = plainImport(folder, file);
  const stage = await aStage();
  const settings = {
    DATABASE_PATH: stage.databasePath,
    SECRET_KEY_FILE: path.join(path.dirname(stage.databasePath), 'secret.key'),
  };
  const idle = await answering(stage, wait(5000));
  const args = ['import', file, '--server', stage.server.id, '--source', 'A million', '--yes'];
  const importing = measure(folder, 'src/cli/signatures.js', args, settings);
  const busy = await answering(stage, importing);
  const { seconds, peakMB, said } = await importing;
  const wanted = `${signatures.toLocaleString('en')} signatures were added`;
  if (!said.includes(wanted)) throw new Error(said);
  const second = await measure(folder, 'src/cli/signatures.js', args, settings);
  await stage.close();
  const size = (statSync(file).size / 1e6).toFixed(0);
  console.log(`${signatures.toLocaleString('en')} signatures, ${size} MB
sqlite3 .import: ${plain.toFixed(1)} s
import: ${seconds.toFixed(1)} s (${(seconds / plain).toFixed(2)} times), at most ${peakMB.toFixed(0)} MB of memory
the same file again, nothing new: ${second.seconds.toFixed(1)} s, at most ${second.peakMB.toFixed(0)} MB
answers before it:   ${idle}
answers meanwhile:   ${busy}`);
});

/** Seconds that the plain import takes, until it is durable. */
function plainImport(folder, file) {
  const script = path.join(folder, 'plain.sql');
  writeFileSync(
    script,
    `create table signatures (first_name, last_name, email, country, date, comment);
create unique index by_email on signatures (email);
create index by_name on signatures (last_name, first_name, country);
.import --csv --skip 1 ${file} signatures
`,
  );
  const began = performance.now();
  execFileSync('sqlite3', [path.join(folder, 'plain.sqlite'), `.read ${script}`]);
  return (performance.now() - began) / 1000;
}

/** How long answers took until something ended: the half, the 99th of a hundred, the longest; of those that write too. */
async function answering(stage, ends) {
  const ada = stage.ada.in(stage.general);
  const times = { all: [], writes: [] };
  let ended = false;
  const end = ends.finally(() => {
    ended = true;
  });
  while (!ended) {
    for (const [name, options] of commands) {
      const began = performance.now();
      await ada.command(name, options);
      const took = performance.now() - began;
      times.all.push(took);
      if (name === 'action log') times.writes.push(took);
      await wait(rest);
    }
  }
  await end;
  return `${inWords(times.all)}; those that write: ${inWords(times.writes)}`;
}

function inWords(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
  return `${sorted.length} answers, half within ${at(0.5)} ms, 99 of 100 within ${at(0.99)} ms, the longest ${at(1)} ms`;
}
