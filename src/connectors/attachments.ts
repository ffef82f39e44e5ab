// Takes files that people attach from Discord's own hosts, and from nowhere else.
import { fetch } from 'undici';
import { Failure } from '../coalition/failure.js';

const discordHosts = ['cdn.discordapp.com', 'media.discordapp.net'];

/** Discord's own limit for a file without boosts, in bytes. */
export const largestAttachment = 10 * 1024 * 1024;

export interface Attachments {
  /**
   * The bytes of an attachment.
   *
   * @throws {@link Failure} where it is not on Discord's hosts, is too large, or cannot be had
   */
  fetch(url: string, most?: number): Promise<Buffer>;
}

/**
 * @param apiUrl - Discord's REST API; where it is a stand-in's, files may come from its origin too
 * @see https://discord.com/developers/docs/reference#cdn-formatting
 */
export function attachmentsFrom(apiUrl: string): Attachments {
  const api = new URL(apiUrl);
  const standIn = api.hostname === 'discord.com' ? undefined : api.origin;
  return {
    async fetch(url, most = largestAttachment) {
      const place = new URL(url);
      const known = place.protocol === 'https:' && place.port === '' && discordHosts.includes(place.hostname);
      if (!known && place.origin !== standIn) throw new Failure('attachmentElsewhere');
      try {
        const response = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(20_000) });
        if (!response.ok || !response.body) throw new Failure('attachmentGone');
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of response.body) {
          size += chunk.byteLength;
          if (size > most) throw new Failure('attachmentTooLarge', { most: Math.floor(most / 1024) });
          chunks.push(chunk);
        }
        return Buffer.concat(chunks);
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw new Failure('attachmentGone');
      }
    },
  };
}
