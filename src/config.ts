// The settings, from the environment and .env: the only reader of process.env.
import { config as readEnvFile } from 'dotenv';
import { z } from 'zod';

/** An empty value in .env is one that is left out. */
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const snowflake = z.string().regex(/^\d{17,20}$/, 'must be a Discord id: 17 to 20 digits');

const schema = z.object({
  DISCORD_TOKEN: z
    .string({ error: 'is required: the token of your bot' })
    .trim()
    .min(1, 'is required: the token of your bot'),
  DATABASE_PATH: optional(z.string().default('data/minga.sqlite')),
  SECRET_KEY_FILE: optional(z.string().default('data/secret.key')),
  DISCORD_API_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be a web address' }).default('https://discord.com/api'),
  ),
  DISCORD_GUILD_ID: optional(snowflake.optional()),
  LOG_LEVEL: optional(
    z
      .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
        error: 'must be trace, debug, info, warn, error, fatal or silent',
      })
      .default('info'),
  ),
  HEALTH_PORT: optional(
    z.coerce
      .number({ error: 'must be a port: 1 to 65535' })
      .int('must be a port: 1 to 65535')
      .min(1, 'must be a port: 1 to 65535')
      .max(65535, 'must be a port: 1 to 65535')
      .optional(),
  ),
  ACTION_NETWORK_KEY: optional(z.string().optional()),
});

export type Config = z.output<typeof schema>;

/** The command-line tools do without the token; the doctor tries the one that is there. */
const toolSchema = schema.extend({ DISCORD_TOKEN: optional(z.string().trim().optional()) });

export type ToolConfig = z.output<typeof toolSchema>;

/** Settings that cannot be worked with: one line per problem. */
export class ConfigError extends Error {
  constructor(readonly problems: string[]) {
    super(problems.join('\n'));
  }
}

/** The settings of the bot. @throws {@link ConfigError} */
export function readConfig(): Config {
  return parse(schema);
}

/** The settings of the command-line tools. @throws {@link ConfigError} */
export function readToolConfig(): ToolConfig {
  return parse(toolSchema);
}

function parse<Schema extends z.ZodType>(schema: Schema): z.output<Schema> {
  readEnvFile({ quiet: true });
  const result = schema.safeParse(process.env);
  if (result.success) return result.data;
  throw new ConfigError(result.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`));
}
