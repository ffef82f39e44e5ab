// Each platform as its documentation has it: which addresses are its, what is asked, and which figure is taken.
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { actionNetwork } from '../../../src/connectors/action-network.js';
import { json as jsonConnector } from '../../../src/connectors/json.js';
import { platformsFrom } from '../../../src/connectors/platforms.js';
import { proca } from '../../../src/connectors/proca.js';
import { ukParliament } from '../../../src/connectors/uk-parliament.js';
import { type Answering, aPlatform, inTurn, json, text } from './support.js';

const key = 'a1b2c3-the-key';
const uuid = '1efc3644-af25-4253-90b8-a0baf12dbd1e';
const platform = await aPlatform();
/** How long was waited, in the order it was. */
let waited: number[] = [];
const wait = async (milliseconds: number) => waited.push(milliseconds);
const platforms = platformsFrom({ actionNetworkKey: key }, platform.https, [
  actionNetwork(key, wait),
  ukParliament,
  proca,
  jsonConnector,
]);

afterAll(() => platform.close());
beforeEach(() => {
  platform.asked = [];
  waited = [];
});

async function read(typed: string, answering: Answering) {
  platform.answering = answering;
  const place = platforms.recognize(typed);
  if (!place) throw new Error(`not recognized: ${typed}`);
  return await platforms.read(place);
}
const addressOf = (typed: string) => platforms.recognize(typed)?.url;

describe('UK Parliament', () => {
  const page = 'https://petition.parliament.uk/petitions/700143';
  const petition = (attributes: object) => ({
    links: { self: `${page}.json` },
    data: {
      type: 'petition',
      id: 700143,
      attributes: { action: 'Do it', state: 'open', creator_name: 'Jo Bloggs', ...attributes },
    },
  });

  it('is known by its page, in any of its spellings', () => {
    const same = [
      page,
      `${page}.json`,
      `${page}/`,
      ` ${page}?utm_source=x#top `,
      'HTTPS://Petition.Parliament.UK/petitions/700143',
    ];
    expect(same.map(addressOf)).toEqual(same.map(() => page));
    const others = [
      'http://petition.parliament.uk/petitions/1',
      'https://petition.parliament.uk/',
      `${page}x`,
      'https://petition.parliament.uk.evil.org/petitions/1',
      'https://petition.parliament.uk:8443/petitions/1',
    ];
    expect(others.map(addressOf)).toEqual(others.map(() => undefined));
  });

  it('gives its count', async () => {
    expect(await read(page, json(petition({ signature_count: 2354 })))).toEqual({
      people: 2354,
      status: 200,
    });
    expect(platform.asked.map(({ method, host, url }) => [method, host, url])).toEqual([
      ['GET', 'petition.parliament.uk', '/petitions/700143.json'],
    ]);
  });

  it('is closed with its last count', async () => {
    expect(await read(page, json(petition({ state: 'closed', signature_count: 9 })))).toEqual({
      people: 9,
      status: 200,
    });
  });

  it('is over where it was withdrawn', async () => {
    expect(await read(page, json({ error: 'gone' }, 410))).toEqual({ problem: 'gone', status: 410 });
    for (const state of ['withdrawn', 'rejected', 'hidden']) {
      expect(await read(page, json(petition({ state, signature_count: 9 })))).toEqual({
        problem: 'gone',
        status: 200,
      });
    }
  });
});

describe('Proca', () => {
  it('is known by the page of a widget, and gives the campaign’s count', async () => {
    const page = 'https://widget.proca.app/d/stop-it/our-org/es/index.html';
    expect([page, 'https://widget.proca.app/d/stop-it/our-org/es/', `${page}?x#y`].map(addressOf)).toEqual([
      page,
      page,
      page,
    ]);
    const answer = { data: { actionPage: { campaign: { stats: { supporterCount: 812 } } } } };
    expect(await read(page, json(answer))).toEqual({ people: 812, status: 200 });
    const [asked] = platform.asked;
    expect([asked?.method, asked?.host, asked?.url, asked?.headers['content-type']]).toEqual([
      'POST',
      'api.proca.app',
      '/api',
      'application/json',
    ]);
    expect(JSON.parse(asked?.body ?? '')).toMatchObject({ variables: { name: 'stop-it/our-org/es' } });
  });

  it('is known by a campaign’s name, which cannot become part of the question', async () => {
    const name = 'stop"){__schema{types{name}}}';
    const typed = `https://api.proca.app/api?campaign=${encodeURIComponent(name)}`;
    const answer = { data: { campaign: { title: 'Stop', stats: { supporterCount: '90' } } } };
    expect(await read(typed, json(answer))).toEqual({ people: 90, status: 200 });
    const { query, variables } = JSON.parse(platform.asked[0]?.body ?? '');
    expect([query.includes('__schema'), variables]).toEqual([false, { name }]);
  });

  it('has no figure for a name it doesn’t know', async () => {
    const answer = { errors: [{ message: 'not found' }], data: { campaign: null } };
    expect(await read('https://api.proca.app/api?campaign=x', json(answer))).toEqual({
      problem: 'noNumber',
      status: 200,
    });
    expect(addressOf('https://api.proca.app/api')).toBeUndefined();
  });
});

