// Which addresses Minga connects to: judged inside the connection, in every spelling.
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { httpsBy } from '../../../src/connectors/https.js';
import { isPlainHttps, isPublic } from '../../../src/connectors/public-address.js';
import { aPlatform, json, publicAddress } from './support.js';

const platform = await aPlatform();
afterAll(() => platform.close());
beforeEach(() => {
  platform.answering = json({ signatures: 7 });
  platform.asked = [];
  platform.lookedUp = [];
});

const ask = () => platform.https.ask('https://count.example.org/count.json');

describe('a URL', () => {
  it.each([
    'http://example.org/',
    'https://example.org:8443/',
    'https://example.org:80/',
    'https://ana:secret@example.org/',
    'https://ana@example.org/',
    'https://:secret@example.org/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://2130706433/',
    'https://0/',
    'https://93.184.216.34/',
    'https://１２７.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[2606:4700::1111]/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:application/json,7',
  ])('%s is refused before anything is looked up', async (url) => {
    expect(isPlainHttps(new URL(url))).toBe(false);
    expect(await platform.https.ask(url)).toEqual({ problem: 'address' });
    expect([platform.lookedUp, platform.asked]).toEqual([[], []]);
  });

  it.each(['https://example.org/', 'https://example.org:443/', 'https://EXAMPLE.org./a?b#c'])(
    '%s is taken',
    (url) => expect(isPlainHttps(new URL(url))).toBe(true),
  );
});

describe('an address', () => {
  it.each([
    ['loopback', '127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '::7f00:1', '::127.0.0.1'],
    ['private', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'],
    [
      'link-local, with the metadata of clouds',
      '169.254.169.254',
      'fe80::1',
      'fe80::1%eth0',
      '::ffff:a9fe:a9fe',
    ],
    ['shared by carriers', '100.64.0.1', '100.127.255.255'],
    ['nobody’s', '0.0.0.0', '0.1.2.3', '::', '255.255.255.255', '240.0.0.1', '224.0.0.1', 'ff02::1'],
    [
      'for examples and trials',
      '192.0.2.1',
      '198.51.100.1',
      '203.0.113.1',
      '198.18.0.1',
      '2001:db8::1',
      '3fff::1',
    ],
    [
      'a way around',
      '64:ff9b::7f00:1',
      '64:ff9b:1::1',
      '2002:7f00:1::',
      '2001::1',
      '::ffff:0:7f00:1',
      '192.88.99.1',
    ],
    ['of no kind that is given out', '4000::1', '5f00::1', '100::1', 'fec0::1'],
    ['none at all', '', 'localhost', '1.2.3', '93.184.216.34 '],
  ])('that is %s is not public', (_what, ...addresses) => {
    expect(addresses.filter(isPublic)).toEqual([]);
  });

  it('is public where it is anyone’s, also as IPv6 writes it', () => {
    const given = [publicAddress, '1.1.1.1', '2606:4700::1111', '2a00:1450:4001::1', '::ffff:93.184.216.34'];
    expect(given.filter(isPublic)).toEqual(given);
  });
});

describe('inside the connection', () => {
  it('a name with public addresses is reached, under its own name', async () => {
    platform.addresses = [[publicAddress, '2606:4700::1111']];
    expect(await ask()).toEqual({ status: 200, value: { signatures: 7 } });
    expect(platform.asked.map(({ host }) => host)).toEqual(['count.example.org']);
  });

  it.each([
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '169.254.169.254',
    `${publicAddress} 127.0.0.1`,
    `127.0.0.1 ${publicAddress}`,
    `${publicAddress} fd00::1`,
    '',
  ])('a name that resolves to “%s” is not', async (addresses) => {
    platform.addresses = [addresses.split(' ').filter(Boolean)];
    expect(await ask()).toEqual({ problem: 'address' });
    expect(platform.asked).toEqual([]);
  });

  it('a name that resolves to another address the next time is judged by that one', async () => {
    platform.addresses = [[publicAddress], ['127.0.0.1']];
    expect(await ask()).toMatchObject({ status: 200 });
    expect(await ask()).toEqual({ problem: 'address' });
    expect([platform.asked.length, platform.lookedUp.length]).toEqual([1, 2]);
  });

  it('any list with an address that is not public is refused', async () => {
    const bad = fc.oneof(
      fc
        .tuple(fc.constantFrom(10, 127), fc.nat(255), fc.nat(255), fc.nat(255))
        .map((parts) => parts.join('.')),
      fc.ipV4().filter((address) => !isPublic(address)),
      fc.nat(0xffff).map((end) => `fd00::${end.toString(16)}`),
      fc.nat(0xffff).map((end) => `::ffff:7f00:${end.toString(16)}`),
    );
    const good = fc.constantFrom(publicAddress, '1.1.1.1', '2606:4700::1111');
    await fc.assert(
      fc.asyncProperty(
        fc.array(good, { maxLength: 3 }),
        bad,
        fc.array(good, { maxLength: 3 }),
        async (a, b, c) => {
          platform.addresses = [[...a, b, ...c]];
          expect(await ask()).toEqual({ problem: 'address' });
        },
      ),
      { numRuns: 50 },
    );
    expect(platform.asked).toEqual([]);
  });

  it('the system’s own names are judged like all others', async () => {
    for (const host of ['localhost', 'LOCALHOST']) {
      expect(await httpsBy().ask(`https://${host}/`)).toEqual({ problem: 'address' });
    }
  });

  it('a certificate for another name is not taken', async () => {
    platform.addresses = [[publicAddress]];
    expect(await platform.https.ask('https://other.example.org/')).toEqual({ problem: 'unreachable' });
    expect(platform.asked).toEqual([]);
  });
});
