// What Discord refuses of buttons: each leads somewhere, to one place, and shows something.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import type { Placed } from './components.js';
import { isBlank, type Path, type Refusal, refusal, refusedIf, required } from './refusal.js';

type Button = { style: ButtonStyle } & Partial<Record<'custom_id' | 'url' | 'sku_id' | 'label', string>> & {
    emoji?: object;
  };

const TARGETS = ['custom_id', 'url', 'sku_id'] as const;

/** @see https://docs.discord.com/developers/components/reference#button */
export function buttonRefusals({ component, path }: Placed): Refusal[] {
  if (component.type !== ComponentType.Button) return [];
  const button: Button = component;
  return [
    ...withoutTarget(button, path),
    ...otherTargets(button, path),
    ...face(button, path),
    ...linkScheme(button, path),
  ];
}

function targetOf({ style }: Button): (typeof TARGETS)[number] {
  if (style === ButtonStyle.Link) return 'url';
  return style === ButtonStyle.Premium ? 'sku_id' : 'custom_id';
}

function withoutTarget(button: Button, path: Path): Refusal[] {
  const target = targetOf(button);
  if (!isBlank(button[target])) return [];
  if (target !== 'custom_id') return [required([...path, target])];
  return [refusal([...path, target], 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', 'A custom id is required')];
}

function otherTargets(button: Button, path: Path): Refusal[] {
  const target = targetOf(button);
  return TARGETS.filter((other) => other !== target && !isBlank(button[other])).map((other) =>
    refusal(
      [...path, other],
      'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
      `A button of style ${button.style} has a ${target} and cannot have a ${other}`,
    ),
  );
}

// Discord itself writes on premium buttons.
function face(button: Button, path: Path): Refusal[] {
  const hasFace = !isBlank(button.label) || button.emoji != null;
  if (button.style !== ButtonStyle.Premium) return refusedIf(!hasFace, required([...path, 'label']));
  return refusedIf(
    hasFace,
    refusal([...path, 'label'], 'BUTTON_COMPONENT_INVALID_LABEL', 'A premium button has no label or emoji'),
  );
}

function linkScheme({ url }: Button, path: Path): Refusal[] {
  return refusedIf(
    url && !/^(https?|discord):\/\//i.test(url),
    refusal(
      [...path, 'url'],
      'URL_TYPE_INVALID_SCHEME',
      'Scheme must be one of ("http", "https", "discord").',
    ),
  );
}
