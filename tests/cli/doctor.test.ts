// `npm run doctor`: a set-up that is well says so, and each thing that is not has its line and what to do.

import { once } from 'node:events';
import { chmodSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { allPetitions } from '../../db/petitions.js';
import { putSchedule, updateSchedule } from '../../db/tally-posts.js';
import { addSignature } from '../../src/coalition/count.js';
import { sealWith } from '../../src/coalition/seal.js';
import { secretKeyIn } from '../../src/secret-key.js';
import { aStage, type Stage } from '../support/campaign.js';
import { aFolder, filesIn, run, used } from './support.js';

let stage: Stage;
let folder: string;
let key: string;

const env = (more: Record<string, string> = {}) => ({
  DISCORD_TOKEN: stage.discord.token,
  DISCORD_API_URL: stage.discord.apiUrl,
  DATABASE_PATH: stage.databasePath,
  SECRET_KEY_FILE: key,
  ...more,
});
const doctor = (more?: Record<string, string>) => run('doctor', folder, [], env(more));

/** The lines that begin with a mark. */
const marked = (mark: string, said: string) => said.split('\n').filter((line) => line.startsWith(mark));

beforeAll(async () => {
  stage = await aStage();
  folder = path.dirname(stage.databasePath);
  key = path.join(folder, 'secret.key');
  stage.withDatabase((database) => {
    const [petition] = allPetitions(database);
    if (!petition) throw new Error('no petition is loaded');
    const write = { userId: stage.ana.id, serverId: stage.server.id, at: Date.now(), key: 'a name' };
    const name = { kind: 'person' as const, name: 'Rosa Quispe', country: 'PE', source: undefined };
    addSignature(database, write, petition, name, sealWith(secretKeyIn(key)));
    putSchedule(database, {
      channelId: stage.general.id,
      serverId: stage.server.id,
      petitionId: petition.id,
      time: '20:00',
      timezone: 'America/Lima',
      language: 'both',
      when: 'always',
      effectiveFrom: 0,
    });
  });
});
afterAll(() => stage.close());

test('a set-up that is well has only good lines', async () => {
  const { code, said } = await doctor();
  expect(said.split('\n').filter((line) => !line.startsWith('✔'))).toEqual(['']);
  expect(code).toBe(0);
  expect(said).toContain(
    `https://discord.com/oauth2/authorize?client_id=${stage.discord.applicationId}&scope=bot+applications.commands&permissions=17592186145792`,
  );
  for (const line of ['the names in the database', 'Semillas de Libertad', 'daily tally in #general'])
    expect(said).toContain(line);
});

describe('Discord', () => {
  test('a wrong token', async () => {
    const { code, said } = await doctor({ DISCORD_TOKEN: 'somebody.elses.token' });
    expect([code, marked('✖', said)]).toEqual([1, [expect.stringContaining('does not know the token')]]);
  });

  test('no token: the rest is looked at all the same', async () => {
    const { code, said } = await doctor({ DISCORD_TOKEN: ' ' });
    expect([code, marked('✖', said)]).toEqual([1, [expect.stringContaining('token is missing')]]);
    expect(said).toContain('opens the names in the database');
  });

  test('a token that could not go into a request', async () => {
    const { said } = await doctor({ DISCORD_TOKEN: '«token»' });
    expect(marked('✖', said)).toEqual([expect.stringContaining('characters that no token has')]);
  });

  test('an address where nobody answers', async () => {
    const { code, said } = await doctor({ DISCORD_API_URL: 'http://127.0.0.1:1/api' });
    expect(code).toBe(1);
    expect(marked('✖', said)).toEqual([expect.stringMatching(/127\.0\.0\.1:1\/api \(ECONNREFUSED\)/)]);
    expect(said).not.toContain('    at ');
  });

  test('failures of its own', async () => {
    stage.discord.trouble.next({ path: /^\/users/, kind: '5xx-before' });
    expect(marked('✖', (await doctor()).said)).toEqual([expect.stringContaining('(500): try again later')]);
    stage.discord.trouble.next({ path: /^\/guilds/, kind: 'answer-lost-after-accept' });
    expect(marked('✖', (await doctor()).said)).toEqual([expect.stringContaining('cannot be reached')]);
  });

  /** An address where one page answers everything. */
  async function aPage(status: number, headers: Record<string, string>): Promise<string> {
    const page = createServer((_request, response) =>
      response.writeHead(status, headers).end('<h1>Log in</h1>'),
    );
    onTestFinished(() => void page.close());
    await once(page.listen(0, '127.0.0.1'), 'listening');
    const address = page.address();
    return typeof address === 'object' ? `http://127.0.0.1:${address?.port}` : '';
  }

  test('a page that is not its API', async () => {
    const { said } = await doctor({ DISCORD_API_URL: await aPage(200, {}) });
    expect(marked('✖', said)).toEqual([expect.stringContaining('does not answer as Discord does')]);
  });

  test.each([
    [-3600, 'ahead of'],
    [3600, 'behind'],
  ])('a clock that is %i s from its own', async (seconds, says) => {
    const date = new Date(Date.now() + seconds * 1000).toUTCString();
    const { said } = await doctor({ DISCORD_API_URL: await aPage(401, { date }) });
    expect(marked('!', said)).toEqual([
      expect.stringMatching(new RegExp(`(3599|360[01]) s ${says} Discord`)),
    ]);
  });

  test('a server that the bot is not in, to register the commands in', async () => {
    const { said } = await doctor({ DISCORD_GUILD_ID: '710000000000000001' });
    expect(marked('✖', said)).toEqual([expect.stringContaining('that DISCORD_GUILD_ID names')]);
    const here = await doctor({ DISCORD_GUILD_ID: stage.server.id });
    expect([here.code, marked('!', here.said)]).toEqual([
      0,
      [expect.stringContaining('Not registered: petition')],
    ]);
  });
});

describe('channels of the daily tally', () => {
  const viewChannel = 1n << 10n;
  const attachFiles = 1n << 15n;
  beforeEach(() => stage.general.setOverwrites([]));

  test('a permission is missing', async () => {
    stage.general.setOverwrites([{ of: stage.server.everyone, deny: attachFiles }]);
    const { code, said } = await doctor();
    expect([code, marked('✖', said)]).toEqual([1, [expect.stringMatching(/#general: .* Attach Files\.$/)]]);
  });

  test("what everyone may not, the bot's role may", async () => {
    const { everyone, botRole } = stage.server;
    if (!botRole) throw new Error('the bot is in the server');
    stage.general.setOverwrites([
      { of: everyone, deny: attachFiles },
      { of: botRole, allow: attachFiles },
    ]);
    expect(marked('✖', (await doctor()).said)).toEqual([]);
  });

  test('it cannot be seen', async () => {
    stage.general.setOverwrites([{ of: stage.server.everyone, deny: viewChannel }]);
    expect(marked('✖', (await doctor()).said)).toEqual([expect.stringContaining('cannot see the channel')]);
  });

  test('it is gone, or paused', async () => {
    const channel = stage.server.addChannel('old');
    const [petition] = stage.withDatabase(allPetitions);
    stage.withDatabase((database) => {
      const row = {
        time: '20:00',
        timezone: 'UTC',
        language: 'en',
        when: 'always',
        effectiveFrom: 0,
      } as const;
      const place = { channelId: channel.id, serverId: stage.server.id, petitionId: petition?.id ?? 0 };
      putSchedule(database, { ...row, ...place });
      updateSchedule(database, channel.id, { pausedAt: 1 });
    });
    expect(marked('!', (await doctor()).said)).toEqual([expect.stringContaining('/tally resume')]);
    channel.delete();
    expect(marked('✖', (await doctor()).said)).toEqual([
      expect.stringContaining(`${channel.id} of a daily tally is gone`),
    ]);
  });
});

describe('this machine', () => {
  /** Without Discord, of which the last line speaks. */
  const local = async (more: Record<string, string>) => {
    const { said } = await run('doctor', aFolder(), [], more);
    return said.split('\n').filter((line) => !line.includes('The token is missing'));
  };

  test('settings that cannot be worked with', async () => {
    const { code, said } = await doctor({ LOG_LEVEL: 'loudly', HEALTH_PORT: 'x' });
    expect(code).toBe(1);
    expect(marked('✖', said)).toEqual([
      expect.stringContaining('LOG_LEVEL must be'),
      expect.stringContaining('HEALTH_PORT must be'),
    ]);
  });

  test('before the first start nothing is wrong, and nothing is made', async () => {
    const place = aFolder();
    const { said } = await run('doctor', place);
    expect([marked('✖', said).length, marked('!', said).length]).toEqual([1, 2]);
    expect(said).toContain('The token is missing');
    expect(filesIn(place)).toEqual([]);
  });

  test('a database that is none, or damaged', async () => {
    const file = path.join(aFolder(), 'minga.sqlite');
    writeFileSync(file, 'no database '.repeat(500));
    expect(await local({ DATABASE_PATH: file })).toContainEqual(expect.stringMatching(/^✖.*is no database/));
    rmSync(file);
    used(file);
    writeFileSync(file, 'x'.repeat(9000), { flag: 'r+' });
    expect(await local({ DATABASE_PATH: file })).toContainEqual(expect.stringMatching(/^✖.*damaged/));
  });

  test('keys that are open to others, wrong, gone, or no keys', async () => {
    const other = path.join(aFolder(), 'secret.key');
    const withKey = () =>
      doctor({ SECRET_KEY_FILE: other }).then(({ said }) => marked('✖', said).concat(marked('!', said)));
    expect(await withKey()).toContainEqual(expect.stringMatching(/^✖ The key .* is gone/));
    secretKeyIn(other);
    expect(await withKey()).toContainEqual(expect.stringMatching(/^✖ .* not the one/));
    chmodSync(other, 0o644);
    expect(await withKey()).toContainEqual(expect.stringMatching(/^! .*chmod 600/));
    writeFileSync(other, 'a key');
    expect(await withKey()).toContainEqual(expect.stringMatching(/^✖ .*does not hold a key/));
    expect(statSync(other).size).toBe(5);
  });
});
