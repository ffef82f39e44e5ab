// Petitions to the UK Parliament, by the address of their page.
import { z } from 'zod';
import { connector, urlIn } from './connector.js';
import { countAt, valueAt } from './pointer.js';

/** States in which it takes no signatures and never will; `closed` keeps its figure. */
const over: unknown[] = ['withdrawn', 'rejected', 'hidden', 'removed', 'stopped'];

/** @see https://github.com/alphagov/e-petitions, `_petition.json.jbuilder` */
export const ukParliament = connector({
  name: 'uk-parliament',
  settings: z.object({ id: z.string().regex(/^\d+$/) }),
  recognizes(typed) {
    const url = urlIn(typed);
    if (url?.protocol !== 'https:' || url.host !== 'petition.parliament.uk') return undefined;
    const [, id] = /^\/petitions\/(\d{1,12})(\.json)?\/?$/.exec(url.pathname) ?? [];
    return id === undefined ? undefined : { url: addressOf(id), settings: { id } };
  },
  async read({ id }, { https, signal }) {
    const answer = await https.ask(`${addressOf(id)}.json`, { signal });
    if ('value' in answer && over.includes(valueAt(answer.value, '/data/attributes/state'))) {
      return { problem: 'gone', status: answer.status };
    }
    return countAt(answer, ['/data/attributes/signature_count']);
  },
});

const addressOf = (id: string) => `https://petition.parliament.uk/petitions/${id}`;
