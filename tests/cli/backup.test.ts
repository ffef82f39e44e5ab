// `npm run backup`: a copy that is whole while others write, in a file of its own, or none at all.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../db/connect.js';
import { aFolder, compiled, damage, filesIn, run, serversIn, used } from './support.js';

/** Writes two rows per transaction, without end, and says how many after each. */
const writer = `
  import { openDatabase } from ${JSON.stringify(compiled('db/connect.js'))};
  const { $client } = openDatabase(process.argv[1]);
  const insert = $client.prepare("insert into audit (at, server_id, deed, detail) values (0, '1', 'a.b', '{}')");
  const write = $client.transaction(() => [insert.run(), insert.run()]);
  for (let rows = 2; ; rows += 2) {
    write.immediate();
    process.stdout.write(rows + '\\n');
    await new Promise(setImmediate);
  }
`;

test('a copy taken while another process writes has what was written before, and nothing by half', async () => {
  const folder = aFolder();
  const file = path.join(folder, 'minga.sqlite');
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer, file], { stdio: 'pipe' });
  onTestFinished(() => void child.kill('SIGKILL'));
  let rows = 0;
  const lines = createInterface({ input: child.stdout }).on('line', (line) => {
    rows = Number(line);
  });
  while (rows < 200) await once(lines, 'line');
  const before = rows;
  expect(await run('backup', folder, ['copy.sqlite'], { DATABASE_PATH: file })).toMatchObject({ code: 0 });
  await once(lines, 'line');

  const copy = openDatabase(path.join(folder, 'copy.sqlite')).$client;
  onTestFinished(() => void copy.close());
  const copied = Number(copy.prepare('select count(*) from audit').pluck().get());
  expect(copied).toBeGreaterThanOrEqual(before);
  expect(copied % 2).toBe(0);
  expect(copied).toBeLessThan(rows);
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('it goes beside the folder of the database, under its moment, for its owner alone', async () => {
  const folder = aFolder();
  used(path.join(folder, 'data/minga.sqlite'), '710000000000000001');
  const { code, said } = await run('backup', folder);
  expect(code).toBe(0);
  const [copy = '', ...more] = filesIn(path.join(folder, 'backups'));
  expect(more).toEqual([]);
  expect(copy).toMatch(/^minga-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.sqlite$/);
  expect(statSync(path.join(folder, 'backups', copy)).mode & 0o777).toBe(0o600);
  expect(said).toMatch(/[1-9]\d\d\.?\d? kB, whole\.\n.*keep a copy of data\/secret\.key apart/);
  expect(serversIn(path.join(folder, 'backups', copy))).toEqual(['710000000000000001']);
});

test('nothing is overwritten', async () => {
  const folder = aFolder();
  used(path.join(folder, 'data/minga.sqlite'));
  writeFileSync(path.join(folder, 'copy.sqlite'), 'last year');
  const { code, said } = await run('backup', folder, ['copy.sqlite']);
  expect([code, said]).toEqual([1, expect.stringContaining('is there already')]);
  expect(readFileSync(path.join(folder, 'copy.sqlite'), 'utf8')).toBe('last year');
});

test('where there is no database, or a damaged one, it says so and leaves nothing', async () => {
  const folder = aFolder();
  expect(await run('backup', folder, ['copy.sqlite'])).toEqual({
    code: 1,
    said: 'There is no database data/minga.sqlite.\n',
  });
  used(path.join(folder, 'data/minga.sqlite'), '710000000000000001');
  damage(path.join(folder, 'data/minga.sqlite'), '710000000000000001');
  const { code, said } = await run('backup', folder, ['copy.sqlite']);
  expect([code, said]).toEqual([1, expect.stringMatching(/^data\/minga\.sqlite is damaged: /)]);
  expect(filesIn(folder).filter((name) => name.includes('copy'))).toEqual([]);
});
