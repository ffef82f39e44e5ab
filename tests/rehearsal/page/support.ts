// The rehearsal's page in a real browser, and what people do on it, by the words they read.
import type { Browser, Page } from 'playwright-core';
import { afterAll, onTestFinished, vi } from 'vitest';
import { aBrowser } from '../../../rehearsal/browser.js';
import { type PageServer, startPage } from '../../../rehearsal/page-server/index.js';

// A bot and a stage for each test, on machines that run others beside it.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

// A browser is started once for a file; every page has its own cookies and storage.
let shared: Promise<Browser> | undefined;
afterAll(async () => (await shared)?.close());

export interface Look {
  width?: number;
  height?: number;
  scheme?: 'light' | 'dark';
}

export interface Opened {
  server: PageServer;
  page: Page;
  /** Errors of the page, and addresses that it asked elsewhere for. */
  wrong: string[];
}

/** A fresh stage and a page that looks at it, until the test is over. */
export async function aPage(look: Look = {}): Promise<Opened> {
  const server = await startPage();
  onTestFinished(() => server.close());
  shared ??= aBrowser();
  const { page, wrong } = await openPage(await shared, server.address, look);
  onTestFinished(() => page.close());
  return { server, page, wrong };
}

/** Opens the page, as somebody in Lima. */
export async function openPage(
  browser: Browser,
  address: string,
  { width = 1280, height = 800, scheme = 'dark' }: Look = {},
): Promise<Omit<Opened, 'server'>> {
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: 'America/Lima',
    locale: 'en-US',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(10_000);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(http:\/\/127\.0\.0\.1:|data:|blob:)/.test(request.url())) wrong.push(request.url());
  });
  await page.goto(address);
  await page.locator('#write').waitFor();
  return { page, wrong };
}

/** Speaks as somebody from now on. */
export async function speakAs(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name: new RegExp(`(Speak as|Hablar como) ${name}`) });
  await button.click();
  await page.locator('button.person.here', { hasText: name }).waitFor();
}

/**
 * Types a command by keyboard alone: its name, its options, each picked where there is a list.
 *
 * @param options - By the name the speaker sees
 */
export async function command(page: Page, name: string, options: Record<string, string> = {}): Promise<void> {
  const box = page.locator('#write');
  await box.fill(`/${name}`);
  await page.locator('#suggestions').getByRole('option').first().waitFor();
  await box.press('Enter');
  await page.locator('.command-name', { hasText: new RegExp(`^/${name}$`) }).waitFor();
  for (const [option, text] of Object.entries(options)) {
    const field = page.getByRole('combobox', { name: option, exact: true });
    if (!(await field.isVisible())) {
      await page
        .getByRole('button', { name: new RegExp(`(Add the option|Agregar la opción) ${option}$`) })
        .click();
    }
    await field.fill(text);
    const offered = page.locator('#suggestions').getByRole('option', { name: text }).first();
    const isFixed = await offered.waitFor({ timeout: 1000 }).then(
      () => true,
      () => false,
    );
    if (isFixed) await offered.click();
  }
  await page.locator('#send-command').press('Enter');
}

/** The newest message of the feed that holds these words. */
export function messageWith(page: Page, words: string | RegExp) {
  return page.getByRole('log').getByRole('listitem').filter({ hasText: words }).last();
}
