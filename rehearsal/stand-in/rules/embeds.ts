// What Discord refuses of embeds: empty ones, empty parts, too much in sum.
import type { APIEmbed } from 'discord-api-types/v10';
import type { Message } from './body.js';
import { isBlank, type Path, type Refusal, refusal, refusedIf, required } from './refusal.js';

/** @see https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export function embedRefusals({ body, path }: Message): Refusal[] {
  const embeds = body.embeds ?? [];
  const each = embeds.flatMap((embed, index) => {
    const at = [...path, 'embeds', index];
    return [...emptyEmbed(embed, at), ...blankTexts(embed, at)];
  });
  return [...each, ...tooLongInAll(embeds, [...path, 'embeds'])];
}

function emptyEmbed(embed: APIEmbed, path: Path): Refusal[] {
  const texts = [embed.title, embed.description, embed.author?.name, embed.footer?.text];
  const shows = embed.fields?.length || embed.image?.url || embed.thumbnail?.url;
  return refusedIf(texts.every(isBlank) && !shows, required([...path, 'description']));
}

function blankTexts(embed: APIEmbed, path: Path): Refusal[] {
  const fields = (embed.fields ?? []).flatMap(({ name, value }, index) => [
    ...refusedIf(isBlank(name), required([...path, 'fields', index, 'name'])),
    ...refusedIf(isBlank(value), required([...path, 'fields', index, 'value'])),
  ]);
  return [
    ...fields,
    ...refusedIf(embed.author && isBlank(embed.author.name), required([...path, 'author', 'name'])),
    ...refusedIf(embed.footer && isBlank(embed.footer.text), required([...path, 'footer', 'text'])),
  ];
}

function tooLongInAll(embeds: APIEmbed[], path: Path): Refusal[] {
  const total = embeds.flatMap(measuredTexts).reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return refusedIf(
    total > 6000,
    refusal(path, 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000'),
  );
}

function measuredTexts(embed: APIEmbed): (string | undefined)[] {
  const fields = (embed.fields ?? []).flatMap((field) => [field.name, field.value]);
  return [embed.title, embed.description, embed.author?.name, embed.footer?.text, ...fields];
}
