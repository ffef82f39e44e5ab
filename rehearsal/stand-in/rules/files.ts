// What Discord refuses of uploaded files and of what a message says about them.
import type { Message } from './body.js';
import { type Path, type Refusal, refusal, refusedIf, tooLong } from './refusal.js';

const MEBIBYTE = 1024 * 1024;

const FILE_RULES = [tooManyFiles, tooLarge, altTextTooLong, attachmentWithoutFile];

/** @see https://docs.discord.com/developers/reference#uploading-files */
export function fileRefusals(message: Message): Refusal[] {
  return FILE_RULES.flatMap((rule) => rule(message));
}

/** The alt text of the n-th uploaded file, from the file itself or the body's `attachments`. */
export function altTextOf({ body, files }: Message, place: number): string | undefined {
  const attachment = body.attachments?.find(({ id }) => String(id) === String(place));
  return files[place]?.description ?? attachment?.description;
}

function tooManyFiles({ files }: Message): Refusal[] {
  return refusedIf(
    files.length > 10,
    refusal(['files', 10], '30015', 'Maximum number of attachments in a message reached (10)'),
  );
}

function tooLarge({ files }: Message): Refusal[] {
  const sizes = files.map((file) => file.bytes.length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const refused = (path: Path) => refusal(path, '40005', 'Request entity too large');
  return [
    ...sizes.flatMap((size, index) => refusedIf(size > 10 * MEBIBYTE, refused(['files', index]))),
    ...refusedIf(total > 25 * MEBIBYTE, refused(['files'])),
  ];
}

function altTextTooLong(message: Message): Refusal[] {
  return [...message.files.keys()].flatMap((place) =>
    refusedIf(
      (altTextOf(message, place) ?? '').length > 1024,
      tooLong(['files', place, 'description'], 1024),
    ),
  );
}

// An edit also names attachments that stay, by their own long ids.
function attachmentWithoutFile({ body, path, files, fresh }: Message): Refusal[] {
  return (body.attachments ?? []).flatMap(({ id }, index) =>
    refusedIf(
      Number(id) >= files.length && (fresh || isPlace(id)),
      refusal([...path, 'attachments', index], 'ATTACHMENT_NOT_FOUND', 'Attachment data not found'),
    ),
  );
}

/** Whether an attachment's id is that of an upload, `n` of `files[n]`, and not a snowflake. */
export function isPlace(id: string | number): boolean {
  return String(id).length < 3;
}
