// Two days of the example's campaign: organizers set it up, members act, the count moves, the daily tally goes out.
import type { Database } from '../db/connect.js';
import { findPetition } from '../src/coalition/petition.js';
import { requireStatement } from '../src/coalition/statement.js';
import type { Director } from './director.js';
import type { Partner } from './partner.js';
import { coalition } from './play-coalition.js';
import { delivery } from './play-delivery.js';
import { ledger } from './play-ledger.js';
import type { Stage } from './stage.js';

/** Plays 19 and 20 July 2023 on a stage whose roles Minga has not been told yet. */
export async function playTheDay(stage: Stage, director: Director, partner: Partner): Promise<void> {
  await morning(stage, director);
  await statement(stage, director);
  await outreach(stage, director);
  await count(stage, director);
  await evening(stage, director);
  await dayAfter(stage, director);
  await ledger(stage, director);
  await coalition(stage, director, partner);
  await delivery(stage, director);
}

async function morning(
  { ada, ana, ben, general, organizers, roles }: Stage,
  director: Director,
): Promise<void> {
  director.scene({
    en: '19 July 2023, in the morning: the organizers set it up',
    es: '19 de julio de 2023, por la mañana: el equipo organizador lo prepara',
  });
  await director.command(
    ben,
    general,
    'help',
    {},
    { says: ['/petition share', '/action log'], seenBy: 'one' },
  );
  const chosen = { member: roles.members, organizer: roles.organizers };
  await director.command(ada, organizers, 'settings roles', chosen, {
    says: [roles.organizers.id],
    seenBy: 'one',
  });
  await director.command(ada, organizers, 'settings channels', { organizers }, { says: [organizers.id] });
  await director.command(
    ana,
    organizers,
    'petition show',
    {},
    { says: ['Que las tropas', '0 firmas'], seenBy: 'one' },
  );
  const daily = { channel: general, time: '20:00', timezone: 'America/Lima' };
  await director.command(ana, organizers, 'tally schedule', daily, {
    says: ['20:00', 'America/Lima'],
    seenBy: 'one',
  });
}

async function statement(stage: Stage, director: Director): Promise<void> {
  const { ana, ben, luz, general, organizers } = stage;
  director.scene({ en: 'The statement, in both languages', es: 'La declaración, en los dos idiomas' });
  const inBoth = { says: ['discord.com/channels'], seenBy: 'one' } as const;
  await director.command(luz, general, 'statement post', { language: 'both' }, inBoth);
  director.arrivals(general, 4, { says: ['more than 1,200', 'más de 1200'] });
  const whole = { seenBy: 'one', says: ['neighborhood'], messages: 2 } as const;
  await director.press(ben, general, general.messages.at(-1), 'English', whole);

  director.scene({
    en: 'An organizer improves the Spanish text; the English one is behind until it is confirmed',
    es: 'Una organizadora mejora el texto en español; el inglés queda atrás hasta que alguien lo confirme',
  });
  const before = stage.withDatabase((database) =>
    requireStatement(database, currentPetition(stage, database), 'es'),
  );
  const text = before.text.replace(
    'Seis meses pasan volando, dirá alguien.',
    'Seis meses pasan volando, dirán.',
  );
  const file = { name: 'declaracion.md', contentType: 'text/markdown', bytes: Buffer.from(text) };
  const edited = { says: ['dirán'], seenBy: 'one' } as const;
  await director.command(ana, organizers, 'statement edit', { language: 'es', file }, edited);
  const stale = { says: ['discord.com/channels', 'fallen behind'], seenBy: 'one' } as const;
  await director.command(ben, organizers, 'statement post', { language: 'en' }, stale);
  director.arrivals(organizers, 2, { says: ['more than 1,200'] });
  await director.command(
    ana,
    organizers,
    'statement confirm',
    { language: 'en' },
    { says: ['inglés'], seenBy: 'one' },
  );
  await director.command(ana, organizers, 'statement history', {}, { says: ['2', '1'], seenBy: 'one' });
}

function currentPetition({ server }: Stage, database: Database) {
  return findPetition(database, server.id, undefined, true);
}

