// `npm run targets -- bundle FOLDER FILE`: a small file for `/target import`.
import { writeFileSync } from 'node:fs';
import { bundleOf } from '../../connectors/congress-legislators/bundle.js';
import { targetsFrom } from '../../connectors/congress-legislators/data.js';
import { words } from '../signatures/database.js';
import { sizeInWords } from '../tool.js';
import { readFolder } from './folder.js';

export function writeBundle(
  folder: string,
  file: string,
  { asOf, committees }: { asOf?: string; committees: readonly string[] },
): void {
  const { chosen, day } = readFolder(folder, committees);
  // What would be refused when it is taken in is not written.
  const data = targetsFrom(chosen, asOf ?? day);
  const bytes = bundleOf(chosen, data.asOf);
  writeFileSync(file, bytes, { flag: 'wx' });
  console.log(
    `Wrote ${file}, ${sizeInWords(bytes.length)}: ${committees.join(', ')}, ` +
      `${words.say('target.members', { count: data.members.length })}, data as of ${data.asOf}.`,
  );
}
