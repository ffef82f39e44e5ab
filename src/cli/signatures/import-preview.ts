// What an import would do, as lines of a terminal.
import { type Preview, rejectedBy } from '../../coalition/import/preview.js';
import { type FileShape, usedColumns } from '../../connectors/signature-file/index.js';
import { reasonKey } from '../../reports/rejected.js';
import { words } from './database.js';

/** The mapping, the first rows, and how many rows would be new, known and rejected. */
export function previewLines(preview: Preview, source: string): string[] {
  const { facts, firstRows, places, order } = preview;
  const shape = facts.shape as FileShape;
  const { encoding, separator, quoted } = shape;
  const columns = usedColumns(shape, preview);
  const unplaced = places.filter(({ answer }) => answer === null);
  return [
    `${facts.fileName} → ${source}`,
    `Read as ${encoding.toUpperCase()}, cells parted by ${separator === '\t' ? 'tabs' : `“${separator}”`}${quoted ? '' : '; quotation marks are part of the text'}.`,
    `Columns: ${columns.map(({ header, field }) => `${header || '(no header)'} → ${field ?? 'left out'}`).join(', ')}`,
    'First rows:',
    ...firstRows.map(
      ({ line, kind, name, organization, country, day }) =>
        `  ${line}: ${[kind, name, organization, country, day].filter(Boolean).join(' · ')}`,
    ),
    words.say('import.fresh', { count: preview.fresh }),
    ...(['known', 'repeated', 'echoes', 'departed', 'credited'] as const)
      .filter((kind) => preview[kind] > 0)
      .map((kind) => words.say(`import.rows.${kind}`, { count: preview[kind] })),
    ...Object.entries(rejectedBy(preview)).map(
      ([reason, count]) => `Rejected: ${words.number(count)} – ${words.say(reasonKey(reason))}`,
    ),
    ...(facts.twoReadings > 0 ? [`${words.say(`import.readWith.${order}`)} (--dates)`] : []),
    ...unplaced
      .slice(0, 20)
      .map(
        ({ typed, rows, candidates }) =>
          `Country not certain: “${typed}” (${words.number(rows)})${candidates.length > 0 ? `, may be ${candidates.join(', ')}` : ''}; kept without one.`,
      ),
    ...(unplaced.length > 20 ? [words.say('andMore', { count: unplaced.length - 20 })] : []),
  ];
}
