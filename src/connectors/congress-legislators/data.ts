// Turns what was read of the congress-legislators files into targets with seats and offices.
import { Failure } from '../../coalition/failure.js';
import { phoneShown } from '../../coalition/phone.js';
import { cleanLine, cutTo } from '../../coalition/plain-text.js';
import type { OfficeData, TargetData } from '../../coalition/target-import.js';
import type { Congress } from './shapes.js';

/** The committees of the campaign that Minga is shaped on: Foreign Affairs and Appropriations, of the House. */
export const usualCommittees = ['HSFA', 'HSAP'] as const;

/** The data is in English alone. */
const spanishNames: Record<string, string> = {
  HSFA: 'Comité de Asuntos Exteriores de la Cámara de Representantes',
  HSAP: 'Comité de Asignaciones de la Cámara de Representantes',
};

/**
 * Targets with their seats and offices.
 *
 * @param asOf - the day the data is of
 * @throws {@link Failure} for a committee of which no member is among the legislators: those are of another day
 */
export function targetsFrom(congress: Congress, asOf: string): TargetData {
  const { committees, membership, legislators, districts } = congress;
  const people = new Map(legislators.map((one) => [one.id.bioguide, one]));
  const offices = new Map(districts.map((one) => [one.id.bioguide, one.offices]));
  const listed = committees.flatMap(({ thomas_id: committee }) => {
    // One seat each, should a list have somebody twice.
    const seats = new Map((membership[committee] ?? []).map((seat) => [seat.bioguide, seat]));
    if (![...seats.keys()].some((code) => people.has(code)))
      throw new Failure('committeeNotInData', { code: committee });
    return [...seats.values()].map((seat) => ({ committee, ...seat, name: line(seat.name) ?? '' }));
  });
  const order = [...new Set(listed.toSorted((a, b) => a.rank - b.rank).map(({ bioguide }) => bioguide))];
  return {
    asOf,
    committees: committees.map(({ thomas_id: code, ...one }) => {
      const name = line(one.name) ?? code;
      const es = spanishNames[code];
      const phone = phoneOf(one.phone);
      return {
        code,
        name: { en: name, ...(es !== undefined && { es }) },
        short: name.replace(/^\w+ (?:\w+ ){0,2}Committee on (?:the )?/, ''),
        phone,
        url: linkOf(one.url),
        offices: officesOf({ city: null, address: line(one.address), phone }),
      };
    }),
    members: order.flatMap((code) => {
      const person = people.get(code);
      return person ? [memberFrom(person, offices.get(code) ?? [])] : [];
    }),
    seats: listed.map(({ committee, bioguide: member, title, party: side, rank }) => ({
      committee,
      member,
      title: line(title),
      side,
      rank,
    })),
    dangling: listed
      .filter(({ bioguide }) => !people.has(bioguide))
      .map(({ committee, bioguide: member, name }) => ({ committee, member, name })),
  };
}

type District = Congress['districts'][number]['offices'];

function memberFrom({ id, name, terms: [term] }: Congress['legislators'][number], district: District) {
  const { first, middle, last, suffix, official_full: official } = name;
  const phone = phoneOf(term.phone);
  return {
    code: id.bioguide,
    name: line(official) ?? line([first, middle, last, suffix].filter(Boolean).join(' ')) ?? id.bioguide,
    party: line(term.party)?.slice(0, 1).toUpperCase() ?? null,
    district: term.district ? `${term.state}-${term.district}` : term.state,
    phone,
    url: linkOf(term.url),
    until: term.end,
    offices: officesOf(
      { city: null, address: line(term.address), phone },
      ...district.map(({ address, suite, building, city, state, zip, phone }) => {
        const street = [address, suite, building].filter(Boolean);
        const region = [state, zip].filter(Boolean).join(' ');
        return {
          // Without a city it would read as the one at the capitol.
          city: line(city) ?? line(state) ?? term.state,
          address: street.length === 0 ? null : line([...street, region].filter(Boolean).join(', ')),
          phone: phoneOf(phone),
        };
      }),
    ),
  };
}

/** Those that can be called or visited. */
const officesOf = (...offices: OfficeData[]) =>
  offices.filter(({ address, phone }) => address !== null || phone !== null);

/** One clean line; null for what is missing or blank. */
const line = (text: string | null | undefined) => cutTo(cleanLine(text ?? ''), 200) || null;

const phoneOf = (written: string | null | undefined) => {
  const phone = line(written);
  return phone === null ? null : phoneShown(cutTo(phone, 40));
};

/** A web address; null for anything else. */
function linkOf(written: string | null | undefined): string | null {
  const text = line(written);
  const url = text !== null && URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.username === '' ? url.href : null;
}
