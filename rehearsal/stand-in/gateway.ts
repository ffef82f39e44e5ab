// The gateway: how the bot's clients connect, come back, and are told what happens.
import type { Server } from 'node:http';
import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayIdentifyData,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayResumeData,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { guildCreatePayload, userPayload } from './payloads.js';
import type { Dispatch, World } from './world.js';

/** One client's session; it outlives its connection, so that the client can come back. */
interface Session {
  id: string;
  intents: number;
  /** Everything dispatched so far: the sequence number is the place in it, counted from 1. */
  sent: Dispatch[];
  socket?: WebSocket;
}

export interface Gateway {
  /** How many sessions are connected. */
  readonly connections: number;
  disconnect(code: number): void;
  close(): void;
}

const heartbeatInterval = 41_250;

/** After these close codes Discord has forgotten the session; any other can be resumed. */
const endings = [1000, 1001, 4004, 4007, 4009, 4010, 4011, 4012, 4013, 4014];

/** Attaches the gateway to a server's upgrades. */
export function makeGateway(world: World, server: Server): Gateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();

  world.events.on('dispatch', (dispatch) => {
    for (const session of sessions.values()) tell(session, dispatch);
  });

  sockets.on('connection', (socket) => {
    let session: Session | undefined;
    send(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatInterval });
    socket.on('message', (raw) => {
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
    if (!isRight(socket, token)) return undefined;
    const session: Session = { id: world.nextId(), intents: Number(intents), sent: [], socket };
    const guilds = [...world.guilds.values()].filter(({ members }) => members.has(world.bot.id));
    tell(session, {
      event: GatewayDispatchEvents.Ready,
      data: {
        v: 10,
        user: userPayload(world.bot),
        guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
        session_id: session.id,
        session_type: 'normal',
        resume_gateway_url: world.origin.replace('http', 'ws'),
        shard: [0, 1],
        application: { id: world.applicationId, flags: 0 },
      },
    });
    for (const guild of guilds) {
      tell(session, { event: GatewayDispatchEvents.GuildCreate, data: guildCreatePayload(world, guild) });
    }
    sessions.set(session.id, session);
    return session;
  }

  function resume(socket: WebSocket, { token, session_id, seq }: GatewayResumeData): Session | undefined {
    if (!isRight(socket, token)) return undefined;
    const session = sessions.get(session_id);
    if (!session) {
      send(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    session.socket = socket;
    for (const [index, dispatch] of [...session.sent.entries()].slice(seq))
      dispatchTo(socket, dispatch, index + 1);
    tell(session, { event: GatewayDispatchEvents.Resumed, data: {} });
    return session;
  }

  function isRight(socket: WebSocket, token: string): boolean {
    if (token === world.token) return true;
    socket.close(GatewayCloseCodes.AuthenticationFailed, 'Authentication failed.');
    return false;
  }

  return {
    get connections() {
      return [...sessions.values()].filter(({ socket }) => socket).length;
    },
    disconnect: (code) => {
      for (const session of sessions.values()) {
        session.socket?.close(code);
        delete session.socket;
        if (endings.includes(code)) sessions.delete(session.id);
      }
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** The one way by which events reach a client; what it missed waits for its return. */
function tell(session: Session, dispatch: Dispatch): void {
  if (!isWanted(session.intents, dispatch.event)) return;
  session.sent.push(dispatch);
  if (session.socket) dispatchTo(session.socket, dispatch, session.sent.length);
}

function isWanted(intents: number, event: GatewayDispatchEvents): boolean {
  const aboutGuilds = /^(GUILD|CHANNEL)_/.test(event);
  return !aboutGuilds || (intents & GatewayIntentBits.Guilds) !== 0;
}

function dispatchTo(socket: WebSocket, { event, data }: Dispatch, sequence: number): void {
  send(socket, GatewayOpcodes.Dispatch, data, { t: event, s: sequence });
}

function send(socket: WebSocket, op: GatewayOpcodes, d: unknown, more: object = {}): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null, ...more }));
}
