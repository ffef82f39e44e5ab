// /privacy: what Minga keeps and who sees it, all that it holds on a person, and erasing it.
import { AttachmentBuilder } from 'discord.js';
import { keepDraft } from '../src/coalition/draft.js';
import { asPlain, characters, cutTo } from '../src/coalition/plain-text.js';
import { forget as forgetOnce, type Held, heldOn, type SignatureHeld } from '../src/coalition/privacy.js';
import { retentionDays } from '../src/coalition/retention.js';
import { button, buttonRow, card } from '../src/discord/cards/card.js';
import { type Command, idOf, subcommand } from '../src/discord/command.js';
import type { MessageKey, Words } from '../src/i18n/words.js';

/** The room that signatures have in the message; the file has them all. */
const signaturesRoom = 800;

const about = subcommand({
  rank: 'anyone',
  discreet: true,
  anywhere: true,
  options: {},
  run: (_input, { words }) =>
    card([
      `## ${words.say('privacy.title')}`,
      words.say('privacy.kept'),
      words.say('privacy.why'),
      words.say('privacy.who'),
      words.say('privacy.long', { days: retentionDays }),
      words.say('privacy.can'),
    ]),
});

const data = subcommand({
  rank: 'anyone',
  discreet: true,
  anywhere: true,
  slow: true,
  options: {},
  run(_input, { context, userId, words }) {
    const held = heldOn(context.database, context.seal, userId);
    const lines = [...signatureLines(held, words), ...tableLines(held, words)];
    if (lines.length === 0) return { content: words.say('privacy.nothing') };
    const file = Buffer.from(`${JSON.stringify(held, undefined, 2)}\n`);
    return {
      content: [`**${words.say('privacy.dataTitle')}**`, ...lines, words.say('privacy.file')].join('\n'),
      files: [new AttachmentBuilder(file, { name: words.say('privacy.fileName') })],
    };
  },
});

function signatureLines({ signatures }: Held, words: Words): string[] {
  let room = signaturesRoom;
  const shown = signatures
    .map((signature) => signatureLine(signature, words))
    .filter((line) => {
      room -= characters(line);
      return room >= 0;
    });
  const more = signatures.length - shown.length;
  return more > 0 ? [...shown, words.say('andMore', { count: more })] : shown;
}

function signatureLine({ petition, day, state, name }: SignatureHeld, words: Words): string {
  const signed = words.say('privacy.signed', {
    title: shortly(words.localized(petition)),
    day: { day },
    state: { key: `privacy.states.${state}` },
  });
  const named =
    name === undefined ? words.say('privacy.unnamed') : words.say('privacy.named', { name: shortly(name) });
  return `- ${signed} ${named}`;
}

const shortly = (text: string) => asPlain(cutTo(text, 60));

function tableLines({ rows, proofs }: Held, words: Words): string[] {
  const counts = Object.entries(rows).map(([table, found]) => [table, found.length] as const);
  return [...counts, ['proofs', proofs.length] as const]
    .filter(([, count]) => count > 0)
    .map(
      ([table, count]) => `- ${words.say(`privacy.tables.${table}` as MessageKey)}: ${words.number(count)}`,
    );
}

const forget = subcommand({
  rank: 'anyone',
  discreet: true,
  anywhere: true,
  options: {},
  run(_input, { context, words, write }) {
    const key = keepDraft(context.database, write, 'privacy.forget');
    const erase = button(idOf('privacy.forget', key), words.say('privacy.erase'), 'danger');
    return { content: words.say('privacy.ask'), components: [buttonRow(erase)] };
  },
});

export const privacy = {
  name: 'privacy',
  direct: true,
  does: { about, data, forget },
  presses: {
    'privacy.forget': {
      rank: 'anyone',
      discreet: true,
      anywhere: true,
      run([key = ''], { context, words, write }) {
        forgetOnce(context.database, write, context.seal, key);
        return { content: words.say('privacy.forgotten') };
      },
    },
  },
} satisfies Command;
