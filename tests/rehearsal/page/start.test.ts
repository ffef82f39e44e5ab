// `npm run rehearse` as one types it: an address on the first line, and nothing touched that a real bot uses.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { aBrowser } from '../../../rehearsal/browser.js';
import { command, messageWith, openPage, speakAs } from './support.js';

/** The compiled rehearsal, started in a folder of its own. */
async function aRehearsal(folder: string, environment: Record<string, string> = {}, port = '0') {
  const main = path.resolve('dist/rehearsal/main.js');
  const child = spawn(process.execPath, [main, '--port', port], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [address] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, address: String(address) };
}

test('the first line is the page’s address alone; the page is there, and Ctrl+C ends it and leaves nothing; begun again it is found again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { child, address } = await aRehearsal(folder, { TMPDIR: folder });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const browser = await aBrowser();
  onTestFinished(() => browser.close());
  const { page, wrong } = await openPage(browser, address);
  await page.getByRole('heading', { name: '#general', exact: true }).waitFor();
  expect(wrong).toEqual([]);
  await speakAs(page, 'Luz Mamani');
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  expect(readdirSync(folder)).toEqual([]);
  await page.getByText('Se perdió el ensayo').waitFor();

  // The same command again: the page that was left open goes on.
  const again = await aRehearsal(folder, { TMPDIR: folder }, new URL(address).port);
  expect(again.address).toBe(address);
  await page.getByText('El ensayo empezó de nuevo').waitFor();
  await page.locator('button.person.here', { hasText: 'Luz Mamani' }).waitFor();
  await command(page, 'ayuda');
  await messageWith(page, 'Solo tú puedes ver esto').waitFor();
  again.child.kill('SIGINT');
  await once(again.child, 'exit');
});

test('neither the token nor the database that .env names is touched', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'minga-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const settings = {
    DISCORD_TOKEN: 'the-real-one',
    DATABASE_PATH: 'real.sqlite',
    SECRET_KEY_FILE: 'real.key',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  writeFileSync(path.join(folder, '.env'), lines.join('\n'));
  const { child, address } = await aRehearsal(folder, settings);
  expect((await fetch(address)).status).toBe(200);
  child.kill('SIGTERM');
  await once(child, 'exit');
  expect([existsSync(path.join(folder, 'real.sqlite')), existsSync(path.join(folder, 'real.key'))]).toEqual([
    false,
    false,
  ]);
  expect(readdirSync(folder)).toEqual(['.env']);
});
