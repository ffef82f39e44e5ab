// The pages that a packet is printed on: US Letter, black on white, tagged for screen readers, numbered "12 / 46".
import PDFDocument from 'pdfkit';
import type { Language } from '../../i18n/words.js';
import { cutToWidth } from '../chart/text.js';
import { forgetWords, printable, registerFonts } from './fonts.js';

/** In points. Letter, as those who are handed it file it; A4 printers scale it. */
const size = { width: 612, height: 792 } as const;
const margins = { top: 72, bottom: 72, left: 72, right: 72 } as const;

/** Black on white, and one grey that is read on it. */
export const inks = { black: '#111111', grey: '#555555', line: '#bbbbbb' } as const;

/** In pages: often enough to stay small, seldom enough that common names are known. */
const betweenForgetting = 50;

const tags: Record<Language, string> = { en: 'en-US', es: 'es-419' };

/** What is said, and in which language: people's text keeps the reader's own where it is undefined. */
export interface Told {
  text: string;
  language?: Language | undefined;
}

interface Style {
  size?: number;
  isBold?: boolean;
  ink?: string;
  /** Space below it. */
  below?: number;
  /** Points from the left margin. */
  indent?: number;
}

type Element = PDFKit.PDFStructureElement;

export type Paper = ReturnType<typeof paper>;

/**
 * Begins a document.
 *
 * @param at - when the latest of its facts was noted: all the time that it knows, so that the same facts make the same bytes
 */
