// The congress-legislators files in small, with all that is odd in the real ones; nobody in them exists.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const term = (state: string, district: number | undefined, more: object = {}) => ({
  type: district === undefined ? 'sen' : 'rep',
  start: '2023-01-03',
  end: '2025-01-03',
  state,
  ...(district !== undefined && { district }),
  party: 'Democrat',
  url: 'https://example.gov',
  address: '2170 Rayburn House Office Building Washington DC 20515-0001',
  office: '2170 Rayburn House Office Building',
  phone: '202-225-0101',
  rss_url: 'https://example.gov/rss',
  ...more,
});

const person = (bioguide: string, name: object, ...terms: object[]) => ({
  id: { bioguide, govtrack: 400001, fec: ['H0XX00000'], pictorial: 1 },
  name,
  bio: { birthday: '1960-01-01', gender: 'F' },
  terms,
});

const seat = (bioguide: string, name: string, party: string, rank: number, more: object = {}) => ({
  name,
  party,
  rank,
  bioguide,
  ...more,
});

/** The four files, anew each time: a test may change what it likes. */
export function congressFiles() {
  return {
    'committees-current': [
      {
        type: 'senate',
        name: 'Senate Committee on Foreign Relations',
        thomas_id: 'SSFR',
        senate_committee_id: 'FR',
      },
      {
        type: 'house',
        name: 'House Committee on Foreign Affairs',
        thomas_id: 'HSFA',
        house_committee_id: 'FA',
        url: 'https://foreignaffairs.example.gov/',
        minority_url: 'https://stale.example.gov',
        address: '2170 RHOB; Washington, DC 20515-6128',
        phone: '(202) 555-0167',
        jurisdiction: 'Foreign affairs',
        subcommittees: [{ name: 'Western Hemisphere', thomas_id: '07' }],
        wikipedia: 'A key that nobody knows',
      },
      {
        type: 'house',
        name: 'House Committee on Appropriations',
        thomas_id: 'HSAP',
        house_committee_id: 'AP',
        url: 'https://appropriations.example.gov/',
        address: 'H307 The Capitol; Washington, DC 20515-6015',
        phone: '202-555-0171',
      },
    ],
    'committee-membership-current': {
      HSFA: [
        seat('V000001', 'Rosa Vidal', 'majority', 1, { title: 'Chairwoman' }),
        seat('N000002', 'José Núñez', 'minority', 1, { title: 'Ranking Member' }),
        seat('B000003', 'Pat Both', 'minority', 2),
        seat('L000004', 'Lee Atlarge', 'majority', 2, { title: 'Vice Chair' }),
      ],
      HSFA07: [seat('Z000009', 'Only Subcommittee', 'majority', 1, { title: 'Chair' })],
      HSAP: [
        seat('B000003', 'Pat Both', 'minority', 4),
        seat('E000005', 'Max Ended', 'majority', 3),
        seat('D000006', 'Dana Dangling', 'majority', 5),
      ],
      JSEC: [seat('V000001', 'Rosa Vidal', 'majority', 1, { chamber: 'house' })],
    } as Record<string, ReturnType<typeof seat>[]>,
    'legislators-current': [
      person('X000000', { unexpected: true }),
      person(
        'V000001',
        { first: 'Rosa', middle: 'M.', last: 'Vidal', official_full: 'Rosa Vidal' },
        term('NY', 3, { party: 'Republican', phone: '(202) 225-0999', end: '2021-01-03' }),
        term('NY', 5, { party: 'Republican', contact_form: 'https://example.gov/contact' }),
      ),
      person(
        'N000002',
        { first: 'José', nickname: 'Pepe', last: 'Núñez', official_full: 'José Núñez Peña' },
        term('NM', 1, { phone: '(202) 225-0102' }),
      ),
      person(
        'B000003',
        { first: 'Pat', middle: 'Q.', last: 'Both', suffix: 'Jr.' },
        term('PR', 0, { url: undefined, phone: '202.225.0103' }),
      ),
      person(
        'L000004',
        { first: 'Lee', last: 'Atlarge', official_full: 'Lee Atlarge' },
        term('AK', 0, { party: 'Independent', caucus: 'Republican', phone: undefined, address: undefined }),
      ),
      person(
        'E000005',
        { first: 'Max', last: 'Ended', official_full: 'Max Ended' },
        term('OH', 2, { end: '2023-05-31', 'end-type': 'special-election' }),
      ),
    ],
    'legislators-district-offices': [
      {
        id: { bioguide: 'V000001' },
        offices: [
          {
            id: 'V000001-queens',
            address: '1 Main St.',
            suite: 'Suite 2',
            building: '',
            city: 'Queens',
            state: 'NY',
            zip: '11368',
            latitude: 40.7,
            phone: '718-555-0100',
            fax: '718-555-0101',
          },
          { id: 'V000001-nowhere', city: 'Nowhere', state: 'NY' },
        ],
      },
      { id: { bioguide: 'Z000009' }, offices: [{ city: 7 }] },
    ],
  };
}

export type CongressFiles = ReturnType<typeof congressFiles>;

/** Writes the files into a folder, as they are downloaded. */
export function writeCongress(folder: string, files: Partial<CongressFiles> = congressFiles()): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(content));
  return folder;
}
