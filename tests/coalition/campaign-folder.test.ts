// A campaign folder is read whole, or refused with everything that is wrong with it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { CampaignFolderError, readCampaignFolder } from '../../src/coalition/campaign-folder.js';

const water = {
  id: 'clean-water',
  title: { en: 'Clean water for Ate', es: 'Agua limpia para Ate' },
  link: 'https://example.org/water',
  ask: 'Agua limpia, ya.',
  goal: 500,
  timezone: 'America/Lima',
};

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

/** A folder with these files; `campaign.yaml` as values or as it is written. */
function aFolder(campaign: unknown, files: Record<string, string | Uint8Array> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'minga-campaign-'));
  directories.push(directory);
  const yaml =
    typeof campaign === 'string' || campaign instanceof Uint8Array ? campaign : stringify(campaign);
  writeFileSync(join(directory, 'campaign.yaml'), yaml);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}

function problemsOf(directory: string): string[] {
  try {
    readCampaignFolder(directory);
  } catch (error) {
    if (error instanceof CampaignFolderError) return error.problems;
    throw error;
  }
  return [];
}

const problemsWith = (changes: object) => problemsOf(aFolder({ ...water, ...changes }));

describe('a good folder', () => {
  it('needs no lists and no statements', () => {
    expect(readCampaignFolder(aFolder(water))).toEqual({
      ...water,
      ask: { en: 'Agua limpia, ya.', es: 'Agua limpia, ya.' },
      organizations: [],
      targets: [],
      events: [],
      sources: [],
      statements: {},
    });
  });

  it('keeps every fact that is given and adds none', () => {
    const lists = {
      linkParameter: 'r-via',
      deadline: '2027-12-31',
      organizations: [
        { id: 'amigas', name: { es: 'Amigas del Río' }, url: 'https://example.org/a', country: 'PE' },
      ],
      targets: [
        {
          id: 'mayor',
          name: { en: 'The mayor', es: 'La alcaldesa' },
          committee: 'City',
          phone: '+51 1 555 0100',
        },
      ],
      events: [
        { id: 'march', name: { en: 'March' }, place: 'Lima', date: '22/3/2027' },
        {
          id: 'talk',
          name: 'Talk',
          place: 'Lima',
          start: '2027-03-23 9:05',
          end: '2027-03-23T10:00',
          description: 'Bring\na cup',
        },
      ],
      sources: [
        { name: 'Page', kind: 'platform', url: 'https://example.org/water' },
        { name: 'Paper', kind: 'paper' },
      ],
    };
    const read = readCampaignFolder(aFolder({ ...water, ...lists }));
    expect(read).toMatchObject({ deadline: lists.deadline, sources: lists.sources, targets: lists.targets });
    expect(read.organizations[0]).toEqual({
      id: 'amigas',
      name: { en: 'Amigas del Río', es: 'Amigas del Río' },
      url: 'https://example.org/a',
      country: 'PE',
    });
    expect(read.events).toEqual([
      { id: 'march', name: { en: 'March', es: 'March' }, place: 'Lima', date: '2027-03-22' },
      {
        id: 'talk',
        name: { en: 'Talk', es: 'Talk' },
        place: 'Lima',
        start: '2027-03-23T09:05',
        end: '2027-03-23T10:00',
        description: { en: 'Bring\na cup', es: 'Bring\na cup' },
      },
    ]);
  });

  it('may reach every limit', () => {
    const title = '🌊'.repeat(90);
    const read = readCampaignFolder(
      aFolder(
        { ...water, id: 'a'.repeat(60), title, ask: 'ñ'.repeat(300), goal: 10_000_000 },
        { 'statement.es.md': 'x'.repeat(20_000) },
      ),
    );
    expect(read.title).toEqual({ en: title, es: title });
  });
});

