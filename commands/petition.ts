// /petition: share it, link to it, see it; create, edit and steer it.
import { type Petition, petitionById } from '../db/petitions.js';
import { type Localized, petitionStates } from '../db/schema.js';
import { serverOf } from '../db/servers.js';
import { writeOnce } from '../db/transaction.js';
import { keepDraft, takeDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import { usualParameter } from '../src/coalition/link.js';
import {
  createPetition,
  editPetition,
  type PetitionFacts,
  requireFuture,
  requireHost,
  sharePetition,
  usePetition,
  visiblePetitions,
} from '../src/coalition/petition.js';
import { setState } from '../src/coalition/petition-state.js';
import { asPlain, cutTo } from '../src/coalition/plain-text.js';
import { retentionDays } from '../src/coalition/retention.js';
import { tallyOf } from '../src/coalition/tally.js';
import { atLeast } from '../src/discord/access.js';
import { card } from '../src/discord/cards/card.js';
import { petitionCard } from '../src/discord/cards/petition.js';
import { progressLines } from '../src/discord/cards/progress.js';
import { type Command, idOf, type Reply, subcommand, type Turn } from '../src/discord/command.js';
import { modal, textField } from '../src/discord/modal.js';
import {
  choice,
  day,
  integer,
  line,
  lineSchema,
  link,
  linkParameterSchema,
  petition as petitionOption,
  textSchema,
  timezone,
  typedInto,
} from '../src/discord/options.js';
import { type Words, wordsOfPost } from '../src/i18n/words.js';
import { linkPresses, linkTo } from './petition-link.js';
import { petitionOf, petitionSeen } from './petition-meant.js';

export { petitionOf, petitionSeen, petitionToPost } from './petition-meant.js';

const longestTitle = 90;
const longestAsk = 300;
const largestGoal = 10_000_000;

/** The petition's card as this server has it. */
function cardHere(
  { context: { database }, serverId }: Turn,
  petition: Petition,
  speech: readonly Words[],
): Reply {
  return petitionCard(petition, tallyOf(database, petition.id), speech, serverOf(database, serverId).signing);
}

const share = subcommand({
  rank: 'member',
  public: true,
  options: { petition: petitionOption(), language: choice('postLanguage', ['en', 'es', 'both']) },
  run({ petition: named, language }, turn) {
    const { database } = turn.context;
    const petition = petitionOf(turn, named);
    sharePetition(database, turn.write, petition, turn.channelId);
    return cardHere(turn, petition, turn.speech(language));
  },
});

const show = subcommand({
  rank: 'anyone',
  options: { petition: petitionOption() },
  run({ petition: named }, turn) {
    const petition = petitionOf(turn, named);
    return cardHere(turn, petition, [turn.words]);
  },
});

const list = subcommand({
  rank: 'anyone',
  options: {},
  run(_input, turn) {
    const { database } = turn.context;
    const { words } = turn;
    const visible = visiblePetitions(database, turn.serverId, atLeast(turn.rank, 'organizer'));
    if (visible.length === 0) return { content: words.say('petition.listEmpty') };
    const { currentPetitionId } = serverOf(database, turn.serverId);
    const shown = visible.slice(-15).map((petition) => {
      const marks = [
        words.say(`petition.states.${petition.state}`),
        ...(petition.id === currentPetitionId ? [words.say('petition.current')] : []),
      ];
      const [total] = progressLines(tallyOf(database, petition.id), petition.goal, words);
      return `### ${asPlain(words.localized(petition.title))}\n${marks.join(' · ')}\n${total}`;
    });
    const more = visible.length - shown.length;
    return card([...shown, ...(more > 0 ? [words.say('andMore', { count: more })] : [])]);
  },
});

/** What `/petition create` was given, until the modal brings the texts. */
type CreateDraft = Omit<PetitionFacts, 'title' | 'ask'>;

const create = subcommand({
  rank: 'organizer',
  options: {
    link: link({ required: true }),
    goal: integer(1, largestGoal, { required: true }),
    deadline: day(),
    timezone: timezone(),
  },
  run(input, turn) {
    const { link, goal, deadline = null, timezone = 'UTC' } = input;
    requireFuture(deadline, timezone, turn.write.at);
    const draft: CreateDraft = { link, goal, deadline, timezone };
    const key = keepDraft(turn.context.database, turn.write, draft);
    return textsModal(turn.words, idOf('petition.create', key), turn.words.say('petition.createTitle'));
  },
});

/** Title and ask in both languages, and the parameter of its links. */
function textsModal(
  words: Words,
  id: string,
  title: string,
  { title: titles, ask, linkParameter = usualParameter }: Partial<PetitionFacts> = {},
) {
  const field = (name: string, label: Parameters<Words['say']>[0], most: number, value: string | undefined) =>
    textField(name, words.say(label), { most, value, long: most > 100 });
  return modal(id, title, [
    field('title.en', 'petition.fields.titleEn', longestTitle, titles?.en),
    field('ask.en', 'petition.fields.askEn', longestAsk, ask?.en),
    field('title.es', 'petition.fields.titleEs', longestTitle, titles?.es),
    field('ask.es', 'petition.fields.askEs', longestAsk, ask?.es),
    textField('linkParameter', words.say('petition.fields.linkParameter'), {
      most: 32,
      value: linkParameter,
      required: false,
      hint: words.say('petition.fields.linkParameterHint'),
    }),
  ]);
}

/** What the modal asks for. */
type Texts = Pick<PetitionFacts, 'title' | 'ask'> & { linkParameter: string };

/** The texts of the modal, cleaned. */
function textsFrom(fields: { getTextInputValue(id: string): string }): Texts {
  const title = lineSchema(longestTitle);
  const ask = textSchema(longestAsk);
  return {
    title: {
      en: typedInto(fields, 'title.en', 'petition.fields.titleEn', title),
      es: typedInto(fields, 'title.es', 'petition.fields.titleEs', title),
    },
    ask: {
      en: typedInto(fields, 'ask.en', 'petition.fields.askEn', ask),
      es: typedInto(fields, 'ask.es', 'petition.fields.askEs', ask),
    },
    linkParameter: typedInto(fields, 'linkParameter', 'petition.fields.linkParameter', linkParameterSchema()),
  };
}

/** What `/petition edit` was given, and the texts that the form was opened with. */
interface EditDraft {
  petitionId: number;
  changes: Partial<PetitionFacts>;
  opened: Texts;
}

/** The texts as they are now, with those in place that were changed in the form: others may have edited the rest since. */
function edited(now: Localized, opened: Localized, sent: Localized): Localized {
  const changed = Object.entries(sent).filter(([language, text]) => text !== opened[language]);
  return { ...now, ...Object.fromEntries(changed) };
}

const edit = subcommand({
  rank: 'organizer',
  options: { petition: petitionOption(), link: link(), goal: integer(1, largestGoal), deadline: day() },
  run({ petition: named, ...given }, turn) {
    const petition = petitionOf(turn, named);
    requireHost(petition, turn.serverId);
    if (given.deadline !== petition.deadline)
      requireFuture(given.deadline ?? null, petition.timezone, turn.write.at);
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const { title: titles, ask, linkParameter } = petition;
    const opened = { title: titles, ask, linkParameter };
    const draft: EditDraft = { petitionId: petition.id, changes, opened };
    const key = keepDraft(turn.context.database, turn.write, draft);
    const title = cutTo(turn.words.say('petition.editTitle'), 45);
    return textsModal(turn.words, idOf('petition.edit', key), title, petition);
  },
});

const status = subcommand({
  rank: 'organizer',
  options: {
    state: choice('petitionState', petitionStates, { required: true }),
    reason: line(300, { required: true }),
    petition: petitionOption(),
  },
  run({ state, reason, petition: named }, turn) {
    const petition = setState(turn.context.database, turn.write, petitionOf(turn, named), state, reason);
    const { words } = turn;
    const title = asPlain(words.localized(petition.title));
    return {
      content: `${words.say(`petition.nowIn.${state}`, { title })}\n${words.say(`petition.means.${state}`, { kept: retentionDays })}`,
    };
  },
});

const use = subcommand({
  rank: 'organizer',
  options: { petition: petitionOption({ required: true }) },
  run({ petition: named }, turn) {
    const petition = petitionOf(turn, named);
    usePetition(turn.context.database, turn.write, petition);
    return {
      content: turn.words.say('petition.inUse', { title: asPlain(turn.words.localized(petition.title)) }),
    };
  },
});

export const petition = {
  name: 'petition',
  personal: true,
  does: { share, link: linkTo, show, list, create, edit, status, use },
  presses: {
    'petition.language': {
      rank: 'anyone',
      run([id, language], turn) {
        const petition = petitionSeen(turn, id);
        return cardHere(turn, petition, wordsOfPost(language === 'es' ? 'es' : 'en'));
      },
    },
    ...linkPresses,
  },
  submits: {
    'petition.create': {
      rank: 'organizer',
      run([key = ''], turn, fields) {
        const texts = textsFrom(fields);
        const petition = writeOnce(turn.context.database, turn.write, (connection, record) => {
          const draft = takeDraft<CreateDraft>(connection, turn.write, key);
          const made = createPetition(connection, turn.write, { ...draft, ...texts });
          record({
            petitionId: made.id,
            deed: 'petition.create',
            detail: { link: made.link, goal: made.goal },
          });
          return made;
        });
        const title = asPlain(turn.words.localized(petition.title));
        return { content: turn.words.say('petition.created', { title }) };
      },
    },
    'petition.edit': {
      rank: 'organizer',
      run([key = ''], turn, fields) {
        const texts = textsFrom(fields);
        const petition = writeOnce(turn.context.database, turn.write, (connection, record) => {
          const { petitionId, changes: given, opened } = takeDraft<EditDraft>(connection, turn.write, key);
          const before = petitionById(connection, petitionId);
          if (!before) throw new Failure('staleButton');
          const title = edited(before.title, opened.title, texts.title);
          const ask = edited(before.ask, opened.ask, texts.ask);
          const { linkParameter } = texts.linkParameter === opened.linkParameter ? before : texts;
          const changes = { ...given, title, ask, linkParameter };
          const after = editPetition(connection, turn.write, before, changes);
          record({ petitionId: after.id, deed: 'petition.edit', detail: { before, changes } });
          return after;
        });
        const title = asPlain(turn.words.localized(petition.title));
        return { content: turn.words.say('petition.edited', { title }) };
      },
    },
  },
} satisfies Command;
