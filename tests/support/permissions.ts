// Who may do what where, as the product says: a row for everything that can be typed, pressed, sent or chosen.
import type { OptionValues } from '../../rehearsal/stand-in/index.js';
import type { Rank } from '../../src/discord/access.js';
import type { Place } from './coalition.js';

/**
 * Where something works.
 *
 * - anywhere: outside of servers too
 * - server: in every server; it needs no petition there, or is about what is the person's or the server's own
 * - coalition: in the host and its partners
 * - host: in the host alone
 * - begun: for whoever began it, where they did: it carries a key that nobody else has
 */
export type Where = 'anywhere' | 'server' | 'coalition' | 'host' | 'begun';

/** What there is to name in a row: ids of what the host has, and the place where it is tried. */
export interface Things {
  petition: string;
  target: string;
  /** Logged in the host, and waiting for its organizers. */
  action: string;
  place: Place;
}

/** What is typed, chosen so that whoever may do it is not refused for what they typed, or changes nothing by it. */
type Typed = OptionValues | ((things: Things) => OptionValues);

/** What a button or a form carries; the petition where this is left out. */
type Carried = (things: Things) => string[];

type Row<Given> = readonly [who: Rank, where: Where, given?: Given];

const file = {
  kind: 'file',
  name: 'names.csv',
  contentType: 'text/csv',
  bytes: Buffer.from('name\n'),
} as const;
const channel = ({ place }: Things) => ({ channel: place.general });

export const typed: Record<string, Row<Typed>> = {
  'petition share': ['member', 'coalition'],
  'petition link': ['anyone', 'anywhere'],
  'petition show': ['anyone', 'coalition'],
  'petition list': ['anyone', 'server'],
  'petition create': ['organizer', 'server', { link: 'https://example.org/x', goal: 10 }],
  'petition edit': ['organizer', 'host'],
  'petition status': ['organizer', 'host', { state: 'open', reason: 'x' }],
  'petition use': ['organizer', 'coalition', ({ petition }) => ({ petition })],
  'statement show': ['anyone', 'coalition'],
  'statement post': ['member', 'coalition'],
  'statement edit': ['organizer', 'host', { language: 'en' }],
  'statement history': ['anyone', 'coalition'],
  'statement confirm': ['organizer', 'host', { language: 'en' }],
  'action log': ['member', 'coalition', { type: 'call' }],
  'action mine': ['member', 'coalition'],
  'action undo': ['member', 'server'],
  'action board': ['anyone', 'coalition'],
  'action review': ['organizer', 'coalition'],
  'action export': ['organizer', 'coalition'],
  'signatures tally': ['anyone', 'coalition'],
  'signatures sign': ['anyone', 'coalition'],
  'signatures withdraw': ['anyone', 'server'],
  'signatures add': ['organizer', 'host', { kind: 'person', name: 'Rosa', country: 'PE' }],
  'signatures count': ['organizer', 'coalition', { source: 'Page', people: 7 }],
  'signatures batch': ['organizer', 'coalition', { source: 'Sheets', people: 7 }],
  'signatures import': ['organizer', 'host', { file }],
  'signatures export': ['organizer', 'host'],
  'signatures sources': ['organizer', 'coalition'],
  'signatures connect': [
    'organizer',
    'host',
    { source: 'Parliament', url: 'https://petition.parliament.uk/petitions/1' },
  ],
  'signatures review': ['organizer', 'host'],
  'signatures void': ['organizer', 'host', { entry: 'batch:999', reason: 'x' }],
  'signatures recount': ['organizer', 'host'],
  'coalition list': ['anyone', 'coalition'],
  'coalition add': ['member', 'coalition', { name: 'Centro' }],
  'coalition approve': ['organizer', 'host', { organization: 'Nobody' }],
  // Its representative too, of whatever rank: those who are none are told so by the rule, which has its own tests.
  'coalition withdraw': ['organizer', 'host', { organization: 'Nobody' }],
  'coalition invite': ['organizer', 'host'],
  'coalition join': ['organizer', 'server', { code: 'MINGA-0000-0000-0000' }],
  'coalition servers': ['organizer', 'coalition'],
  'coalition leave': ['organizer', 'coalition'],
  'coalition remove': ['organizer', 'host', { server: 'Nobody' }],
  'target list': ['anyone', 'coalition'],
  'target show': ['anyone', 'coalition', { target: 'Nobody' }],
  'target script': ['anyone', 'coalition'],
  'target add': ['organizer', 'host', { name: 'Office' }],
  'target import': ['organizer', 'host', { file }],
  'target position': ['organizer', 'coalition', { target: 'Nobody', value: 'opposed' }],
  'event list': ['anyone', 'coalition'],
  'event create': [
    'organizer',
    'coalition',
    { name: 'Vigil', place: 'Plaza', start: '2023-07-20 10:00', end: '2023-07-20 12:00' },
  ],
  'event cancel': ['organizer', 'coalition', { event: 'Nobody' }],
  'event turnout': ['member', 'coalition', { event: 'Nobody', low: 1, high: 2 }],
  'comment submit': ['anyone', 'coalition'],
  'comment review': ['organizer', 'host'],
  'delivery packet': ['organizer', 'host', { format: 'csv' }],
  'delivery record': [
    'organizer',
    'host',
    ({ target }: Things) => ({ target, date: '2023-07-09', place: 'Room 2170' }),
  ],
  'delivery response': ['organizer', 'host', ({ target }: Things) => ({ target })],
  'delivery status': ['organizer', 'host'],
  'delivery release': ['organizer', 'host'],
  'tally now': ['organizer', 'coalition'],
  'tally preview': ['organizer', 'coalition'],
  'tally schedule': [
    'organizer',
    'coalition',
    (things) => ({ ...channel(things), time: '20:00', timezone: 'UTC' }),
  ],
  'tally pause': ['organizer', 'server'],
  'tally resume': ['organizer', 'server'],
  'tally remove': ['organizer', 'server', channel],
  'settings show': ['administrator', 'server'],
  'settings roles': ['administrator', 'server'],
  'settings language': ['administrator', 'server', { language: 'both' }],
  'settings channels': ['administrator', 'server'],
  'settings signing': ['administrator', 'server', { on: true }],
  'settings limits': ['administrator', 'server'],
  'privacy about': ['anyone', 'anywhere'],
  'privacy data': ['anyone', 'anywhere'],
  'privacy forget': ['anyone', 'anywhere'],
  help: ['anyone', 'server'],
};

