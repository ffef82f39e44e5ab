// The facts Minga keeps: every table, with a word on each column that its name does not say.
//
// Moments are epoch milliseconds (UTC). Days are 'YYYY-MM-DD' in the petition's own time zone.
// Ids of people, servers, channels, messages and roles are Discord's, as text.
// Texts in several languages are JSON objects keyed by BCP-47 tag: {"en": "…", "es": "…"}.
import { sql } from 'drizzle-orm';
import { blob, check, index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

/** A text in each language it was given in, keyed by BCP-47 tag. */
export type Localized = Record<string, string>;

export const languages = ['en', 'es'] as const;
export const postLanguages = ['en', 'es', 'both'] as const;
export const petitionStates = ['draft', 'open', 'paused', 'closed', 'delivered'] as const;
export const sourceKinds = ['discord', 'file', 'paper', 'platform', 'partner', 'hand'] as const;
export const signatureKinds = ['person', 'organization'] as const;
export const actionTypes = [
  'call',
  'email',
  'letter',
  'visit',
  'meeting',
  'post',
  'canvass',
  'flyer',
  'press',
  'translation',
  'event',
  'other',
] as const;
export const entryKinds = ['observation', 'batch', 'signature', 'action'] as const;
export const importConsents = ['names', 'file', 'count'] as const;
export const tallyPostStates = ['claimed', 'sending', 'sent', 'unchanged', 'skipped', 'refused'] as const;

const id = () => integer('id').primaryKey({ autoIncrement: true });
const localized = (name: string) => text(name, { mode: 'json' }).$type<Localized>();

/** A Discord server that Minga was used in, with its settings. */
export const servers = sqliteTable('servers', {
  id: text('id').primaryKey(),
  /** As Discord last showed it. */
  name: text('name').notNull().default(''),
  /** Whoever has this role is a member; everyone, while it is null. */
  memberRoleId: text('member_role_id'),
  organizerRoleId: text('organizer_role_id'),
  language: text('language', { enum: postLanguages }).notNull().default('both'),
  /** Where organizers are told what they need to know. */
  organizersChannelId: text('organizers_channel_id'),
  /** An entry over this many, without a proof, waits for an organizer; none waits while it is null. */
  reviewOver: integer('review_over'),
  /** How many entries a member may log in an hour; any number while it is null. */
  perHour: integer('per_hour'),
  currentPetitionId: integer('current_petition_id'),
  /** People may sign right here; off until an administrator turns it on. */
  signing: integer('signing', { mode: 'boolean' }).notNull().default(false),
});

/** Channels that speak another language than their server. */
export const channelLanguages = sqliteTable('channel_languages', {
  channelId: text('channel_id').primaryKey(),
  serverId: text('server_id').notNull(),
  language: text('language', { enum: postLanguages }).notNull(),
});

export const petitions = sqliteTable(
  'petitions',
  {
    id: id(),
    /** The host: its organizers alone edit, import, export names and deliver. */
    serverId: text('server_id').notNull(),
    /** The name a campaign folder gives it; null where it was made by command. */
    slug: text('slug'),
    title: localized('title').notNull(),
    ask: localized('ask').notNull(),
    link: text('link').notNull(),
    goal: integer('goal').notNull(),
    deadline: text('deadline'),
    timezone: text('timezone').notNull(),
    state: text('state', { enum: petitionStates }).notNull(),
    createdAt: integer('created_at').notNull(),
    createdBy: text('created_by'),
    /** When it was handed over: the names are kept a set time longer. */
    deliveredAt: integer('delivered_at'),
    /** When organizers were told which names are about to be removed. */
    removalToldAt: integer('removal_told_at'),
    /** When names and comments were removed; the counts stayed. */
    namesRemovedAt: integer('names_removed_at'),
  },
  (table) => [unique('petition_slug').on(table.serverId, table.slug)],
);

/** Which servers act on which petition: the host, and partners that joined. */
export const petitionServers = sqliteTable(
  'petition_servers',
  {
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    serverId: text('server_id').notNull(),
    role: text('role', { enum: ['host', 'partner'] }).notNull(),
    joinedAt: integer('joined_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.petitionId, table.serverId] })],
);

/** What a campaign folder said at its last load, so that a new load applies only what changed in it. */
export const campaignLoads = sqliteTable(
  'campaign_loads',
  {
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    /** Which fact: 'goal', 'title.es', 'organization.codepink'. */
    fact: text('fact').notNull(),
    /** SHA-256 of the fact as the folder had it. */
    digest: text('digest').notNull(),
  },
  (table) => [primaryKey({ columns: [table.petitionId, table.fact] })],
);

/** Each version of the statement in each language; never changed once written. */
export const statements = sqliteTable(
  'statements',
  {
    id: id(),
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    language: text('language', { enum: languages }).notNull(),
    version: integer('version').notNull(),
    /** As it was given, line endings and byte-order mark aside. */
    text: text('text').notNull(),
    reason: text('reason'),
    authorId: text('author_id'),
    at: integer('at').notNull(),
  },
  (table) => [unique('statement_version').on(table.petitionId, table.language, table.version)],
);

/** Which versions of the two languages say the same; one that is not listed with the other's latest is stale. */
export const statementMatches = sqliteTable(
  'statement_matches',
  {
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    en: integer('en').notNull(),
    es: integer('es').notNull(),
    /** Who said so; null where it follows from bringing a stale text up to date. */
    confirmedBy: text('confirmed_by'),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.petitionId, table.en, table.es] })],
);

