// The gateway: how the bot's clients connect, come back, and are cut off.
import type { Server } from 'node:http';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayIdentifyData,
  GatewayOpcodes,
  type GatewayResumeData,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import type { StandIn } from './driver/contract.js';
import type { SessionTrouble } from './driver/orders.js';
import { guildCreatePayload, userPayload } from './payloads.js';
import { replay, type Session, send, tell } from './session.js';
import type { TroubleBook } from './trouble.js';
import type { World } from './world.js';

export interface Gateway
  extends Pick<StandIn, 'connections' | 'disconnect' | 'reconnect' | 'invalidate' | 'freeze'> {
  close(): void;
}

export interface GatewayOptions {
  world: World;
  trouble: TroubleBook;
  /** In real milliseconds. */
  heartbeatInterval: number;
}

/** After these close codes Discord has forgotten the session; any other can be resumed. */
const endings = [1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014];

/** Attaches the gateway to a server's upgrades. */
export function makeGateway(server: Server, { world, trouble, heartbeatInterval }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  const frozen = new WeakSet<WebSocket>();

  world.events.on('dispatch', (dispatch) => {
    for (const session of sessions.values()) tell(session, dispatch, trouble);
  });

  sockets.on('connection', (socket) => {
    let session: Session | undefined;
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatInterval });
    socket.on('message', (raw) => {
      if (frozen.has(socket)) return;
      const { op, d } = JSON.parse(raw.toString());
      if (op === GatewayOpcodes.Heartbeat) send(socket, GatewayOpcodes.HeartbeatAck, null);
      if (op === GatewayOpcodes.Identify) session = identify(socket, d);
      if (op === GatewayOpcodes.Resume) session = resume(socket, d);
      world.events.emit('change');
    });
    socket.on('close', (code) => {
      if (session?.socket === socket) delete session.socket;
      if (session && endings.includes(code)) sessions.delete(session.id);
      world.events.emit('change');
    });
  });

  function identify(socket: WebSocket, { token, intents }: GatewayIdentifyData): Session | undefined {
    if (!isRight(socket, token) || isRefused(socket, trouble.forSession('identify'))) return undefined;
    const session: Session = { id: world.nextId(), intents: Number(intents), sent: [], socket };
    const guilds = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
    const data = {
      v: 10,
      user: userPayload(world.bot),
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: world.origin.replace('http', 'ws'),
      shard: [0, 1],
      application: { id: world.applicationId, flags: 0 },
    };
    tell(session, { event: GatewayDispatchEvents.Ready, data }, trouble);
    for (const guild of guilds.filter(({ unavailable }) => !unavailable)) {
      const introduction = guildCreatePayload(world, guild);
      tell(session, { event: GatewayDispatchEvents.GuildCreate, data: introduction }, trouble);
    }
    sessions.set(session.id, session);
    return session;
  }

  function resume(socket: WebSocket, { token, session_id, seq }: GatewayResumeData): Session | undefined {
    if (!isRight(socket, token)) return undefined;
    const order = trouble.forSession('resume');
    if (order?.kind === 'invalid' && !order.resumable) sessions.delete(session_id);
    if (isRefused(socket, order)) return undefined;
    const session = sessions.get(session_id);
    if (!session) {
      send(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    session.socket = socket;
    replay(session, seq - (order?.kind === 'replay' ? order.events : 0));
    tell(session, { event: GatewayDispatchEvents.Resumed, data: {} }, trouble);
    return session;
  }

  function isRight(socket: WebSocket, token: string): boolean {
    if (token === world.token) return true;
    socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    return false;
  }

  /** The sessions that somebody is connected to, with what connects them. */
  function connected(): { session: Session; socket: WebSocket }[] {
    return [...sessions.values()].flatMap((session) =>
      session.socket ? [{ session, socket: session.socket }] : [],
    );
  }

  return {
    get connections() {
      return connected().length;
    },
    disconnect: (code = 4000) => {
      for (const { session, socket } of connected()) {
        if (code === 1006) socket.terminate();
        else socket.close(code);
        delete session.socket;
        if (endings.includes(code)) sessions.delete(session.id);
      }
    },
    reconnect: () => {
      for (const { socket } of connected()) send(socket, GatewayOpcodes.Reconnect, null);
    },
    invalidate: ({ resumable = false } = {}) => {
      for (const { session, socket } of connected()) {
        send(socket, GatewayOpcodes.InvalidSession, resumable);
        if (!resumable) sessions.delete(session.id);
      }
    },
    freeze: ({ closes = false } = {}) => {
      for (const { session, socket } of connected()) {
        frozen.add(socket);
        if (!closes) socket.pause();
        delete session.socket;
      }
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** Whether an order stands in the way of a session; then the client has been told. */
function isRefused(socket: WebSocket, order: SessionTrouble | undefined): boolean {
  if (order?.kind === 'close') socket.close(order.code);
  if (order?.kind === 'invalid') send(socket, GatewayOpcodes.InvalidSession, order.resumable ?? false);
  return order?.kind === 'close' || order?.kind === 'invalid';
}
