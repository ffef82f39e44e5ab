// The transcript of a play: who said what, what came back, as a conversation; pictures are saved beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import type { Caption } from './caption.js';
import { type StandIn, wordsOf } from './stand-in/index.js';

/** From where a step is seen: as a person, in a channel. */
export interface Spot {
  as: string;
  channel: string;
}

export interface Transcript {
  scene(title: Caption): void;
  /** What somebody is about to do, as whom and where one would see it; resolves when it may happen. */
  does(what: Caption, spot?: Spot): Promise<void>;
  /** What came back, who sees it, and the locale of whoever reads it; English where it is left out. */
  answer(message: APIMessage, seenBy: string, locale?: string): void;
  /** A modal that opened. */
  opens(words: string, locale?: string): void;
  /** Something that is about to happen by itself; resolves when it may. */
  note(text: Caption): Promise<void>;
  /** A step that did not get the answer it expected. */
  fault(text: string): void;
  /** Writes it to the folder; the file's path. */
  save(): string;
}

/**
 * A transcript that prints as it goes, in English.
 *
 * @param names - what ids of people, roles and channels read as: '#general', '@Members'
 */
export function aTranscript(
  discord: StandIn,
  folder: string,
  names: ReadonlyMap<string, string>,
): Transcript {
  mkdirSync(folder, { recursive: true });
  const lines: string[] = [];
  let pictures = 0;
  const print = (...more: string[]) => {
    for (const line of more) {
      lines.push(line);
      console.log(line);
    }
  };
  const quoted = (text: string, locale = 'en-US') =>
    asSeen(text, names, { locale, now: discord.clock.now() })
      .split('\n')
      .map((line) => `   │ ${line}`.trimEnd());

  /** Saves a message's pictures; their names. */
  function save(message: APIMessage): string[] {
    return message.attachments.map((attachment) => {
      pictures += 1;
      const name = `${String(pictures).padStart(2, '0')}-${attachment.filename}`;
      writeFileSync(path.join(folder, name), discord.bytesOf(attachment));
      return name;
    });
  }

  return {
    scene: ({ en }) => print('', `━━ ${en}`),
    does: async ({ en }) => print('', en),
    answer: (message, seenBy, locale) => {
      print(`   Minga (${seenBy})`, ...quoted(wordsOf(message), locale));
      const saved = save(message);
      if (saved.length > 0) print(`   └ saved: ${saved.join(', ')}`);
    },
    opens: (words, locale) => print('   Minga opens a form', ...quoted(words, locale)),
    note: async ({ en }) => print('', `   · ${en}`),
    fault: (text) => print(`   ✗ ${text}`),
    save: () => {
      const file = path.join(folder, 'transcript.txt');
      writeFileSync(file, `${lines.join('\n')}\n`);
      return file;
    },
  };
}

const style = { dateStyle: 'full', timeStyle: 'short', timeZone: 'America/Lima' } as const;

/** Mentions and moments as Discord shows them, to somebody in Lima. */
function asSeen(
  text: string,
  names: ReadonlyMap<string, string>,
  { locale, now }: { locale: string; now: number },
): string {
  const moments = new Intl.DateTimeFormat(locale, style);
  return text
    .replace(/<(?:#|@&?)(\d+)>/g, (mention, id) => names.get(id) ?? mention)
    .replace(/<t:(\d+):F>/g, (_, seconds) => moments.format(Number(seconds) * 1000))
    .replace(/<t:(\d+):R>/g, (_, seconds) => fromNow(Number(seconds) - now / 1000, locale));
}

const units = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** «in 3 days», «hace 2 horas». */
function fromNow(seconds: number, locale: string): string {
  const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(locale).format(Math.round(seconds / length), unit);
}
