// The last scene of the play: the packet, both committees, an answer, the press release, and thanks to everyone.
import type { Director } from './director.js';
import type { Stage } from './stage.js';

export async function delivery(stage: Stage, director: Director): Promise<void> {
  await handingOver(stage, director);
  await telling(stage, director);
  await thanking(stage, director);
}

async function handingOver({ ada, organizers }: Stage, director: Director): Promise<void> {
  director.scene({ en: 'It is handed over', es: 'Se entrega' });
  await director.command(ada, organizers, 'delivery packet', {}, { says: ['SHA-256'], seenBy: 'one' });
  const first = {
    target: 'House Committee on Foreign Affairs',
    date: '2023-07-20',
    place: 'Washington, D.C.',
  };
  await director.command(ada, organizers, 'delivery record', first, {
    says: ['Foreign Affairs'],
    seenBy: 'one',
  });
  const second = {
    target: 'House Committee on Appropriations',
    date: '2023-07-20',
    place: 'Washington, D.C.',
  };
  await director.command(ada, organizers, 'delivery record', second, {
    says: ['Appropriations'],
    seenBy: 'one',
  });
  const form = await director.command(
    ada,
    organizers,
    'delivery response',
    { target: first.target },
    { says: ['*'] },
  );
  const answer = {
    'What was answered': 'They will discuss it in September.',
    'Who answered': 'The committee’s staff',
    'Ask again on': '2023-09-04',
  };
  await director.submit(ada, form, answer, { says: ['September 4, 2023'], seenBy: 'one' });
  await director.command(ada, organizers, 'delivery status', {}, { says: ['2 of 2'], seenBy: 'one' });
}

async function telling({ ana, organizers }: Stage, director: Director): Promise<void> {
  director.scene({
    en: 'A press release from what is recorded, with what is missing marked',
    es: 'Un comunicado de prensa con lo registrado, y lo que falta marcado',
  });
  await director.command(
    ana,
    organizers,
    'delivery release',
    { language: 'es' },
    { says: ['FALTA'], seenBy: 'one' },
  );
}

async function thanking({ ada, organizers, general }: Stage, director: Director): Promise<void> {
  director.scene({ en: 'It is delivered', es: 'Queda entregada' });
  const delivered = { state: 'delivered', reason: 'Handed to both committees' };
  await director.command(ada, organizers, 'petition status', delivered, {
    says: ['delivered'],
    seenBy: 'one',
  });
  await director.clock('2023-07-21T01:01:00Z', { en: 'a minute later', es: 'un minuto después' });
  director.arrivals(general, 1, { says: ['2,000', 'Foreign Affairs'] });
}
