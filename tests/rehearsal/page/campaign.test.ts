// A campaign's day on the page: an organizer sets up and shares, a member in Spanish signs and logs, the clock brings the tally.
import { expect, test } from 'vitest';
import { aPage, command, messageWith, speakAs } from './support.js';

test('an organizer sets up, a member signs and logs by the message menu, and the tally comes with its chart', async () => {
  const { server, page, wrong } = await aPage();

  // Ada manages the server, in English.
  await command(page, 'settings channels', { organizers: '#organizers' });
  const settled = messageWith(page, '#organizers');
  await settled.getByText('Only you can see this').waitFor();
  await command(page, 'tally schedule', { channel: '#general', time: '20:00', timezone: 'America/Lima' });
  await messageWith(page, 'America/Lima').waitFor();
  await command(page, 'settings signing', { on: 'Yes' });
  await messageWith(page, '/settings signing').waitFor();
  await command(page, 'petition share');
  await messageWith(page, 'Bring U.S. troops home from Peru').getByRole('link', { name: /Sign/ }).waitFor();

  // Ana organizes, in Spanish.
  await speakAs(page, 'Ana Quispe');
  expect(await messageWith(page, 'Solo tú puedes ver esto').count()).toBe(0);
  await command(page, 'firmas contar', { fuente: 'Petition page', personas: '1702', organizaciones: '41' });
  await messageWith(page, '1,743').getByText('Solo tú puedes ver esto').waitFor();

  // Luz is a member, in Spanish: she signs, and logs what she did.
  await speakAs(page, 'Luz Mamani');
  await command(page, 'firmas firmar');
  const signing = page.getByRole('dialog');
  await signing.getByLabel('Tu nombre').fill('Luz Mamani');
  await signing.getByLabel('Tu país').fill('Perú');
  await signing.getByLabel(/^Mi firma se puede guardar/).check();
  await signing.getByRole('button', { name: 'Enviar' }).click();
  await messageWith(page, 'Firmaste').getByText('Solo tú puedes ver esto').waitFor();
  await page.getByRole('combobox', { name: 'Mensaje' }).fill('Acabo de escribir al Comité de Asignaciones.');
  await page.keyboard.press('Enter');
  const said = messageWith(page, 'Acabo de escribir al Comité');
  await said.getByRole('button', { name: /Más: mensaje de Luz/ }).press('Enter');
  await page.getByRole('menuitem', { name: /Registrar/ }).press('Enter');
  const form = page.getByRole('dialog');
  await form.waitFor();
  await form.getByRole('button', { name: 'Enviar' }).click();
  await form.getByRole('alert').first().waitFor();
  await form.getByLabel(/^Qué hiciste/).selectOption({ label: 'carta' });
  await form.getByRole('button', { name: 'Enviar' }).click();
  await messageWith(page, '1 carta').getByText('Solo tú puedes ver esto').waitFor();
  expect(await form.count()).toBe(0);

  // Eight in the evening in Lima.
  await page.getByRole('button', { name: 'Reloj' }).click();
  await page.getByRole('button', { name: 'Al próximo recuento diario' }).click();
  const tally = messageWith(page, '1,744 firmas');
  const chart = tally.getByRole('img').first();
  await chart.waitFor();
  expect(await chart.getAttribute('alt')).toMatch(/1,744/);
  await expect.poll(() => chart.evaluate((node) => node.naturalWidth)).toBeGreaterThan(0);
  await tally.getByText('1 carta').waitFor();

  expect(server.scene.stage.discord.refused).toEqual([]);
  expect(wrong).toEqual([]);
});
