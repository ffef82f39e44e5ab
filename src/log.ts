// The log: JSON lines on stdout, without what people typed and without what lets others speak for the bot.
import { type Logger, pino, stdSerializers } from 'pino';

/** A logger of a level. */
export function logger(level: string): Logger {
  return pino({ level, serializers: { err: serializeError } });
}

/**
 * An error without the request's body, which may hold names, and without the token that an interaction's address ends in.
 */
function serializeError(error: Error): unknown {
  const {
    requestBody: _,
    url,
    ...rest
  } = stdSerializers.err(error) as ReturnType<typeof stdSerializers.err> & {
    requestBody?: unknown;
    url?: string;
  };
  if (url === undefined) return rest;
  return { ...rest, url: url.replace(/(\/(?:webhooks|interactions)\/\d+\/)[^/?]+/, '$1…') };
}