describe('Action Network', () => {
  const endpoint = `https://actionnetwork.org/api/v2/petitions/${uuid}`;
  const petition = {
    identifiers: [`action_network:${uuid}`],
    title: 'Stop doing the bad thing',
    total_signatures: 2354,
    _embedded: { 'osdi:creator': { given_name: 'John', email_addresses: [{ address: 'john@example.com' }] } },
  };
  const list = { total_pages: 1, _embedded: { 'osdi:petitions': [petition] } };

  it('is known by the endpoint or the UUID, not by the public page', () => {
    const same = [
      endpoint,
      `${endpoint}/`,
      `${endpoint}?x=1`,
      uuid,
      ` ${uuid.toUpperCase()} `,
      `action_network:${uuid}`,
      endpoint.replace('https://', 'https://www.'),
    ];
    expect(same.map(addressOf)).toEqual(same.map(() => endpoint));
    const others = [
      'https://actionnetwork.org/petitions/stop-it',
      'https://actionnetwork.org/api/v2/petitions/stop-it',
      `http://actionnetwork.org/api/v2/petitions/${uuid}`,
      `https://evil.org/api/v2/petitions/${uuid}`,
      `https://actionnetwork.org.evil.org/api/v2/petitions/${uuid}`,
      uuid.slice(1),
    ];
    expect(others.map(addressOf)).toEqual(others.map(() => undefined));
  });

  it('gives its count for the key, which goes nowhere else', async () => {
    expect(await read(uuid, json(petition, 200, { 'content-type': 'application/hal+json' }))).toEqual({
      people: 2354,
      status: 200,
    });
    await read('https://count.example.org/x.json#/a', json({ a: 1 }));
    expect(platform.asked.map(({ host, url, headers }) => [host, url, headers['osdi-api-token']])).toEqual([
      ['actionnetwork.org', `/api/v2/petitions/${uuid}`, key],
      ['count.example.org', '/x.json', undefined],
    ]);
  });

  it('is not asked without a key', async () => {
    const keyless = platformsFrom({ actionNetworkKey: undefined }, platform.https);
    const place = keyless.recognize(uuid);
    expect(place && (await keyless.read(place))).toEqual({ problem: 'noKey' });
    expect(platform.asked).toEqual([]);
  });

  it.each([401, 403])(
    'a key that is refused with %i is echoed by the platform, and by nobody else',
    async (status) => {
      const reading = await read(uuid, json({ error: `API Key invalid or not present ${key}` }, status));
      expect(reading).toEqual({ problem: 'keyRefused', status });
    },
  );

  it('tells a wrong key from a wrong petition by asking for the list', async () => {
    const missing = json({ error: 'Not found' }, 404);
    expect(await read(uuid, inTurn(missing, json(list)))).toEqual({ problem: 'missing', status: 404 });
    expect(platform.asked.map(({ url }) => url)).toEqual([
      `/api/v2/petitions/${uuid}`,
      '/api/v2/petitions?per_page=1',
    ]);
    expect(await read(uuid, inTurn(missing, json({}, 401)))).toEqual({ problem: 'keyRefused', status: 404 });
    expect(await read(uuid, inTurn(json({}), json({})))).toEqual({ problem: 'keyRefused', status: 200 });
    expect(await read(uuid, inTurn(json({}), json(list)))).toEqual({ problem: 'empty', status: 200 });
  });

  it('is asked four times a second at most, one call after the other', async () => {
    let open = 0;
    let most = 0;
    platform.answering = (response, asked) => {
      open += 1;
      most = Math.max(most, open);
      setImmediate(() => {
        open -= 1;
        json(petition)(response, asked);
      });
    };
    const place = platforms.recognize(uuid);
    if (!place) throw new Error();
    await Promise.all(Array.from({ length: 5 }, () => platforms.read(place)));
    expect([most, platform.asked.length, waited.slice(0, 4)]).toEqual([1, 5, [250, 250, 250, 250]]);
  });

  it('is left in peace for as long as it asks, else longer each time', async () => {
    const busy = json({ error: key }, 429);
    const busyFor = (seconds: string) => json({}, 429, { 'retry-after': seconds });
    expect(await read(uuid, inTurn(busy, busyFor('7'), busy, json(petition)))).toHaveProperty('people', 2354);
    expect(waited.filter((pause) => pause !== 250)).toEqual([1000, 7000, 4000]);
    waited = [];
    expect(await read(uuid, busy)).toEqual({ problem: 'busy', status: 429 });
    expect(waited.filter((pause) => pause !== 250)).toEqual([1000, 2000, 4000, 8000]);
    platform.asked = [];
    expect(await read(uuid, busyFor('3600'))).toEqual({
      problem: 'busy',
      status: 429,
      retryAfter: 3_600_000,
    });
    expect(platform.asked).toHaveLength(1);
  });

  it('goes on after a call that was broken off', async () => {
    const end = new AbortController();
    const place = platforms.recognize(uuid);
    if (!place) throw new Error();
    platform.answering = () => end.abort(new Error('stopping'));
    await expect(platforms.read(place, end.signal)).rejects.toThrow('stopping');
    expect(await read(uuid, json(petition))).toHaveProperty('people', 2354);
  });
});

