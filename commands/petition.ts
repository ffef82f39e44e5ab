// /petition: share it, link to it, see it; create, edit and steer it.
import { type Petition, petitionById } from '../db/petitions.js';
import { petitionStates } from '../db/schema.js';
import { serverOf } from '../db/servers.js';
import { writeOnce } from '../db/transaction.js';
import { keepDraft, takeDraft } from '../src/coalition/draft.js';
import { Failure } from '../src/coalition/failure.js';
import {
  createPetition,
  editPetition,
  findPetition,
  type PetitionFacts,
  personalLink,
  plainTitle,
  requireFuture,
  requireHost,
  setState,
  sharePetition,
  usePetition,
  visiblePetitions,
} from '../src/coalition/petition.js';
import { asPlain, cutTo } from '../src/coalition/plain-text.js';
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
  petition as petitionOption,
  textSchema,
  timezone,
  typedInto,
} from '../src/discord/options.js';
import { type Words, wordsOfPost } from '../src/i18n/words.js';

const longestTitle = 90;
const longestAsk = 300;
const largestGoal = 10_000_000;

/** The petition a command means, as far as this person may see it. */
export function petitionOf(turn: Turn, named?: string): Petition {
  return findPetition(turn.context.database, turn.serverId, named, atLeast(turn.rank, 'organizer'));
}

/** The petition of a public post: a draft is for organizers' eyes. */
export function petitionToPost(turn: Turn, named?: string): Petition {
  const petition = petitionOf(turn, named);
  if (petition.state === 'draft') throw new Failure('state.draft', { title: plainTitle(petition) });
  return petition;
}

/** The petition that a button or a modal carries; it may have gone out of the person's sight since. */
export function petitionSeen(turn: Turn, id: string | undefined): Petition {
  const seen = visiblePetitions(turn.context.database, turn.serverId, atLeast(turn.rank, 'organizer'));
  const found = seen.find((petition) => String(petition.id) === id);
  if (!found) throw new Failure('staleButton');
  return found;
}

const share = subcommand({
  rank: 'member',
  public: true,
  options: { petition: petitionOption(), language: choice('postLanguage', ['en', 'es', 'both']) },
  run({ petition: named, language }, turn) {
    const { database } = turn.context;
    const petition = petitionOf(turn, named);
    sharePetition(database, turn.write, petition, turn.channelId);
    return petitionCard(petition, tallyOf(database, petition.id), turn.speech(language));
  },
});

const personal = subcommand({
  rank: 'anyone',
  anywhere: true,
  options: { petition: petitionOption(), language: choice('postLanguage', ['en', 'es', 'both']) },
  run: ({ petition: named, language }, turn) =>
    linkReply(petitionOf(turn, named), turn, language === undefined ? [turn.words] : wordsOfPost(language)),
});

/** A person's own link, and texts around it that are ready to paste. */
function linkReply(petition: Petition, turn: Turn, speech: readonly Words[]): Reply {
  const url = personalLink(turn.context.database, petition, turn.userId, turn.write.at);
  const { words } = turn;
  const texts = speech.flatMap((spoken) => [
    `**${words.say('petition.short', { language: { key: `languages.${spoken.language}` } })}**`,
    block(spoken.say('petition.shortText', { title: { localized: petition.title }, url })),
    `**${words.say('petition.long', { language: { key: `languages.${spoken.language}` } })}**`,
    block(
      spoken.say('petition.longText', {
        title: { localized: petition.title },
        ask: { localized: petition.ask },
        url,
      }),
    ),
  ]);
  return { content: [words.say('petition.yourLink'), `<${url}>`, '', ...texts].join('\n') };
}

/** A text to be copied as it stands; a fence inside would end it. */
const block = (text: string) => `\`\`\`\n${text.replaceAll('```', "'''")}\n\`\`\``;

const show = subcommand({
  rank: 'anyone',
  options: { petition: petitionOption() },
  run({ petition: named }, turn) {
    const petition = petitionOf(turn, named);
    return petitionCard(petition, tallyOf(turn.context.database, petition.id), [turn.words]);
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

/** Title and ask in both languages. */
function textsModal(
  words: Words,
  id: string,
  title: string,
  { title: titles, ask }: Partial<PetitionFacts> = {},
) {
  const field = (name: string, label: Parameters<Words['say']>[0], most: number, value: string | undefined) =>
    textField(name, words.say(label), { most, value, long: most > 100 });
  return modal(id, title, [
    field('title.en', 'petition.fields.titleEn', longestTitle, titles?.en),
    field('ask.en', 'petition.fields.askEn', longestAsk, ask?.en),
    field('title.es', 'petition.fields.titleEs', longestTitle, titles?.es),
    field('ask.es', 'petition.fields.askEs', longestAsk, ask?.es),
  ]);
}

/** The texts of the modal, cleaned. */
function textsFrom(fields: { getTextInputValue(id: string): string }): Pick<PetitionFacts, 'title' | 'ask'> {
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
  };
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
    const key = keepDraft(turn.context.database, turn.write, { petitionId: petition.id, changes });
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
      content: `${words.say(`petition.nowIn.${state}`, { title })}\n${words.say(`petition.means.${state}`)}`,
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
  does: { share, link: personal, show, list, create, edit, status, use },
  presses: {
    'petition.language': {
      rank: 'anyone',
      run([id, language], turn) {
        const petition = petitionSeen(turn, id);
        const speech = wordsOfPost(language === 'es' ? 'es' : 'en');
        return petitionCard(petition, tallyOf(turn.context.database, petition.id), speech);
      },
    },
    'petition.mine': {
      rank: 'anyone',
      run: ([id], turn) => linkReply(petitionSeen(turn, id), turn, [turn.words]),
    },
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
          const draft = takeDraft<{ petitionId: number; changes: Partial<PetitionFacts> }>(
            connection,
            turn.write,
            key,
          );
          const before = petitionById(connection, draft.petitionId);
          if (!before) throw new Failure('staleButton');
          const changes = { ...draft.changes, ...texts };
          const after = editPetition(connection, turn.write, before, changes);
          record({ petitionId: after.id, deed: 'petition.edit', detail: changes });
          return after;
        });
        const edited = turn.words.say('petition.edited', {
          title: asPlain(turn.words.localized(petition.title)),
        });
        return { content: edited };
      },
    },
  },
} satisfies Command;