describe('campaign.yaml', () => {
  it.each([
    ['goal must be a whole number of at least 1', { goal: 0 }],
    ['goal must be a whole number of at least 1', { goal: 1.5 }],
    ['goal must be a whole number of at least 1', { goal: '500' }],
    ['goal must be at most 10,000,000', { goal: 10_000_001 }],
    ['title must have at most 90 characters', { title: 'x'.repeat(91) }],
    ['title.es must not be empty', { title: { en: 'x', es: ' \u200b ' } }],
    ['title must have a text under en or es', { title: {} }],
    ['title.fr is not a key that Minga knows', { title: { en: 'x', fr: 'y' } }],
    ['title must be a text, or texts under en and es', { title: 2027 }],
    ['ask.en must have at most 300 characters', { ask: { en: 'x'.repeat(301) } }],
    ['id must be made of small letters a to z, digits and hyphens', { id: 'Clean Water' }],
    ['id must have at most 60 characters', { id: 'a'.repeat(61) }],
    ['link must be a web address that starts with https:// or http://', { link: 'javascript:alert(1)' }],
    ['link must not have spaces in it', { link: 'https://example.org/a b' }],
    ['link must have at most 400 characters', { link: `https://example.org/${'x'.repeat(381)}` }],
    [
      'linkParameter must begin with a letter, and have only letters a to z, digits, hyphens and _',
      { linkParameter: '?source' },
    ],
    ['deadline must be a real date, written YYYY-MM-DD', { deadline: '2027-02-29' }],
    ['timezone must be a time zone such as America/Lima', { timezone: 'Lima' }],
    ['gaol is not a key that Minga knows', { gaol: 5 }],
    ['events must be a list', { events: null }],
    ['sources[0].kind must be platform, paper or file', { sources: [{ name: 'Wall', kind: 'hand' }] }],
    ['targets[0].fax is not a key that Minga knows', { targets: [{ id: 'a', name: 'A', fax: '1' }] }],
    ['targets[0].name is missing', { targets: [{ id: 'a' }] }],
    ['targets[0] must have keys and values', { targets: ['A'] }],
    [
      'organizations[0].country must be the two capital letters of a country, such as PE',
      { organizations: [{ id: 'a', name: 'A', country: 'ZZ' }] },
    ],
  ])('says: %s', (says, changes) => {
    const problems = problemsWith(changes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^campaign\.yaml: .+ \(line \d+\)$/);
    expect(problems[0]).toContain(`: ${says} (`);
  });

  it.each([
    [{}, 'must have either a date, or a start and an end'],
    [{ start: '2027-03-23 09:00' }, 'must have either a date, or a start and an end'],
    [{ date: '2027-03-23', end: '2027-03-23 09:00' }, 'must have either a date, or a start and an end'],
    [{ start: '2027-03-23 09:00', end: '2027-03-23 09:00' }, 'must end after it starts'],
  ])('refuses an event at %j', (when, says) => {
    expect(problemsWith({ events: [{ id: 'march', name: 'March', place: 'Lima', ...when }] })).toEqual([
      expect.stringContaining(`events[0] ${says}`),
    ]);
  });

  it.each(['2027-03-23 24:00', '2027-03-23T09:00Z', '2027-02-30 09:00', '2027-03-23', 'noon'])(
    'refuses the time %s, and says nothing else of the event',
    (start) => {
      const event = { id: 'march', name: 'March', place: 'Lima', start, end: '2027-03-24 09:00' };
      expect(problemsWith({ events: [event] })).toEqual([
        expect.stringContaining('events[0].start must be a real date and time, written YYYY-MM-DD HH:MM'),
      ]);
    },
  );

  it('says all at once, with the line of each', () => {
    const yaml = `id: clean-water
title: Clean water
link: example.org
goal: many
timezone: America/Lima
events:
  - id: march
    nmae: March
    place: Lima
    start: 2027-03-23 09:00
  - id: march
    name: Talk
    place: ''
    date: 2027-13-01
`;
    expect(problemsOf(aFolder(yaml, { 'statement.en.md': '' }))).toEqual([
      'campaign.yaml: link must be a web address that starts with https:// or http:// (line 3)',
      'campaign.yaml: ask is missing',
      'campaign.yaml: goal must be a whole number of at least 1 (line 4)',
      'campaign.yaml: events[0].name is missing (line 7)',
      'campaign.yaml: events[0].nmae is not a key that Minga knows (line 8)',
      'campaign.yaml: events[0] must have either a date, or a start and an end (line 7)',
      'campaign.yaml: events[1].place must not be empty (line 13)',
      'campaign.yaml: events[1].date must be a real date, written YYYY-MM-DD (line 14)',
      'campaign.yaml: events[1].id is the same as in events[0] (line 11)',
      'statement.en.md: the statement must not be empty',
    ]);
  });

  it('has one entry per name, case and accents folded, in whichever language', () => {
    const organizations = [
      { id: 'a', name: { en: 'River Friends', es: 'Amigas del Río' } },
      { id: 'b', name: 'AMIGAS  DEL RIO' },
    ];
    expect(problemsWith({ organizations })[0]).toContain(
      'organizations[1].name is the same as in organizations[0]',
    );
    expect(
      problemsWith({ organizations: organizations.slice(0, 1), targets: organizations.slice(1) }),
    ).toEqual([]);
  });

  it('counts no page twice', () => {
    const page = (name: string, url: string) => ({ name, kind: 'platform', url });
    const sources = [page('One', 'https://example.org'), page('Two', 'https://EXAMPLE.org/')];
    expect(problemsWith({ sources })).toEqual([
      expect.stringContaining('sources[1].url is the same as in sources[0]'),
    ]);
  });

  it.each([
    ['id: a\ngoal: 1\ngoal: 2\n', 'line 3 is not good YAML'],
    ['id: "a\ngoal: 1\n', 'is not good YAML'],
    ['id: a\n---\nid: b\n', 'is not good YAML'],
    ['id: !secret a\n', 'line 1 is not good YAML'],
    ['', 'the file must have keys and values'],
    ['just words', 'the file must have keys and values'],
    [
      'a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]',
      'too many aliases',
    ],
    ['__proto__: {goal: 1}', '__proto__ is not a key that Minga knows'],
    [new Uint8Array([0x69, 0x64, 0x3a, 0xf1]), 'the file must be saved as UTF-8'],
  ])('refuses %j with a sentence', (yaml, says) => {
    expect(problemsOf(aFolder(yaml)).join('\n')).toContain(says);
  });

  it('never fails in any other way, whatever it holds', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.uint8Array(),
      fc.jsonValue().map((value) => stringify({ ...water, events: value, [String(value)]: value })),
      fc
        .record({
          title: fc.jsonValue(),
          sources: fc.array(fc.jsonValue()),
          targets: fc.array(fc.dictionary(fc.constantFrom('id', 'name', 'url'), fc.jsonValue())),
        })
        .map((values) => stringify({ ...water, ...values })),
    );
    fc.assert(
      fc.property(anything, (yaml) => {
        for (const problem of problemsOf(aFolder(yaml))) expect(problem).toMatch(/^campaign\.yaml: ./);
      }),
    );
  });
});

