// Export of a million signatures: `node bench/export.mjs [signatures]`, after `npm run build`.
import { statSync } from 'node:fs';
import path from 'node:path';
import { makeDatabase, serverId } from './database.mjs';
import { inFolder, measure } from './process.mjs';

const signatures = Number(process.argv[2] ?? 1_000_000);

await inFolder(async (folder) => {
  const settings = makeDatabase(folder, signatures);
  for (const format of ['csv', 'json']) {
    const file = path.join(folder, `names.${format}`);
    const { seconds, peakMB, said } = await measure(
      folder,
      'src/cli/signatures.js',
      ['export', file, '--server', serverId],
      settings,
    );
    const size = statSync(file).size / 1e6;
    if (!said.includes(`Rows: ${signatures.toLocaleString('en')} `)) throw new Error(said);
    console.log(
      `${signatures.toLocaleString('en')} signatures as ${format} (${size.toFixed(0)} MB): ${seconds.toFixed(1)} s, at most ${peakMB.toFixed(0)} MB of memory`,
    );
  }
});
