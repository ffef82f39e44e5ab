// The press release as organizers see it before it goes out: as text, as files, and what is missing in it.
import { AttachmentBuilder } from 'discord.js';
import type { Petition } from '../../../db/petitions.js';
import { asPlain } from '../../coalition/plain-text.js';
import type { Behind } from '../../coalition/statement.js';
import { splitStatement } from '../../coalition/statement-split.js';
import { type Words, wordsOfPost } from '../../i18n/words.js';
import { fillable, gaps } from '../../reports/release/gap.js';
import type { Release } from '../../reports/release/release.js';
import { idOf, type Reply } from '../command.js';
import { button, buttonRow } from './card.js';
import { behindLine, languageName } from './statement.js';

/** The messages of a text that are shown; the file has the rest. */
const mostMessages = 3;

/** Room for the line that says so, in characters. */
const messageRoom = 1900;

/** What a release says, as it stands in its file: one message or several. */
export function releaseTexts({ text, language }: Release, words: Words): Reply[] {
  const pieces = splitStatement(asPlain(text), messageRoom);
  const cut = pieces.length > mostMessages;
  return pieces.slice(0, mostMessages).map(({ content }, index) => ({
    content: [
      ...(index === 0 ? [`### ${words.say('release.preview', { language: languageName(language) })}`] : []),
      content,
      ...(cut && index === mostMessages - 1 ? [`-# ${words.say('release.restInFile')}`] : []),
    ].join('\n'),
  }));
}

/** The files of a preview, what is missing, and the buttons that fill it in or let it go out. */
export function releaseCard(
  releases: Release[],
  { id }: Petition,
  {
    key,
    language,
    behind,
    quoted,
  }: { key: string; language: string; behind: Behind | undefined; quoted: boolean },
  words: Words,
): Reply {
  const missing = gapLines(releases, words);
  const open = new Set(releases.flatMap((release) => release.gaps));
  const lines = [
    words.say('release.onlyYou'),
    ...(missing.length === 0
      ? [words.say('release.nothingMissing')]
      : [words.say('release.missing'), ...missing]),
    ...(behind && releases.some((release) => release.language === behind.language)
      ? [behindLine(behind, words)]
      : []),
  ];
  return {
    content: lines.join('\n'),
    files: releases.map((release) =>
      fileOf(`preview.${release.language}.txt`, `${previewMark(release)}\n\n${release.whole}`),
    ),
    components: [
      buttonRow(
        button(
          idOf('release.contact', id, language),
          words.say(fillable.some((gap) => open.has(gap)) ? 'release.fillContact' : 'release.changeContact'),
          fillable.some((gap) => open.has(gap)) ? 'strong' : 'plain',
        ),
        button(
          idOf('release.quote', id, language),
          words.say(quoted ? 'release.changeQuote' : 'release.addQuote'),
        ),
        button(
          idOf('release.confirm', key),
          words.say('release.confirm'),
          open.size === 0 ? 'strong' : 'plain',
        ),
      ),
    ],
  };
}

/** The gaps of all languages, each with what fills it. */
export function gapLines(releases: Release[], words: Words): string[] {
  const open = new Set(releases.flatMap((release) => release.gaps));
  return gaps.filter((gap) => open.has(gap)).map((gap) => `- ${words.say(`release.fills.${gap}`)}`);
}

/** The files that go out. */
export function finalFiles(releases: Release[]) {
  return releases.map(({ language, whole }) => fileOf(`release.${language}.txt`, whole));
}

/** In the language of the file: whoever finds it lying about knows that it is none to print. */
const previewMark = ({ language }: Release) => wordsOfPost(language)[0].say('release.previewMark');

function fileOf(name: string, text: string) {
  return new AttachmentBuilder(Buffer.from(text), { name });
}