export const menus: Record<string, Row<never>> = {
  'Log as outreach action': ['member', 'coalition'],
  'Submit as comment': ['anyone', 'coalition'],
};

const ofPetition =
  (...more: string[]): Carried =>
  ({ petition }) => [petition, ...more];
const ofTarget: Carried = ({ petition, target }) => [petition, target];
const ofAction: Carried = ({ action }) => [action];

/** A key that nobody was given. */
const key: Carried = () => ['nokey'];

export const pressed: Record<string, Row<Carried>> = {
  'petition.language': ['anyone', 'coalition', ofPetition('es')],
  'petition.mine': ['anyone', 'coalition'],
  'petition.linkOf': ['anyone', 'anywhere', ofPetition('mine', 'en')],
  'petition.linkText': ['anyone', 'anywhere', ofPetition('mine', 'en')],
  'statement.show': ['anyone', 'coalition', ofPetition('es')],
  'action.form': ['member', 'coalition'],
  'action.undo': ['member', 'server', () => ['999']],
  'action.show': ['member', 'coalition', ofPetition('all')],
  'action.hide': ['anyone', 'coalition', ofPetition('all')],
  'action.approve': ['organizer', 'host', ofAction],
  // The form that it opens is empty; what that sends is looked at.
  'action.reject': ['organizer', 'server', ofAction],
  'action.ask': ['organizer', 'host', ofAction],
  'action.proof': ['organizer', 'host', ofAction],
  'action.answer': ['member', 'server', ofAction],
  'action.join': ['member', 'begun', key],
  'action.separate': ['member', 'begun', key],
  'signature.sign': ['anyone', 'coalition'],
  'signature.change': ['anyone', 'coalition'],
  'signature.again': ['anyone', 'begun', ofPetition('nokey')],
  'signature.withdraw': ['anyone', 'server'],
  'signatures.consent': ['organizer', 'host', ofPetition('1')],
  'signatures.import': ['organizer', 'begun', key],
  'signatures.importCancel': ['organizer', 'begun', key],
  'signatures.importRejected': ['organizer', 'begun', key],
  'signatures.importDates': ['organizer', 'begun', key],
  'signatures.importPlace': ['organizer', 'begun', key],
  'signatures.merge': ['organizer', 'host', ofPetition('2', '1')],
  'signatures.keep': ['organizer', 'host', ofPetition('2', '1')],
  'signatures.next': ['organizer', 'host', ofPetition('1')],
  'coalition.agree': ['anyone', 'begun', ofPetition('999')],
  'coalition.withdraw': ['anyone', 'begun', ofPetition('999')],
  'coalition.leave': ['organizer', 'begun', key],
  'target.show': ['anyone', 'coalition', ofTarget],
  'target.script': ['anyone', 'coalition', ofTarget],
  'target.page': ['anyone', 'coalition', ofPetition('0', '1')],
  'event.show': ['organizer', 'begun', key],
  'event.cancel': ['organizer', 'begun', ofPetition('nokey')],
  'comment.approve': ['organizer', 'host', ofPetition('1')],
  'comment.reject': ['organizer', 'host', ofPetition('1')],
  'comment.next': ['organizer', 'host', ofPetition('1')],
  'delivery.done': ['organizer', 'host', ofTarget],
  'delivery.answer': ['organizer', 'host', ofTarget],
  'delivery.askAgain': ['organizer', 'host', ofTarget],
  'delivery.again': ['organizer', 'begun', key],
  'release.contact': ['organizer', 'host', ofPetition('both')],
  'release.quote': ['organizer', 'host', ofPetition('both')],
  'release.confirm': ['organizer', 'begun', key],
  'privacy.forget': ['anyone', 'anywhere', key],
};

