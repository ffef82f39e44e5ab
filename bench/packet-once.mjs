// What bench/packet.mjs measures: a process of its own that makes one packet, PDF and CSV in both languages.
import { makePacket } from '../dist/src/reports/packet/packet.js';

const { DATABASE_PATH: database, SECRET_KEY_FILE: key } = process.env;
const began = performance.now();
const { named, files } = await makePacket({ database, key, petitionId: 1, language: 'both', format: 'both' });
const seconds = (performance.now() - began) / 1000;
const { user, system } = process.cpuUsage();
/** Of all threads together, the start of the process included: what others that run beside it do not add to. */
const cpu = (user + system) / 1e6;
const [pdf, csv] = files.map(({ count, content }) => ({ count, bytes: content.byteLength }));
console.log(JSON.stringify({ seconds, cpu, named, pdf, csv }));
