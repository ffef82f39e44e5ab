// What the tests of the daily tally share: a stage whose channels each have a schedule, and cards to read.
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { type Bot, startBot } from '../../rehearsal/bot.js';
import { type Channel, type Exchange, type OptionValues, wordsOf } from '../../rehearsal/stand-in/index.js';
import { aStage, type Stage, type StageOptions } from '../support/campaign.js';

export interface TallyStage extends Stage {
  /** A new channel with a daily tally in English, which ends with the test. */
  scheduled(time: string, timezone: string, more?: OptionValues): Promise<Channel>;
  schedule(channel: Channel, time: string, timezone: string, more?: OptionValues): Promise<Exchange>;
  /** An organizer's command, in the organizers' channel. */
  command(name: string, options?: OptionValues): Promise<Exchange>;
  /** Enters the petition page's total. */
  count(people: number, more?: OptionValues): Promise<Exchange>;
  /** A second process on the same database, as a careless update leaves it running. */
  anotherBot(): Promise<Bot>;
}

export async function aTallyStage(options: StageOptions = {}): Promise<TallyStage> {
  const stage = await aStage(options);
  const { discord, databasePath } = stage;
  const command: TallyStage['command'] = (name, given) => stage.ada.in(stage.organizers).command(name, given);
  const schedule: TallyStage['schedule'] = (channel, time, timezone, more) =>
    command('tally schedule', { channel, time, timezone, language: 'en', ...more });
  let channels = 0;
  // Not a copy: a restart puts a new bot onto the stage.
  return Object.assign(stage, {
    command,
    schedule,
    async scheduled(time: string, timezone: string, more: OptionValues = {}) {
      channels += 1;
      const channel = stage.server.addChannel(`tally-${channels}`);
      await schedule(channel, time, timezone, more);
      onTestFinished(async () => {
        await command('tally remove', { channel });
      });
      return channel;
    },
    count: (people: number, more: OptionValues = {}) =>
      command('signatures count', { source: 'Petition page', people, ...more }),
    async anotherBot() {
      const bot = startBot({ discord, databasePath, folder: path.dirname(databasePath) });
      onTestFinished(() => bot.kill());
      await Promise.all([bot.ready, bot.setClock(discord.clock.now())]);
      return bot;
    },
  });
}

export const cards = (channel: Channel): string[] => channel.messages.map(wordsOf);
export const latest = (channel: Channel): string => cards(channel).at(-1) ?? '';

/** The gain that a card shows, without its mark; undefined on a first card. */
export const gain = (card: string): string | undefined =>
  /^(?:📈 |📉 )?(.*\bsince\b.*)$/m.exec(card.split('What we did')[0] ?? '')?.[1];
