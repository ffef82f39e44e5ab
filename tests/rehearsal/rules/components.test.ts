// Refused of a message's components: their number, their arrangement, and what each must have.
import { describe } from 'vitest';
import { long, refuses } from './bodies.js';

const button = (custom_id: string) => ({ type: 2, style: 1, custom_id, label: 'x' });
const select = (custom_id: string) => ({ type: 3, custom_id, options: [{ label: 'x', value: 'x' }] });
const row = (...components: object[]) => [{ type: 1, components }];
const text = { type: 10, content: 'x' };
const container = (...components: object[]) => [{ type: 17, components }];

describe('layout', () => {
  refuses([
    [
      'six rows',
      'rows',
      'components',
      'abcdef'.split('').flatMap((id) => row(button(id))),
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'six buttons in a row',
      'rows',
      'components',
      row(...'abcdef'.split('').map(button)),
      'components.0.components BASE_TYPE_MAX_LENGTH',
    ],
    ['an empty row', 'rows', 'components', row(), 'components.0.components BASE_TYPE_MIN_LENGTH'],
    [
      'two selects in a row',
      'rows',
      'components',
      row(select('a'), select('b')),
      'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a select beside a button',
      'rows',
      'components',
      row(select('a'), button('b')),
      'components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    [
      'a button beside a select',
      'reply',
      'data.components',
      row(button('b'), select('a')),
      'data.components.0.components.1 COMPONENT_LAYOUT_WIDTH_EXCEEDED',
    ],
    ['a button outside a row', 'rows', 'components', [button('a')], 'components.0.type UNION_TYPE_CHOICES'],
    [
      'a Label in a message',
      'rows',
      'components',
      [{ type: 18, label: 'x', component: select('a') }],
      'components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'a text input in a message',
      'rows',
      'components',
      row({ type: 4, custom_id: 'a', style: 1, label: 'x' }),
      'components.0.components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'a part of no known type',
      'layout',
      'components.0',
      { type: 99 },
      'components.0.type UNION_TYPE_CHOICES',
    ],
    ['a part of no type', 'layout', 'components.0.type', undefined, 'UNION_TYPE_CHOICES'],
    [
      'a Container in a Container',
      'layout',
      'components',
      container(...container(text)),
      'components.0.components.0.type UNION_TYPE_CHOICES',
    ],
    [
      'an empty Container',
      'layout',
      'components',
      container(),
      'components.0.components BASE_TYPE_MIN_LENGTH',
    ],
    ['41 components at the top', 'layout', 'components', Array(41).fill(text), 'BASE_TYPE_MAX_LENGTH'],
    [
      '41 components, some nested',
      'layout',
      'components',
      container(...Array(40).fill(text)),
      'COMPONENT_TOTAL_EXCEEDED',
    ],
    [
      '41 components, accessories among them',
      'layout',
      'components',
      [
        ...'abcdefghijklm'.split('').map((id) => ({ type: 9, components: [text], accessory: button(id) })),
        text,
        text,
      ],
      'COMPONENT_TOTAL_EXCEEDED',
    ],
    [
      '4001 characters in all',
      'layout',
      'components',
      [{ type: 10, content: long(4000) }, ...container(text)],
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
    ],
    ['4001 characters in one', 'layout', 'components.0.content', long(4001), 'BASE_TYPE_MAX_LENGTH'],
    ['an empty text', 'layout', 'components.0.content', '', 'BASE_TYPE_MIN_LENGTH'],
    ['a Section without accessory', 'layout', 'components.1.accessory', undefined, 'BASE_TYPE_REQUIRED'],
    [
      'a Section of four texts',
      'layout',
      'components.1.components',
      Array(4).fill(text),
      'BASE_TYPE_MAX_LENGTH',
    ],
    [
      'a gallery of 11',
      'layout',
      'components.3.items',
      Array(11).fill({ media: { url: 'https://a.org/a.png' } }),
      'BASE_TYPE_MAX_LENGTH',
    ],
    ['a separator of size 3', 'layout', 'components.4.spacing', 3, 'BASE_TYPE_CHOICES'],
    [
      'alt text of 1025 characters',
      'layout',
      'components.3.items.0.description',
      long(1025),
      'BASE_TYPE_MAX_LENGTH',
    ],
  ]);
});

