// Petitions on Action Network, by the address of their API endpoint or their UUID, with a group's key.
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import type { Reading } from '../coalition/reading.js';
import { type Asking, type Connector, connector, urlIn } from './connector.js';
import type { Https, JsonAnswer } from './https.js';
import { countAt, valueAt } from './pointer.js';

const api = 'https://actionnetwork.org/api/v2/petitions';

/** Four calls a second are allowed, to a process as a whole. */
const gap = 250;

/** How long to wait after each refusal for haste where the platform doesn't say, in milliseconds. */
const backOff = [1000, 2000, 4000, 8000];

/** Whoever asks for more is asked again another time. */
const longestWait = 60_000;

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<unknown>;

const uuid = /^(?:action_network:)?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/**
 * @param key - of the group whose petitions are read; sent to Action Network alone
 * @param wait - how time passes between calls
 * @see https://actionnetwork.org/docs/v2/petitions
 */
export function actionNetwork(
  key: string | undefined,
  wait: Wait = (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
): Connector {
  let last: Promise<unknown> = Promise.resolve();

  /** One call at a time, and the pause after each holds up the next one too. */
  function ask(address: string, { https, signal }: Asking): Promise<JsonAnswer> {
    const turn = last.then(() => patiently(address, https, signal));
    last = turn.then(() => wait(gap, signal)).catch(() => {});
    return turn;
  }

  async function patiently(address: string, https: Https, signal: AbortSignal): Promise<JsonAnswer> {
    const headers = {
      'OSDI-API-Token': key ?? '',
      'content-type': 'application/json',
      accept: 'application/hal+json',
    };
    for (const pause of backOff) {
      const answer = await https.ask(address, { headers, signal });
      if (!('problem' in answer) || answer.problem !== 'busy') return answer;
      const { retryAfter = pause } = answer;
      if (retryAfter > longestWait) return answer;
      await wait(retryAfter, signal);
    }
    return https.ask(address, { headers, signal });
  }

  /** @remarks The API's entry point says yes to any key, and a petition's own address need not say no to a wrong one. */
  async function takesKey(asking: Asking): Promise<boolean> {
    const answer = await ask(`${api}?per_page=1`, asking);
    return Array.isArray('value' in answer && valueAt(answer.value, '/_embedded/osdi:petitions'));
  }

  return connector({
    name: 'action-network',
    settings: z.object({ id: z.string().regex(uuid) }),
    recognizes(typed) {
      const url = urlIn(typed);
      const isApi = url?.protocol === 'https:' && /^(www\.)?actionnetwork\.org$/.test(url.host);
      const named = isApi ? /^\/api\/v2\/petitions\/([^/]+)\/?$/.exec(url.pathname)?.[1] : typed;
      const id = uuid.exec(named ?? '')?.[1]?.toLowerCase();
      return id === undefined ? undefined : { url: `${api}/${id}`, settings: { id } };
    },
    async read({ id }, asking): Promise<Reading> {
      if (!key) return { problem: 'noKey' };
      const answer = await ask(`${api}/${id}`, asking);
      const { status = 0 } = answer;
      if ('problem' in answer && answer.problem === 'refused') return { problem: 'keyRefused', status };
      const missing = 'problem' in answer && answer.problem === 'missing';
      const empty = 'value' in answer && JSON.stringify(answer.value) === '{}';
      if ((missing || empty) && !(await takesKey(asking))) return { problem: 'keyRefused', status };
      if (empty) return { problem: 'empty', status };
      return countAt(answer, ['/total_signatures']);
    },
  });
}
