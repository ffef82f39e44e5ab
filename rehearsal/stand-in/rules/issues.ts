// What the schemas complain of, told as Discord tells it: the path, the code, the words.
import type { core } from 'zod/mini';
import { type Path, type Refusal, refusal, required, tooLong } from './refusal.js';

type Issue = core.$ZodIssue;

/**
 * One issue as refusals; of a union, those of the branch that was meant.
 *
 * @param under - Where the value that was checked sits in the body
 */
export function refusalsOfIssue(issue: Issue, under: Path): Refusal[] {
  const path = [...under, ...issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key))];
  if (issue.input === undefined) return [required(path)];
  switch (issue.code) {
    case 'invalid_union':
      return refusalsOfUnion(issue.errors, path);
    case 'too_big':
      return [isCounted(issue.origin) ? tooLong(path, issue.maximum) : tooMuch(path, issue.maximum)];
    case 'too_small':
      return [isCounted(issue.origin) ? tooShort(path, issue.minimum) : tooLittle(path, issue.minimum)];
    case 'invalid_value':
      return [refusal(path, 'BASE_TYPE_CHOICES', `Value must be one of (${issue.values.join(', ')}).`)];
    case 'invalid_format':
      return [
        refusal(path, CODES[issue.format] ?? 'STRING_TYPE_REGEX', `Not a well formed ${issue.format}.`),
      ];
    case 'invalid_type':
      return [refusal(path, CODES[issue.expected] ?? 'BASE_TYPE_COERCE', `Not of type ${issue.expected}.`)];
    default:
      return [refusal(path, 'BASE_TYPE_COERCE', issue.message)];
  }
}

const CODES: Record<string, string> = {
  url: 'URL_TYPE_INVALID_URL',
  datetime: 'DATE_TIME_TYPE_PARSE',
  string: 'STRING_TYPE_CONVERT',
  number: 'NUMBER_TYPE_COERCE',
  int: 'NUMBER_TYPE_COERCE',
  boolean: 'BOOLEAN_TYPE_CONVERT',
  array: 'LIST_TYPE_CONVERT',
  object: 'MODEL_TYPE_CONVERT',
  record: 'DICT_TYPE_CONVERT',
};

function isCounted(origin: string): boolean {
  return origin === 'string' || origin === 'array';
}

function tooShort(path: Path, minimum: number | bigint): Refusal {
  return refusal(path, 'BASE_TYPE_MIN_LENGTH', `Must be ${minimum} or more in length.`);
}

function tooMuch(path: Path, maximum: number | bigint): Refusal {
  return refusal(path, 'NUMBER_TYPE_MAX', `Value should be less than or equal to ${maximum}.`);
}

function tooLittle(path: Path, minimum: number | bigint): Refusal {
  return refusal(path, 'NUMBER_TYPE_MIN', `Value should be greater than or equal to ${minimum}.`);
}

/** A `type` that stands for none of the shapes allowed here. */
export function unknownType(path: Path, types: readonly unknown[]): Refusal {
  const words = `Value of field "type" must be one of (${types.join(', ')}).`;
  return refusal([...path, 'type'], 'UNION_TYPE_CHOICES', words);
}

// The branch that was meant is of the right `type`, then the one that fits best.
function refusalsOfUnion(branches: Issue[][], path: Path): Refusal[] {
  const meant = branches.filter((branch) => !branch.some(isOtherType));
  if (meant.length === 0) {
    const types = branches.flat().flatMap((issue) => (isOtherType(issue) ? issue.values : []));
    return [unknownType(path, types)];
  }
  const [nearest = []] = meant.sort((one, other) => misfit(one) - misfit(other));
  return nearest.flatMap((issue) => refusalsOfIssue(issue, path));
}

// A branch that expects another kind of value altogether fits less than one with wrong parts.
function misfit(branch: Issue[]): number {
  const misfits = branch.filter(({ code }) => code === 'invalid_type' || code === 'invalid_value');
  return misfits.reduce((sum, issue) => sum + (issue.path.length === 0 ? 100 : 1), 0);
}

function isOtherType(issue: Issue): issue is core.$ZodIssueInvalidValue {
  return issue.code === 'invalid_value' && issue.path.join() === 'type';
}
