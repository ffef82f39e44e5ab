// What the panel calls trouble, as the stand-in's orders.
import type { RequestTrouble, StandIn, TroubleOrder } from '../stand-in/index.js';
import type { GatewayTrouble, TroubleKind, TroubleScope, View } from './protocol.js';

const kinds: Record<TroubleKind, Pick<RequestTrouble, 'kind' | 'milliseconds'>> = {
  slow: { kind: 'delay-before', milliseconds: 2000 },
  // Later than the bot waits: done, but it cannot know.
  late: { kind: 'delay', milliseconds: 12_000 },
  failing: { kind: '5xx-before' },
  'done-but-failing': { kind: '5xx-after' },
  lost: { kind: 'answer-lost-after-accept' },
  reset: { kind: 'reset-after' },
  limited: { kind: '429', milliseconds: 2000 },
};

const scopes: Record<TroubleScope, RegExp> = {
  all: /./,
  answers: /^\/(interactions|webhooks)\//,
  posts: /^\/channels\/\d+\/messages/,
};

/** Makes the next requests of a kind fail. */
export function orderTrouble(discord: StandIn, kind: TroubleKind, scope: TroubleScope, times: number): void {
  discord.trouble.next({ ...kinds[kind], path: scopes[scope], times: times === 0 ? Infinity : times });
}

/** Does something to the gateway, now or with the next event. */
export function troubleGateway(discord: StandIn, trouble: GatewayTrouble): void {
  if (trouble === 'cut') discord.disconnect(1006);
  if (trouble === 'reconnect') discord.reconnect();
  if (trouble === 'invalid') discord.invalidate();
  if (trouble === 'missed') discord.trouble.next({ event: 'INTERACTION_CREATE', kind: 'lost' });
}

/** What is still to come, by the panel's own names. */
export function pendingTrouble(discord: StandIn): View['pending'] {
  return discord.trouble.pending.map(({ order, left }) => ({
    kind: nameOf(order),
    left: left === Infinity ? 'all' : left,
  }));
}

function nameOf(order: TroubleOrder): string {
  if ('event' in order) return 'missed';
  const found = Object.entries(kinds).find(([, { kind }]) => kind === order.kind);
  return found?.[0] ?? order.kind;
}
