// What an edit is shown to have changed.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, type Span } from '../../src/coalition/statement-changes.js';

const of = (kind: Span['kind'], spans: Span[]) =>
  spans.filter((span) => span.kind === kind).map(({ text }) => text.trim());

describe('changesBetween', () => {
  it('shows what went and what came, with the words around it', () => {
    const before =
      'On this day we ask for the withdrawal of 1,200 troops from Peru before the month of December.';
    const [passage = [], ...others] = changesBetween(before, before.replace('1,200', 'all')) ?? [];
    expect(others).toEqual([]);
    expect(passage).toEqual([
      { kind: 'same', text: '…this day we ask for the withdrawal of ' },
      { kind: 'gone', text: '1,200' },
      { kind: 'new', text: 'all' },
      { kind: 'same', text: ' troops from Peru before the month of…' },
    ]);
  });

  it('tells a changed line from lines that went and came', () => {
    const before = 'A title\n\nOne two three four.\n\nThis will be gone.\n\nThe end';
    const after = 'A title\n\nSomething new.\n\nOne two 3 four.\n\nThe end\n\nA postscript';
    const passages = changesBetween(before, after) ?? [];
    expect(passages.map((passage) => [of('gone', passage), of('new', passage)])).toEqual([
      [[], ['Something new.']],
      [['three'], ['3']],
      [['This will be gone.'], []],
      [[], ['A postscript']],
    ]);
  });

  it('takes Spanish words whole', () => {
    const [passage = []] = changesBetween('La petición está aquí', 'La petición está allá') ?? [];
    expect([of('gone', passage), of('new', passage)]).toEqual([['aquí'], ['allá']]);
  });

  it('finds nothing where only white space differs', () => {
    expect(changesBetween('One two.\n\nThree', 'One  two.\nThree\n')).toEqual([]);
  });

  it('shows whole lines where a text was written anew', () => {
    const passages = changesBetween('One two three.\n\nFour five.', 'Uno dos tres.\n\nCuatro.') ?? [];
    expect(passages.map((passage) => passage.length)).toEqual([1, 1, 1, 1]);
  });

  it('gives up where too much differs', () => {
    const text = (first: number) => Array.from({ length: 600 }, (_none, index) => first + index).join('\n');
    expect(changesBetween(text(0), text(1000))).toBeUndefined();
  });

  it('shows every word that went or came, whatever the texts', () => {
    const word = fc.constantFrom('uno', 'dos', 'tres', 'cuatro', 'cinco', '\n', 'x'.repeat(90));
    const text = fc.array(word, { maxLength: 40 }).map((all) => all.join(' '));
    const words = (given: string[]) =>
      given.flatMap((each) => each.split(/\s+/)).filter((each) => each !== '');
    fc.assert(
      fc.property(text, text, (before, after) => {
        const spans = changesBetween(before, after)?.flat() ?? [];
        const gone = words(of('gone', spans));
        const came = words(of('new', spans));
        expect(words([before]).length - gone.length).toBe(words([after]).length - came.length);
        for (const each of gone) expect(words([before])).toContain(each);
        for (const each of came) expect(words([after])).toContain(each);
      }),
    );
  });
});
