// What a rehearsal has over Discord: a clock to move, trouble on demand, other scenes, the scripted day.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { startPage } from '../../../rehearsal/page-server/index.js';
import { aPage, command, messageWith, speakAs } from './support.js';

async function openPanel(page: Page, name: string) {
  await page.getByRole('button', { name, exact: true }).click();
  const panel = page.getByRole('complementary', { name });
  await panel.waitFor();
  return panel;
}

test('a request that Discord refuses is in red, with what is wrong with it and its body', async () => {
  const { page, server } = await aPage();
  const { discord, general } = server.scene.stage;
  const panel = await openPanel(page, 'Trouble');
  await command(page, 'petition share');
  const answer = panel.locator('.request', { hasText: '/callback' }).first();
  await answer.locator('summary').click();
  await answer.getByText('"components"').waitFor();
  expect(await panel.locator('.request.refused').count()).toBe(0);
  await fetch(`${discord.apiUrl}/v10/channels/${general.id}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: 'x'.repeat(2001) }),
  });
  const refused = panel.locator('.request.refused');
  await refused.locator('summary').click();
  await refused.getByText('Discord refuses this').waitFor();
  await refused.getByText('Must be 2000 or fewer in length.').waitFor();
  await panel.getByLabel(/Only what Discord refuses/).check();
  expect(await panel.locator('.request').count()).toBe(1);
});

test('an answer that fails once is repeated, and the panel shows both; what the bot logs of worse is beside them', async () => {
  const { page } = await aPage();
  const panel = await openPanel(page, 'Trouble');
  await panel.getByLabel('What goes wrong').selectOption({ label: 'Server error, nothing done' });
  await panel.getByLabel('With which requests').selectOption({ label: 'Answers to people' });
  await panel.getByRole('button', { name: 'Make it fail' }).click();
  await panel.getByRole('heading', { name: 'Still to come' }).waitFor();
  await command(page, 'petition show');
  await messageWith(page, 'Bring U.S. troops home from Peru').waitFor();
  await panel.locator('.request.troubled', { hasText: '500' }).waitFor();
  expect(await panel.getByRole('heading', { name: 'Still to come' }).count()).toBe(0);
  expect(await panel.locator('.request.refused').count()).toBe(0);
  expect(await panel.getByRole('heading', { name: 'What Minga logged' }).count()).toBe(0);
  await panel.getByLabel('How often').selectOption({ label: 'Until I end it' });
  await panel.getByRole('button', { name: 'Make it fail' }).click();
  await command(page, 'petition show');
  const error = panel.locator('.request.erred', { hasText: 'Error unexpected error' });
  await error.locator('summary').click();
  await error.getByText('"message": "Internal Server Error"').waitFor();
});

test('a gateway that is cut is found again; what is lost meanwhile is said to be', async () => {
  const { page, server } = await aPage();
  const { discord } = server.scene.stage;
  const panel = await openPanel(page, 'Trouble');
  await panel.getByRole('button', { name: 'Cut the line' }).click();
  await discord.until('the bot to be back', () => discord.connections > 0);
  await panel.getByText('Minga is connected').waitFor();
  await panel.getByRole('button', { name: 'Lose what people do next' }).click();
  await panel.getByText('What people do next is not told').waitFor();
  await command(page, 'petition show');
  await page.getByText('The application did not respond').waitFor();
});

test('the clock goes a week on, with a tally every evening, and over the change of summer time', async () => {
  const { page, server } = await aPage();
  const { stage } = server.scene;
  const daily = { channel: stage.general, time: '20:00', timezone: 'America/New_York', when: 'always' };
  const panel = await openPanel(page, 'Clock');
  await panel.getByRole('button', { name: 'To the next daily tally' }).click();
  await page.getByText('No daily tally is set up yet').waitFor();
  await stage.ana.in(stage.organizers).command('tally schedule', daily);
  await panel.getByRole('button', { name: 'A week on' }).click();
  await expect.poll(() => stage.general.messages.length, { timeout: 20_000 }).toBe(7);
  await panel.locator('[data-zone="America/Lima"]', { hasText: 'Jul 17' }).waitFor();
  await panel.getByRole('button', { name: 'Over the change of summer time' }).click();
  // The night to 5 November is an hour longer; the tally is at eight all the same.
  const evenings = () => stage.general.messages.slice(-2).map(({ timestamp }) => timestamp.slice(0, 16));
  await expect.poll(evenings, { timeout: 20_000 }).toEqual(['2023-11-05T00:00', '2023-11-06T01:00']);
});

test('another campaign’s folder makes another stage; a wrong one is explained', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-campaign-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync('campaigns/peru-2023', folder, { recursive: true });
  const file = path.join(folder, 'campaign.yaml');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace('Bring U.S. troops home from Peru', 'Another title'),
  );
  const { page } = await aPage();
  const panel = await openPanel(page, 'Scenes');
  await command(page, 'petition share');
  await messageWith(page, 'Bring U.S. troops home').waitFor();
  await panel.getByLabel('Campaign folder').fill('campaigns/nowhere');
  await panel.getByRole('button', { name: 'Begin with this campaign' }).click();
  await page.locator('.notice p', { hasText: 'nowhere' }).waitFor();
  await panel.getByLabel('Campaign folder').fill(folder);
  await panel.getByRole('button', { name: 'Begin with this campaign' }).click();
  await panel.getByText(`On stage: ${folder}`).waitFor();
  expect(await messageWith(page, 'Bring U.S. troops home').count()).toBe(0);
  await command(page, 'petition share');
  await messageWith(page, 'Another title').waitFor();
});

test('the scripted day goes a step at a time, and to its end', async () => {
  const { page, server } = await aPage();
  const panel = await openPanel(page, 'Scenes');
  await panel.getByRole('button', { name: 'Begin the scripted day' }).click();
  await panel.getByText('Next: Ben Wood in #general: /help').waitFor();
  await panel.getByRole('button', { name: 'Next step' }).click();
  await panel.getByText('Next: Ada Park in #organizers: /settings roles').waitFor();
  await expect.poll(() => page.locator('#speak-as option:checked').textContent()).toBe('Ben Wood');
  await messageWith(page, '/action log').getByText('Only you can see this').waitFor();
  await page.getByLabel('Language').selectOption({ label: 'Español' });
  await page
    .getByText('Sigue: Ada Park en #organizers: /configuración roles participantes:@Members')
    .waitFor();
  await page.getByText('por la mañana: el equipo organizador').waitFor();
  await page.getByRole('button', { name: 'Hasta el final' }).click();
  // Whoever speaks, it is told in the language that was chosen, and Ben hears what he hears.
  await page.getByText('El día terminó').waitFor({ timeout: 40_000 });
  expect(await page.locator('.play .fault').allTextContents()).toEqual([]);
  expect(server.scene.stage.discord.refused).toEqual([]);
});

test('each person sees their own channels and commands, in the language they choose', async () => {
  const { page } = await aPage();
  const places = page.getByRole('navigation', { name: /Channels|Canales/ });
  await places.getByRole('button', { name: 'organizers' }).waitFor();
  await speakAs(page, 'Ben Wood');
  expect(await places.getByRole('button', { name: 'organizers' }).count()).toBe(0);
  await page.locator('#write').fill('/settings');
  await page.getByText('No command matches.').waitFor();
  await page.getByLabel('Language').selectOption({ label: 'Español' });
  await page.locator('#write').fill('/petición comp');
  await page
    .locator('#suggestions')
    .getByRole('option', { name: /petición compartir/ })
    .waitFor();
  await speakAs(page, 'Pat Rivers');
  await page.getByRole('heading', { name: 'World BEYOND War' }).waitFor();
});

test('a channel that goes while somebody looks at it gives way to another', async () => {
  const { page, server } = await aPage();
  const { stage } = server.scene;
  const place = stage.server.addChannel('short-lived');
  await page.getByRole('button', { name: 'short-lived' }).click();
  await page.getByRole('heading', { name: '#short-lived', exact: true }).waitFor();
  place.delete();
  await page.getByRole('heading', { name: '#general', exact: true }).waitFor();
});

test('a page from elsewhere gets no word in', async () => {
  const server = await startPage();
  onTestFinished(() => server.close());
  const socket = new WebSocket(server.address.replace('http', 'ws'), { origin: 'https://example.org' });
  const said = await new Promise((resolve) => socket.on('error', ({ message }) => resolve(message)));
  expect(said).toContain('401');
});

test('a line that breaks is mended: the same person in the same place, and nothing of the screen is lost', async () => {
  const { page } = await aPage();
  let cut = () => {};
  await page.routeWebSocket(/./, (line) => {
    line.connectToServer();
    cut = () => line.close();
  });
  await page.reload();
  await speakAs(page, 'Ana Quispe');
  await page.getByRole('button', { name: 'organizers' }).click();
  await command(page, 'acción registrar', { tipo: 'carta' });
  await messageWith(page, '1 carta').waitFor();
  await page.locator('#write').fill('Un borrador');
  cut();
  await page.getByText('Se perdió el ensayo').waitFor();
  await page.getByText('El ensayo está de vuelta').waitFor();
  await page.getByRole('heading', { name: '#organizers', exact: true }).waitFor();
  await page.locator('button.person.here', { hasText: 'Ana Quispe' }).waitFor();
  expect(await page.locator('#write').inputValue()).toBe('Un borrador');
  await messageWith(page, '1 carta').waitFor();
});
