// The platforms that Minga reads by itself: the one list.
import type { Reading } from '../coalition/reading.js';
import { actionNetwork } from './action-network.js';
import type { Recognized } from './connector.js';
import { type Https, httpsBy } from './https.js';
import { json } from './json.js';
import { proca } from './proca.js';
import { ukParliament } from './uk-parliament.js';

export interface Platforms {
  /** Which platform an address belongs to; undefined where it is none that Minga can ask. */
  recognize(typed: string): (Recognized<Record<string, unknown>> & { connector: string }) | undefined;
  /** @throws what the signal was aborted with */
  read(
    place: { connector: string; settings: Record<string, unknown> },
    signal?: AbortSignal,
  ): Promise<Reading>;
}

/** @param https - how platforms are reached; by the internet where it is left out */
export function platformsFrom(
  { actionNetworkKey }: { actionNetworkKey: string | undefined },
  https: Https = httpsBy(),
  connectors = [actionNetwork(actionNetworkKey), ukParliament, proca, json],
): Platforms {
  return {
    recognize(typed) {
      for (const { name, recognizes } of connectors) {
        const found = recognizes(typed.trim());
        if (found) return { ...found, connector: name };
      }
      return undefined;
    },
    async read({ connector, settings }, signal = new AbortController().signal) {
      const found = connectors.find(({ name }) => name === connector);
      if (!found) throw new Error(`no connector ${connector}`);
      return found.read(settings, { https, signal });
    },
  };
}
