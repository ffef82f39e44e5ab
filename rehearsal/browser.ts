// A browser of this machine, for the tests of the page and for its pictures.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts Chromium.
 *
 * @throws Error that says how to get one: what needs it is not skipped without
 */
export async function aBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync);
  if (!executablePath) {
    throw new Error(
      'The rehearsal’s page is tried in Chromium, and there is none here: `apt-get install chromium`, or set CHROMIUM to where it is.',
    );
  }
  // Its sandbox does not start for root, which CI is, nor is there much shared memory; the page is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
