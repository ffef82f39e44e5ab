// Refused of callbacks: thinking states, suggestions, modals.
import { describe } from 'vitest';
import { EPHEMERAL, long, refuses, V2 } from './bodies.js';

describe('callbacks', () => {
  refuses([
    ['of no known type', 'reply', 'type', 99, 'UNION_TYPE_CHOICES'],
    ['of a type in words', 'reply', 'type', '4', 'UNION_TYPE_CHOICES'],
    ['thinking with the V2 flag', 'thinking', 'data.flags', EPHEMERAL | V2, 'MESSAGE_FLAGS_INVALID'],
    [
      'an update with V2 and content',
      'update',
      'data.flags',
      V2,
      'data.content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
    ],
  ]);
});

describe('suggestions', () => {
  const at = 'data.choices.0';
  refuses([
    [
      '26 of them',
      'suggestions',
      'data.choices',
      Array(26).fill({ name: 'a', value: 'a' }),
      'BASE_TYPE_MAX_LENGTH',
    ],
    ['a value of 101', 'suggestions', `${at}.value`, long(101), 'BASE_TYPE_MAX_LENGTH'],
    ['a name of 101', 'suggestions', `${at}.name`, long(101), 'BASE_TYPE_MAX_LENGTH'],
    ['an empty name', 'suggestions', `${at}.name`, '', 'BASE_TYPE_MIN_LENGTH'],
    ['none', 'suggestions', at, null, 'BASE_TYPE_REQUIRED'],
    ['no value', 'suggestions', `${at}.value`, undefined, 'BASE_TYPE_REQUIRED'],
  ]);
});

describe('modals', () => {
  const at = 'data.components';
  const text = { type: 10, content: 'x' };
  refuses([
    ['no title', 'modal', 'data.title', undefined, 'BASE_TYPE_REQUIRED'],
    ['a title of 46', 'modal', 'data.title', long(46), 'BASE_TYPE_MAX_LENGTH'],
    ['no custom_id', 'modal', 'data.custom_id', undefined, 'BASE_TYPE_REQUIRED'],
    ['a custom_id of 101', 'modal', 'data.custom_id', long(101), 'BASE_TYPE_MAX_LENGTH'],
    ['no parts', 'modal', at, [], `${at} BASE_TYPE_MIN_LENGTH`],
    ['six parts', 'modal', at, Array(6).fill(text), `${at} BASE_TYPE_MAX_LENGTH`],
    [
      'a button',
      'modal',
      `${at}.0`,
      { type: 2, style: 1, custom_id: 'x', label: 'x' },
      `${at}.0.type UNION_TYPE_CHOICES`,
    ],
    ['a Label of 46', 'modal', `${at}.1.label`, long(46), 'BASE_TYPE_MAX_LENGTH'],
    ['a Label of nothing', 'modal', `${at}.1.component`, undefined, 'BASE_TYPE_REQUIRED'],
    ['a Label of a text', 'modal', `${at}.1.component`, text, `${at}.1.component.type UNION_TYPE_CHOICES`],
    [
      'a text input with its own label in a Label',
      'modal',
      `${at}.1.component.label`,
      'x',
      'TEXT_INPUT_LABEL_IN_LABEL',
    ],
    [
      'a text input without a label in a row',
      'modal of rows',
      `${at}.0.components.0.label`,
      undefined,
      'BASE_TYPE_REQUIRED',
    ],
    ['a disabled select', 'modal', `${at}.2.component.disabled`, true, 'COMPONENT_DISABLED_IN_MODAL'],
    ['a disabled text input', 'modal', `${at}.1.component.disabled`, true, 'UNKNOWN_FIELD'],
    ['a value of 4001', 'modal', `${at}.1.component.value`, long(4001), 'BASE_TYPE_MAX_LENGTH'],
    [
      'a value longer than the input takes',
      'modal',
      `${at}.1.component.value`,
      long(101),
      'BASE_TYPE_MAX_LENGTH',
    ],
    ['at least longer than at most', 'modal', `${at}.1.component.min_length`, 101, 'NUMBER_TYPE_MAX'],
    ['a placeholder of 101', 'modal', `${at}.1.component.placeholder`, long(101), 'BASE_TYPE_MAX_LENGTH'],
    ['required, but none will do', 'modal', `${at}.2.component.min_values`, 0, 'NUMBER_TYPE_MIN'],
    ['more boxes to tick than there are', 'modal', `${at}.3.component.max_values`, 2, 'NUMBER_TYPE_MAX'],
    [
      'one radio button',
      'modal',
      `${at}.4.component.options`,
      [{ label: 'x', value: 'x' }],
      'BASE_TYPE_MIN_LENGTH',
    ],
    [
      'two radio buttons of one value',
      'modal',
      `${at}.4.component.options.1.value`,
      'en',
      `${at}.4.component.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`,
    ],
    [
      'two inputs of one custom_id',
      'modal',
      `${at}.4.component.custom_id`,
      'consent',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
  ]);
});
