// Campaigns on Proca, by the page of a widget or by their name.
import { z } from 'zod';
import { connector, urlIn } from './connector.js';
import { countAt } from './pointer.js';

const api = 'https://api.proca.app/api';

const queries = {
  actionPage: 'query ($name: String!) { actionPage(name: $name) { campaign { stats { supporterCount } } } }',
  campaign: 'query ($name: String!) { campaign(name: $name) { stats { supporterCount } } }',
};

type Named = { by: keyof typeof queries; name: string };

const pointers = {
  actionPage: '/data/actionPage/campaign/stats/supporterCount',
  campaign: '/data/campaign/stats/supporterCount',
};

/**
 * `https://widget.proca.app/d/NAME/index.html`, the page on which Proca shows a widget, or
 * `https://api.proca.app/api?campaign=NAME`, where only the campaign's name is known. Both give the whole campaign's figure.
 *
 * @see https://github.com/fixthestatusquo/proca-server, `schema.graphql`
 */
export const proca = connector<Named>({
  name: 'proca',
  settings: z.object({ by: z.enum(['actionPage', 'campaign']), name: z.string() }),
  recognizes(typed) {
    const url = urlIn(typed);
    if (url?.protocol !== 'https:') return undefined;
    const widget = url.host === 'widget.proca.app' && /^\/d\/(.+?)\/?(index\.html)?$/.exec(url.pathname)?.[1];
    if (widget) {
      const address = `https://widget.proca.app/d/${widget}/index.html`;
      return { url: address, settings: { by: 'actionPage', name: decoded(widget) } };
    }
    const campaign =
      url.host === 'api.proca.app' && url.pathname === '/api' && url.searchParams.get('campaign');
    if (!campaign) return undefined;
    const address = `${api}?campaign=${encodeURIComponent(campaign)}`;
    return { url: address, settings: { by: 'campaign', name: campaign } };
  },
  async read({ by, name }, { https, signal }) {
    const answer = await https.ask(api, { body: { query: queries[by], variables: { name } }, signal });
    return countAt(answer, [pointers[by]]);
  },
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
