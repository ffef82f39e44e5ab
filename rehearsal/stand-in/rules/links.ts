// What Discord refuses of the links in embeds and media, those to uploaded files among them.
import type { APIEmbed } from 'discord-api-types/v10';
import { ComponentType } from 'discord-api-types/v10';
import type { Message } from './body.js';
import { everyComponent, type Placed } from './components.js';
import { isPlace } from './files.js';
import { type Path, type Refusal, refusal, refusedIf } from './refusal.js';

/** A link, where it is, and what it stands for. */
interface Link {
  url: string;
  path: Path;
  to: 'page' | 'embed picture' | 'media' | 'file';
}

/** @see https://docs.discord.com/developers/reference#uploading-files */
export function linkRefusals(message: Message): Refusal[] {
  const links = linksOf(message);
  return [
    ...links.flatMap(foreignScheme),
    ...links.flatMap(pictureOfOtherKind),
    ...missingReferences(message, links),
  ];
}

function linksOf({ body, path }: Message): Link[] {
  const inEmbeds = (body.embeds ?? []).flatMap((embed, index) =>
    embedLinks(embed, [...path, 'embeds', index]),
  );
  return [...inEmbeds, ...everyComponent(body.components ?? [], [...path, 'components']).flatMap(mediaLinks)];
}

function embedLinks(embed: APIEmbed, path: Path): Link[] {
  const links = [
    { url: embed.url, path: [...path, 'url'], to: 'page' as const },
    { url: embed.author?.url, path: [...path, 'author', 'url'], to: 'page' as const },
    { url: embed.author?.icon_url, path: [...path, 'author', 'icon_url'], to: 'embed picture' as const },
    { url: embed.footer?.icon_url, path: [...path, 'footer', 'icon_url'], to: 'embed picture' as const },
    { url: embed.image?.url, path: [...path, 'image', 'url'], to: 'embed picture' as const },
    { url: embed.thumbnail?.url, path: [...path, 'thumbnail', 'url'], to: 'embed picture' as const },
  ];
  return links.flatMap(({ url, ...rest }) => (url ? { url, ...rest } : []));
}

function mediaLinks({ component, path }: Placed): Link[] {
  switch (component.type) {
    case ComponentType.File:
      return [{ url: component.file.url, path: [...path, 'file', 'url'], to: 'file' }];
    case ComponentType.Thumbnail:
      return [{ url: component.media.url, path: [...path, 'media', 'url'], to: 'media' }];
    case ComponentType.MediaGallery:
      return component.items.map(({ media }, index) => ({
        url: media.url,
        path: [...path, 'items', index, 'media', 'url'],
        to: 'media',
      }));
    default:
      return [];
  }
}

const SCHEMES = {
  page: ['http', 'https'],
  'embed picture': ['http', 'https', 'attachment'],
  media: ['http', 'https', 'attachment'],
  file: ['attachment'],
};

function foreignScheme({ url, path, to }: Link): Refusal[] {
  const [scheme = ''] = url.toLowerCase().split('://');
  return refusedIf(
    !SCHEMES[to].includes(scheme),
    refusal(path, 'URL_TYPE_INVALID_SCHEME', `Scheme must be one of (${SCHEMES[to].join(', ')}).`),
  );
}

function pictureOfOtherKind({ url, path, to }: Link): Refusal[] {
  return refusedIf(
    to === 'embed picture' && uploadedName(url) && !/\.(jpe?g|png|webp|gif)$/i.test(url),
    refusal(path, 'EMBED_ATTACHMENT_TYPE_INVALID', 'Embeds show .jpg, .jpeg, .png, .webp and .gif only'),
  );
}

// Discord renames files whose names have anything but letters, digits, "_", "-" and ".".
function missingReferences(message: Message, links: Link[]): Refusal[] {
  if (mayKeepAttachments(message)) return [];
  const names = message.files.map((file) => file.name).filter((name) => /^[\w.-]+$/.test(name));
  return links.flatMap(({ url, path }) => {
    const name = uploadedName(url);
    return refusedIf(
      name !== undefined && !names.includes(name),
      refusal(
        path,
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        `No uploaded file keeps the name "${name}"`,
      ),
    );
  });
}

function uploadedName(url: string): string | undefined {
  return /^attachment:\/\/(.*)$/i.exec(url)?.[1];
}

// An edit that does not list the attachments keeps them; one that lists older ones may mean those.
function mayKeepAttachments({ body, fresh }: Message): boolean {
  return !fresh && !body.attachments?.every(({ id }) => isPlace(id));
}
