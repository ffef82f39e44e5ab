// A database with as many signatures as a measurement needs: real rows, really sealed, made in bulk.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { closeDatabase, openDatabase } from '../dist/db/connect.js';
import { petitionsOf } from '../dist/db/petitions.js';
import { countedNames } from '../dist/db/signatures.js';
import { insertSource } from '../dist/db/sources.js';
import { addToSummary } from '../dist/db/summaries.js';
import { loadCampaign } from '../dist/src/coalition/campaign.js';
import { readCampaignFolder } from '../dist/src/coalition/campaign-folder.js';
import { sealWith } from '../dist/src/coalition/seal.js';
import { figuresOf } from '../dist/src/coalition/summary.js';

export const serverId = '710000000000000001';

const given = [
  'María',
  'Rosa',
  'José',
  'Ana',
  'Inés',
  'Luis',
  'Quispe',
  'John',
  'Mary',
  'Chloë',
  'Yuki',
  '王芳',
];
const family = [
  'Huamán',
  'Quispe Mamani',
  'García López',
  'Wood',
  'Park',
  "O'Brien",
  'Flores',
  'Rojas',
  'Smith',
];
const comments = [
  '',
  '',
  '',
  'Fuera tropas de nuestro suelo.',
  'Peace, and nothing "else";\nthank you!',
  '=1+1',
];
const countries = ['PE', 'US', 'ES', 'MX', 'AR', 'CL', 'GB', 'JP', 'DE', null];
const begins = Date.UTC(2023, 0, 1);

const pick = (list, n) => list[n % list.length];

/** The fields of the how-manieth signature: always the same. */
export function signatureOf(n) {
  const isOrganization = n % 50 === 0;
  return {
    kind: isOrganization ? 'organization' : 'person',
    name: isOrganization ? `Colectivo ${n}` : `${pick(given, n * 7)} ${pick(family, n * 5)} ${n}`,
    organization: n % 9 === 0 && !isOrganization ? `Comité ${n % 400}` : undefined,
    comment: pick(comments, n) || undefined,
    country: pick(countries, n * 3),
    day: new Date(begins + (n % 180) * 86_400_000).toISOString().slice(0, 10),
    consent: n % 3 !== 0,
  };
}

/**
 * Makes `minga.sqlite` and `secret.key` in a folder: a petition whose current source is a file of so many names.
 *
 * @returns the settings that a process needs to use them
 */
export function makeDatabase(folder, signatures) {
  const settings = {
    DATABASE_PATH: path.join(folder, 'minga.sqlite'),
    SECRET_KEY_FILE: path.join(folder, 'secret.key'),
  };
  const key = randomBytes(32);
  writeFileSync(settings.SECRET_KEY_FILE, `${key.toString('hex')}\n`, { mode: 0o600 });
  const seal = sealWith(key);
  const database = openDatabase(settings.DATABASE_PATH);
  database.$client.pragma('synchronous = OFF');
  const at = Date.UTC(2023, 6, 1);
  loadCampaign(database, { userId: null, serverId, at }, readCampaignFolder('campaigns/peru-2023'));
  const [petition] = petitionsOf(database, serverId);
  const source = insertSource(database, {
    petitionId: petition.id,
    name: 'A file',
    foldedName: 'a file',
    kind: 'file',
    at,
  });
  const insert = database.$client.prepare(`
    insert into signatures (source_id, kind, sealed, country, day, consent, identity, likeness, counts, server_id, at)
    values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
  `);
  const some = database.$client.transaction((from, to) => {
    for (let n = from; n <= to; n++) {
      const { kind, name, organization, comment, country, day, consent } = signatureOf(n);
      const sealed = seal.seal({ name, organization, comment });
      const [identity, likeness] = [seal.mark(16, 'row', String(n)), seal.mark(8, 'likeness', name)];
      insert.run(source.id, kind, sealed, country, day, Number(consent), identity, likeness, serverId, at);
    }
  });
  for (let done = 0; done < signatures; done += 100_000) some(done + 1, Math.min(signatures, done + 100_000));
  for (const { kind, day, country, count } of countedNames(database, source.id)) {
    const change = { sourceId: source.id, basis: 'names', kind, day, country: country ?? '', count };
    for (const figure of figuresOf(change)) addToSummary(database, figure);
  }
  closeDatabase(database);
  return settings;
}
