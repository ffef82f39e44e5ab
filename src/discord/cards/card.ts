// The parts of a card: text, a picture, rows of buttons, in one frame that reads well on a phone.
import {
  type APIButtonComponent,
  type APIComponentInContainer,
  AttachmentBuilder,
  ButtonStyle,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { characters } from '../../coalition/plain-text.js';
import type { Words } from '../../i18n/words.js';
import type { Reply } from '../command.js';

/** A picture with the words for those who don't see it. */
export interface Picture {
  name: string;
  png: Buffer;
  alt: string;
}

export type Block = string | { picture: Picture } | { buttons: APIButtonComponent[] } | { line: true };

/** Terracotta, for all that is Minga's own. */
const accent = 0xc2571a;

/** The longest text that all blocks of a message may have together, by Discord's rule. */
export const longestCard = 4000;

/** The lines that there is room for, in characters, and how many more there are. */
export function withMore(lines: readonly string[], room: number, words: Words): string[] {
  let left = room;
  const shown = lines.filter((line) => {
    left -= characters(line) + 1;
    return left >= 0;
  });
  const more = lines.length - shown.length;
  return more > 0 ? [...shown, words.say('andMore', { count: more })] : shown;
}

/** A message in a frame. */
export function card(blocks: Block[]): Reply {
  const pictures = blocks.flatMap((block) =>
    typeof block === 'object' && 'picture' in block ? [block.picture] : [],
  );
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      { type: ComponentType.Container, accent_color: accent, components: blocks.flatMap(componentsOf) },
    ],
    files: pictures.map(({ name, png, alt }) => new AttachmentBuilder(png, { name, description: alt })),
  };
}

function componentsOf(block: Block): APIComponentInContainer[] {
  if (typeof block === 'string')
    return block === '' ? [] : [{ type: ComponentType.TextDisplay, content: block }];
  if ('line' in block) return [{ type: ComponentType.Separator }];
  if ('picture' in block) {
    const { name, alt } = block.picture;
    return [
      {
        type: ComponentType.MediaGallery,
        items: [{ media: { url: `attachment://${name}` }, description: alt }],
      },
    ];
  }
  if (block.buttons.length === 0) return [];
  return [{ type: ComponentType.ActionRow, components: block.buttons }];
}

/** The same in each language of a post, with a line between. */
export function inEachLanguage<Spoken>(
  speech: readonly Spoken[],
  blocksOf: (words: Spoken) => Block[],
): Block[] {
  return speech.flatMap((words, index) => [
    ...(index > 0 ? [{ line: true } as const] : []),
    ...blocksOf(words),
  ]);
}

export function button(
  id: string,
  label: string,
  style: 'plain' | 'strong' | 'danger' = 'plain',
): APIButtonComponent {
  const styles = {
    plain: ButtonStyle.Secondary,
    strong: ButtonStyle.Primary,
    danger: ButtonStyle.Danger,
  } as const;
  return { type: ComponentType.Button, style: styles[style], label, custom_id: id };
}

export function linkButton(url: string, label: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
}

/** A row of buttons under a plain message. */
export function buttonRow(...buttons: APIButtonComponent[]) {
  return { type: ComponentType.ActionRow as const, components: buttons };
}