describe('a folder', () => {
  it('must be there, and campaign.yaml in it', () => {
    const directory = aFolder(water);
    expect(problemsOf(join(directory, 'nowhere'))).toEqual([
      expect.stringMatching(/nowhere: the folder is missing/),
    ]);
    rmSync(join(directory, 'campaign.yaml'));
    expect(problemsOf(directory)).toEqual(['campaign.yaml: the file is missing or cannot be read']);
    mkdirSync(join(directory, 'campaign.yaml'));
    expect(problemsOf(directory)).toEqual(['campaign.yaml: the file is missing or cannot be read']);
  });

  it('has no statement that would silently stay unread', () => {
    expect(
      problemsOf(aFolder(water, { 'statement.md': 'a', 'Statement.es.md': 'b', 'notes.md': 'c' })),
    ).toEqual([
      "Statement.es.md: a statement's file is named statement.en.md or statement.es.md",
      "statement.md: a statement's file is named statement.en.md or statement.es.md",
    ]);
  });
});

describe('a statement', () => {
  const statementOf = (content: string | Uint8Array) =>
    readCampaignFolder(aFolder(water, { 'statement.es.md': content })).statements;

  it('loses its byte-order mark and foreign line endings, and nothing else', () => {
    expect(statementOf('\uFEFF \r\n# Sí\r\r\n  fin \t\n\n\n')).toEqual({ es: ' \n# Sí\n\n  fin \t\n\n\n' });
  });

  it('stays as it is, whatever it says', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((written) => !written.includes('\r'));
    fc.assert(
      fc.property(text, (written) => {
        expect(statementOf(`# ${written}`)).toEqual({ es: `# ${written}` });
      }),
    );
  });

  it.each([
    ['the statement must not be empty', ''],
    ['the statement must not be empty', ' \n\t\u200b\uFEFF\n'],
    ['the statement must have at most 20,000 characters', 'x'.repeat(20_001)],
    ['the file must be saved as UTF-8', new Uint8Array([0x53, 0xed])],
  ])('is refused: %s', (says, content) => {
    expect(problemsOf(aFolder(water, { 'statement.es.md': content }))).toEqual([`statement.es.md: ${says}`]);
  });
});
