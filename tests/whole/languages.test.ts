// Both languages, always: the same keys and gaps, the plurals each language has, the lengths Discord takes, nothing dead.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { getTableName } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.js';
import { ownRows, writtenRows } from '../../db/privacy.js';
import {
  actionTypes,
  languages,
  linkKinds,
  petitionStates,
  postLanguages,
  sourceKinds,
} from '../../db/schema.js';
import { refusalsOf } from '../../rehearsal/stand-in/rules/index.js';
import { boardGroupings } from '../../src/coalition/board.js';
import { rejectReasons } from '../../src/coalition/import/row.js';
import { problems } from '../../src/coalition/reading.js';
import { networks } from '../../src/coalition/share-text.js';
import { groupings } from '../../src/coalition/tally.js';
import aliases from '../../src/connectors/signature-file/header-aliases.json' with { type: 'json' };
import { ranks } from '../../src/discord/access.js';
import { isSingle, payloadsOf } from '../../src/discord/payload.js';
import en from '../../src/i18n/en.json' with { type: 'json' };
import es from '../../src/i18n/es.json' with { type: 'json' };
import { gaps } from '../../src/reports/release/gap.js';

interface Tree {
  [key: string]: string | Tree;
}

function flat(tree: Tree, under = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[under + key, value]] : flat(value, `${under}${key}.`),
  );
}

const files = { en: flat(en), es: flat(es) };
const both = Object.entries(files);

const plural = /_(zero|one|two|few|many|other)$/;
const baseOf = (key: string) => key.replace(plural, '');
const bases = (texts: [string, string][]) => [...new Set(texts.map(([key]) => baseOf(key)))].sort();
const formsOf = (texts: [string, string][], base: string) => texts.filter(([key]) => baseOf(key) === base);

