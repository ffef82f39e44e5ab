// Everybody can use the page: no serious finding of axe, by keyboard alone, and at the width of a small phone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import { EmbedBuilder } from 'discord.js';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aPage, command, type Look, messageWith } from './support.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds that keeps somebody out, as rule and place; its colours are looked at in the other scheme too. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const found = await run(page, 'axe.run()');
  const isLight = await page.evaluate('document.documentElement.dataset.theme === "light"');
  await page.emulateMedia({ colorScheme: isLight ? 'dark' : 'light' });
  await page.locator(`html[data-theme="${isLight ? 'dark' : 'light'}"]`).waitFor();
  return [...found, ...(await run(page, 'axe.run({ runOnly: ["color-contrast"] })'))];
}

async function run(page: Page, axeRun: string): Promise<string[]> {
  const { violations }: axe.AxeResults = await page.evaluate(axeRun);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary}`),
    );
}

const looks: [string, Look][] = [
  ['on a computer', {}],
  ['on a phone', { width: 360, height: 740 }],
];

test.each(looks)('axe has no serious finding %s, light or dark', async (_, look) => {
  const { page, server, wrong } = await aPage(look);
  const { discord, general, ben, luz } = server.scene.stage;
  const isPhone = (look.width ?? 1280) < 500;
  await ben.in(general).command('petition share');
  luz.in(general).say('**Hola** <#1>, ~~no~~ `code`\n> quoted\n```\nblock\n```\n<t:1689800000:F> ||hidden||');
  const embed = new EmbedBuilder()
    .setTitle('Title')
    .setURL('https://example.org')
    .setDescription('Words')
    .addFields({ name: 'Field', value: 'Value' })
    .setFooter({ text: 'Foot' });
  await fetch(`${discord.apiUrl}/v10/channels/${general.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      embeds: [embed],
      nonce: '1',
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    }),
  });
  await page.getByText('Foot').waitFor();
  await command(page, 'help');
  await messageWith(page, 'Only you can see this').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.locator('#write').fill('/');
  await page.locator('#suggestions').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.locator('#write').fill('/action log');
  await page.keyboard.press('Enter');
  await page.locator('#option-type').waitFor();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  for (const name of ['People', 'Clock', 'Trouble', 'Scenes']) {
    const tool = page.getByRole('button', { name, exact: true });
    if ((await tool.getAttribute('aria-pressed')) === 'false') await tool.click();
    await page.getByRole('complementary', { name }).waitFor();
    expect(await findings(page), name).toEqual([]);
    if (isPhone) await page.getByRole('complementary').getByRole('button', { name: 'Close' }).click();
  }
  if (isPhone) {
    await page.getByRole('button', { name: 'Servers and channels' }).click();
    await page.getByRole('navigation', { name: 'Channels' }).waitFor();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: 'Channels' }).waitFor({ state: 'hidden' });
  }
  await page.locator('.message', { hasText: 'Hola' }).last().locator('.more').press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('menuitem').first().press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await findings(page)).toEqual([]);
  expect(wrong).toEqual([]);
});

test('nothing is wider than 360 pixels', async () => {
  const { page, server } = await aPage({ width: 360, height: 640 });
  const { ana, ben, general, organizers } = server.scene.stage;
  await ana.in(organizers).command('signatures count', { source: 'Petition page', people: 1702 });
  await ben.in(general).command('signatures tally', { by: 'source' });
  await messageWith(page, '1,702').getByRole('img').first().waitFor();
  const widest = () =>
    page.evaluate(
      'Math.max(...[...document.querySelectorAll("*")].filter(node => !node.closest(".sidebar, .unseen, svg, pre")).map(node => node.getBoundingClientRect().right))',
    );
  expect(await widest()).toBeLessThanOrEqual(360);
  await page.locator('#write').fill('/action log');
  await page.keyboard.press('Enter');
  await page.locator('#option-type').waitFor();
  expect(await widest()).toBeLessThanOrEqual(360);
});

test('a command is found, filled in and sent by keyboard alone', async () => {
  const { page } = await aPage();
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to the message box');
  await page.keyboard.press('Enter');
  await page.keyboard.type('/action log');
  await page.keyboard.press('Enter');
  await page.locator('#option-type').waitFor();
  await page.locator('#suggestions').getByRole('option', { name: 'call' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('#suggestions').waitFor({ state: 'detached' });
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('type is required.').waitFor();
  await page.keyboard.type('lett');
  await page.locator('#suggestions').getByRole('option', { name: 'letter' }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('#option-type').inputValue()).toBe('letter');
  await page.getByRole('button', { name: 'Add the option count' }).press('Enter');
  await expect.poll(() => page.evaluate('document.activeElement.id')).toBe('option-count');
  await page.keyboard.type('many');
  await page.keyboard.press('Enter');
  await page
    .getByText('count has to be a whole number.')
    .or(page.getByText('count has to be a number.'))
    .waitFor();
  await page.locator('#option-count').fill('3');
  await page.keyboard.press('Enter');
  await messageWith(page, '3 letters').waitFor();
});

test('the focus goes back to where it was, from a menu and from its form', async () => {
  const { page, server } = await aPage();
  const { luz, general } = server.scene.stage;
  luz.in(general).say('Hola');
  const more = page.getByRole('button', { name: 'More: message by Luz Mamani' });
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")');
  await more.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('More: message by Luz Mamani');
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().press('Enter');
  await page.getByRole('dialog').waitFor();
  await expect.poll(focused).not.toBe('More: message by Luz Mamani');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('More: message by Luz Mamani');
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('the appearance follows the system until it is chosen, and stays chosen', async () => {
  const { page } = await aPage({ scheme: 'light' });
  const theme = () => page.evaluate('document.documentElement.dataset.theme');
  expect(await theme()).toBe('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(theme).toBe('dark');
  await page.getByLabel('Appearance').selectOption('light');
  await expect.poll(theme).toBe('light');
  await page.reload();
  await page.locator('#write').waitFor();
  expect(await theme()).toBe('light');
});
