// Files of signatures taken into a real database file, step by step: what the thread of an import does, done here.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { closeDatabase, type Database, openBeside, openDatabase } from '../../db/connect.js';
import { type Import, importById } from '../../db/imports.js';
import { beginImport } from '../../src/coalition/import/begin.js';
import { marked } from '../../src/coalition/import/marked.js';
import { prepareImport } from '../../src/coalition/import/prepare.js';
import { type Answers, type Preview, previewImport } from '../../src/coalition/import/preview.js';
import { publishImport, undoImport } from '../../src/coalition/import/publish.js';
import { today } from '../../src/coalition/petition.js';
import { recountPetition } from '../../src/coalition/recount.js';
import { readRows, shapeOf } from '../../src/connectors/signature-file/index.js';
import { aCount, everyRow, seal, storyBegins } from './stories.js';

/** How a file is said to be taken in. */
export interface Given {
  source?: string;
  consent?: Import['consent'];
  answers?: Answers;
  /** The day on which it is read. */
  at?: number;
}

/** A petition in a database file, and files that are taken into it. */
export function anImportStory() {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-import-'));
  const databasePath = path.join(folder, 'minga.sqlite');
  const database = openDatabase(databasePath);
  onTestFinished(() => {
    closeDatabase(database);
    rmSync(folder, { recursive: true });
  });
  const story = aCount({ database });
  const { petition } = story;
  let files = 0;

  /** Reads a file into staging. @returns the staging file */
  async function stage(
    content: string | Buffer,
    { source = 'Plaza', at = storyBegins }: Given = {},
  ): Promise<string> {
    files += 1;
    const staged = path.join(folder, `staged ${files}.sqlite`);
    const input = { bytes: Buffer.from(content) };
    const shape = await shapeOf(input);
    const about = { petitionId: petition.id, source, fileName: 'names.csv', shape, seal };
    const rows = marked(readRows(input, shape, today(petition, at)), about);
    await prepareImport(staged, about, rows, input.bytes.length, () => {});
    return staged;
  }

  function preview(staged: string, { source = 'Plaza', answers }: Given = {}): Preview {
    return beside((connection) => {
      const about = { petitionId: petition.id, source, seal, order: 'dayFirst' } as const;
      return previewImport(connection, staged, about, answers);
    });
  }

  function begin(staged: string, { source = 'Plaza', consent = 'names', at }: Given = {}): Import {
    const draft = { petitionId: petition.id, staged, fileName: 'names.csv', source };
    const pen = story.pen(at === undefined ? {} : { at });
    return beginImport(database, pen, petition, draft, { consent, holder: 'here' });
  }

  /** As it is in the database by now: whoever goes on with it reads it anew. */
  const current = ({ id }: Import): Import => {
    const found = importById(database, id);
    if (!found) throw new Error('the import is gone');
    return found;
  };

  async function publish(begun: Import, progress: (share: number) => void = () => {}): Promise<number> {
    const connection = openBeside(databasePath);
    try {
      const row = current(begun);
      return await publishImport(connection, begun.staged, row, today(petition, row.at), progress);
    } finally {
      closeDatabase(connection);
    }
  }

  async function undo(begun: Import): Promise<void> {
    const connection = openBeside(databasePath);
    try {
      await undoImport(connection, current(begun));
    } finally {
      closeDatabase(connection);
    }
  }

  function beside<Result>(work: (connection: Database) => Result): Result {
    const connection = openBeside(databasePath);
    try {
      return work(connection);
    } finally {
      closeDatabase(connection);
    }
  }

  return {
    ...story,
    folder,
    databasePath,
    stage,
    preview,
    begin,
    publish,
    undo,
    /** Undone by the connection that the story is told on. */
    undoHere: (begun: Import) => undoImport(database, current(begun)),
    current,
    /** What each file holds that lies there now. */
    bytesThere: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1')),
    /** A whole import: read, previewed, confirmed, published. */
    async take(
      content: string | Buffer,
      given: Given = {},
    ): Promise<Preview & { added: number; begun: Import }> {
      const staged = await stage(content, given);
      const previewed = preview(staged, given);
      const begun = begin(staged, given);
      return { ...previewed, begun, added: await publish(begun) };
    },
    /** All that an import must leave alone when it brings nothing new. */
    ledger: () => everyRow(database, 'imports', 'audit', 'interactions', 'drafts'),
    /** What a recount would put right; nothing is the normal answer. */
    recount: () => recountPetition(database, petition.id),
    total: () => {
      const [people = 0, organizations = 0] = story.figures();
      return people + organizations;
    },
  };
}

/** A CSV of a header and lines. */
export const csv = (header: string, ...lines: string[]) => [header, ...lines, ''].join('\n');