/** What a form carries, and what is typed into its fields. */
export interface Sending {
  carries?: Carried;
  fields: Record<string, string | string[]>;
}

const texts = { 'title.en': 'A', 'ask.en': 'B', 'title.es': 'C', 'ask.es': 'D' };
const reason = { reason: 'typed twice' };

export const sent: Record<string, Row<Sending>> = {
  'petition.create': ['organizer', 'begun', { carries: key, fields: texts }],
  'petition.edit': ['organizer', 'begun', { carries: key, fields: texts }],
  'statement.edit': ['organizer', 'begun', { carries: key, fields: { text: '' } }],
  'action.log': ['member', 'begun', { carries: ofPetition('nokey'), fields: {} }],
  'action.reject': ['organizer', 'host', { carries: ofAction, fields: reason }],
  'action.ask': ['organizer', 'host', { carries: ofAction, fields: { question: 'Which one?' } }],
  'action.answer': ['member', 'server', { carries: ofAction, fields: { answer: 'That one.' } }],
  'signature.sign': [
    'anyone',
    'coalition',
    { fields: { name: 'Rosa', country: 'PE', organization: '', comment: '', consent: ['keep'] } },
  ],
  'signatures.merge': ['organizer', 'host', { carries: ofPetition('2', '1'), fields: reason }],
  'signatures.keep': ['organizer', 'host', { carries: ofPetition('2', '1'), fields: reason }],
  'comment.submit': ['anyone', 'begun', { carries: ofPetition('nokey'), fields: {} }],
  'delivery.response': ['organizer', 'begun', { carries: key, fields: {} }],
  'release.contact': [
    'organizer',
    'begun',
    { carries: key, fields: { contact: 'Press', reach: 'press@example.org' } },
  ],
  'release.quote': [
    'organizer',
    'begun',
    {
      carries: key,
      fields: { 'quote.en': '', 'speaker.en': '', 'quote.es': '', 'speaker.es': '' },
    },
  ],
};
