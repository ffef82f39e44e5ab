// Tally by any grouping, small and large: `node bench/tally.mjs [signatures]`, after `npm run build`.
import { closeDatabase, openDatabase } from '../dist/db/connect.js';
import { petitionsOf } from '../dist/db/petitions.js';
import { groupings, tallyLines, tallyOf } from '../dist/src/coalition/tally.js';
import { makeDatabase, serverId } from './database.mjs';
import { inFolder } from './process.mjs';

const sizes = [10_000, Number(process.argv[2] ?? 5_000_000)];
const rounds = 300;

/** How long each grouping takes, the half of many rounds, in milliseconds. */
async function timesOf(signatures) {
  return inFolder((folder) => {
    const { DATABASE_PATH } = makeDatabase(folder, signatures);
    const began = performance.now();
    const database = openDatabase(DATABASE_PATH);
    const opened = performance.now() - began;
    const [petition] = petitionsOf(database, serverId);
    const { total } = tallyOf(database, petition.id);
    if (total !== signatures) throw new Error(`${total} of ${signatures}`);
    const times = Object.fromEntries(
      groupings.map((by) => [
        by,
        half(() => [tallyOf(database, petition.id), tallyLines(database, petition.id, by)]),
      ]),
    );
    closeDatabase(database);
    return { opened, times };
  });
}

function half(work) {
  // The first rounds are the compiler's.
  for (let round = 0; round < rounds; round += 1) work();
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return times.sort((a, b) => a - b)[rounds / 2];
}

const [small, large] = [await timesOf(sizes[0]), await timesOf(sizes[1])];
for (const by of groupings) {
  const [few, many] = [small.times[by], large.times[by]];
  console.log(
    `by ${by}: ${few.toFixed(2)} ms at ${sizes[0].toLocaleString('en')}, ${many.toFixed(2)} ms at ${sizes[1].toLocaleString('en')} (${(many / few).toFixed(2)} times)`,
  );
}
console.log(
  `a start reads through ${sizes[1].toLocaleString('en')} in ${(large.opened / 1000).toFixed(1)} s`,
);
