// The rehearsal's page: serves it on 127.0.0.1, and carries what people do there to the stand-in.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { Spot } from '../transcript.js';
import { type Forms, isDeed, perform } from './deeds.js';
import { builtPage } from './files.js';
import { leap } from './moments.js';
import { beginPlay, type Performance } from './play.js';
import type { Answer, Ask, Asked } from './protocol.js';
import { aScene, type Scene } from './theatre.js';
import { orderTrouble, troubleGateway } from './troubles.js';
import { aViewer, type Viewer } from './viewer.js';

export interface PageServer {
  /** Where the page is. */
  address: string;
  /** What is on stage at the moment. */
  readonly scene: Scene;
  close(): Promise<void>;
}

/**
 * Starts the stage, and the page that shows it.
 *
 * @param port - Where it is wanted, so that a page left open finds it again; any where that is taken
 */
export async function startPage(port = 0): Promise<PageServer> {
  const server = createServer(builtPage('http://127.0.0.1:*'));
  const viewers = new Set<Viewer>();
  const forms: Forms = new Map();
  const refresh = () => {
    for (const viewer of viewers) viewer.refresh();
  };
  let performance: Performance | undefined;
  let isMoving = false;
  let scene = await aScene();
  let unwatch = watch(scene);
  const house = {
    get scene() {
      return scene;
    },
    get extras() {
      return { isMoving, ...(performance && { play: performance.state }) };
    },
  };

  function watch({ stage }: Scene): () => void {
    stage.bot.onLog(refresh);
    return stage.discord.onChange(refresh);
  }

  async function change(folder: string | undefined, forPlay: boolean): Promise<void> {
    const next = await aScene(folder, forPlay);
    const before = scene;
    unwatch();
    scene = next;
    performance = undefined;
    forms.clear();
    unwatch = watch(scene);
    if (forPlay) {
      const follow = (spot: Spot) => {
        for (const viewer of viewers) viewer.say({ follow: spot });
      };
      performance = beginPlay(scene, { follow, changed: refresh });
    }
    for (const viewer of viewers) viewer.restart();
    await before.stage.close();
  }

  async function obey(viewer: Viewer, ask: Ask): Promise<Omit<Answer, 're'>> {
    if (isDeed(ask)) return perform(viewer.speaker(), ask, forms);
    const { stage } = scene;
    switch (ask.do) {
      case 'look':
        viewer.look(ask.as, ask.channel);
        break;
      case 'language':
        viewer.setLanguage(ask.locale);
        break;
      case 'clock':
        isMoving = true;
        refresh();
        await leap(stage, ask.to).finally(() => {
          isMoving = false;
          refresh();
        });
        break;
      case 'trouble':
        orderTrouble(stage.discord, ask.kind, ask.scope, ask.times);
        refresh();
        break;
      case 'gateway':
        troubleGateway(stage.discord, ask.trouble);
        refresh();
        break;
      case 'calm':
        stage.discord.trouble.clear();
        refresh();
        break;
      case 'scene':
        await change(ask.folder, false);
        break;
      case 'play':
        await change(undefined, true);
        break;
      case 'next':
        performance?.go(ask.all);
    }
    return {};
  }

  const sockets = new WebSocketServer({
    server,
    maxPayload: 64 * 1024 * 1024,
    // Only our own page: not one from elsewhere that happens to be open in the same browser.
    verifyClient: ({ origin }: { origin?: string }) => origin === address,
  });
  sockets.on('connection', (socket) => {
    const viewer = aViewer(socket, house);
    viewers.add(viewer);
    viewer.refresh();
    socket.on('close', () => viewers.delete(viewer));
    socket.on('message', async (raw) => {
      const { id, ...ask } = JSON.parse(raw.toString()) as Asked;
      const answer = await obey(viewer, ask).catch((error: Error) => ({ error: error.message }));
      viewer.say({ re: id, ...answer });
    });
  });

  await listen(server, port).catch(() => listen(server, 0));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address,
    get scene() {
      return scene;
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.close();
      unwatch();
      await scene.stage.close();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
