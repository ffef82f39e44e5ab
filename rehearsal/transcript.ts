// The transcript of a play: who said what, what came back, as a conversation; pictures are saved beside it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { APIMessage } from 'discord-api-types/v10';
import { type StandIn, wordsOf } from './stand-in/index.js';

export interface Transcript {
  scene(title: string): void;
  /** What somebody does. */
  does(who: string, what: string): void;
  /** What came back, and who sees it. */
  answer(message: APIMessage, seenBy: string): void;
  /** A modal that opened. */
  opens(words: string): void;
  /** Something that happened by itself. */
  note(text: string): void;
  /** A step that did not get the answer it expected. */
  fault(text: string): void;
  /** Writes it to the folder; the file's path. */
  save(): string;
}

/**
 * A transcript that prints as it goes.
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
    scene: (title) => print('', `━━ ${title}`),
    does: (who, what) => print('', `${who}: ${what}`),
    answer: (message, seenBy) => {
      print(`   Minga (${seenBy})`, ...quoted(wordsOf(message)));
      const saved = save(message);
      if (saved.length > 0) print(`   └ saved: ${saved.join(', ')}`);
    },
    opens: (words) => print('   Minga opens a form', ...quoted(words)),
    note: (text) => print('', `   · ${text}`),
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
