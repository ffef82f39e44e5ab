// Text as Discord shows it: its Markdown, mentions and moments.
import { parse } from 'discord-markdown-parser';
import { html, type nothing, type TemplateResult } from 'lit';
import { now, state } from '../store.js';
import { spokenLocale, t } from '../words.js';

type Node = ReturnType<typeof parse>[number];
type Shown = TemplateResult | string | typeof nothing;

/** Discord's Markdown, links with texts included. */
export function markdown(text: string): Shown[] {
  return shownAll(withLists(withoutGaps(parse(text, 'extended'))));
}

/** A block of code is a line by itself: the ends of lines around it are its own. */
function withoutGaps(nodes: Node[]): Node[] {
  return nodes.filter(
    ({ type }, place) =>
      type !== 'br' || ![nodes[place - 1], nodes[place + 1]].some((node) => node?.type === 'codeBlock'),
  );
}

/** A quotation holds the end of its last line, which is its own too. */
function withoutLastEnd(node: Node): Node {
  const { content } = node;
  const ends = Array.isArray(content) && content.at(-1)?.type === 'br';
  return ends ? { ...node, content: content.slice(0, -1) } : node;
}

/** Lines that begin with a dash are the items of a list: the parser leaves them to us. */
function withLists(nodes: Node[]): Node[] {
  const found: Node[] = [];
  let item: Node[] | undefined;
  let startsLine = true;
  for (const node of nodes) {
    const [, text] =
      (startsLine && node.type === 'text' && /^\s*[-*] (.*)$/s.exec(String(node.content))) || [];
    startsLine = ['br', 'newline', 'heading', 'subtext', 'blockQuote'].includes(node.type);
    if (text !== undefined) {
      item = [{ ...node, content: text }];
      found.push({ type: 'listItem', content: item });
    } else if (startsLine && item) {
      // The end of its line is the item's own; an item is a line by itself.
      item = undefined;
      if (node.type !== 'br') found.push(node);
    } else (item ?? found).push(node);
  }
  return found;
}

function shownAll(nodes: Node[]): Shown[] {
  return nodes.map(shown);
}

function inside(node: Node): Shown[] {
  return Array.isArray(node.content) ? shownAll(node.content) : [String(node.content ?? '')];
}

function shown(node: Node): Shown {
  switch (node.type) {
    case 'br':
    case 'newline':
      return html`<br />`;
    case 'strong':
      return html`<strong>${inside(node)}</strong>`;
    case 'em':
      return html`<em>${inside(node)}</em>`;
    case 'underline':
    case 'u':
      return html`<u>${inside(node)}</u>`;
    case 'strikethrough':
      return html`<s>${inside(node)}</s>`;
    case 'inlineCode':
      return html`<code>${String(node.content)}</code>`;
    case 'codeBlock':
      return html`<pre tabindex="0"><code>${String(node.content)}</code></pre>`;
    case 'blockQuote':
      return html`<blockquote>${inside(withoutLastEnd(node))}</blockquote>`;
    case 'heading':
      return html`<p class="heading level-${node.level}">${inside(node)}</p>`;
    case 'listItem':
      return html`<span class="item">${inside(node)}</span>`;
    case 'subtext':
      return html`<p class="subtext">${inside(node)}</p>`;
    case 'spoiler':
      return html`<details class="spoiler"><summary>${t('spoiler')}</summary>${inside(node)}</details>`;
    case 'link':
    case 'url':
    case 'autolink':
      return link(String(node.target), inside(node));
    case 'user':
      return mention('@', nameOf(String(node.id)));
    case 'role':
      return mention('@', nameOf(String(node.id)));
    case 'channel':
      return mention('#', nameOf(String(node.id)));
    case 'slashCommand':
      return mention('/', String(node.fullName));
    case 'timestamp':
      return moment(Number(node.timestamp) * 1000, String(node.format ?? 'f'));
    case 'everyone':
    case 'here':
      return `@${node.type}`;
    case 'emoji':
      return `:${node.name}:`;
    case 'twemoji':
      return String(node.name);
    default:
      return typeof node.content === 'string' ? node.content : html`${inside(node)}`;
  }
}

function link(target: string, text: Shown[]): Shown {
  if (!/^https?:/.test(target)) return html`${text}`;
  return html`<a href=${target} target="_blank" rel="noreferrer">${text}</a>`;
}

function mention(sign: string, name: string): Shown {
  return html`<span class="mention">${sign}${name.replace(/^@/, '')}</span>`;
}

/** What an id reads as, to whoever looks. */
function nameOf(id: string): string {
  const servers = state.view?.servers ?? [];
  const named = servers.flatMap(({ channels, roles, members }) => [...channels, ...roles, ...members]);
  return (
    named.find((one) => one.id === id)?.name ?? state.view?.people.find((one) => one.id === id)?.name ?? '?'
  );
}

const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

function moment(epochMs: number, format: string): Shown {
  const written = new Intl.DateTimeFormat(spokenLocale(), styles[format] ?? styles.f).format(epochMs);
  const iso = new Date(epochMs).toISOString();
  return html`<time class="moment" datetime=${iso}>${format === 'R' ? relative(epochMs - now()) : written}</time>`;
}

const steps = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

function relative(distance: number): string {
  const words = new Intl.RelativeTimeFormat(spokenLocale(), { numeric: 'auto' });
  const [unit, size] =
    steps.find(([, length]) => Math.abs(distance) >= length) ?? (['second', 1000] as const);
  return words.format(Math.round(distance / size), unit);
}