async function outreach({ ben, luz, stranger, general }: Stage, director: Director): Promise<void> {
  director.scene({
    en: 'Members share the petition and log what they do',
    es: 'La gente comparte la petición y registra lo que hace',
  });
  const shared = await director.command(
    ben,
    general,
    'petition share',
    {},
    {
      says: ['Bring U.S. troops home from Peru', 'Que las tropas', 'example.org/peru'],
      seenBy: 'everyone',
    },
  );
  await director.press(luz, general, shared.message, 'Español', { says: ['Que las tropas'], seenBy: 'one' });
  await director.command(luz, general, 'petition link', {}, { says: ['source='], seenBy: 'one' });
  await director.command(
    stranger,
    general,
    'action log',
    { type: 'call' },
    { says: ['member'], seenBy: 'one' },
  );
  const calls = {
    type: 'call',
    count: 12,
    target: 'House Committee on Foreign Affairs',
    outcome: 'Left messages',
  };
  await director.command(ben, general, 'action log', calls, {
    says: ['12 calls', 'Foreign Affairs'],
    seenBy: 'one',
  });
  await director.command(
    luz,
    general,
    'action log',
    { type: 'flyer', count: 80, note: 'En la feria' },
    { says: ['80'] },
  );
  const message = luz.in(general).say('Acabo de escribir al Comité de Asignaciones.');
  const form = await director.menu(luz, general, 'Log as outreach action', message, { says: ['*'] });
  await director.submit(luz, form, { type: 'letter' }, { says: ['1 carta'], seenBy: 'one' });
  await director.command(ben, general, 'action log', { type: 'call', count: 1 }, { says: ['1 call'] });
  await director.command(ben, general, 'action undo', {}, { says: ['1 call'], seenBy: 'one' });
  await director.command(ben, general, 'action mine', {}, { says: ['12 calls'], seenBy: 'one' });
  await director.command(luz, general, 'action board', {}, { says: ['93', '12', '80'], seenBy: 'everyone' });
}

async function count({ ana, ben, general, organizers }: Stage, director: Director): Promise<void> {
  director.scene({ en: 'The count moves', es: 'El recuento avanza' });
  await director.command(
    ben,
    general,
    'signatures count',
    { source: 'Petition page', people: 5 },
    {
      says: ['organizers'],
      seenBy: 'one',
    },
  );
  const page = { source: 'Petition page', people: 1702, organizations: 41 };
  await director.command(ana, organizers, 'signatures count', page, { says: ['1,743'], seenBy: 'one' });
  const paper = { source: 'Paper sheets', people: 96, note: 'Feria de Queens' };
  await director.command(ana, organizers, 'signatures batch', paper, { says: ['1,839'], seenBy: 'one' });
  const person = { kind: 'person', name: 'Rosa Huamán', country: 'EE.UU.' };
  await director.command(ana, organizers, 'signatures add', person, {
    says: ['Estados Unidos', '1,840'],
    seenBy: 'one',
  });
  const where = { kind: 'organization', name: 'Red Solidaria', country: 'Congo' };
  await director.command(ana, organizers, 'signatures add', where, { says: ['(CD)', '(CG)'], seenBy: 'one' });
  await director.command(
    ben,
    general,
    'signatures tally',
    { by: 'source' },
    {
      says: ['**1,840 signatures**', '**1,840 firmas**', 'Petition page', '1,743', '96'],
      seenBy: 'everyone',
      picture: true,
    },
  );
}

async function evening({ general }: Stage, director: Director): Promise<void> {
  director.scene({
    en: 'Eight in the evening in Lima: the daily tally',
    es: 'Las ocho de la noche en Lima: el recuento diario',
  });
  await director.clock('2023-07-20T01:00:05Z', { en: '20:00 in Lima', es: '20:00 en Lima' });
  director.arrivals(general, 1, { says: ['**1,840 signatures**', '12 calls', '80 volantes'], picture: true });
  await director.clock('2023-07-20T01:30:00Z', { en: 'half an hour later', es: 'media hora después' });
  director.arrivals(general, 0, {});
}

async function dayAfter({ ana, luz, general, organizers }: Stage, director: Director): Promise<void> {
  director.scene({
    en: '20 July: more signatures, and the next tally says so',
    es: '20 de julio: más firmas, y el siguiente recuento lo dice',
  });
  await director.clock('2023-07-20T18:00:00Z', { en: '14:00 in New York', es: '14:00 en Nueva York' });
  const page = { source: 'Petition page', people: 1861, organizations: 48 };
  await director.command(ana, organizers, 'signatures count', page, { says: ['2,006'], seenBy: 'one' });
  await director.command(
    luz,
    general,
    'action log',
    { type: 'event', count: 2 },
    { says: ['2 eventos'], seenBy: 'one' },
  );
  await director.clock('2023-07-21T01:00:05Z', { en: '20:00 in Lima', es: '20:00 en Lima' });
  director.arrivals(general, 1, {
    says: ['**2,006 signatures**', '+166', 'since yesterday', 'desde ayer', '🎉'],
    picture: true,
  });
  await director.command(ana, organizers, 'signatures recount', {}, { says: ['2,006'], seenBy: 'one' });
}