describe('the language files', () => {
  it('have the same keys', () => {
    expect(bases(files.es)).toEqual(bases(files.en));
  });

  it.each(both)('%s has each plural in exactly the forms its language has', (language, texts) => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    const counted = texts.filter(([key]) => plural.test(key)).map(([key]) => baseOf(key));
    for (const base of new Set(counted)) {
      const forms = formsOf(texts, base).map(([key]) => plural.exec(key)?.[1]);
      expect(forms.toSorted(), base).toEqual(categories);
    }
  });

  it('have the same plurals', () => {
    const pluralsOf = (texts: [string, string][]) => bases(texts.filter(([key]) => plural.test(key)));
    expect(pluralsOf(files.es)).toEqual(pluralsOf(files.en));
  });

  it.each(both)(
    '%s has the gaps that English has, but that one of a kind may go without its count',
    (_, texts) => {
      const gapsOf = (text = '') => [...new Set(text.match(/\{\{.+?\}\}/g))].sort();
      const english = new Map(
        files.en.filter(([key]) => !key.endsWith('_one')).map(([key, text]) => [baseOf(key), text]),
      );
      for (const [key, text] of texts) {
        const optional = key.endsWith('_one') ? '{{count}}' : '';
        const needed = (gaps: string[]) => gaps.filter((gap) => gap !== optional);
        expect(needed(gapsOf(text)), key).toEqual(needed(gapsOf(english.get(baseOf(key)))));
      }
    },
  );

  it.each(both)('%s has no empty text', (_, texts) => {
    expect(texts.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});

/** A command, an option or a choice, as Discord is told of it. */
interface Named {
  name: string;
  name_localizations?: Record<string, string>;
  description?: string;
  description_localizations?: Record<string, string>;
  options?: Named[];
  choices?: Named[];
}

/** Each list of names that stand side by side, with where it is. */
function siblings(named: Named[], where: string): [string, Named[]][] {
  const inner = named.flatMap(({ name, options = [], choices = [] }) => [
    ...siblings(options, `${where} ${name}`),
    ...siblings(choices, `${where} ${name}:`),
  ]);
  return named.length === 0 ? inner : [[where, named], ...inner];
}

describe.each([
  ['everywhere', false],
  ['in one server', true],
])('what Discord is told of the commands, %s', (_, oneServer) => {
  const payloads = payloadsOf(commands, oneServer);
  const lists = siblings(payloads as Named[], '/');
  const all = lists.flatMap(([, named]) => named);

  it('is taken by its rules', () => {
    expect(refusalsOf('commands', payloads, [])).toEqual([]);
  });

  it('names no two alike side by side, in any language, their default names included', () => {
    for (const [where, named] of lists) {
      for (const locale of ['en-US', 'es-ES', 'es-419']) {
        const names = named.map(({ name, name_localizations }) => name_localizations?.[locale] ?? name);
        expect(new Set(names).size, `${where} in ${locale}: ${names}`).toBe(names.length);
        for (const [index, name] of names.entries()) {
          const others = named.filter((_, other) => other !== index).map((other) => other.name);
          expect(others, `${where} in ${locale}`).not.toContain(name);
        }
      }
    }
  });

  it('has names, and descriptions of 1 to 100 characters, in every locale that Minga speaks', () => {
    for (const { name, name_localizations, description, description_localizations } of all) {
      const described = description_localizations ?? name_localizations;
      expect(Object.keys(name_localizations ?? {}), name).toEqual(['en-US', 'es-ES', 'es-419']);
      expect(Object.keys(described ?? {}), name).toEqual(['en-US', 'es-ES', 'es-419']);
      for (const text of [description ?? name, ...Object.values({ ...name_localizations, ...described })]) {
        expect([...text].length, text).toBeGreaterThan(0);
        expect([...text].length, text).toBeLessThanOrEqual(100);
      }
    }
  });

  it('has Spanish names that can be typed after a slash, and Spanish descriptions', () => {
    for (const { name, name_localizations, description, description_localizations } of all) {
      if (description === undefined) continue;
      const spanish = name_localizations?.['es-419'] ?? '';
      expect(spanish).toMatch(/^[-_'\p{Ll}\p{Lo}\p{N}]{1,32}$/u);
      expect(description_localizations?.['es-419'], name).not.toBe(description);
    }
  });

  it('has no key in place of a text', () => {
    const texts = all.flatMap(({ name, name_localizations, description, description_localizations }) => [
      name,
      description ?? '',
      ...Object.values({ ...name_localizations }),
      ...Object.values({ ...description_localizations }),
    ]);
    expect(texts.filter((text) => /^(commands|options|choices|menus)\./.test(text))).toEqual([]);
  });

  it('calls things in English as the contract does', () => {
    const slash = all.filter(({ description }) => description !== undefined);
    expect(slash.map(({ name_localizations }) => name_localizations?.['en-US'])).toEqual(
      slash.map(({ name }) => name),
    );
  });
});

describe('no key is dead', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const textOf = (...folders: string[]) =>
    folders
      .flatMap((folder) =>
        readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.ts'))
          .map((file) => readFileSync(path.join(root, folder, file), 'utf8')),
      )
      .join('\n');
  const sources = textOf('src', 'commands');
  const charts = textOf('src/reports');

  const parts = commands.flatMap(({ name, does }) =>
    isSingle(does)
      ? [{ path: name, does }]
      : Object.entries(does).map(([part, does]) => ({ path: `${name}.${part}`, does })),
  );
  const options = parts.flatMap(({ does }) => Object.entries(does.options));

  /** Keys that are joined as Minga runs, by what they begin with, and all that may follow. */
  const joined: Record<string, readonly string[]> = {
    'commands.': [...commands.map(({ name }) => name), ...parts.map(({ path }) => path)].flatMap((path) => [
      `${path}.name`,
      `${path}.description`,
    ]),
    'options.': options.flatMap(([name, { wording }]) => [`${name}.name`, `${wording ?? name}.description`]),
    'choices.': options.flatMap(([, { choices }]) =>
      (choices?.values ?? []).map((value) => `${choices?.set}.${value}`),
    ),
    'menus.': commands.flatMap(({ menus }) => (menus ?? []).map(({ name }) => name)),
    'languages.': languages,
    'permissions.': [...sources.matchAll(/'([A-Z]\w+)'/g)].map(([, name = '']) => name),
    'petition.states.': petitionStates,
    'petition.nowIn.': petitionStates,
    'petition.means.': petitionStates,
    'failures.rank.': ranks.filter((rank) => rank !== 'anyone'),
    'failures.state.': petitionStates,
    'failures.otherKind.': sourceKinds,
    'source.kinds.': sourceKinds,
    'source.problems.': problems,
    'tally.by.': groupings,
    'tally.kinds.': ['person', 'organization'],
    'tally.when.': ['always', 'changed'],
    'actions.': actionTypes,
    'action.mineTitle.': ['today', 'week', 'month', 'all'],
    'action.boardTitle.': ['today', 'week', 'month', 'all'],
    'action.by.': boardGroupings,
    'settings.in.': postLanguages,
    'signing.fields.': ['name', 'country', 'organization', 'comment', 'consent'],
    'signing.consent.': ['keep', 'keepHint', 'handOver', 'handOverHint'],
    'privacy.states.': ['counts', 'countedBefore', 'takenOut'],
    'privacy.tables.': ['proofs', ...[...ownRows, ...writtenRows].map(({ table }) => getTableName(table))],
    'review.done.': ['merge', 'keep'],
    'coalition.roles.': ['host', 'partner'],
    'coalition.waits.': ['approval', 'agreement'],
    'coalition.waitsOwn.': ['approval', 'agreement'],
    'retention.': ['names', 'comments', 'notes', 'proofs'],
    'event.kept.': ['permission', 'full', 'refused', 'unanswered'],
    'comment.done.': ['approved', 'rejected'],
    'delivery.hints.': ['answeredBy', 'followUpOn'],
    'statement.copyWhy.': ['gone', 'torn', 'refused', 'longer', 'unanswered'],
    'release.gaps.': gaps,
    'release.fills.': gaps,
    'release.fields.': ['contact', 'reach', 'quote', 'speaker'],
    'release.labels.': ['quote', 'speaker'],
    'release.headline.': ['done', 'planned', 'open'],
    'release.signaturesOf.': ['people', 'organizations'],
    'notices.tally': ['Refused', 'ChannelGone', 'NotTaken', 'Unsure'],
    'import.fields.': [...Object.keys(aliases.fields), 'code'],
    'import.separators.': ['comma', 'semicolon', 'tab', 'bar'],
    'import.orders.': ['dayFirst', 'monthFirst'],
    'import.readWith.': ['dayFirst', 'monthFirst'],
    'import.rows.': ['known', 'repeated', 'echoes', 'departed', 'credited'],
    'import.reasons.': rejectReasons,
    'export.also.': ['erased', 'likely', 'unnamed', 'beyond'],
    'share.networks.': networks,
    'share.closing.': ['own', 'shared'],
    'share.body.': ['own', 'shared'],
    'credit.kinds.': linkKinds,
    'credit.nobody.': ['organization', 'server'],
    'chart.by.': ['day', 'week', 'month'],
    'chart.column.': ['day', 'week', 'month'],
    'help.for.': ranks.filter((rank) => rank !== 'anyone'),
    'help.examples.': commands.map(({ name }) => name).filter((name) => name !== 'help'),
  };

  /** As a source has it: failures are named without their `failures.`, the charts' words without their `chart.`. */
  const asWritten = (key: string) => key.replace(/^(failures|chart)\./, '');

  const prefixes = Object.keys(joined);

  it('keys are put together from what is listed here, and from nothing that is gone', () => {
    expect(prefixes.filter((prefix) => !sources.includes(`\`${asWritten(prefix)}\${`))).toEqual([]);
  });

  it('each is asked for', () => {
    const dead = bases(files.en).filter((key) => {
      const prefix = prefixes.find((start) => key.startsWith(start));
      if (prefix !== undefined) return !joined[prefix]?.includes(key.slice(prefix.length));
      const asking = key.startsWith('chart.') ? charts : sources;
      return !["'", '`'].some((quote) => asking.includes(quote + asWritten(key) + quote));
    });
    expect(dead).toEqual([]);
  });
});