export function paper({
  title,
  languages,
  at,
}: {
  title: string;
  languages: readonly Language[];
  at: number;
}) {
  const [first = 'en'] = languages;
  const date = new Date(at);
  const pdf = new PDFDocument({
    size: [size.width, size.height],
    margins,
    pdfVersion: '1.7',
    tagged: true,
    lang: tags[first],
    displayTitle: true,
    autoFirstPage: false,
    bufferPages: true,
    info: { Title: title, Creator: 'Minga', Producer: 'Minga', CreationDate: date, ModDate: date },
  });
  registerFonts(pdf);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  const chunks: Buffer[] = [];
  let total: number | undefined;
  let tell = (_share: number) => {};
  let pages = 0;
  let lost = 0;

  /** What the document has ready is taken at once: a stream would hold it until somebody waits. */
  const take = () => {
    for (let chunk = pdf.read(); chunk !== null; chunk = pdf.read()) chunks.push(chunk);
  };
  const print = (text: string): string => {
    const printed = printable(text);
    if (!printed.isWhole) lost += 1;
    return printed.text;
  };
  const foot = (number: number, of: number) => {
    const y = size.height - 44;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf.font('regular').fontSize(8).fillColor(inks.grey);
    const numbers = `${number} / ${of}`;
    pdf.text(numbers, size.width - margins.right - pdf.widthOfString(numbers), y, { lineBreak: false });
    pdf.text(cutToWidth(printable(title).text, 8, 400, 360), margins.left, y, { lineBreak: false });
    pdf.endMarkedContent();
  };

  const self = {
    pdf,
    root,
    left: margins.left,
    top: margins.top,
    width: size.width - margins.left - margins.right,
    bottom: size.height - margins.bottom,
    print,
    /** How many texts were printed with letters replaced. */
    lost: () => lost,
    /** Begins a page, unless nothing is on the one it would end. */
    page() {
      if (pages > 0 && pdf.y === margins.top) return;
      if (total !== undefined) pdf.flushPages();
      take();
      pdf.addPage();
      pages += 1;
      if (total !== undefined) {
        foot(pages, total);
        tell(pages / total);
      }
      if (pages % betweenForgetting === 0) forgetWords(pdf);
      pdf.fillColor(inks.black);
      pdf.x = margins.left;
      pdf.y = margins.top;
    },
    /** Begins a page where less than this is left of one. */
    keep(height: number) {
      if (pdf.y + height > self.bottom) self.page();
    },
    gap(height: number) {
      pdf.y += height;
    },
    /** A heading in each language, the first one large; what follows it begins on the same page. */
    heading(level: 1 | 2, told: readonly Told[], follows = 90) {
      const points = level === 1 ? 20 : 13;
      const different = told.filter(({ text }, index) => index === 0 || text !== told[0]?.text);
      if (pdf.y > margins.top) self.gap(level === 1 ? 0 : 14);
      self.keep(points * 1.4 * different.length + follows);
      for (const [index, { text, language }] of different.entries()) {
        const style = index === 0 ? { size: points, isBold: true } : { size: points * 0.8, ink: inks.grey };
        self.say({ text, language }, { ...style, below: 2 }, `H${level}`);
      }
      if (level === 1) pdf.outline.addItem(told[0]?.text ?? '');
      self.gap(level === 1 ? 12 : 5);
    },
    /** A large heading for a short part: below the one before, where there is room for some of it. */
    section(told: readonly Told[]) {
      if (pdf.y > margins.top) self.gap(30);
      self.heading(1, told, 150);
    },
    /** How high a paragraph of this size would stand. */
    heightOf(text: string, points: number) {
      pdf.font('regular').fontSize(points);
      return pdf.heightOfString(printable(text).text, { width: self.width, lineGap: points * 0.22 });
    },
    /** A paragraph, over as many pages as it takes. */
    say({ text, language }: Told, style: Style = {}, type = 'P', parent: Element = root) {
      const { size: points = 10.5, isBold = false, ink = inks.black, below = 6, indent = 0 } = style;
      const whole = print(text);
      const spoken = language === undefined || language === first ? {} : { lang: tags[language] };
      pdf
        .font(isBold ? 'bold' : 'regular')
        .fontSize(points)
        .fillColor(ink);
      const options = { width: self.width - indent, lineGap: points * 0.22 };
      // A line alone at the foot of a page reads badly: a short text stays whole, a long one begins with some lines.
      self.keep(Math.min(pdf.heightOfString(whole, options), points * 4.5));
      parent.add(pdf.struct(type, spoken, () => pdf.text(whole, margins.left + indent, pdf.y, options)));
      pages = pdf.bufferedPageRange().start + pdf.bufferedPageRange().count;
      pdf.x = margins.left;
      pdf.y += below;
    },
    /** A hairline across the page, which says nothing. */
    rule() {
      pdf.markContent('Artifact', { type: 'Layout' });
      pdf.moveTo(margins.left, pdf.y).lineTo(size.width - margins.right, pdf.y);
      pdf.lineWidth(0.5).strokeColor(inks.line).stroke();
      pdf.endMarkedContent();
    },
    /** A picture as wide as the text, with what it says in words. */
    figure(png: Buffer, { alt, height, language }: { alt: string; height: number; language: Language }) {
      self.keep(height);
      const { y } = pdf;
      root.add(
        pdf.struct('Figure', { alt, lang: tags[language] }, () =>
          pdf.image(png, margins.left, y, { width: self.width, height }),
        ),
      );
      pdf.x = margins.left;
      pdf.y = y + height + 14;
    },
    /**
     * From here on each page goes out when the next begins: however many there are, only one is held.
     *
     * @param more - how many pages are still to come
     * @param progress - told how far it is, from 0 to 1
     */
    stream(more: number, progress: (share: number) => void) {
      total = pages + more;
      tell = progress;
      for (let index = 0; index < pages; index++) {
        pdf.switchToPage(index);
        foot(index + 1, total);
      }
    },
    /** Ends it. @returns all of its bytes */
    async end(): Promise<{ content: Buffer; pages: number }> {
      if (pages !== total) throw new Error(`${pages} pages are numbered as ${total}`);
      root.end();
      pdf.end();
      for await (const chunk of pdf) chunks.push(chunk as Buffer);
      return { content: Buffer.concat(chunks), pages };
    },
  };
  return self;
}