describe('buttons', () => {
  const at = 'components.0.components';
  refuses([
    ['without custom_id', 'rows', `${at}.0.custom_id`, undefined, 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED'],
    ['with an empty custom_id', 'rows', `${at}.0.custom_id`, '', 'BASE_TYPE_MIN_LENGTH'],
    ['with a custom_id of 101', 'rows', `${at}.0.custom_id`, long(101), 'BASE_TYPE_MAX_LENGTH'],
    [
      'with a link besides',
      'rows',
      `${at}.0.url`,
      'https://a.org',
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    ],
    ['without label or emoji', 'rows', `${at}.0.label`, undefined, 'BASE_TYPE_REQUIRED'],
    ['with a blank label', 'rows', `${at}.0.label`, ' ', 'BASE_TYPE_REQUIRED'],
    ['with a label of 81', 'rows', `${at}.0.label`, long(81), 'BASE_TYPE_MAX_LENGTH'],
    ['of style 7', 'rows', `${at}.0.style`, 7, 'BASE_TYPE_CHOICES'],
    ['a link without url', 'rows', `${at}.1.url`, undefined, 'BASE_TYPE_REQUIRED'],
    ['a link of 513 characters', 'rows', `${at}.1.url`, `https://a.org/${long(499)}`, 'BASE_TYPE_MAX_LENGTH'],
    [
      'a link with custom_id',
      'rows',
      `${at}.1.custom_id`,
      'x',
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
    ],
    ['a link to a telephone', 'rows', `${at}.1.url`, 'tel:+12025550123', 'URL_TYPE_INVALID_SCHEME'],
    ['a premium button without sku', 'rows', `${at}.2.sku_id`, undefined, 'BASE_TYPE_REQUIRED'],
    ['a premium button with a label', 'rows', `${at}.2.label`, 'x', 'BUTTON_COMPONENT_INVALID_LABEL'],
    [
      'as an accessory without custom_id',
      'layout',
      'components.1.accessory.custom_id',
      undefined,
      'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED',
    ],
    ['two of the same custom_id', 'rows', `${at}.3.custom_id`, 'sign', 'COMPONENT_CUSTOM_ID_DUPLICATED'],
    [
      'two of the same custom_id in different rows',
      'rows',
      'components.1.components.0.custom_id',
      'sign',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    ],
  ]);
});

describe('selects', () => {
  const at = 'components.1.components.0';
  const options = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ label: 'x', value: `${index}` }));
  refuses([
    ['26 options', 'rows', `${at}.options`, options(26), 'BASE_TYPE_MAX_LENGTH'],
    ['no options', 'rows', `${at}.options`, [], 'BASE_TYPE_MIN_LENGTH'],
    ['a label of 101', 'rows', `${at}.options.0.label`, long(101), 'BASE_TYPE_MAX_LENGTH'],
    ['an option without value', 'rows', `${at}.options.0.value`, undefined, 'BASE_TYPE_REQUIRED'],
    [
      'two options of one value',
      'rows',
      `${at}.options.1.value`,
      'call',
      `${at}.options.1 SELECT_COMPONENT_OPTION_VALUE_DUPLICATED`,
    ],
    ['a placeholder of 151', 'rows', `${at}.placeholder`, long(151), 'BASE_TYPE_MAX_LENGTH'],
    ['at most more than there are', 'rows', `${at}.max_values`, 3, 'NUMBER_TYPE_MAX'],
    [
      'at least more than one, of which one',
      'rows',
      `${at}`,
      { ...select('a'), min_values: 2 },
      `${at}.min_values NUMBER_TYPE_MAX`,
    ],
    ['at least more than at most', 'rows', 'components.2.components.0.min_values', 26, 'NUMBER_TYPE_MAX'],
    [
      'at least more than at most, of people',
      'rows',
      'components.2.components.0',
      { type: 5, custom_id: 'who', min_values: 3, max_values: 2 },
      'components.2.components.0.min_values NUMBER_TYPE_MAX',
    ],
  ]);
});
