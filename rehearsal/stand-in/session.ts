// One client's session: what it is told, in order, and what it missed while it was away.
import { type GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import type { TroubleBook } from './trouble.js';
import type { Dispatch } from './world.js';

/** It outlives its connection, so that the client can come back. */
export interface Session {
  id: string;
  intents: number;
  /** Everything dispatched so far: the sequence number is the place in it, counted from 1. */
  sent: Dispatch[];
  /** Absent while nobody is at the other end. */
  socket?: WebSocket;
}

/** The one way by which events reach a client; what it missed waits for its return. */
export function tell(session: Session, dispatch: Dispatch, trouble: TroubleBook): void {
  if (!isWanted(session.intents, dispatch.event)) return;
  const order = trouble.forEvent(dispatch.event);
  if (order?.kind === 'lost') return;
  if (order?.kind === 'late') {
    setTimeout(() => put(session, dispatch), order.milliseconds).unref();
    return;
  }
  put(session, dispatch);
  if (order?.kind === 'twice') show(session, session.sent.length);
}

/** Tells again what came after a sequence number. */
export function replay(session: Session, after: number): void {
  // The first is READY, which no resume brings back.
  for (let sequence = Math.max(1, after) + 1; sequence <= session.sent.length; sequence += 1) {
    show(session, sequence);
  }
}

/** Sends one payload of the gateway. */
export function send(socket: WebSocket, op: GatewayOpcodes, d: unknown, more: object = {}): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null, ...more }));
}

function put(session: Session, dispatch: Dispatch): void {
  session.sent.push(dispatch);
  show(session, session.sent.length);
}

function show({ socket, sent }: Session, sequence: number): void {
  const dispatch = sent[sequence - 1];
  if (!socket || !dispatch) return;
  send(socket, GatewayOpcodes.Dispatch, dispatch.data, { t: dispatch.event, s: sequence });
}

function isWanted(intents: number, event: GatewayDispatchEvents): boolean {
  if (event.startsWith('GUILD_SCHEDULED_EVENT_')) {
    return (intents & GatewayIntentBits.GuildScheduledEvents) !== 0;
  }
  const aboutGuilds = /^(GUILD|CHANNEL)_/.test(event);
  return !aboutGuilds || (intents & GatewayIntentBits.Guilds) !== 0;
}
