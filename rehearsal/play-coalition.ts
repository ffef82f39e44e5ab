// A scene of the play: a second server joins the petition, and people of both do things together.
import type { Director } from './director.js';
import type { Partner } from './partner.js';
import type { Stage } from './stage.js';

export async function coalition(stage: Stage, director: Director, partner: Partner): Promise<void> {
  await joining(stage, director, partner);
  await together(stage, director, partner);
  await cameTogether(stage, director, partner);
  await heard(stage, director);
}

async function joining(
  { ana, ben, organizers, general }: Stage,
  director: Director,
  { pat, general: there }: Partner,
): Promise<void> {
  director.scene({
    en: 'A partner organization joins from its own server',
    es: 'Una organización aliada se suma desde su propio servidor',
  });
  await director.command(pat, there, 'signatures tally', {}, { says: ['petition'], messages: 1 });
  const invited = await director.command(
    ana,
    organizers,
    'coalition invite',
    { organization: 'World BEYOND War' },
    { says: [/MINGA-/], seenBy: 'one' },
  );
  const code = /MINGA(?:-\w{4}){3}/.exec(invited.words)?.[0] ?? '';
  const joined = { says: ['World BEYOND War'], seenBy: 'one' } as const;
  await director.command(pat, there, 'coalition join', { code }, joined);
  await director.command(
    ana,
    organizers,
    'coalition servers',
    {},
    { says: ['World BEYOND War'], seenBy: 'one' },
  );
  await director.command(
    pat,
    there,
    'petition share',
    {},
    { says: ['Bring U.S. troops home'], seenBy: 'everyone' },
  );
  await director.command(pat, there, 'signatures export', {}, { says: ['hosts'], seenBy: 'one' });
  const added = { name: 'Vecinas por la Paz', country: 'Perú' };
  await director.command(ben, general, 'coalition add', added, {
    says: ['Vecinas por la Paz'],
    seenBy: 'one',
  });
  const approved = { says: ['Vecinas por la Paz'], seenBy: 'one' } as const;
  await director.command(ana, organizers, 'coalition approve', { organization: added.name }, approved);
  await director.command(
    ben,
    general,
    'coalition list',
    {},
    { says: ['CODEPINK', 'Vecinas'], seenBy: 'one' },
  );
}

async function together(
  { ben, luz, general }: Stage,
  director: Director,
  { pat, general: there }: Partner,
): Promise<void> {
  director.scene({
    en: 'Two of them made one visit, and it counts once',
    es: 'Dos personas hicieron una misma visita, y cuenta una vez',
  });
  const target = 'House Committee on Appropriations';
  await director.command(
    luz,
    general,
    'target script',
    { target: 'Comité de Asignaciones de la Cámara de Representantes' },
    { says: ['Comité de Asignaciones'], seenBy: 'one' },
  );
  const visit = { type: 'visit', target, outcome: 'They listened' };
  await director.command(ben, general, 'action log', visit, { says: ['1 visit'], seenBy: 'one' });
  const asked = await director.command(
    pat,
    there,
    'action log',
    { type: 'visit', target },
    { says: ['the same'], seenBy: 'one' },
  );
  await director.press(pat, there, asked.message, 'Join', { says: ['credit of each'], seenBy: 'one' });
  await director.command(
    luz,
    general,
    'action board',
    { by: 'server' },
    { says: ['World BEYOND War'], seenBy: 'everyone' },
  );
}

async function cameTogether(
  { ana, ben, organizers, general }: Stage,
  director: Director,
  { pat, general: there }: Partner,
): Promise<void> {
  director.scene({
    en: 'A vigil, in Discord’s calendar too',
    es: 'Una vigilia, también en el calendario de Discord',
  });
  const vigil = {
    name: 'Vigil for Peru',
    name_es: 'Vigilia por el Perú',
    place: 'Union Square, New York City',
    start: '2023-07-22 18:00',
    end: '2023-07-22 20:00',
    timezone: 'America/New_York',
  };
  await director.command(ana, organizers, 'event create', vigil, {
    says: ['Vigilia por el Perú'],
    seenBy: 'one',
  });
  await director.command(
    pat,
    there,
    'event list',
    {},
    { says: ['Vigil for Peru', 'Union Square'], seenBy: 'one' },
  );
  const turnout = {
    event: 'Demonstration at the Peruvian Embassy',
    low: 120,
    high: 150,
    method: 'counted at the gate',
  };
  await director.command(ben, general, 'event turnout', turnout, { says: ['120', '150'], seenBy: 'one' });
}

async function heard({ ana, luz, general, organizers }: Stage, director: Director): Promise<void> {
  director.scene({
    en: 'Somebody says why, and organizers choose to quote it',
    es: 'Alguien dice por qué, y el equipo organizador decide citarlo',
  });
  const form = await director.command(luz, general, 'comment submit', {}, { says: ['*'] });
  const comment = {
    'Tu comentario': 'Mi abuela vivió una ocupación. No quiero que mi hija viva otra.',
    'Cómo nombrarte (opcional)': 'Luz M.',
    'Tu consentimiento': ['Mi comentario se puede citar'],
  };
  await director.submit(luz, form, comment, { says: ['Gracias'], seenBy: 'one' });
  const waiting = await director.command(
    ana,
    organizers,
    'comment review',
    {},
    { says: ['Mi abuela'], seenBy: 'one' },
  );
  await director.press(ana, organizers, waiting.message, 'Aprobar', { says: ['cit'], seenBy: 'one' });
  await director.command(ana, organizers, 'tally preview', {}, { says: ['firmas'], seenBy: 'one' });
}
