// The scripted day, a step at a time: every step waits until the page says go on.
import { type Caption, inBoth } from '../caption.js';
import { aDirector } from '../director.js';
import { playTheDay } from '../play.js';
import type { Spot, Transcript } from '../transcript.js';
import type { Play, PlayLine } from './protocol.js';
import type { Scene } from './theatre.js';

/** A play under way. */
export interface Performance {
  readonly state: Play;
  /** Lets the next step happen, or all that are left. */
  go(all: boolean): void;
}

export interface Audience {
  /** The play has come to somebody somewhere. */
  follow(spot: Spot): void;
  changed(): void;
}

/** Begins the scripted day on a stage made for it; it stands before its first step. */
export function beginPlay({ stage, partner }: Scene, audience: Audience): Performance {
  const lines: PlayLine[] = [];
  let next: Caption | undefined;
  let isOver = false;
  let isFree = false;
  let open: (() => void) | undefined;

  const write = (kind: PlayLine['kind'], text: Caption) => {
    lines.push({ kind, text });
    audience.changed();
  };
  const gate = async (what: Caption) => {
    if (isFree) return;
    next = what;
    audience.changed();
    await new Promise<void>((resolve) => {
      open = resolve;
    });
    next = undefined;
  };
  const transcript: Transcript = {
    scene: (title) => write('scene', title),
    // Who acts is looked at once they do: what the step before brought is seen until then.
    does: async (what, spot) => {
      await gate(what);
      if (spot) audience.follow(spot);
      write('does', what);
    },
    answer: () => {},
    opens: () => {},
    note: async (text) => {
      await gate(text);
      write('note', text);
    },
    fault: (text) => write('fault', inBoth(text)),
    save: () => '',
  };

  playTheDay(stage, aDirector(stage, transcript), partner)
    .catch((error: Error) => write('fault', inBoth(error.message)))
    .finally(() => {
      isOver = true;
      audience.changed();
    });

  return {
    get state() {
      return { lines, isOver, ...(next !== undefined && { next }) };
    },
    go: (all) => {
      isFree ||= all;
      open?.();
    },
  };
}
