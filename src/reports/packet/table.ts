// Tables: cells wrapped and never cut, rows never parted, headings on each page, each cell tagged where that is affordable.
import { textWidth } from '../chart/font.js';
import { inks, type Paper } from './paper.js';

export interface Column {
  /** In each language, one below the other. */
  heading: readonly string[];
  /** Points; all columns together are as wide as the text. */
  width: number;
  /** Figures stand under each other. */
  isNumber?: boolean;
}

/** A row, its cells already wrapped into lines. */
export interface Row {
  cells: readonly (readonly string[])[];
  isBold?: boolean;
  /** Stands on one page with the row after it: a sum below nothing says little. */
  isBound?: boolean;
}

const type = 9;
const leading = 11.5;
/** Between one row's last line and the next one's first. */
const apart = 3.5;
/** Between columns. */
const gutter = 10;
/** A table of more rows is tagged by the page: three elements for each of a hundred thousand would triple the file. */
const mostTagged = 5000;

const heightOf = ({ cells }: Row) => Math.max(1, ...cells.map((lines) => lines.length)) * leading + apart;

/** Wraps cells to the width of their columns. */
export function row(columns: readonly Column[], texts: readonly string[], isBold = false): Row {
  const cells = texts.map((text, index) => wrapped(text, (columns[index]?.width ?? 0) - gutter, isBold));
  return { cells, isBold };
}

/** The lines of a text: broken between words, and inside of one only where it alone is too wide. */
function wrapped(text: string, width: number, isBold: boolean): string[] {
  const wide = (line: string) => textWidth(line, type, isBold ? 700 : 400);
  if (text === '') return [];
  if (wide(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (wide(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && wide(line + character) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line === '' ? lines : [...lines, line];
}

const headingOf = (columns: readonly Column[]): Row => ({
  cells: columns.map(({ heading, width }) => heading.flatMap((text) => wrapped(text, width - gutter, true))),
  isBold: true,
});

/** The room a row needs on its page. */
const roomFor = (one: Row) => heightOf(one) + (one.isBound ? leading + apart : 0);

/** How many pages a table fills after the one it begins on, if that much is used of the first. */
export function pagesAfter(
  { top, bottom }: Pick<Paper, 'top' | 'bottom'>,
  columns: readonly Column[],
  rows: Iterable<Row>,
  begins: number,
): number {
  const heading = heightOf(headingOf(columns)) + apart;
  let pages = 0;
  let y = begins + heading;
  for (const one of rows) {
    if (y + roomFor(one) > bottom) {
      pages += 1;
      y = top + heading;
    }
    y += heightOf(one);
  }
  return pages;
}

/**
 * Prints a table from where the paper is.
 *
 * @param count - how many rows there are
 */
export function table(paper: Paper, columns: readonly Column[], rows: Iterable<Row>, count: number): void {
  const { pdf, root, left } = paper;
  const isTagged = count <= mostTagged;
  const heading = headingOf(columns);
  const frame = isTagged ? pdf.struct('Table') : undefined;
  if (frame) root.add(frame);

  const cell = (lines: readonly string[], column: Column, x: number, y: number) => {
    for (const [index, line] of lines.entries()) {
      const width = column.isNumber ? pdf.widthOfString(line) : 0;
      const from = column.isNumber ? x + column.width - gutter - width : x;
      pdf.text(line, from, y + index * leading, { lineBreak: false });
    }
  };
  const draw = (one: Row, y: number, tag?: 'TH' | 'TD') => {
    pdf.font(one.isBold ? 'bold' : 'regular').fontSize(type);
    const line = tag && frame ? pdf.struct('TR') : undefined;
    if (line) frame?.add(line);
    let x = left;
    for (const [index, column] of columns.entries()) {
      const lines = one.cells[index] ?? [];
      const from = x;
      // An empty cell is one too, but there is nothing in it to mark.
      if (line && tag && lines.length === 0) line.add(pdf.struct(tag));
      else if (line && tag) line.add(pdf.struct(tag, {}, () => cell(lines, column, from, y)));
      else cell(lines, column, from, y);
      x += column.width;
    }
    line?.end();
    return y + heightOf(one);
  };
  /** The headings with a line below: said once, and seen on each page. */
  const begin = (y: number, isFirst: boolean) => {
    if (!isFirst || !isTagged) pdf.markContent('Artifact', { type: 'Pagination' });
    const below = draw(heading, y, isFirst && isTagged ? 'TH' : undefined);
    if (!isFirst || !isTagged) pdf.endMarkedContent();
    pdf.y = below;
    paper.rule();
    return below + apart;
  };

  let waiting: Row[] = [];
  pdf.fillColor(inks.black);
  let y = begin(pdf.y, true);
  let from = y;
  /** All rows of a page as one paragraph. */
  const flush = () => {
    const page = waiting;
    waiting = [];
    if (page.length === 0) return;
    let at = from;
    root.add(
      pdf.struct('P', {}, () => {
        for (const one of page) at = draw(one, at);
      }),
    );
  };
  for (const one of rows) {
    if (y + roomFor(one) > paper.bottom) {
      flush();
      paper.page();
      y = begin(paper.top, false);
      from = y;
    }
    if (isTagged) y = draw(one, y, 'TD');
    else {
      waiting.push(one);
      y += heightOf(one);
    }
  }
  flush();
  frame?.end();
  pdf.x = left;
  pdf.y = y + 8;
}
