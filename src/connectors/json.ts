// Any JSON over HTTPS: the address of a document, and behind # where in it the number is.
import { z } from 'zod';
import { connector, urlIn } from './connector.js';
import { countAt, tokensOf } from './pointer.js';
import { isPlainHttps } from './public-address.js';

/**
 * `https://host/path.json#/data/attributes/signature_count`
 *
 * @remarks Several pointers, joined by `&`, are summed: `#/online&/paper`. A `&` in a name is written `%26`.
 */
export const json = connector({
  name: 'json',
  settings: z.object({ url: z.string(), pointers: z.array(z.string()) }),
  recognizes(typed) {
    const url = urlIn(typed);
    if (!url || !isPlainHttps(url)) return undefined;
    const pointers = pointersIn(url.hash);
    if (!pointers) return undefined;
    const document = new URL(url);
    document.hash = '';
    return { url: url.href, settings: { url: document.href, pointers } };
  },
  read: async ({ url, pointers }, { https, signal }) => countAt(await https.ask(url, { signal }), pointers),
});

function pointersIn(fragment: string): string[] | undefined {
  try {
    const pointers = fragment.slice(1).split('&').map(decodeURIComponent);
    return pointers.every(tokensOf) ? pointers : undefined;
  } catch {
    return undefined;
  }
}
