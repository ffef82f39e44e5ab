// /delivery release: the press release as a private preview, its gaps to be filled in, and its files once it is confirmed.
import type { ModalSubmitFields } from 'discord.js';
import type { Connection } from '../db/connect.js';
import type { Petition } from '../db/petitions.js';
import { filledIn } from '../db/releases.js';
import type { Localized } from '../db/schema.js';
import { keepDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { requireHost } from '../src/coalition/petition.js';
import { cleanText } from '../src/coalition/plain-text.js';
import { confirmRelease, type FillDraft, fillIn, type ReleaseDraft } from '../src/coalition/release.js';
import { languageBehind } from '../src/coalition/statement.js';
import { finalFiles, gapLines, releaseCard, releaseTexts } from '../src/discord/cards/release.js';
import { idOf, type Press, type Reply, type Submit, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import { choice, lineSchema, textSchema, typedInto } from '../src/discord/options.js';
import { factsOf } from '../src/reports/release/facts.js';
import { type Release, releaseOf } from '../src/reports/release/release.js';
import { petitionOf, petitionSeen } from './petition-meant.js';

type PostLanguage = ReleaseDraft['language'];

/** The longest name, e-mail address or telephone number, and the longest thing that somebody says. */
const longestLine = 120;
const longestQuote = 600;

export const release = subcommand({
  rank: 'organizer',
  options: { language: choice('postLanguage', ['en', 'es', 'both'], { wording: 'releaseLanguage' }) },
  run: ({ language = 'both' }, turn) => preview(turn, petitionOf(turn), language),
});

/** The text, a message or several for each language; then its files, what is missing, and the buttons. */
function preview(turn: Turn, petition: Petition, language: PostLanguage): Reply {
  const { context, words, write } = turn;
  requireHost(petition, turn.serverId);
  const { database } = context;
  const releases = releasesOf(database, petition, language, write.at);
  const draft: ReleaseDraft = {
    petitionId: petition.id,
    language,
    at: write.at,
    digests: releases.map(({ digest }) => digest),
  };
  const key = keepDraft(database, write, draft);
  const card = releaseCard(
    releases,
    petition,
    {
      key,
      language,
      behind: languageBehind(database, petition.id),
      quoted: any(filledIn(database, petition.id).quote) !== undefined,
    },
    words,
  );
  const [first = card, ...rest] = [...releases.flatMap((one) => releaseTexts(one, words)), card];
  for (const reply of rest) turn.whisper(reply);
  return first;
}

function releasesOf(
  connection: Connection,
  petition: Petition,
  language: PostLanguage,
  at: number,
): Release[] {
  const facts = factsOf(connection, petition, at);
  const languages = language === 'both' ? (['en', 'es'] as const) : [language];
  return languages.map((one) => releaseOf(facts, one));
}

const languageIn = (given: string | undefined): PostLanguage =>
  given === 'en' || given === 'es' ? given : 'both';

/** The petition of a button or a form, which organizers of its host alone are shown. */
function hosted(turn: Turn, id: string | undefined): Petition {
  const petition = petitionSeen(turn, id);
  requireHost(petition, turn.serverId);
  return petition;
}

/** Keeps what a form is opened from: sent twice, it fills in once. */
function fillDraft(turn: Turn, id: string | undefined, language: string | undefined) {
  const draft: FillDraft = { petitionId: hosted(turn, id).id, language: languageIn(language) };
  return { ...draft, key: keepDraft(turn.context.database, turn.write, draft) };
}

/** Who answers the press, and how they are reached. */
const askContact: Press['run'] = ([id, language], turn) => {
  const { words } = turn;
  const { key, petitionId } = fillDraft(turn, id, language);
  const { contact, reach } = filledIn(turn.context.database, petitionId);
  return modal(idOf('release.contact', key), words.say('release.contactTitle'), [
    textField('contact', words.say('release.fields.contact'), { most: longestLine, value: any(contact) }),
    textField('reach', words.say('release.fields.reach'), { most: longestLine, value: any(reach) }),
  ]);
};

const submitContact: Submit['run'] = ([key = ''], turn, fields) => {
  const typed = (field: 'contact' | 'reach') =>
    typedInto(fields, field, `release.fields.${field}`, lineSchema(longestLine));
  const [contact, reach] = [typed('contact'), typed('reach')];
  if (!reachable(reach)) throw new Failure('badReach');
  return filled(turn, key, { contact: inBoth(contact), reach: inBoth(reach) });
};

/** The release anew, with what was filled in. */
function filled(turn: Turn, key: string, facts: Parameters<typeof fillIn>[3]): Reply {
  const { petition, language } = fillIn(turn.context.database, turn.write, key, facts);
  return preview(turn, petition, language);
}

/** It has what an e-mail address or a telephone number has. */
const reachable = (reach: string) => /\S@\S+\.\S/.test(reach) || (reach.match(/\d/g) ?? []).length >= 6;

/** What somebody says, in each language it is to stand in; in a language that is left empty the release goes without. */
const askQuote: Press['run'] = ([id, language], turn) => {
  const { words } = turn;
  const { key, petitionId } = fillDraft(turn, id, language);
  const { quote, speaker } = filledIn(turn.context.database, petitionId);
  const field = (name: 'quote' | 'speaker', code: 'en' | 'es', text: Localized | undefined) =>
    textField(
      `${name}.${code}`,
      words.say(`release.fields.${name}`, { language: { key: `languages.${code}` } }),
      {
        most: name === 'quote' ? longestQuote : longestLine,
        value: text?.[code],
        long: name === 'quote',
        required: false,
      },
    );
  return modal(idOf('release.quote', key), words.say('release.quoteTitle'), [
    field('quote', 'en', quote),
    field('speaker', 'en', speaker),
    field('quote', 'es', quote),
    field('speaker', 'es', speaker),
  ]);
};

const submitQuote: Submit['run'] = ([key = ''], turn, fields) => {
  const [quote, speaker] = [spoken(fields, 'quote'), spoken(fields, 'speaker')];
  // Nobody is quoted without a name.
  if (Object.keys(quote).some((code) => speaker[code] === undefined))
    throw new Failure('quoteWithoutSpeaker');
  return filled(turn, key, { quote, speaker });
};

/** What was typed in each language; nothing where a field was left empty. */
function spoken(fields: ModalSubmitFields, name: 'quote' | 'speaker'): Localized {
  const schema = name === 'quote' ? textSchema(longestQuote) : lineSchema(longestLine);
  const given = (['en', 'es'] as const).filter(
    (code) => cleanText(fields.getTextInputValue(`${name}.${code}`)) !== '',
  );
  return Object.fromEntries(
    given.map((code) => [code, typedInto(fields, `${name}.${code}`, `release.labels.${name}`, schema)]),
  );
}

const inBoth = (text: string): Localized => ({ en: text, es: text });
const any = (text: Localized | undefined) => Object.values(text ?? {})[0];

/** The files without the mark of a preview, once; with a gap in them, what is missing in its place. */
const confirm: Press['run'] = ([key = ''], turn) => {
  const { context, words, write } = turn;
  const releases = confirmRelease(context.database, write, key, (connection, petition, { language, at }) => {
    const made = releasesOf(connection, petition, language, at);
    if (made.some(({ gaps }) => gaps.length > 0)) {
      throw new Failure('releaseHasGaps', { gaps: `\n${gapLines(made, words).join('\n')}` });
    }
    return made;
  });
  return { content: words.say('release.confirmed', { count: releases.length }), files: finalFiles(releases) };
};

export const presses = {
  'release.contact': { rank: 'organizer', run: askContact },
  'release.quote': { rank: 'organizer', run: askQuote },
  'release.confirm': { rank: 'organizer', run: confirm },
} satisfies Record<string, Press>;

export const submits = {
  'release.contact': { rank: 'organizer', run: submitContact },
  'release.quote': { rank: 'organizer', run: submitQuote },
} satisfies Record<string, Submit>;