describe('JSON', () => {
  const at = (pointer: string) => `https://count.example.org/count.json#${pointer}`;

  it('is any address with a pointer behind it', () => {
    expect(platforms.recognize('https://EXAMPLE.org/a%20b.json?x=1#/data/a~1b/0&/m~0n')).toEqual({
      connector: 'json',
      url: 'https://example.org/a%20b.json?x=1#/data/a~1b/0&/m~0n',
      settings: { url: 'https://example.org/a%20b.json?x=1', pointers: ['/data/a~1b/0', '/m~0n'] },
    });
    const none = [
      '',
      'x',
      'https://example.org/',
      'https://example.org/#',
      'https://example.org/#top',
      'https://example.org/#/a&',
      'https://example.org/#/a~2',
      'https://example.org/#/%',
      'http://example.org/#/a',
      'https://example.org:8443/#/a',
      'https://me:pw@example.org/#/a',
      'https://127.0.0.1/#/a',
      'https://[::1]/#/a',
      'https://0x7f.1/#/a',
      'javascript:alert(1)#/a',
      'data:application/json,{}#/a',
    ];
    expect(none.filter((typed) => platforms.recognize(typed))).toEqual([]);
  });

  it('is read where the pointer leads, by RFC 6901', async () => {
    const document = {
      foo: ['bar', 3],
      '': 4,
      'a/b': 5,
      'm~n': 6,
      ' ': 7,
      'k"l': 8,
      'ñ&%': 9,
      '0': 10,
      nested: { '': { x: 11 } },
    };
    const pointers = {
      '/foo/1': 3,
      '/': 4,
      '/a~1b': 5,
      '/m~0n': 6,
      '/%20': 7,
      '/k%22l': 8,
      '/%C3%B1%26%25': 9,
      '/0': 10,
      '/nested//x': 11,
    };
    for (const [pointer, people] of Object.entries(pointers)) {
      expect([pointer, await read(at(pointer), json(document))]).toEqual([pointer, { people, status: 200 }]);
    }
    const nowhere = [
      '/bar',
      '/foo/2',
      '/foo/-',
      '/foo/01',
      '/foo/length',
      '/foo/1/x',
      '/a',
      '/constructor',
      '/__proto__',
      '/foo/-1',
      '/foo/1.0',
      '/toString/length',
    ];
    for (const pointer of nowhere) {
      expect([pointer, await read(at(pointer), json(document))]).toEqual([
        pointer,
        { problem: 'noNumber', status: 200 },
      ]);
    }
  });

  it('adds up what several pointers lead to, all of them or nothing', async () => {
    expect(await read(at('/online&/paper'), json({ online: 40, paper: '2' }))).toEqual({
      people: 42,
      status: 200,
    });
    expect(await read(at('/online&/paper'), json({ online: 40 }))).toHaveProperty('problem', 'noNumber');
    expect(await read(at('/online&/paper'), json({ online: 40, paper: '2.5' }))).toHaveProperty(
      'problem',
      'notCount',
    );
    expect(await read(at('/a&/b'), json({ a: 1e8, b: 1 }))).toHaveProperty('problem', 'notCount');
  });

  it.each([
    '2354.5',
    '-1',
    '-0.5',
    '1e-3',
    '1e400',
    '100000001',
    '9007199254740993',
    'true',
    'false',
    'null',
    '[]',
    '[7]',
    '{}',
    '""',
    '" "',
    '"1,234"',
    '"1.234"',
    '"1 234"',
    '"-1"',
    '"+1"',
    '"1.0"',
    '"1e3"',
    '"0x10"',
    '"٣"',
    '"７"',
    '" 7"',
    '"7\\n"',
    '"9999999999999999"',
    '"NaN"',
  ])('%s is no count of people', async (value) => {
    const answering = text(`{"n": ${value}}`, 200, { 'content-type': 'application/json' });
    expect(await read(at('/n'), answering)).toEqual({ problem: 'notCount', status: 200 });
  });

  it('takes whole numbers, as numbers or in digits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(100_000_000), fc.boolean(), async (count, inDigits) => {
        expect(await read(at('/n'), json({ n: inDigits ? String(count) : count }))).toEqual({
          people: count,
          status: 200,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('gives a number or a code for any JSON and any pointer, and none of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom('/', '/a', '/0', '/length', '//', '/0/0'),
        async (value, pointer) => {
          const reading = await read(at(pointer), json(value));
          const { status, ...rest } = reading;
          expect(status).toBe(200);
          expect([
            { people: expect.any(Number) },
            { problem: 'noNumber' },
            { problem: 'notCount' },
          ]).toContainEqual(rest);
        },
      ),
      { numRuns: 100 },
    );
  });
});
