// What an import is made of: the rows of a file as its reader hands them over.
import type { SignatureKind } from '../../../db/signatures.js';

/** One signature of a file. */
export interface ReadRow {
  /** The line of the file that it begins on; the first is 1. */
  line: number;
  kind: SignatureKind;
  name: string;
  organization?: string;
  comment?: string;
  /** Trimmed and in lower case. */
  email?: string;
  /** Alpha-2, where it is certain. */
  country: string | null;
  /** What was written where the country is not certain. */
  typedCountry?: string;
  /** What it may be, alpha-2. */
  candidates?: string[];
  /** A certain day. */
  day?: string;
  /** The readings of 03/05/2026; absent where there is no such day. */
  dayFirst?: string;
  monthFirst?: string;
  /** Absent where the file has no word on it. */
  consent?: boolean;
}

/** Why a row can't be taken: keys under `import.reasons`. */
export const rejectReasons = [
  'tooManyCells',
  'noName',
  'nameTooLong',
  'organizationTooLong',
  'commentTooLong',
  'badEmail',
  'badDate',
  'futureDay',
  // Found once it is known how the file's dates are read.
  'wrongOrder',
] as const;
export type RejectReason = (typeof rejectReasons)[number];

/** A row that can't be taken, with its cells as they were written. */
export interface RejectedRow {
  line: number;
  reason: RejectReason;
  cells: string[];
}

export interface RowBatch {
  rows: ReadRow[];
  rejected: RejectedRow[];
  /** Bytes of the file that have been read. */
  consumed: number;
}
