// What Discord refuses of a message's components: how many, how arranged; and how to walk them.
import type { APIMessageComponent, APIModalComponent } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import { isV2, type Message } from './body.js';
import { buttonRefusals } from './buttons.js';
import { inputRefusals } from './inputs.js';
import { type Path, type Refusal, refusal, refusedIf, tooLong } from './refusal.js';

export type Component = APIMessageComponent | APIModalComponent;

/** A component and where in the body it sits. */
export interface Placed {
  component: Component;
  path: Path;
}

/** @see https://docs.discord.com/developers/components/reference */
export function componentRefusals(message: Message): Refusal[] {
  const path = [...message.path, 'components'];
  const placed = everyComponent(message.body.components ?? [], path);
  return [
    ...tooManyRows(message, path),
    ...v2PartsWithoutFlag(message, path),
    ...tooManyInAll(placed, path),
    ...textTooLong(message, path),
    ...placed.flatMap(rowTooWide),
    ...placed.flatMap(buttonRefusals),
    ...inputRefusals(placed),
  ];
}

/** Every component of a list with those inside it, in the order they are shown. */
export function everyComponent(components: Component[], path: Path): Placed[] {
  return components.flatMap((component, index) => withInner(component, [...path, index]));
}

function withInner(component: Component, path: Path): Placed[] {
  const inner: Placed[] = [];
  if ('components' in component) inner.push(...everyComponent(component.components, [...path, 'components']));
  if ('accessory' in component) inner.push(...withInner(component.accessory, [...path, 'accessory']));
  if ('component' in component) inner.push(...withInner(component.component, [...path, 'component']));
  return [{ component, path }, ...inner];
}

/** All the text that a message's components show. */
export function shownText({ body }: Message): string {
  return everyComponent(body.components ?? [], [])
    .map(({ component }) => (component.type === ComponentType.TextDisplay ? component.content : ''))
    .join('');
}

/** The places of the top-level components that only a message with the V2 flag may have. */
export function placesOfV2Parts({ body }: Message): number[] {
  const components = body.components ?? [];
  return [...components.keys()].filter((index) => components[index]?.type !== ComponentType.ActionRow);
}

function tooManyRows(message: Message, path: Path): Refusal[] {
  return refusedIf(!isV2(message) && (message.body.components?.length ?? 0) > 5, tooLong(path, 5));
}

// An edit may leave the flag out when the message has it already: that case is for house.ts.
function v2PartsWithoutFlag(message: Message, path: Path): Refusal[] {
  if (!message.fresh || isV2(message)) return [];
  return placesOfV2Parts(message).map((index) =>
    refusal(
      [...path, index, 'type'],
      'UNION_TYPE_CHOICES',
      'Value of field "type" must be one of (1,) without MessageFlags.IS_COMPONENTS_V2.',
    ),
  );
}

function tooManyInAll(placed: Placed[], path: Path): Refusal[] {
  const total = `${placed.length} components exceed the maximum of 40 in all`;
  return refusedIf(placed.length > 40, refusal(path, 'COMPONENT_TOTAL_EXCEEDED', total));
}

function textTooLong(message: Message, path: Path): Refusal[] {
  return refusedIf(
    shownText(message).length > 4000,
    refusal(
      path,
      'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
      'Components displayable text size exceeds maximum size of 4000',
    ),
  );
}

// A select is as wide as the row. More than five buttons the schema refuses.
function rowTooWide({ component, path }: Placed): Refusal[] {
  if (component.type !== ComponentType.ActionRow) return [];
  const children: Component[] = component.components;
  if (children.every((child) => child.type === ComponentType.Button)) return [];
  return [...children.keys()]
    .slice(1)
    .map((index) =>
      refusal(
        [...path, 'components', index],
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
        'The specified component exceeds the maximum width',
      ),
    );
}
