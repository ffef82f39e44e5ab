// What the doctor finds: a mark and a sentence, which says what to do where something is not well.

export interface Finding {
  mark: '✔' | '!' | '✖';
  says: string;
}

export const well = (says: string): Finding => ({ mark: '✔', says });

/** Minga runs, but somebody should know this. */
export const notice = (says: string): Finding => ({ mark: '!', says });

/** Minga, or a part of it, will not work. */
export const wrong = (says: string): Finding => ({ mark: '✖', says });
