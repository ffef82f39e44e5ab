// Which addresses Minga connects to when a person names one: public ones, and no others, whatever a name resolves to.
import { type LookupAddress, promises } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** How names are resolved and reached; the system's own ways where it is left out. Tests bring theirs. */
export interface Way {
  resolve?: (hostname: string) => Promise<LookupAddress[]>;
  /** Where the connection goes once the addresses of a name have been judged. */
  reach?: { address: string; port: number };
  /** A certificate authority to trust besides no others, as PEM. */
  authority?: string;
}

/** The code of the error that a lookup ends in where nobody may be led to what it found. */
export const forbidden = 'FORBIDDEN_ADDRESS';

/** Whether a URL names its host, by HTTPS on its own port and without credentials; `new URL` has unified spellings. */
export function isPlainHttps(url: URL): boolean {
  const { protocol, port, username, password, hostname } = url;
  const bare = hostname.replace(/^\[|\]$/g, '');
  // A lookup is not called for literals, so they are refused in whatever spelling.
  return protocol === 'https:' && port === '' && username + password === '' && isIP(bare) === 0;
}

const [globalUnicast, prefix] = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an address is anyone's on the internet: not local, private, reserved, or a way around to one that is. */
export function isPublic(address: string): boolean {
  // Stricter than ipaddr.js, to which 1.2.3 is an address too.
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  // ipaddr.js takes what is in no special range for unicast: ::7f00:1 was once 127.0.0.1.
  return !(parsed instanceof ipaddr.IPv6) || parsed.match(globalUnicast, prefix);
}

/**
 * Resolves names inside the connection, so that what is judged is what is connected to.
 *
 * @remarks One address that is not public refuses the name: an answer that mixes both is no accident.
 */
export function publicLookup({ resolve = systemResolve, reach }: Way): LookupFunction {
  return (hostname, options, callback) => {
    const judged = async () => {
      const found = await resolve(hostname);
      if (found.length === 0 || !found.every(({ address }) => isPublic(address))) {
        throw Object.assign(new Error(forbidden), { code: forbidden });
      }
      return reach ? [{ address: reach.address, family: isIP(reach.address) }] : found;
    };
    judged().then(
      (found) => {
        const [first] = found;
        if (options.all) callback(null, found);
        else callback(null, first?.address ?? '', first?.family ?? 4);
      },
      (error) => callback(error, '', 0),
    );
  };
}

const systemResolve = (hostname: string) => promises.lookup(hostname, { all: true });
