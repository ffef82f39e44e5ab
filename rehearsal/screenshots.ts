// `npm run screenshots`: the pictures of the page in docs/ and the README, made from a campaign's day on it.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { aBrowser } from './browser.js';
import { startPage } from './page-server/index.js';
import type { Stage } from './stage.js';

interface Look {
  width: number;
  height: number;
  colorScheme: 'light' | 'dark';
  who: 'Ben Wood' | 'Luz Mamani' | 'Ana Quispe';
}

/** What a picture shows, and how one gets there. */
interface Shot {
  name: string;
  look: Look;
  pose(page: Page): Promise<unknown>;
}

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 780 };
const folder = process.argv[2] ?? 'docs/screenshots/rehearsal';

const shots: Shot[] = [
  { name: 'tally-desktop-dark-en', look: { ...desktop, colorScheme: 'dark', who: 'Ben Wood' }, pose: tally },
  {
    name: 'tally-desktop-light-es',
    look: { ...desktop, colorScheme: 'light', who: 'Luz Mamani' },
    pose: tally,
  },
  { name: 'tally-phone-dark-es', look: { ...phone, colorScheme: 'dark', who: 'Luz Mamani' }, pose: tally },
  { name: 'share-phone-light-en', look: { ...phone, colorScheme: 'light', who: 'Ben Wood' }, pose: share },
  {
    name: 'commands-desktop-dark-es',
    look: { ...desktop, colorScheme: 'dark', who: 'Luz Mamani' },
    pose: commands,
  },
  {
    name: 'commands-phone-light-es',
    look: { ...phone, colorScheme: 'light', who: 'Luz Mamani' },
    pose: commands,
  },
  { name: 'form-desktop-light-en', look: { ...desktop, colorScheme: 'light', who: 'Ben Wood' }, pose: form },
  { name: 'form-phone-dark-es', look: { ...phone, colorScheme: 'dark', who: 'Luz Mamani' }, pose: form },
  {
    name: 'trouble-desktop-dark-en',
    look: { ...desktop, colorScheme: 'dark', who: 'Ben Wood' },
    pose: trouble,
  },
  { name: 'clock-phone-light-en', look: { ...phone, colorScheme: 'light', who: 'Ben Wood' }, pose: clock },
  {
    name: 'trouble-desktop-light-es',
    look: { ...desktop, colorScheme: 'light', who: 'Ana Quispe' },
    pose: trouble,
  },
];

mkdirSync(folder, { recursive: true });
const server = await startPage();
const browser = await aBrowser();
try {
  await campaignsDay(server.scene.stage);
  for (const shot of shots) await take(browser, server.address, shot);
} finally {
  await browser.close();
  await server.close();
}

/** What the pictures show has happened: in one evening, by the people of the stage. */
async function campaignsDay(stage: Stage): Promise<void> {
  const { ada, ana, ben, luz, general, organizers } = stage;
  await ada.in(organizers).command('settings channels', { organizers });
  const daily = { channel: general, time: '20:00', timezone: 'America/Lima' };
  await ana.in(organizers).command('tally schedule', daily);
  const counted = [
    ['2023-07-17T15:00:00Z', 1420],
    ['2023-07-18T15:00:00Z', 1611],
    ['2023-07-19T15:00:00Z', 1861],
  ] as const;
  for (const [moment, people] of counted) {
    await stage.moveTo(moment);
    const page = { source: 'Petition page', people, organizations: 41 };
    await ana.in(organizers).command('signatures count', page);
  }
  const calls = { type: 'call', count: 12, target: 'House Committee on Foreign Affairs' };
  await ben.in(general).command('action log', calls);
  await luz.in(general).command('action log', { type: 'flyer', count: 80, note: 'En la feria' });
  await stage.moveTo('2023-07-20T00:58:00Z');
  await ben.in(general).command('petition share');
  luz.in(general).say('Acabo de escribir al **Comité de Asignaciones**. ¿Quién más?');
  await stage.moveTo('2023-07-20T01:00:05Z');
  // A body that Discord refuses: the bot sends none, so we do.
  await fetch(`${stage.discord.apiUrl}/v10/channels/${general.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${stage.discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'Firma, firma, firma. '.repeat(100), allowed_mentions: { parse: [] } }),
  });
}

async function take(from: Browser, address: string, { name, look, pose }: Shot): Promise<void> {
  const { width, height, colorScheme, who } = look;
  const page = await from.newPage({
    viewport: { width, height },
    colorScheme,
    timezoneId: 'America/Lima',
    reducedMotion: 'reduce',
    hasTouch: width < 500,
  });
  await page.goto(address);
  if (width < 500) await page.locator('.bar .only-small').click();
  await page.locator('#speak-as').selectOption({ label: who });
  await page.locator(`#speak-as option:checked:text-is("${who}")`).waitFor({ state: 'attached' });
  await page.getByRole('log').waitFor();
  await pose(page);
  await page.evaluate('document.fonts.ready');
  await page.mouse.move(0, height - 1);
  if (pose === tally || pose === share) await page.evaluate('document.activeElement?.blur()');
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  await page.close();
}

/** The day's card, from the title in the speaker's language on. */
async function tally(page: Page): Promise<void> {
  const isSpanish = (await page.locator('#language').inputValue()).startsWith('es');
  const title = page
    .locator('.message')
    .last()
    .locator('.heading', { hasText: isSpanish ? 'Que las tropas' : 'Bring' });
  await title.first().evaluate((node) => node.scrollIntoView({ block: 'start' }));
  await page.locator('.feed').evaluate((node) => node.scrollBy(0, -48));
}

async function share(page: Page): Promise<void> {
  const card = page.locator('.message', { hasText: '/petition share' }).last();
  await card.evaluate((node) => node.scrollIntoView({ block: 'start' }));
}

async function commands(page: Page): Promise<void> {
  await page.locator('#write').fill('/');
  await page.locator('#suggestions').waitFor();
  await page.keyboard.press('ArrowDown');
}

async function form(page: Page): Promise<void> {
  const said = page.locator('.message', { hasText: 'Acabo de escribir' }).last();
  await said.locator('.more').press('Enter');
  await page.getByRole('menuitem').first().press('Enter');
  await page.getByRole('dialog').getByRole('combobox').first().selectOption({ index: 3 });
}

async function clock(page: Page): Promise<void> {
  await page.locator('.tool').nth(1).click();
  await page.locator('.times').waitFor();
}

async function trouble(page: Page): Promise<void> {
  await page.locator('.tool').nth(2).click();
  await page.locator('.request.refused').first().locator('summary').click();
}
