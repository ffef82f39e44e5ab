// The congress-legislators files as they are, oddities included; whole, or as a bundle.
import { describe, expect, it } from 'vitest';
import { phoneDialed, phoneShown } from '../../../src/coalition/phone.js';
import { bundleOf, readBundle } from '../../../src/connectors/congress-legislators/bundle.js';
import { targetsFrom, usualCommittees } from '../../../src/connectors/congress-legislators/data.js';
import { selectCommittees } from '../../../src/connectors/congress-legislators/select.js';
import { type CongressFiles, congressFiles } from '../../support/congress.js';
import { failureOf } from '../../support/stories.js';

const asOf = '2023-06-15';

function chosen(files: Partial<CongressFiles> = congressFiles(), codes: readonly string[] = usualCommittees) {
  return selectCommittees(
    {
      committees: files['committees-current'],
      membership: files['committee-membership-current'],
      legislators: files['legislators-current'],
      districts: files['legislators-district-offices'],
    },
    codes,
  );
}

const read = (...given: Parameters<typeof chosen>) => targetsFrom(chosen(...given), asOf);
const member = (code: string) => read().members.find((one) => one.code === code);

describe('the files', () => {
  it('give the committees that are asked for, in both languages, without what is stale', () => {
    const { committees } = read();
    expect(committees.map(({ code, name, short, phone }) => [code, name.en, name.es, short, phone])).toEqual([
      [
        'HSFA',
        'House Committee on Foreign Affairs',
        'Comité de Asuntos Exteriores de la Cámara de Representantes',
        'Foreign Affairs',
        '(202) 555-0167',
      ],
      [
        'HSAP',
        'House Committee on Appropriations',
        'Comité de Asignaciones de la Cámara de Representantes',
        'Appropriations',
        '(202) 555-0171',
      ],
    ]);
    expect(JSON.stringify(read())).not.toContain('stale');
  });

  it('give each member once, by rank, and the seats apart; subcommittees are left out', () => {
    const { members, seats } = read();
    expect(members.map(({ code }) => code)).toEqual(['V000001', 'N000002', 'B000003', 'L000004', 'E000005']);
    expect(seats.filter((seat) => seat.member === 'B000003')).toEqual([
      { committee: 'HSFA', member: 'B000003', title: null, side: 'minority', rank: 2 },
      { committee: 'HSAP', member: 'B000003', title: null, side: 'minority', rank: 4 },
    ]);
    expect(seats.find((seat) => seat.member === 'V000001')?.title).toBe('Chairwoman');
  });

  it('take the last term for the current one, and show phones in one style', () => {
    expect(member('V000001')).toMatchObject({
      name: 'Rosa Vidal',
      party: 'R',
      district: 'NY-5',
      phone: '(202) 225-0101',
      until: '2025-01-03',
    });
    expect(member('N000002')).toMatchObject({ name: 'José Núñez Peña', phone: '(202) 225-0102' });
  });

  it('do without what may be missing: the full name, the web page, the phone, a district', () => {
    expect(member('B000003')).toMatchObject({ name: 'Pat Q. Both Jr.', district: 'PR', url: null });
    expect(member('L000004')).toMatchObject({ district: 'AK', party: 'I', phone: null, offices: [] });
    const { 'legislators-district-offices': _, ...without } = congressFiles();
    expect(targetsFrom(chosen(without), asOf).members[0]?.offices).toHaveLength(1);
  });

  it('give the office at the capitol first, and leave out those that can be neither called nor visited', () => {
    expect(member('V000001')?.offices).toEqual([
      {
        city: null,
        address: '2170 Rayburn House Office Building Washington DC 20515-0001',
        phone: '(202) 225-0101',
      },
      { city: 'Queens', address: '1 Main St., Suite 2, NY 11368', phone: '(718) 555-0100' },
    ]);
  });

  it('tell of members who are on a list alone', () => {
    expect(read().dangling).toEqual([{ committee: 'HSAP', member: 'D000006', name: 'Dana Dangling' }]);
  });

  it.each<[string, (files: CongressFiles) => unknown]>([
    ['committeeNotInData', (files) => files['committees-current'].splice(1, 1)],
    ['committeeNotInData', (files) => delete files['committee-membership-current'].HSFA],
    ['committeeNotInData', (files) => files['legislators-current'].splice(1)],
    ['badTargetData', (files) => Object.assign(files, { 'legislators-current': { none: true } })],
    ['badTargetData', (files) => Object.assign(files['legislators-current'][1] ?? {}, { terms: [] })],
    [
      'badTargetData',
      (files) => Object.assign(files['committee-membership-current'].HSFA?.[0] ?? {}, { rank: 'one' }),
    ],
  ])('are refused with %s where they cannot be relied on', (failure, spoil) => {
    const files = congressFiles();
    spoil(files);
    expect(failureOf(() => read(files))).toBe(failure);
  });

  it('give whatever committees are asked for', () => {
    expect(read(congressFiles(), ['HSFA']).committees).toHaveLength(1);
    expect(failureOf(() => read(congressFiles(), ['SSFR']))).toBe('committeeNotInData');
  });
});

describe('a bundle', () => {
  const bytes = () => bundleOf(chosen(), asOf);

  it('has the same targets, and nothing else of the files', () => {
    expect(readBundle(bytes())).toEqual(read());
    expect(readBundle(Buffer.concat([Buffer.from('\uFEFF'), bytes()]))).toEqual(read());
    for (const word of ['birthday', 'Subcommittee', 'stale', 'jurisdiction', 'rss'])
      expect(bytes().toString()).not.toContain(word);
  });

  it.each<[string, () => Uint8Array]>([
    ['notJson', () => Buffer.from('')],
    ['notJson', () => bytes().subarray(0, -9)],
    ['notJson', () => Buffer.from(bytes().toString(), 'latin1')],
    ['notABundle', () => Buffer.from('{}')],
    ['notABundle', () => Buffer.from('[1]')],
    ['notABundle', () => Buffer.from('null')],
    ['notABundleYet', () => Buffer.from(JSON.stringify(congressFiles()['committees-current']))],
    ['notABundleYet', () => Buffer.from(JSON.stringify(congressFiles()['committee-membership-current']))],
    ['notABundleYet', () => Buffer.from(JSON.stringify(congressFiles()['legislators-current']))],
    ['notABundleYet', () => Buffer.from(JSON.stringify(congressFiles()['legislators-district-offices']))],
    ['badTargetData', () => Buffer.from(bytes().toString().replace(asOf, '2023-02-30'))],
    ['badTargetData', () => Buffer.from(bytes().toString().replace('"majority"', '"neither"'))],
  ])('is refused with %s where it is none', (failure, make) => {
    expect(failureOf(() => readBundle(make()))).toBe(failure);
  });
});

it.each([
  ['202-225-3341', '(202) 225-3341', '+12022253341'],
  ['(202) 226-8467', '(202) 226-8467', '+12022268467'],
  ['+1 202.226.8467', '(202) 226-8467', '+12022268467'],
  ['+51 1 618 2000', '+51 1 618 2000', '+5116182000'],
  ['311', '311', undefined],
  ['(202) 226-8467 ext. 5', '(202) 226-8467 ext. 5', undefined],
])('%s is shown as %s and dialed as %s', (written, shown, dialed) => {
  expect([phoneShown(written), phoneDialed(written)]).toEqual([shown, dialed]);
});
