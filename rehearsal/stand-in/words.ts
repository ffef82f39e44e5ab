// Messages and modals in plain words, line by line, as a person reads them on the screen.
import {
  type APIAttachment,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIComponentInLabel,
  type APIComponentInMessageActionRow,
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  type APIModalInteractionResponseCallbackComponent,
  type APIModalInteractionResponseCallbackData,
  type APISectionAccessoryComponent,
  ComponentType,
  MessageFlags,
} from 'discord-api-types/v10';

type Shown = APIMessageTopLevelComponent | APIComponentInContainer | APISectionAccessoryComponent;

/** A message as text: buttons in brackets, links with where they lead, pictures by their alt text. */
export function wordsOf(message: APIMessage): string {
  const { author, content, embeds, components = [], attachments, flags = 0 } = message;
  if (flags & MessageFlags.Loading) return `${author.global_name ?? author.username} is thinking…`;
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const inEmbeds = embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]);
  const loose = isV2 ? [] : attachments.filter(({ url }) => !inEmbeds.includes(url));
  return joined([
    content,
    ...embeds.map((embed) => wordsOfEmbed(embed, attachments)),
    ...loose.map(({ url }) => wordsOfFile(url, attachments)),
    ...components.map((component) => wordsOfComponent(component, attachments)),
  ]);
}

/** A modal as text: its title, then every field with what stands in it. */
export function wordsOfModal({ title, components }: APIModalInteractionResponseCallbackData): string {
  return joined([title, ...components.map(wordsOfModalPart)]);
}

function joined(parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join('\n');
}

function wordsOfEmbed(embed: APIEmbed, attachments: APIAttachment[]): string {
  const { author, title, url, description, fields = [], thumbnail, image, footer } = embed;
  return joined([
    author?.name,
    title && url ? `${title} → ${url}` : title,
    description,
    ...fields.map(({ name, value }) => `${name}: ${value}`),
    thumbnail && wordsOfFile(thumbnail.url, attachments),
    image && wordsOfFile(image.url, attachments),
    footer?.text,
  ]);
}

/** A picture by its alt text, any other file by its name. */
function wordsOfFile(url: string, attachments: APIAttachment[], description?: string | null): string {
  const file = attachments.find((attachment) => attachment.url === url);
  const alt = description ?? file?.description;
  const isFile = file && !file.content_type?.startsWith('image/');
  if (isFile) return `(file: ${file.filename}${alt ? `, ${alt}` : ''})`;
  return `(picture: ${alt ?? 'without alt text'})`;
}

function wordsOfComponent(component: Shown, attachments: APIAttachment[]): string {
  const inside = (inner: Shown) => wordsOfComponent(inner, attachments);
  switch (component.type) {
    case ComponentType.ActionRow:
      return component.components.map(wordsOfControl).join(' ');
    case ComponentType.Container:
      return joined(component.components.map(inside));
    case ComponentType.Section:
      return joined([...component.components.map(({ content }) => content), inside(component.accessory)]);
    case ComponentType.TextDisplay:
      return component.content;
    case ComponentType.Thumbnail:
      return wordsOfFile(component.media.url, attachments, component.description);
    case ComponentType.MediaGallery:
      return joined(
        component.items.map(({ media, description }) => wordsOfFile(media.url, attachments, description)),
      );
    case ComponentType.File:
      return wordsOfFile(component.file.url, attachments);
    case ComponentType.Separator:
      return component.divider === false ? '' : '---';
    case ComponentType.Button:
      return wordsOfButton(component);
  }
}

function wordsOfControl(control: APIComponentInMessageActionRow): string {
  if (control.type === ComponentType.Button) return wordsOfButton(control);
  const name = control.placeholder ?? '';
  const offered = 'options' in control ? control.options.map(({ label }) => label).join(' | ') : '';
  return `[${name} ▾ ${offered}]`;
}

function wordsOfButton(button: APIButtonComponent): string {
  const label = 'label' in button ? button.label : undefined;
  const emoji = 'emoji' in button ? button.emoji?.name : undefined;
  const face = [emoji, label].filter(Boolean).join(' ');
  const leads = 'url' in button ? ` → ${button.url}` : '';
  return `[${face}${leads}]${button.disabled ? ' (disabled)' : ''}`;
}

function wordsOfModalPart(part: APIModalInteractionResponseCallbackComponent): string {
  switch (part.type) {
    case ComponentType.TextDisplay:
      return part.content;
    case ComponentType.Label: {
      const { label, description, component } = part;
      return joined([withNeed(label, component), description, wordsOfField(component)]);
    }
    case ComponentType.ActionRow:
      return joined(
        part.components.map((field) => `${withNeed(field.label ?? '', field)}\n${wordsOfField(field)}`),
      );
  }
}

function withNeed(label: string, field: APIComponentInLabel): string {
  const required = field.type === ComponentType.Checkbox ? false : (field.required ?? true);
  return required ? `${label} *` : label;
}

function wordsOfField(field: APIComponentInLabel): string {
  switch (field.type) {
    case ComponentType.TextInput:
      return `[${field.value || (field.placeholder ?? '')}]`;
    case ComponentType.StringSelect:
    case ComponentType.RadioGroup:
    case ComponentType.CheckboxGroup:
      return joined(
        field.options.map(({ label, description, default: chosen }) =>
          [chosen ? '(x)' : '( )', label, description && `– ${description}`].filter(Boolean).join(' '),
        ),
      );
    case ComponentType.Checkbox:
      return field.default ? '(x)' : '( )';
    case ComponentType.FileUpload:
      return '(choose files)';
    default:
      return `[${field.placeholder ?? ''} ▾]`;
  }
}