/** The messages in which a version was posted. */
export const statementPosts = sqliteTable('statement_posts', {
  id: id(),
  statementId: integer('statement_id')
    .notNull()
    .references(() => statements.id),
  serverId: text('server_id').notNull(),
  channelId: text('channel_id').notNull(),
  messageIds: text('message_ids', { mode: 'json' }).$type<string[]>().notNull(),
  postedBy: text('posted_by').notNull(),
  at: integer('at').notNull(),
});

/** Each time the petition's card was shared. */
export const shares = sqliteTable('shares', {
  id: id(),
  petitionId: integer('petition_id')
    .notNull()
    .references(() => petitions.id),
  serverId: text('server_id').notNull(),
  channelId: text('channel_id').notNull(),
  userId: text('user_id').notNull(),
  at: integer('at').notNull(),
});

/** The code by which a person's own link can be told apart; random, so that it names nobody. */
export const personalLinks = sqliteTable(
  'personal_links',
  {
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    userId: text('user_id').notNull(),
    code: text('code').notNull().unique(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.petitionId, table.userId] })],
);

/** The server where a person last used Minga: what a command outside any server acts on. */
export const lastServers = sqliteTable('last_servers', {
  userId: text('user_id').primaryKey(),
  serverId: text('server_id').notNull(),
});

export const organizations = sqliteTable('organizations', {
  id: id(),
  petitionId: integer('petition_id')
    .notNull()
    .references(() => petitions.id),
  slug: text('slug'),
  name: localized('name').notNull(),
  url: text('url'),
  country: text('country'),
  state: text('state', { enum: ['proposed', 'approved', 'withdrawn'] }).notNull(),
  at: integer('at').notNull(),
});

/** Decision makers the petition is addressed to. */
export const targets = sqliteTable('targets', {
  id: id(),
  petitionId: integer('petition_id')
    .notNull()
    .references(() => petitions.id),
  slug: text('slug'),
  name: localized('name').notNull(),
  committee: text('committee'),
  phone: text('phone'),
  url: text('url'),
});

export const events = sqliteTable('events', {
  id: id(),
  petitionId: integer('petition_id')
    .notNull()
    .references(() => petitions.id),
  slug: text('slug'),
  name: localized('name').notNull(),
  place: text('place').notNull(),
  /** Its local day; the hour may not be known. */
  day: text('day').notNull(),
  startsAt: integer('starts_at'),
  endsAt: integer('ends_at'),
  description: localized('description'),
});

/** Where signatures come from. */
export const sources = sqliteTable(
  'sources',
  {
    id: id(),
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    name: text('name').notNull(),
    /** The name with case and accents folded: unique within a petition, so that nothing counts twice. */
    foldedName: text('folded_name').notNull(),
    kind: text('kind', { enum: sourceKinds }).notNull(),
    url: text('url'),
    at: integer('at').notNull(),
  },
  (table) => [
    unique('source_name').on(table.petitionId, table.foldedName),
    unique('source_url').on(table.petitionId, table.url),
  ],
);

