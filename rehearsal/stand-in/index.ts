// A local Discord to test and rehearse the bot against: REST and gateway on 127.0.0.1, people to use it.
import type { AddressInfo } from 'node:net';
import type { Person, StandIn, StandInOptions } from './driver/contract.js';
import { addPerson } from './driver/people.js';
import { addServer } from './driver/servers.js';
import { sightOf } from './driver/sight.js';
import { makeGateway } from './gateway.js';
import { deliver } from './interactions.js';
import type { RecordedRequest } from './requests.js';
import { makeRest } from './rest/server.js';
import { makeClock } from './snowflake.js';
import { makeTrouble } from './trouble.js';
import { waitFor } from './waiting.js';
import { makeWorld } from './world.js';

export * from './driver/contract.js';
export { botPermissions, everyonePermissions } from './permissions.js';
export type { RecordedRequest } from './requests.js';
export type { Clock } from './snowflake.js';
export { wordsOf, wordsOfModal } from './words.js';

/**
 * Starts a local Discord for one application, which refuses what Discord would refuse.
 *
 * @remarks A discord.js client connects with `rest: { api: standIn.apiUrl }` and nothing else changed.
 */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const { token = 'stand-in-token', port = 0, callbackLimit = 3000, waitLimit = 10_000 } = options;
  const { heartbeatInterval = 41_250, rateLimits = [] } = options;
  const clock = makeClock();
  const world = makeWorld(clock, token);
  const trouble = makeTrouble();
  const requests: RecordedRequest[] = [];
  const rest = makeRest({ world, trouble, requests, callbackLimit, rateLimits });
  const gateway = makeGateway(rest.server, { world, trouble, heartbeatInterval });
  await rest.listen({ host: '127.0.0.1', port });
  world.origin = `http://127.0.0.1:${(rest.server.address() as AddressInfo).port}`;
  const waiting = { world, requests, limit: waitLimit };
  const company = { world, waiting, callbackLimit };
  const people: Person[] = [];

  return {
    apiUrl: `${world.origin}/api`,
    origin: world.origin,
    token,
    applicationId: world.applicationId,
    clock,
    requests,
    get refused() {
      return requests.filter(
        ({ status, trouble }) => status >= 400 && status < 500 && trouble !== '401' && trouble !== '429',
      );
    },
    get commands() {
      return world.commands;
    },
    get connections() {
      return gateway.connections;
    },
    trouble,
    addServer: (name, serverOptions) => addServer(world, name, serverOptions),
    addPerson: (displayName, personOptions) => {
      const person = addPerson(company, displayName, personOptions);
      people.push(person);
      return person;
    },
    people,
    seenBy: ({ id }, channelId) => sightOf(company, id, channelId),
    onChange: (listener) => {
      world.events.on('change', listener);
      return () => world.events.off('change', listener);
    },
    deliver: (interaction) => deliver(world, interaction),
    disconnect: gateway.disconnect,
    reconnect: gateway.reconnect,
    invalidate: gateway.invalidate,
    freeze: gateway.freeze,
    until: (what, check) => waitFor(waiting, what, check),
    bytesOf: ({ id }) => {
      const file = world.files.get(id);
      if (!file) throw new Error(`no file ${id} is kept`);
      return file.bytes;
    },
    stop: async () => {
      gateway.close();
      await rest.close();
    },
  };
}
