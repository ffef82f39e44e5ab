// What is being written: a message, or a command with its options.
import type { Given } from '../../page-server/protocol.js';
import type { Leaf } from './catalog.js';

/** What stands in an option. */
export interface Typed {
  text: string;
  /** What was picked from a list; absent while the text is as typed. */
  value?: Given;
  file?: File;
}

/** Something to pick from the list over the box. */
export interface Item {
  label: string;
  detail?: string;
  pick(): void;
}

export interface Suggested {
  /** 'commands', or the name of an option. */
  for: string;
  items: Item[];
  active: number;
}

export interface Composing {
  text: string;
  files: File[];
  leaf?: Leaf;
  /** By the option's name; those that are there are shown. */
  typed?: Record<string, Typed>;
  suggested?: Suggested;
  wrong?: { option?: string; text: string };
}
