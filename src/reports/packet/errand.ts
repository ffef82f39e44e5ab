// The thread of a packet: reads one moment of the database, and prints it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { closeDatabase, openBeside } from '../../../db/connect.js';
import { sealWith } from '../../coalition/seal.js';
import { doErrand } from '../../coalition/thread.js';
import { wordsOfPost } from '../../i18n/words.js';
import { close, warmUp } from '../render.js';
import { picturesOf } from './charts.js';
import { listCsv } from './csv.js';
import { type PacketFacts, readFacts } from './facts.js';
import type { Packet, PacketFile, PacketRequest } from './packet.js';
import { printed } from './print.js';

await doErrand<PacketRequest, Packet>(async (request, progress) => {
  const { format, language } = request;
  const speech = wordsOfPost(language);
  // Pictures take longest to begin with: that goes on beside the reading.
  const warm = format === 'csv' ? undefined : warmUp();
  try {
    const facts = read(request);
    const { list, tally, day, stale, statements } = facts;
    await warm;
    const pictures = format === 'csv' ? [] : await picturesOf(facts, speech);
    // What draws them holds more memory than all the names.
    await close();
    const pdf = format === 'csv' ? undefined : await printed(facts, language, { pictures, progress });
    const named = list.people.length + list.organizations.length;
    const csv = format === 'pdf' ? undefined : listCsv(list, speech);
    return {
      day,
      stale,
      language,
      files: [
        ...(pdf ? [fileOf('pdf', pdf.content, pdf.pages)] : []),
        ...(csv ? [fileOf('csv', csv, named)] : []),
      ],
      without: speech
        .map((words) => words.language)
        .filter((one) => statements.every((statement) => statement.language !== one)),
      total: tally.total,
      named,
      counted: list.unnamed + list.unwilling + list.erased,
      beyond: list.beyond,
      likely: tally.likely,
      lost: pdf?.lost ?? 0,
    };
  } finally {
    await close();
  }
});

function read({ database: file, key, petitionId, language }: PacketRequest): PacketFacts {
  const seal = sealWith(Buffer.from(readFileSync(key, 'utf8').trim(), 'hex'));
  const database = openBeside(file);
  try {
    database.$client.pragma('query_only = ON');
    // Each page is read once: there is nothing to keep.
    database.$client.pragma('cache_size = -1000');
    const languages = wordsOfPost(language).map((words) => words.language);
    return readFacts(database, seal, petitionId, languages);
  } finally {
    closeDatabase(database);
  }
}

function fileOf(format: PacketFile['format'], content: Buffer, count: number): PacketFile {
  return { format, content, count, sha256: createHash('sha256').update(content).digest('hex') };
}
