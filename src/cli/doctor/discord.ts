// What Discord says: of the token, the clock, the application, its commands, and the places where Minga is to speak.
import { z } from 'zod';
import { commands } from '../../../commands/index.js';
import type { ToolConfig } from '../../config.js';
import { payloadsOf } from '../../discord/payload.js';
import { type Answer, type Ask, askerFor } from './api.js';
import { type Finding, notice, well, wrong } from './finding.js';
import { channelShape, invited, memberShape, missingIn, serverShape } from './permissions.js';
import type { Places } from './places.js';

const portal = 'https://discord.com/developers/applications';

/** How far the clocks may be apart, in milliseconds. */
const clockLimit = 2000;

export async function* discordFindings(config: ToolConfig, places: Places): AsyncGenerator<Finding> {
  const { DISCORD_TOKEN: token, DISCORD_API_URL, DISCORD_GUILD_ID } = config;
  const mend = `copy it from ${portal}, under Bot, to DISCORD_TOKEN in .env`;
  if (!token) return yield wrong(`The token is missing, so nothing can be asked of Discord: ${mend}.`);
  if (!/^[\w.-]+$/.test(token)) return yield wrong(`The token has characters that no token has: ${mend}.`);
  const ask = askerFor(DISCORD_API_URL, token);
  const me = await ask('/users/@me', z.object({ id: z.string(), username: z.string() }));
  if (me.ahead !== undefined) yield clockFinding(me.ahead);
  if (me.status === 401) return yield wrong(`Discord does not know the token: ${mend}.`);
  if (!me.body) return yield refused('who the bot is', me);
  yield well(`The token works: it is that of ${me.body.username}.`);
  const { id, findings } = await applicationFindings(ask, places);
  yield* findings;
  if (id !== undefined) yield await commandsFinding(ask, id, DISCORD_GUILD_ID);
  yield* placeFindings(ask, me.body.id, places);
}

const refused = (what: string, { status }: Answer<unknown>): Finding =>
  wrong(`Discord did not say ${what} (${status}): try again later, and see https://discordstatus.com.`);

function clockFinding(ahead: number): Finding {
  if (Math.abs(ahead) <= clockLimit) return well("This machine's clock goes with Discord's.");
  const seconds = Math.round(Math.abs(ahead) / 1000);
  return notice(
    `This machine's clock is ${seconds} s ${ahead > 0 ? 'ahead of' : 'behind'} Discord's: switch on network time (NTP), for tallies go by it.`,
  );
}

const applicationShape = z.object({
  id: z.string(),
  approximate_guild_count: z.number().default(0),
  integration_types_config: z.record(z.string(), z.unknown()).default({}),
});

async function applicationFindings(
  ask: Ask,
  { servers }: Places,
): Promise<{ id?: string; findings: Finding[] }> {
  const answer = await ask('/applications/@me', applicationShape);
  if (!answer.body) return { findings: [refused('what the application is', answer)] };
  const { id, approximate_guild_count: count, integration_types_config: installs } = answer.body;
  const permissions = Object.values(invited).reduce((sum, bit) => sum | bit, 0n);
  const invite = `https://discord.com/oauth2/authorize?client_id=${id}&scope=bot+applications.commands&permissions=${permissions}`;
  const findings = [well(`The application is ${id}. It is invited to a server with ${invite}`)];
  if (count === 0 && servers.length === 0)
    findings.push(notice('Minga seems to be in no server yet: open that address and choose yours.'));
  // 1 is installing by persons.
  if (!('1' in installs))
    findings.push(
      notice(
        `People cannot use /petition link outside your servers: allow User Install under Installation, at ${portal}.`,
      ),
    );
  return { id, findings };
}

async function commandsFinding(
  ask: Ask,
  application: string,
  serverId: string | undefined,
): Promise<Finding> {
  const place = serverId === undefined ? '' : `/guilds/${serverId}`;
  const answer = await ask(
    `/applications/${application}${place}/commands`,
    z.array(z.object({ name: z.string() })),
  );
  if (serverId !== undefined && (answer.status === 403 || answer.status === 404))
    return wrong(
      `Minga is not in the server ${serverId} that DISCORD_GUILD_ID names: invite it there, or change that.`,
    );
  if (!answer.body) return refused('which commands are registered', answer);
  const registered = answer.body.map(({ name }) => name);
  const wanted = payloadsOf(commands, serverId !== undefined).map(({ name }) => name);
  const missing = wanted.filter((name) => !registered.includes(name));
  return missing.length === 0
    ? well(
        `All ${wanted.length} commands are registered${serverId === undefined ? '' : ` in the server ${serverId}`}.`,
      )
    : notice(`Not registered: ${missing.join(', ')}. They are when Minga starts.`);
}

/** Each server that used Minga, and after it the channels there that get the tally every day. */
async function* placeFindings(ask: Ask, me: string, places: Places): AsyncGenerator<Finding> {
  for (const id of new Set([...places.servers, ...places.schedules.map(({ serverId }) => serverId)])) {
    const server = await ask(`/guilds/${id}`, serverShape);
    const member = await ask(`/guilds/${id}/members/${me}`, memberShape);
    if (!server.body || !member.body) {
      yield server.status === 403 || server.status === 404
        ? notice(`Minga is no longer in the server ${id}: invite it again if it is to speak there.`)
        : refused(`how the server ${id} is`, server.body ? member : server);
      continue;
    }
    yield well(`Minga is in ${server.body.name} (${id}).`);
    for (const { channelId, pausedAt } of places.schedules.filter(({ serverId }) => serverId === id)) {
      const channel = await ask(`/channels/${channelId}`, channelShape);
      yield channelFinding(
        channelId,
        channel,
        channel.body && missingIn(server.body, member.body, channel.body),
      );
      if (pausedAt !== null)
        yield notice(`The daily tally of channel ${channelId} is paused: /tally resume lets it out again.`);
    }
  }
}

function channelFinding(
  id: string,
  channel: Answer<{ name: string }>,
  missing: string[] | undefined,
): Finding {
  if (channel.status === 404)
    return wrong(
      `The channel ${id} of a daily tally is gone: /tally remove ends it, /tally schedule sets another.`,
    );
  if (channel.status === 403)
    return wrong(`Minga cannot see the channel ${id} of a daily tally: allow its role View Channel there.`);
  if (!channel.body || !missing) return refused(`how the channel ${id} is`, channel);
  const { name } = channel.body;
  return missing.length === 0
    ? well(`Minga may post the daily tally in #${name}.`)
    : wrong(
        `Minga may not post the daily tally in #${name}: in that channel's permissions, allow its role ${missing.join(', ')}.`,
      );
}
