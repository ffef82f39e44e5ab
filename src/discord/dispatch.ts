// The life of an interaction: found by name, access checked, input read, answered; any error goes through explain.
import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  type Interaction,
  type RepliableInteraction,
} from 'discord.js';
import { z } from 'zod';
import { lastServerOf, rememberServer, type Server, serverOf, updateServer } from '../../db/servers.js';
import { Failure } from '../coalition/failure.js';
import { cutTo } from '../coalition/plain-text.js';
import type { Context } from '../context.js';
import { wordsFor } from '../i18n/words.js';
import { atLeast, rankOf, requireRank } from './access.js';
import { give, secret, think } from './answer.js';
import type { Answer, Command, Reply, Subcommand, Turn } from './command.js';
import { explain } from './explain.js';
import { speechIn } from './languages.js';
import { tellNotices } from './notices.js';
import { isSingle } from './payload.js';

/** What is to be done about an interaction, once it is known. */
interface Deed {
  needs: Pick<Subcommand, 'rank' | 'public' | 'anywhere' | 'discreet'>;
  slow: boolean;
  run(turn: Turn): Promise<Answer> | Answer;
}

/** Answers whatever Discord brings; never throws. */
export async function dispatch(
  context: Context,
  commands: readonly Command[],
  interaction: Interaction,
): Promise<void> {
  if (interaction.isAutocomplete()) return complete(context, commands, interaction);
  if (!interaction.isRepliable()) return;
  try {
    const server = serverFor(context, interaction);
    const rank = rankOf(interaction, server);
    const deed = deedOf(commands, interaction);
    if (!server && !deed.needs.anywhere) throw new Failure('onlyInServer');
    requireRank(rank, deed.needs.rank);
    const serverId = server?.id ?? lastServerOf(context.database, interaction.user.id);
    const { discreet } = deed.needs;
    // What is discreet and works anywhere is about the person alone, and needs no server.
    if (!serverId && !discreet) throw new Failure('noServerYet');
    if (server && !discreet) rememberServer(context.database, interaction.user.id, server.id);
    const whispers: Reply[] = [];
    const turn = turnOf(context, interaction, serverId ?? '', rank, whispers);
    const isPublic = deed.needs.public ?? false;
    if (deed.slow) await think(interaction, isPublic);
    const answer = await deed.run(turn);
    await give(interaction, answer, isPublic);
    // Nothing can follow a form: what there is to tell waits for its answer.
    if (answer && 'modal' in answer) return;
    await sayMore(turn, whispers);
  } catch (error) {
    await explain(context, interaction, error);
  }
}

/** The server's row, where Minga is installed in it; its name is kept as Discord shows it. */
function serverFor(context: Context, interaction: Interaction): Server | undefined {
  const { guildId, guild } = interaction;
  const owner = interaction.authorizingIntegrationOwners[ApplicationIntegrationType.GuildInstall];
  if (!guildId || owner !== guildId) return undefined;
  const server = serverOf(context.database, guildId);
  if (guild && guild.name !== server.name) updateServer(context.database, guildId, { name: guild.name });
  return server;
}

function turnOf(
  context: Context,
  interaction: RepliableInteraction,
  serverId: string,
  rank: Turn['rank'],
  whispers: Reply[],
): Turn {
  const { user, member } = interaction;
  const nickname = member && ('displayName' in member ? member.displayName : member.nick);
  const channelId = interaction.channelId ?? '';
  return {
    context,
    interaction,
    userId: user.id,
    userName: nickname ?? user.displayName,
    rank,
    serverId,
    channelId,
    words: wordsFor(interaction.locale),
    speech: (language, channel) => speechIn(context.database, serverId, channel ?? channelId, language),
    write: { key: interaction.id, userId: user.id, serverId, at: context.clock.now() },
    whisper: (reply) => whispers.push(reply),
  };
}

