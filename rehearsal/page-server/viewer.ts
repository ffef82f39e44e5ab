// One open page: as whom and where it looks, and what it is shown whenever that changes.
import type { WebSocket } from 'ws';
import type { LogLine } from '../bot.js';
import { DriverError, type Sight, type Speaker } from '../stand-in/index.js';
import type { Answer, Push, Someone, View } from './protocol.js';
import type { Scene } from './theatre.js';
import { campaignFolders } from './theatre.js';
import { pendingTrouble } from './troubles.js';

/** What all pages show alike. */
export interface House {
  readonly scene: Scene;
  readonly extras: Pick<View, 'isMoving'> & Partial<Pick<View, 'play'>>;
}

export interface Viewer {
  look(as: string, channel: string | undefined): void;
  /** The person in the place, to act. */
  speaker(): Speaker;
  setLanguage(locale: string): void;
  /** Shows everything anew, once this turn of the loop is over. */
  refresh(): void;
  /** There is another stage: looks at its like. */
  restart(): void;
  say(message: Answer | Push): void;
}

/** pino's levels: 40 is a warning. What has none is no JSON, so nothing that the log meant to say. */
const isWarning = ({ level = 60 }: LogLine) => level >= 40;

/** A page at the other end of a socket. */
export function aViewer(socket: WebSocket, house: House): Viewer {
  let as = house.scene.cast[0]?.id ?? '';
  let name = '';
  let channel = house.scene.stage.general.id;
  let shownRequests = 0;
  let shownCommands = '';
  let isDue = false;

  const say = (message: Answer | Push) => socket.send(JSON.stringify(message));
  const person = (id = as) => {
    const found = house.scene.stage.discord.people.find((one) => one.id === id);
    if (!found) throw new Error(`nobody has the id ${id}`);
    return found;
  };

  function show(): void {
    isDue = false;
    if (socket.readyState !== socket.OPEN) return;
    const { stage, folder, cast } = house.scene;
    const { discord } = stage;
    const someone = ({ id, rank }: Scene['cast'][number]): Someone => {
      const { displayName: name, locale } = person(id);
      return { id, name, locale, rank };
    };
    const { commands, ...sight } = sightOf(as, channel);
    channel = sight.channel.id;
    const people = cast.map(someone);
    const me = people.find(({ id }) => id === as);
    if (!me) return;
    const versions = commands.map(({ version }) => version).join(' ');
    if (versions !== shownCommands) say({ commands });
    shownCommands = versions;
    if (discord.requests.length > shownRequests || shownRequests === 0) {
      say({ requests: discord.requests.slice(shownRequests), from: shownRequests });
      shownRequests = discord.requests.length;
    }
    say({
      view: {
        ...sight,
        ...house.extras,
        now: discord.clock.now(),
        me,
        people,
        stage: discord.applicationId,
        connections: discord.connections,
        warnings: stage.bot.logs.filter(isWarning),
        pending: pendingTrouble(discord),
        folders: campaignFolders(),
        folder,
      },
    });
  }

  /** What somebody sees in a channel; where they don't see that one, in the first that they do. */
  function sightOf(id: string, wanted: string): Sight {
    const { discord, general } = house.scene.stage;
    for (const place of [wanted, general.id]) {
      try {
        return discord.seenBy(person(id), place);
      } catch (error) {
        if (!(error instanceof DriverError)) throw error;
      }
    }
    const direct = discord.seenBy(person(id), person(id).inDirectMessage().channelId);
    const first = direct.servers[0]?.channels[0];
    return first ? discord.seenBy(person(id), first.id) : direct;
  }

  const viewer: Viewer = {
    look: (id, wanted) => {
      channel = sightOf(id, wanted ?? channel).channel.id;
      as = id;
      name = person().displayName;
      viewer.refresh();
    },
    speaker: () => person().at(channel),
    setLanguage: (locale) => person().setLocale(locale),
    refresh: () => {
      if (isDue) return;
      isDue = true;
      setImmediate(show);
    },
    restart: () => {
      shownRequests = 0;
      shownCommands = '';
      const { cast, stage } = house.scene;
      const same = cast.find(({ id }) => person(id).displayName === name);
      as = same?.id ?? cast[0]?.id ?? '';
      channel = stage.general.id;
      viewer.refresh();
    },
    say,
  };
  return viewer;
}
