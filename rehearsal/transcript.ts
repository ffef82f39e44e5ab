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
  /** What came back, and who sees it. */
  answer(message: APIMessage, seenBy: string): void;
  /** A modal that opened. */
  opens(words: string): void;
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
  const quoted = (text: string) =>
    asSeen(text, names)
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
    answer: (message, seenBy) => {
      print(`   Minga (${seenBy})`, ...quoted(wordsOf(message)));
      const saved = save(message);
      if (saved.length > 0) print(`   └ saved: ${saved.join(', ')}`);
    },
    opens: (words) => print('   Minga opens a form', ...quoted(words)),
    note: async ({ en }) => print('', `   · ${en}`),
    fault: (text) => print(`   ✗ ${text}`),
    save: () => {
      const file = path.join(folder, 'transcript.txt');
      writeFileSync(file, `${lines.join('\n')}\n`);
      return file;
    },
  };
}

const moments = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'full',
  timeStyle: 'short',
  timeZone: 'America/Lima',
});

/** Mentions and moments as Discord shows them, to somebody in Lima. */
function asSeen(text: string, names: ReadonlyMap<string, string>): string {
  return text
    .replace(/<(?:#|@&?)(\d+)>/g, (mention, id) => names.get(id) ?? mention)
    .replace(/<t:(\d+):F>/g, (_, seconds) => moments.format(Number(seconds) * 1000));
}
