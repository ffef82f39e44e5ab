// What a refusal is, and the few that many rules make.

/** One thing that Discord would not take: where in the body, its code, and what is wrong. */
export interface Refusal {
  /** Keys and indices from the body's root, as in Discord's `errors`; files as `['files', n]`. */
  path: (string | number)[];
  /**
   * A code of Discord's field errors (50035) where one is known, else ours in its manner. All digits: a
   * code that answers for the whole request instead (50006, 40005, 30015). `HOUSE`: ours, see house.ts.
   */
  code: string;
  message: string;
}

export type Path = Refusal['path'];

/** One refusal. */
export function refusal(path: Path, code: string, message: string): Refusal {
  return { path, code, message };
}

/** That refusal if the condition holds, else none. */
export function refusedIf(condition: unknown, refused: Refusal): Refusal[] {
  return condition ? [refused] : [];
}

export function required(path: Path): Refusal {
  return refusal(path, 'BASE_TYPE_REQUIRED', 'This field is required');
}

/** Too many characters, items or values; `maximum` is what would still be taken. */
export function tooLong(path: Path, maximum: number | bigint): Refusal {
  return refusal(path, 'BASE_TYPE_MAX_LENGTH', `Must be ${maximum} or fewer in length.`);
}

/** A string that Discord, which trims, takes for none. */
export function isBlank(text: string | null | undefined): boolean {
  return (text ?? '').trim() === '';
}

/** The indices at which a value comes again; what has no value is passed over. */
export function repeatedAt(values: readonly (string | number | null | undefined)[]): number[] {
  return [...values.keys()].filter((index) => {
    const value = values[index];
    return value != null && values.indexOf(value) < index;
  });
}
