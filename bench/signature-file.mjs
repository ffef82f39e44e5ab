// A file of signatures as a platform exports it: as many people as asked for, the same at each run.
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const given = [
  'María',
  'José',
  'Ana',
  'Luis',
  'Rosa',
  'Juan',
  'Carmen',
  'Pedro',
  'Lucía',
  'Jorge',
  'Elena',
  'Peter',
  'Mary',
  'John',
  'Emma',
  'Noah',
];
const family = [
  'Quispe',
  'Mamani',
  'Flores',
  'García',
  'Smith',
  'Brown',
  'Huamán',
  'Rojas',
  'Díaz',
  'Torres',
];
const endings = ['', 'ez', 's', 'on', 'a', 'i', 'o'];
const countries = [
  'Perú',
  'Estados Unidos',
  'EE.UU.',
  'Spain',
  'México',
  'Chile',
  'Bolivia',
  'Canada',
  'Germany',
  'U.K.',
];
const linesAtOnce = 2000;

/** Writes a CSV with a name, an e-mail address, a country, a day and, for each fifth, a comment. */
export async function writeSignatureFile(file, signatures) {
  await pipeline(Readable.from(parts(signatures)), createWriteStream(file));
}

function* parts(signatures) {
  yield 'first_name,last_name,email,country,date,comment\r\n';
  const random = mulberry32(2023);
  const below = (most) => Math.floor(random() * most);
  const letter = () => String.fromCharCode(97 + below(26));
  const name = () => family[below(10)] + endings[below(7)] + letter() + letter();
  for (let from = 0; from < signatures; from += linesAtOnce) {
    let text = '';
    for (let n = from; n < Math.min(signatures, from + linesAtOnce); n += 1) {
      const day = `2023-0${1 + below(6)}-${String(1 + below(28)).padStart(2, '0')}`;
      const comment = below(5) === 0 ? '"Que se retiren, por favor"' : '';
      // Addresses come in no order, as they do in life.
      const email = `person${(n * 7919) % signatures}.${n}@example.org`;
      text += `${given[below(16)]},${name()} ${name()},${email},${countries[below(10)]},${day},${comment}\r\n`;
    }
    yield text;
  }
}

/** Random numbers that come out the same at each run. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
