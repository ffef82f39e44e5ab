// The scripted day, a step at a time: every step waits until the page says go on.
import { aDirector, type Director } from '../director.js';
import { playTheDay } from '../play.js';
import type { Stage } from '../stage.js';
import type { Transcript } from '../transcript.js';
import type { Play, PlayLine } from './protocol.js';

/** A play under way. */
export interface Performance {
  readonly state: Play;
  /** Lets the next step happen, or all that are left. */
  go(all: boolean): void;
}

export interface Audience {
  /** The play has come to somebody somewhere. */
  follow(as: string, channel: string): void;
  changed(): void;
}

/** Begins the scripted day on a stage made for it; it stands before its first step. */
export function beginPlay(stage: Stage, audience: Audience): Performance {
  const lines: PlayLine[] = [];
  let next: string | undefined;
  let isOver = false;
  let isFree = false;
  let open: (() => void) | undefined;

  const write = (kind: PlayLine['kind'], text: string) => {
    lines.push({ kind, text });
    audience.changed();
  };
  const gate = async (what: string) => {
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
    does: (who, what) => write('does', `${who}: ${what}`),
    answer: () => {},
    opens: () => {},
    note: (text) => write('note', text),
    fault: (text) => write('fault', text),
    save: () => '',
  };

  playTheDay(stage, gated(aDirector(stage, transcript), gate, audience))
    .catch((error: Error) => write('fault', error.message))
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

/** A director who waits before every step, then has the audience look at whoever acts: what came is seen until the next. */
function gated(director: Director, gate: (what: string) => Promise<void>, { follow }: Audience): Director {
  return {
    get faults() {
      return director.faults;
    },
    get steps() {
      return director.steps;
    },
    scene: director.scene,
    arrivals: director.arrivals,
    command: async (who, where, name, options, expected) => {
      await gate(`${who.displayName} → #${where.name}: /${name}`);
      follow(who.id, where.id);
      return director.command(who, where, name, options, expected);
    },
    press: async (who, where, message, button, expected) => {
      await gate(`${who.displayName} → #${where.name}: [${button}]`);
      follow(who.id, where.id);
      return director.press(who, where, message, button, expected);
    },
    menu: async (who, where, name, message, expected) => {
      await gate(`${who.displayName} → #${where.name}: ${name}`);
      follow(who.id, where.id);
      return director.menu(who, where, name, message, expected);
    },
    submit: async (who, form, values, expected) => {
      await gate(`${who.displayName}: ${form.modal?.title ?? ''}`);
      return director.submit(who, form, values, expected);
    },
    clock: async (moment, shown) => {
      await gate(shown);
      return director.clock(moment, shown);
    },
  };
}
