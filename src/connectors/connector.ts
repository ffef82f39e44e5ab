// What Minga knows of a platform: which addresses are its, and how to ask it for the number of people who signed.
import type { z } from 'zod';
import type { Reading } from '../coalition/reading.js';
import type { Https } from './https.js';

/** A petition as a connector found it in what a person typed. */
export interface Recognized<Settings> {
  /** The one spelling of its address, so that no two sources count it. */
  url: string;
  /** All that is kept to ask again; never a secret. */
  settings: Settings;
}

/** How a platform is asked. */
export interface Asking {
  https: Https;
  signal: AbortSignal;
}

export interface Connector {
  name: string;
  recognizes(typed: string): Recognized<Record<string, unknown>> | undefined;
  /** @param settings - as they were kept */
  read(settings: unknown, asking: Asking): Promise<Reading>;
}

/** Gives `read` the types of its settings, which are checked when they come back from the database. */
export function connector<Settings extends Record<string, unknown>>(definition: {
  name: string;
  settings: z.ZodType<Settings>;
  recognizes(typed: string): Recognized<Settings> | undefined;
  read(settings: Settings, asking: Asking): Promise<Reading>;
}): Connector {
  return {
    ...definition,
    read: async (kept, asking) => definition.read(definition.settings.parse(kept), asking),
  };
}

/** The web address that was typed; undefined where it is none. */
export function urlIn(typed: string): URL | undefined {
  return URL.canParse(typed) ? new URL(typed) : undefined;
}
