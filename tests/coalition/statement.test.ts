// The statement's rules on a real database: versions, staleness in every order, reasons, drafts.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/connect.js';
import { insertPetition } from '../../db/petitions.js';
import { updateServer } from '../../db/servers.js';
import { type Language, statementHistory, statementOf } from '../../db/statements.js';
import { AlreadyWritten, type Write } from '../../db/transaction.js';
import { countPlatform } from '../../src/coalition/count.js';
import { keepDraft } from '../../src/coalition/draft.js';
import {
  confirmStatement,
  editStatement,
  languageBehind,
  longestStatement,
  type StatementDraft,
  staleLanguage,
  submitStatement,
} from '../../src/coalition/statement.js';

/** A petition, and what an organizer of its server does with its statement. */
function aCampaign() {
  const database = openDatabase(':memory:');
  const petition = insertPetition(database, {
    serverId: 'host',
    title: { en: 'Title', es: 'Título' },
    ask: { en: 'Ask', es: 'Pedido' },
    link: 'https://example.org/peru',
    goal: 2000,
    timezone: 'America/Lima',
    state: 'open',
    createdAt: 0,
  });
  let interactions = 0;
  const write = (changes: Partial<Write> = {}): Write => {
    interactions += 1;
    return { key: String(interactions), userId: 'ana', serverId: 'host', at: interactions, ...changes };
  };
  return {
    database,
    write,
    edit: (language: Language, text: string, reason?: string, changes?: Partial<Write>) =>
      editStatement(database, write(changes), petition, { language, text, reason }),
    confirm: (language: Language, changes?: Partial<Write>) =>
      confirmStatement(database, write(changes), petition, language),
    two: (asked: boolean) => updateServer(database, 'host', { confirmedByTwo: asked }),
    behind: () => languageBehind(database, petition.id),
    stale: () => staleLanguage(database, petition.id),
    texts: (language?: Language) => statementHistory(database, petition.id, language).map(({ text }) => text),
    latest: (language: Language) => statementOf(database, petition.id, language),
    sign: () => countPlatform(database, write(), petition, { source: 'Action Network', people: 1984 }),
    draft: (language: Language, version: number, reason?: string) => {
      const draft: StatementDraft = { petitionId: petition.id, language, version, reason };
      return keepDraft(database, write(), draft);
    },
    submit: (key: string, text: string, reason?: string, changes?: Partial<Write>) =>
      submitStatement(database, write(changes), key, { text, reason }),
  };
}

const failure = (key: string) => expect.objectContaining({ key });

describe('versions', () => {
  it('are numbered within a language and keep every text', () => {
    const { edit, texts } = aCampaign();
    expect(edit('en', 'One').now.version).toBe(1);
    expect(edit('es', 'Uno').now.version).toBe(1);
    expect(edit('en', 'Two').now.version).toBe(2);
    expect(texts('en')).toEqual(['One', 'Two']);
    expect(texts()).toEqual(['One', 'Uno', 'Two']);
  });

  it('are stored as they came, line endings and a byte-order mark aside', () => {
    const { edit, texts } = aCampaign();
    edit('en', '\uFEFF  # Title\r\n\r\n**Text** with\ttabs \r@everyone \u202Eand marks\n\n\n\n');
    expect(texts()).toEqual(['  # Title\n\n**Text** with\ttabs \n@everyone \u202Eand marks\n\n\n\n']);
  });

  it('are refused where nothing can be read, nothing changed, or the text is too long', () => {
    const { edit, texts } = aCampaign();
    for (const text of ['', ' \n\t', '\u200B\u2060'])
      expect(() => edit('en', text)).toThrow(failure('emptyStatement'));
    edit('en', 'Text\n');
    for (const text of ['Text\n', 'Text', '\uFEFFText\r\n']) {
      expect(() => edit('en', text)).toThrow(failure('unchangedStatement'));
    }
    expect(() => edit('en', 'x'.repeat(longestStatement + 1))).toThrow(failure('longText'));
    expect(texts()).toEqual(['Text\n']);
    edit('en', 'x'.repeat(longestStatement));
  });

  it('are written by the host server only, and once for an interaction', () => {
    const { edit, texts } = aCampaign();
    expect(() => edit('en', 'Text', undefined, { serverId: 'partner' })).toThrow(failure('hostOnly'));
    edit('en', 'Text', undefined, { key: 'the same' });
    expect(() => edit('en', 'Text again', undefined, { key: 'the same' })).toThrow(AlreadyWritten);
    expect(texts()).toEqual(['Text']);
  });
});

describe('a language', () => {
  it('falls behind when the other moves on, and catches up by a new version or a confirmation', () => {
    const { edit, confirm, stale } = aCampaign();
    edit('en', 'One');
    expect(edit('es', 'Uno').leavesBehind).toBe(false);
    expect(edit('en', 'Two').leavesBehind).toBe(true);
    expect(stale()).toBe('es');
    expect(edit('es', 'Dos')).toMatchObject({ leavesBehind: false, other: { language: 'en', version: 2 } });
    expect(stale()).toBeUndefined();
    edit('es', 'Dos y medio');
    expect(confirm('en')).toMatchObject({ statement: { version: 2 }, other: { version: 3 } });
    expect(stale()).toBeUndefined();
  });

  it('can be confirmed only where it is behind', () => {
    const { edit, confirm } = aCampaign();
    expect(() => confirm('en')).toThrow(failure('noStatement'));
    edit('en', 'One');
    expect(() => confirm('en')).toThrow(failure('noStatement'));
    edit('es', 'Uno');
    expect(() => confirm('es')).toThrow(failure('notStale'));
    edit('en', 'Two');
    expect(() => confirm('en')).toThrow(failure('notStale'));
  });

  it('is behind as the promise says, in whatever order people edit and confirm', () => {
    const language = fc.constantFrom<Language>('en', 'es');
    const step = fc.record({ does: fc.constantFrom('edit', 'edit', 'confirm'), language });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const campaign = aCampaign();
        const written = new Set<Language>();
        let behind: Language | undefined;
        for (const [index, { does, language }] of steps.entries()) {
          const other = language === 'en' ? 'es' : 'en';
          if (does === 'edit') {
            campaign.edit(language, `Text ${index}`);
            if (behind === language) behind = undefined;
            else if (written.has(language) && written.has(other)) behind = other;
            written.add(language);
          } else if (behind === language) {
            campaign.confirm(language);
            behind = undefined;
          } else expect(() => campaign.confirm(language)).toThrow();
          expect(campaign.stale()).toBe(behind);
        }
      }),
    );
  });
});