/** An absolute total that a platform or a partner showed on a day. The latest by day, then by entry, holds. */
export const observations = sqliteTable(
  'observations',
  {
    id: id(),
    sourceId: integer('source_id')
      .notNull()
      .references(() => sources.id),
    day: text('day').notNull(),
    people: integer('people').notNull(),
    /** Null: unchanged since the observation before it. */
    organizations: integer('organizations'),
    serverId: text('server_id').notNull(),
    userId: text('user_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('observation_order').on(table.sourceId, table.day, table.id)],
);

/** Signatures on paper, counted by hand: each batch adds to the ones before. */
export const batches = sqliteTable(
  'batches',
  {
    id: id(),
    sourceId: integer('source_id')
      .notNull()
      .references(() => sources.id),
    day: text('day').notNull(),
    people: integer('people').notNull(),
    organizations: integer('organizations').notNull(),
    note: text('note'),
    serverId: text('server_id').notNull(),
    userId: text('user_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('batch_source').on(table.sourceId)],
);

/** One signature with a name: a person's or an organization's. */
export const signatures = sqliteTable(
  'signatures',
  {
    id: id(),
    sourceId: integer('source_id')
      .notNull()
      .references(() => sources.id),
    kind: text('kind', { enum: signatureKinds }).notNull(),
    /** Name, organization and comment, sealed with AES-256-GCM; the key is outside the database. Null once erased. */
    sealed: blob('sealed', { mode: 'buffer' }),
    /** Alpha-2 code; null where it is not stated. */
    country: text('country'),
    day: text('day').notNull(),
    /** The name may be handed over with the petition. */
    consent: integer('consent', { mode: 'boolean' }).notNull().default(false),
    /** Who signed, told apart without knowing them: see `identities`; null where nothing tells. */
    identity: blob('identity', { mode: 'buffer' }),
    /** Whom it may be the same as: see `likenesses`. */
    likeness: blob('likeness', { mode: 'buffer' }),
    /** An organizer looked at what it is like, and said that it is somebody else. */
    settled: integer('settled', { mode: 'boolean' }).notNull().default(false),
    /** It is in the figures: it stands, and no earlier signature of the same person does. */
    counts: integer('counts', { mode: 'boolean' }).notNull().default(true),
    /** The file it came from; until that import is done, nobody sees it. */
    importId: integer('import_id').references(() => imports.id),
    serverId: text('server_id').notNull(),
    /** Who typed it in; null where the person signed by themselves, or a file brought it. */
    userId: text('user_id'),
    at: integer('at').notNull(),
  },
  (table) => [
    index('signature_source').on(table.sourceId),
    index('signature_typed_by').on(table.userId).where(sql`${table.userId} is not null`),
  ],
);

/**
 * Finds signatures by identity: the keyed hash of an e-mail address, a Discord account or, where a file has neither, of
 * a row. It outlives the name, so that a file taken in again neither doubles nor restores anything.
 *
 * A table, WITHOUT ROWID in its migration, and not an index of signatures: so an import writes it in the order of its
 * keys. A million keys in the order of a file would rewrite most of an index with every short transaction.
 */
export const identities = sqliteTable(
  'identities',
  {
    /** HMAC-SHA-256, its first 16 bytes; the petition is hashed in. */
    identity: blob('identity', { mode: 'buffer' }).notNull(),
    sourceId: integer('source_id').notNull(),
    signatureId: integer('signature_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.identity, table.sourceId] })],
);

/** Finds signatures that are alike, as identities does those that are the same; WITHOUT ROWID too. */
export const likenesses = sqliteTable(
  'likenesses',
  {
    /** HMAC-SHA-256 of petition, kind, folded name and country, its first 8 bytes. */
    likeness: blob('likeness', { mode: 'buffer' }).notNull(),
    signatureId: integer('signature_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.likeness, table.signatureId] })],
);

/** Signatures that count and are like an earlier one that does: organizers review them. */
export const likelyDuplicates = sqliteTable('likely_duplicates', {
  signatureId: integer('signature_id')
    .primaryKey()
    .references(() => signatures.id),
});

/** Signatures that an organizer found to be of one person. */
export const merges = sqliteTable(
  'merges',
  {
    signatureId: integer('signature_id')
      .primaryKey()
      .references(() => signatures.id),
    /** The earlier signature of that person. */
    intoId: integer('into_id')
      .notNull()
      .references(() => signatures.id),
    userId: text('user_id'),
    at: integer('at').notNull(),
  },
  (table) => [index('merge_into').on(table.intoId)],
);

/** Identities that withdrew or had their data erased: no file brings them back. */
export const departures = sqliteTable('departures', {
  identity: blob('identity', { mode: 'buffer' }).primaryKey(),
  /** Withdrawn no longer counts; forgotten counts without a name. */
  how: text('how', { enum: ['withdrawn', 'forgotten'] }).notNull(),
  at: integer('at').notNull(),
});

/** Files of signatures that were taken in. */
export const imports = sqliteTable('imports', {
  id: id(),
  petitionId: integer('petition_id')
    .notNull()
    .references(() => petitions.id),
  sourceId: integer('source_id')
    .notNull()
    .references(() => sources.id),
  /** Where its rows wait, prepared and sealed: a file beside the database. */
  staged: text('staged').notNull(),
  fileName: text('file_name').notNull(),
  /** Publishing: rows are being written and nobody sees them; then done, or undone whole. */
  state: text('state', { enum: ['publishing', 'done', 'undone'] }).notNull(),
  /** Its signatures have the ids from here on, kept free for them; 0 until they are. */
  firstId: integer('first_id').notNull().default(0),
  /** How many signatures it adds. */
  added: integer('added').notNull().default(0),
  /** Which names may be handed over: all where the file does not say no, those where it says yes, or none. */
  consent: text('consent', { enum: importConsents }).notNull(),
  serverId: text('server_id').notNull(),
  userId: text('user_id'),
  at: integer('at').notNull(),
  /** The process that is at it; another may take over after leaseUntil. */
  holder: text('holder').notNull(),
  leaseUntil: integer('lease_until').notNull(),
});

/** How a source is read from another platform by itself. */
export const connections = sqliteTable('connections', {
  sourceId: integer('source_id')
    .primaryKey()
    .references(() => sources.id),
  /** Which connector, with what it needs to know; secrets are in the environment only. */
  connector: text('connector').notNull(),
  settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  serverId: text('server_id').notNull(),
  userId: text('user_id'),
  at: integer('at').notNull(),
  /** The next moment it may be asked. */
  nextAt: integer('next_at').notNull(),
  /** Set where asking again is of no use: the platform said that it is gone. */
  stoppedAt: integer('stopped_at'),
});

/** Each time a platform was asked, and what came of it. */
export const polls = sqliteTable(
  'polls',
  {
    id: id(),
    sourceId: integer('source_id')
      .notNull()
      .references(() => sources.id),
    at: integer('at').notNull(),
    /** What it said; null where it gave no figure. */
    people: integer('people'),
    /** Why not, as a key of the language files; null where it gave one. */
    problem: text('problem'),
    httpStatus: integer('http_status'),
  },
  (table) => [index('poll_source').on(table.sourceId, table.at)],
);

/** Corrections: an entry that no longer counts, and why. The entry itself stays as it was. */
export const voids = sqliteTable(
  'voids',
  {
    entryKind: text('entry_kind', { enum: entryKinds }).notNull(),
    entryId: integer('entry_id').notNull(),
    reason: text('reason'),
    userId: text('user_id').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.entryKind, table.entryId] })],
);

/** Figures kept in the same transaction as the rows they sum, so that a tally reads a few rows, however many signed. */
export const summaries = sqliteTable(
  'summaries',
  {
    sourceId: integer('source_id')
      .notNull()
      .references(() => sources.id),
    /** 'count': from observations or batches; 'names': from signatures with a name. */
    basis: text('basis', { enum: ['count', 'names'] }).notNull(),
    /** 'likely': signatures that may be of a person who is counted already, to be reviewed. */
    dimension: text('dimension', { enum: ['all', 'day', 'country', 'likely'] }).notNull(),
    /** The day, or the country's alpha-2 code; empty where it is not stated, and for 'all' and 'likely'. */
    key: text('key').notNull(),
    kind: text('kind', { enum: signatureKinds }).notNull(),
    count: integer('count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.sourceId, table.basis, table.dimension, table.key, table.kind] })],
);

/** What a member did for the petition. */
export const actions = sqliteTable(
  'actions',
  {
    id: id(),
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    serverId: text('server_id').notNull(),
    userId: text('user_id').notNull(),
    type: text('type', { enum: actionTypes }).notNull(),
    /** How many: calls made, letters sent, people talked to. */
    count: integer('count').notNull(),
    targetId: integer('target_id').references(() => targets.id),
    organizationId: integer('organization_id').references(() => organizations.id),
    outcome: text('outcome'),
    note: text('note'),
    day: text('day').notNull(),
    /** The message it was logged from. */
    messageLink: text('message_link'),
    /** Pending: over the server's limit and without a proof; it is in no headline until an organizer approves. */
    state: text('state', { enum: ['counted', 'pending', 'rejected'] }).notNull(),
    at: integer('at').notNull(),
  },
  (table) => [
    index('action_petition').on(table.petitionId, table.day),
    index('action_person').on(table.userId, table.at),
  ],
);

/** The file that shows an action was done, kept here because Discord's own links expire. */
export const proofs = sqliteTable('proofs', {
  actionId: integer('action_id')
    .primaryKey()
    .references(() => actions.id),
  name: text('name').notNull(),
  contentType: text('content_type'),
  bytes: blob('bytes', { mode: 'buffer' }).notNull(),
});

/** Members who pressed Show me: only they are named on a board. */
export const shownMembers = sqliteTable(
  'shown_members',
  {
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    userId: text('user_id').notNull(),
    name: text('name').notNull(),
    at: integer('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.petitionId, table.userId] })],
);

/** Where and when the daily tally goes out: one schedule per channel. */
export const schedules = sqliteTable('schedules', {
  channelId: text('channel_id').primaryKey(),
  serverId: text('server_id').notNull(),
  petitionId: integer('petition_id')
    .notNull()
    .references(() => petitions.id),
  /** Local time, 'HH:MM'. */
  time: text('time').notNull(),
  timezone: text('timezone').notNull(),
  language: text('language', { enum: postLanguages }).notNull(),
  when: text('when', { enum: ['always', 'changed'] }).notNull(),
  /** Nothing that fell due before this moment is posted: set when it is scheduled, changed or resumed. */
  effectiveFrom: integer('effective_from').notNull(),
  pausedAt: integer('paused_at'),
  /** The first moment it goes out again by itself. */
  pausedUntil: integer('paused_until'),
});

/** One row per channel and local day: the promise that a day's tally goes out once. */
export const tallyPosts = sqliteTable(
  'tally_posts',
  {
    id: id(),
    channelId: text('channel_id').notNull(),
    serverId: text('server_id').notNull(),
    petitionId: integer('petition_id')
      .notNull()
      .references(() => petitions.id),
    day: text('day').notNull(),
    dueAt: integer('due_at').notNull(),
    state: text('state', { enum: tallyPostStates }).notNull(),
    /** What the card says, decided before Discord is spoken to: a second attempt says the same. */
    facts: text('facts', { mode: 'json' }).notNull(),
    /** When the figures were read. */
    at: integer('at').notNull(),
    /** The process that is at it; another may take over after leaseUntil. */
    holder: text('holder').notNull(),
    leaseUntil: integer('lease_until').notNull(),
    attempts: integer('attempts').notNull().default(0),
    messageId: text('message_id'),
    sentAt: integer('sent_at'),
  },
  (table) => [
    unique('tally_post_day').on(table.channelId, table.day),
    index('tally_post_state').on(table.state),
    check('tally_post_sent', sql`(${table.state} = 'sent') = (${table.messageId} is not null)`),
  ],
);

/** Interactions that wrote something: a replayed one finds its id here and changes nothing. */
export const interactions = sqliteTable('interactions', {
  id: text('id').primaryKey(),
  at: integer('at').notNull(),
});

/** What a modal or a confirmation will write, kept until it is used once. */
export const drafts = sqliteTable('drafts', {
  key: text('key').primaryKey(),
  userId: text('user_id').notNull(),
  serverId: text('server_id').notNull(),
  payload: text('payload', { mode: 'json' }).notNull(),
  at: integer('at').notNull(),
  usedAt: integer('used_at'),
});

/** When each job that runs once a day ran last. */
export const jobRuns = sqliteTable('job_runs', {
  job: text('job').primaryKey(),
  /** The UTC day it last ran for. */
  day: text('day').notNull(),
});

/** What organizers still have to be told. */
export const notices = sqliteTable('notices', {
  id: id(),
  serverId: text('server_id').notNull(),
  /** A key of the language files, and what it is filled with. */
  key: text('key').notNull(),
  values: text('values', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  at: integer('at').notNull(),
  toldAt: integer('told_at'),
});

/** Who did what, when: a row in the same transaction as each write. */
export const audit = sqliteTable('audit', {
  id: id(),
  at: integer('at').notNull(),
  /** Null where Minga itself did it, or the command line. */
  userId: text('user_id'),
  serverId: text('server_id').notNull(),
  petitionId: integer('petition_id'),
  /** What was done, as noun.verb: 'petition.create'. */
  deed: text('deed').notNull(),
  detail: text('detail', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
});
