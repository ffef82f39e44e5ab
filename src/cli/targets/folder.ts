// Reads the congress-legislators files of a folder.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { dayIn } from '../../coalition/day.js';
import { Failure } from '../../coalition/failure.js';
import { jsonFrom } from '../../connectors/congress-legislators/bundle.js';
import { type Files, fileNames, selectCommittees } from '../../connectors/congress-legislators/select.js';
import type { Congress } from '../../connectors/congress-legislators/shapes.js';
import { Refusal } from '../tool.js';

/** What the files say of some committees, and the last day on which one of them was written. */
export function readFolder(folder: string, committees: readonly string[]): { chosen: Congress; day: string } {
  const found = Object.entries(fileNames).map(([part, name]) => {
    const file = path.join(folder, `${name}.json`);
    return { part, name, file, written: statSync(file, { throwIfNoEntry: false })?.mtimeMs };
  });
  const missing = found.filter(({ part, written }) => written === undefined && part !== 'districts');
  if (missing.length > 0)
    throw new Refusal(
      `${folder} has no ${missing.map(({ name }) => `${name}.json`).join(', no ')}. ` +
        'They can be had at https://unitedstates.github.io/congress-legislators/',
    );
  const there = found.flatMap(({ written, ...one }) => (written === undefined ? [] : [{ ...one, written }]));
  const files = Object.fromEntries(there.map(({ part, file }) => [part, readJson(file)]));
  return {
    chosen: selectCommittees(files as Files, committees),
    day: dayIn('UTC', Math.max(...there.map(({ written }) => written))),
  };
}

function readJson(file: string): unknown {
  const bytes = readFileSync(file);
  try {
    return jsonFrom(bytes);
  } catch (error) {
    if (error instanceof Failure) throw new Refusal(`${file} is not JSON in UTF-8, or it is cut off.`);
    throw error;
  }
}
