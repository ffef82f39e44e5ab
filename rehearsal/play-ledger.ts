// A scene of the play: people sign here, a file of names comes in, and organizers look at what is alike.
import type { Director } from './director.js';
import type { Stage } from './stage.js';

/** Names from a street stall, as a spreadsheet in Lima saves them; two lines are of the same woman, one has no name. */
const stall = `Nombre;Correo;País;Fecha;Comentario
Rosa Huamán;rosa@example.org;Perú;15/07/2023;Que se retiren
Julio Ccori;julio@example.org;Perú;15/07/2023;
Mary Wood;mary@example.org;EE.UU.;16/07/2023;Peace now
Rosa Huamán;rosa.huaman@example.org;Perú;16/07/2023;
;nadie@example.org;Perú;16/07/2023;
`;

export async function ledger(stage: Stage, director: Director): Promise<void> {
  await signing(stage, director);
  await names(stage, director);
}

async function signing({ ada, stranger, general, organizers }: Stage, director: Director): Promise<void> {
  director.scene({
    en: 'An administrator lets people sign in Discord, and somebody does',
    es: 'La administradora permite firmar en Discord, y alguien firma',
  });
  await director.command(
    ada,
    organizers,
    'settings signing',
    { on: true },
    { says: ['sign'], seenBy: 'one' },
  );
  const form = await director.command(stranger, general, 'signatures sign', {}, { says: ['Your name'] });
  const signature = {
    'Your name': 'Sam Stranger',
    'Your country': 'U.K.',
    'Your consent': ['My signature may be kept and counted'],
  };
  await director.submit(stranger, form, signature, { says: ['You signed', 'United Kingdom'], seenBy: 'one' });
  await director.command(stranger, general, 'privacy data', {}, { says: ['Sam Stranger'], seenBy: 'one' });
  const taken = { says: ['taken back'], seenBy: 'one' } as const;
  await director.command(stranger, general, 'signatures withdraw', {}, taken);
}

async function names({ ana, ben, organizers, general }: Stage, director: Director): Promise<void> {
  director.scene({
    en: 'Names from a stall come in as a file',
    es: 'Llegan en un archivo los nombres de un puesto en la calle',
  });
  const file = { name: 'puesto.csv', contentType: 'text/csv', bytes: Buffer.from(stall) };
  const refused = { says: ['organizers'], seenBy: 'one' } as const;
  await director.command(ben, general, 'signatures import', { file }, refused);
  const preview = await director.command(
    ana,
    organizers,
    'signatures import',
    { file },
    {
      says: ['4 firmas nuevas', '1 fila', 'Nombre', 'Estados Unidos'],
      seenBy: 'one',
    },
  );
  await director.press(ana, organizers, preview.message, 'Confirmar: se pueden entregar', {
    says: ['Se sumaron 4 firmas', '1 posible duplicado'],
    seenBy: 'one',
  });
  await director.command(
    ana,
    organizers,
    'signatures import',
    { file },
    { says: ['0 firmas nuevas'], seenBy: 'one' },
  );

  director.scene({ en: 'Two of them look like one person', es: 'Dos parecen la misma persona' });
  const pair = await director.command(
    ana,
    organizers,
    'signatures review',
    {},
    {
      says: ['Rosa Huamán', 'posible duplicado'],
      seenBy: 'one',
    },
  );
  await director.press(ana, organizers, pair.message, 'Unir', {
    says: ['No hay posibles duplicados'],
    seenBy: 'one',
  });
  await director.command(
    ben,
    general,
    'signatures tally',
    { by: 'country' },
    { says: ['2,009'], seenBy: 'everyone' },
  );
  await director.command(ana, organizers, 'signatures export', {}, { says: ['SHA-256'], seenBy: 'one' });
}
