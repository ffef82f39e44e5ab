// Lets people act on the stage, writes down what happens, and checks each answer against what was expected.
import type { APIMessage } from 'discord-api-types/v10';
import { type Caption, chosen, inPlace, typed } from './caption.js';
import type { Stage } from './stage.js';
import {
  type Channel,
  type Exchange,
  type FieldValue,
  type OptionValues,
  type Person,
  wordsOf,
  wordsOfModal,
} from './stand-in/index.js';
import type { Transcript } from './transcript.js';

/** What an answer has to be, so that the step counts as played. */
export interface Expected {
  /** Every one of these is to be read in it. */
  says?: readonly (string | RegExp)[];
  /** Who sees it; not checked where it is left out. */
  seenBy?: 'everyone' | 'one';
  /** It carries a picture. */
  picture?: boolean;
  /** It comes in this many messages; one where it is left out. */
  messages?: number;
}

export interface Director {
  /** How many steps did not get the answer they expected. */
  readonly faults: number;
  readonly steps: number;
  scene(title: Caption): void;
  command(
    who: Person,
    where: Channel,
    name: string,
    options: OptionValues,
    expected: Expected,
  ): Promise<Exchange>;
  press(
    who: Person,
    where: Channel,
    message: APIMessage | undefined,
    button: string,
    expected: Expected,
  ): Promise<Exchange>;
  menu(who: Person, where: Channel, name: string, message: APIMessage, expected: Expected): Promise<Exchange>;
  submit(
    who: Person,
    form: Exchange,
    values: Record<string, FieldValue>,
    expected: Expected,
  ): Promise<Exchange>;
  /** Moves the clock of Discord and the bot; what falls due is done when it resolves. */
  clock(moment: string, shown: Caption): Promise<void>;
  /** Messages that came into a channel by themselves since it was last asked. */
  arrivals(where: Channel, count: number, expected: Expected): void;
}

/** Directs a play on a stage. */
export function aDirector(stage: Stage, transcript: Transcript): Director {
  let faults = 0;
  let steps = 0;
  const seen = new Set<string>();

  function check(
    words: string,
    isPublic: boolean,
    picture: boolean,
    { says = [], seenBy, picture: wanted }: Expected,
  ) {
    steps += 1;
    const wrong = [
      ...says.filter((part) => !(typeof part === 'string' ? words.includes(part) : part.test(words))),
      ...(seenBy && isPublic !== (seenBy === 'everyone') ? [`seen by ${seenBy}`] : []),
      ...(wanted && !picture ? ['a picture'] : []),
    ];
    for (const part of wrong) transcript.fault(`expected ${part}`);
    if (wrong.length > 0) faults += 1;
  }

  async function settle(answer: Promise<Exchange>, who: Person, expected: Expected): Promise<Exchange> {
    const { messages = 0 } = expected;
    const exchange = await (await answer).until((so) => so.messages.length >= messages);
    if (exchange.kind === 'none') transcript.fault('no answer: «The application did not respond»');
    if (exchange.modal) transcript.opens(wordsOfModal(exchange.modal), who.locale);
    for (const message of exchange.messages) {
      seen.add(message.id);
      const seenBy = exchange.private ? `only ${who.displayName} sees it` : 'everyone sees it';
      transcript.answer(message, seenBy, who.locale);
    }
    const words = exchange.modal ? wordsOfModal(exchange.modal) : exchange.messages.map(wordsOf).join('\n');
    check(
      words,
      !exchange.private,
      exchange.messages.some(({ attachments }) => attachments.length > 0),
      expected,
    );
    return exchange;
  }

  const spot = (who: Person, where: Channel) => ({ as: who.id, channel: where.id });

  return {
    get faults() {
      return faults;
    },
    get steps() {
      return steps;
    },
    scene: transcript.scene,
    async command(who, where, name, options, expected) {
      const caption = inPlace(who, where, typed(stage.discord.commands, name, options));
      await transcript.does(caption, spot(who, where));
      return settle(who.in(where).command(name, options), who, expected);
    },
    async press(who, where, message, button, expected) {
      const caption = inPlace(who, where, { en: `presses [${button}]`, es: `presiona [${button}]` });
      await transcript.does(caption, spot(who, where));
      if (!message) throw new Error(`there is no message with [${button}]`);
      return settle(who.in(where).press(message, button), who, expected);
    },
    async menu(who, where, name, message, expected) {
      const caption = inPlace(who, where, chosen(stage.discord.commands, name, message.content));
      await transcript.does(caption, spot(who, where));
      return settle(who.in(where).menu(name, message), who, expected);
    },
    async submit(who, form, values, expected) {
      const fields = Object.entries(values).map(([field, value]) => `${field}: ${String(value)}`);
      const [name, filled] = [who.displayName, fields.join(' · ')];
      await transcript.does({ en: `${name} fills in ${filled}`, es: `${name} llena ${filled}` });
      return settle(form.submit(values), who, expected);
    },
    async clock(moment, shown) {
      await transcript.note(shown);
      await stage.moveTo(moment);
    },
    arrivals(where, count, expected) {
      const fresh = where.messages.filter(
        ({ id, author }) => author.id === stage.discord.applicationId && !seen.has(id),
      );
      for (const message of fresh) {
        seen.add(message.id);
        transcript.answer(message, `in #${where.name}, by itself`);
      }
      if (fresh.length !== count) {
        faults += 1;
        transcript.fault(`expected ${count} new messages in #${where.name}, found ${fresh.length}`);
      }
      const words = fresh.map(wordsOf).join('\n');
      check(
        words,
        true,
        fresh.some(({ attachments }) => attachments.length > 0),
        expected,
      );
    },
  };
}
