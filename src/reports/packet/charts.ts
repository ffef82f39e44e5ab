// The signatures day by day as pictures, one in each language: drawn as the daily tally's, on white.
import { milestonesUpTo } from '../../coalition/milestone.js';
import type { Words } from '../../i18n/words.js';
import { colours } from '../chart/card.js';
import { tallyChart } from '../chart.js';
import { renderOpaquePng } from '../render.js';
import type { PacketFacts } from './facts.js';
import type { Paper } from './paper.js';
import { told } from './words.js';

/** A picture of 1200 × 675 pixels as wide as the text. */
const shape = 675 / 1200;

export interface Picture {
  png: Buffer;
  alt: string;
  words: Words;
}

/** Draws them; none where there are no days to show. */
export async function picturesOf(facts: PacketFacts, speech: readonly Words[]): Promise<Picture[]> {
  const { curve, petition, tally, undated } = facts;
  if (curve.length === 0) return [];
  return Promise.all(
    speech.map(async (words) => {
      const { svg, alt } = tallyChart({
        days: curve,
        goal: petition.goal,
        language: words.language,
        title: words.localized(petition.title),
        milestones: milestonesUpTo(tally.total, petition.goal).slice(-4),
        undated,
      });
      return { png: await renderOpaquePng(onWhite(svg)), alt, words };
    }),
  );
}

/** The card's ground and edge are for a screen. */
const onWhite = (svg: string) =>
  svg.replaceAll(colours.ground, '#ffffff').replaceAll(colours.edge, '#ffffff');

export function charts(paper: Paper, pictures: readonly Picture[], speech: readonly Words[]): void {
  if (pictures.length === 0) return;
  paper.page();
  paper.heading(1, told(speech, 'packet.charts'));
  for (const { png, alt, words } of pictures)
    paper.figure(png, { alt, height: paper.width * shape, language: words.language });
}