/** Finds what a command, a button, a modal or a menu asks for. */
function deedOf(commands: readonly Command[], interaction: RepliableInteraction): Deed {
  if (interaction.isChatInputCommand()) {
    const subcommand = subcommandOf(commands, interaction);
    const input = inputOf(subcommand, interaction);
    const slow = subcommand.slowFor ? subcommand.slowFor(input) : (subcommand.slow ?? false);
    return { needs: subcommand, slow, run: (turn) => subcommand.run(input, turn) };
  }
  if (interaction.isMessageContextMenuCommand()) {
    const menu = commands
      .flatMap(({ menus = [] }) => menus)
      .find(({ name }) => name === interaction.commandName);
    if (!menu) throw new Failure('staleButton');
    return {
      needs: menu,
      slow: menu.slow ?? false,
      run: (turn) => menu.run(interaction.targetMessage, turn),
    };
  }
  if (!('customId' in interaction)) throw new Failure('staleButton');
  const [name = '', ...args] = interaction.customId.split(':');
  if (interaction.isModalSubmit()) {
    const submit = commands.map(({ submits }) => own(submits, name)).find((found) => found !== undefined);
    if (!submit) throw new Failure('staleButton');
    return {
      needs: submit,
      slow: submit.slow ?? false,
      run: (turn) => submit.run(args, turn, interaction.fields),
    };
  }
  const press = commands.map(({ presses }) => own(presses, name)).find((found) => found !== undefined);
  if (!press) throw new Failure('staleButton');
  return { needs: press, slow: press.slow ?? false, run: (turn) => press.run(args, turn) };
}

/** The handler of this name; an id may say 'constructor', which every object has. */
function own<Handler>(handlers: Record<string, Handler> = {}, name: string): Handler | undefined {
  return Object.hasOwn(handlers, name) ? handlers[name] : undefined;
}

function subcommandOf(
  commands: readonly Command[],
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
): Subcommand {
  const command = commands.find(({ name }) => name === interaction.commandName);
  const name = interaction.options.getSubcommand(false);
  const found = command && (isSingle(command.does) ? command.does : command.does[name ?? '']);
  if (!found) throw new Failure('staleButton');
  return found;
}

/** The value of an option; null for a channel or a role that Discord doesn't know in this server. */
function givenIn({ type, value, attachment, channel, role }: CommandInteractionOption) {
  if (type === ApplicationCommandOptionType.Attachment) return attachment ?? null;
  if (type === ApplicationCommandOptionType.Channel) return channel ? value : null;
  if (type === ApplicationCommandOptionType.Role) return role ? value : null;
  return value;
}

/** The typed input of a command; a bad option throws zod's error, which explain puts into words. */
function inputOf({ options }: Subcommand, interaction: ChatInputCommandInteraction): Record<string, unknown> {
  const given = Object.keys(options).map((name) => {
    const option = interaction.options.get(name);
    return [name, option ? givenIn(option) : undefined];
  });
  const shape = Object.fromEntries(Object.entries(options).map(([name, { schema }]) => [name, schema]));
  return z.object(shape).parse(Object.fromEntries(given));
}

async function complete(
  context: Context,
  commands: readonly Command[],
  interaction: AutocompleteInteraction,
): Promise<void> {
  try {
    const server = serverFor(context, interaction);
    const rank = rankOf(interaction, server);
    const subcommand = subcommandOf(commands, interaction);
    const focused = interaction.options.getFocused(true);
    const serverId =
      server?.id ?? (subcommand.anywhere ? lastServerOf(context.database, interaction.user.id) : undefined);
    if (!serverId || !atLeast(rank, server ? subcommand.rank : 'anyone'))
      return await interaction.respond([]);
    const others = Object.keys(subcommand.options).map((name) => [
      name,
      interaction.options.get(name)?.value,
    ]);
    const rows = subcommand.options[focused.name]?.complete?.(focused.value, {
      connection: context.database,
      serverId,
      userId: interaction.user.id,
      rank,
      words: wordsFor(interaction.locale),
      now: context.clock.now(),
      others: Object.fromEntries(others),
    });
    const shown = (rows ?? []).slice(0, 25).filter(({ value }) => value.length <= 100);
    await interaction.respond(shown.map(({ name, value }) => ({ name: cutTo(name, 100), value })));
  } catch (error) {
    context.log.warn({ err: error, interaction: interaction.id }, 'completion failed');
  }
}

/** Something more, once the answer is out: privately and apart from it. The command has succeeded, whatever comes of this. */
async function sayMore(
  { context, interaction, serverId, rank, words }: Turn,
  whispers: Reply[],
): Promise<void> {
  if (!interaction.replied) return;
  const tell = (reply: Reply) => interaction.followUp(secret(reply));
  try {
    for (const whisper of whispers) await tell(whisper);
    if (atLeast(rank, 'organizer')) await tellNotices(context, serverId, words, tell);
  } catch (error) {
    context.log.warn({ err: error, interaction: interaction.id }, 'could not say more');
  }
}