describe('where two people are asked', () => {
  const eva = { userId: 'eva' };

  it('a translation waits until somebody else than its author confirms it', () => {
    const { two, edit, confirm, behind } = aCampaign();
    two(true);
    edit('en', 'One');
    expect(edit('es', 'Uno')).toMatchObject({ waits: true, leavesBehind: false });
    expect(behind()).toEqual({ language: 'es', waits: true });
    expect(() => confirm('en', eva)).toThrow(failure('notStale'));
    expect(() => confirm('es')).toThrow(failure('confirmedByAuthor'));
    confirm('es', eva);
    expect(behind()).toBeUndefined();
    expect(edit('en', 'Two')).toMatchObject({ waits: false, leavesBehind: true });
    expect(behind()).toEqual({ language: 'es', waits: false });
    // Who wrote the text that is behind may not say that it still holds.
    expect(() => confirm('es')).toThrow(failure('confirmedByAuthor'));
    edit('es', 'Dos', undefined, eva);
    expect(() => confirm('es', eva)).toThrow(failure('confirmedByAuthor'));
    confirm('es');
    expect(behind()).toBeUndefined();
  });

  it('bringing a text up to date makes nothing else stale, in whatever order people edit and confirm', () => {
    const language = fc.constantFrom<Language>('en', 'es');
    const step = fc.record({
      does: fc.constantFrom('edit', 'edit', 'confirm', 'switch'),
      language,
      userId: fc.constantFrom('ana', 'eva'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const campaign = aCampaign();
        const authors: Partial<Record<Language, string>> = {};
        let asked = false;
        let behind: ReturnType<typeof languageBehind>;
        for (const [index, { does, language, userId }] of steps.entries()) {
          const other = language === 'en' ? 'es' : 'en';
          if (does === 'switch') {
            asked = !asked;
            campaign.two(asked);
          } else if (does === 'edit') {
            const first = authors[language] === undefined;
            campaign.edit(language, `Text ${index}`, undefined, { userId });
            authors[language] = userId;
            const catchesUp = first || behind?.language === language;
            if (authors[other] === undefined) behind = undefined;
            else if (!catchesUp) behind = { language: other, waits: false };
            else behind = asked ? { language, waits: true } : undefined;
          } else if (behind?.language === language && !(asked && authors[language] === userId)) {
            campaign.confirm(language, { userId });
            behind = undefined;
          } else expect(() => campaign.confirm(language, { userId })).toThrow();
          expect(campaign.behind()).toEqual(behind);
        }
      }),
      { endOnFailure: true },
    );
  });
});

describe('a reason', () => {
  it('is asked for once people have signed, for a text that they may have signed', () => {
    const { edit, sign, latest } = aCampaign();
    edit('en', 'One');
    edit('en', 'Two');
    sign();
    expect(() => edit('en', 'Three')).toThrow(failure('reasonRequired'));
    expect(latest('en')?.version).toBe(2);
    expect(edit('en', 'Three', 'A date was wrong').now.reason).toBe('A date was wrong');
    expect(edit('es', 'Tres').now.reason).toBeNull();
    expect(() => edit('es', 'Cuatro')).toThrow(failure('reasonRequired'));
  });
});

describe('a draft', () => {
  it('is saved once, by whoever opened it', () => {
    const { draft, submit, texts } = aCampaign();
    const key = draft('en', 0);
    expect(() => submit(key, 'Text', undefined, { userId: 'eva' })).toThrow(failure('staleButton'));
    expect(submit(key, 'Text').now).toMatchObject({ version: 1, authorId: 'ana' });
    expect(() => submit(key, 'Text twice')).toThrow(failure('doneAlready'));
    expect(texts()).toEqual(['Text']);
  });

  it('never overwrites what somebody saved meanwhile', () => {
    const { draft, edit, submit, texts } = aCampaign();
    const [first, later] = [draft('en', 0), draft('en', 1)];
    edit('en', 'Theirs');
    expect(() => submit(first, 'Mine')).toThrow(failure('statementMovedOn'));
    submit(later, 'Mine, after theirs');
    expect(texts()).toEqual(['Theirs', 'Mine, after theirs']);
  });

  it('brings its own reason or that of the form, and stays open where there is neither', () => {
    const { draft, edit, sign, submit, latest } = aCampaign();
    edit('en', 'One');
    const [without, within] = [draft('en', 1), draft('en', 2, 'From the command')];
    sign();
    expect(() => submit(without, 'Two')).toThrow(failure('reasonRequired'));
    expect(submit(without, 'Two', 'From the form').now.reason).toBe('From the form');
    submit(within, 'Three');
    expect(latest('en')?.reason).toBe('From the command');
  });
});
