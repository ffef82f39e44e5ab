// The packet that is handed over: `node bench/packet.mjs [names]`, after `npm run build`.
import { makeDatabase } from './database.mjs';
import { inFolder, measure } from './process.mjs';

/** Of the signatures that a measurement makes, two in three may be handed over. */
const shared = 2 / 3;

for (const names of process.argv[2] ? [Number(process.argv[2])] : [2000, 100_000])
  await inFolder(async (folder) => {
    const settings = makeDatabase(folder, Math.ceil(names / shared));
    const { peakMB, said } = await measure(folder, '../bench/packet-once.mjs', [], settings);
    const { seconds, cpu, named, pdf, csv } = JSON.parse(said);
    if (named < names || csv.count !== named) throw new Error(said);
    console.log(
      `${named.toLocaleString('en')} names (${pdf.count.toLocaleString('en')} pages, ${(pdf.bytes / 1e6).toFixed(1)} MB of PDF, ${(csv.bytes / 1e6).toFixed(1)} MB of CSV): ${seconds.toFixed(1)} s (${cpu.toFixed(1)} s of processor), at most ${peakMB.toFixed(0)} MB of memory`,
    );
  });
