// The campaign that ships with Minga: readable, true to its release, and the same in both languages.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCampaignFolder } from '../src/coalition/campaign-folder.js';

const campaigns = fileURLToPath(new URL('../campaigns/', import.meta.url));

it.each(readdirSync(campaigns))('%s reads without a problem, and is named as its folder', (name) => {
  expect(readCampaignFolder(`${campaigns}${name}`).id).toBe(name);
});

describe('peru-2023', () => {
  const peru = readCampaignFolder(`${campaigns}peru-2023`);
  const { en = '', es = '' } = peru.statements;

  it('states the figures and names of the release in both languages, and no other numbers', () => {
    const numbers = (text: string) =>
      [...new Set(text.match(/\d[\d,]*/g)?.map((found) => found.replaceAll(',', '')))].sort();
    expect(numbers(en)).toEqual(['1200', '19', '2000', '2023']);
    expect(numbers(es)).toEqual(numbers(en));
    for (const fact of ['June 2023', 'more than 1,200', 'December 2023', 'July 19, 2023', 'nearly 2,000'])
      expect(en).toContain(fact);
    for (const fact of [
      'junio de 2023',
      'más de 1200',
      'diciembre de 2023',
      '19 de julio de 2023',
      'casi 2000',
    ])
      expect(es).toContain(fact);
    for (const { name } of peru.organizations) {
      expect(en).toContain(name.en);
      expect(es).toContain(name.es);
    }
  });

  it('has the same structure in both languages', () => {
    const structure = (text: string) => ({
      headings: text.match(/^#+ /gm)?.length,
      items: text.match(/^- /gm)?.length,
      paragraphs: text.trim().split('\n\n').length,
      bold: text.match(/\*\*.+?\*\*/g)?.length,
      links: text.match(/https?:\/\/[^\s)>]+/g),
    });
    expect(structure(es)).toEqual(structure(en));
    expect(structure(en)).toMatchObject({ headings: 1, items: 4, links: [peru.link] });
  });

  it('needs more than one Discord message, and a few minutes to read', () => {
    for (const statement of [en, es]) {
      expect(statement.length).toBeGreaterThan(2600);
      const words = statement.split(/\s+/).length;
      expect(words).toBeGreaterThanOrEqual(450);
      expect(words).toBeLessThanOrEqual(650);
    }
  });

  it('makes nothing up: no phone numbers, no hours, no addresses but the example one', () => {
    expect(peru.targets.filter(({ phone, url }) => phone ?? url)).toEqual([]);
    expect(peru.events.map((event) => ('date' in event ? event.date : event.start))).toEqual([
      '2023-07-19',
      '2023-07-19',
      '2023-07-19',
    ]);
    expect(peru.organizations.filter(({ url }) => url)).toEqual([]);
    expect(new URL(peru.link).hostname).toBe('example.org');
    expect(peru.sources.map(({ kind }) => kind)).toEqual(['platform', 'paper']);
  });
});
