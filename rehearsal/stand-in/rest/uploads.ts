// What came in a request: its JSON, and the files beside it where it came in parts.
import type { FastifyRequest } from 'fastify';
import type { UploadedFile } from '../rules/index.js';

const uploads = new WeakMap<FastifyRequest, UploadedFile[]>();

/** The files of a request, in the order of their `files[n]`. */
export function filesOf(request: FastifyRequest): UploadedFile[] {
  return uploads.get(request) ?? [];
}

/** Reads a request that came in parts, so that its body is the JSON of `payload_json`. */
export async function readParts(request: FastifyRequest): Promise<void> {
  if (!request.isMultipart()) return;
  const files: [number, UploadedFile][] = [];
  for await (const part of request.parts()) {
    const [, place] = /^files\[(\d+)\]$/.exec(part.fieldname) ?? [];
    if (part.type === 'field') {
      if (part.fieldname === 'payload_json') request.body = JSON.parse(String(part.value));
    } else {
      const bytes = await part.toBuffer();
      files.push([Number(place), { name: part.filename, contentType: part.mimetype, bytes }]);
    }
  }
  const inOrder = files.toSorted(([one], [other]) => one - other);
  uploads.set(
    request,
    inOrder.map(([, file]) => file),
  );
}
