// /statement as people meet it: the real bot on a local Discord, in both languages.
import { readFileSync } from 'node:fs';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { petitionsOf, updatePetition } from '../../db/petitions.js';
import { statementPosts, statements } from '../../db/schema.js';
import { setChannelLanguage } from '../../db/servers.js';
import { statementHistory } from '../../db/statements.js';
import type { Channel, Exchange, SentFile, Speaker } from '../../rehearsal/stand-in/index.js';
import { splitStatement } from '../../src/coalition/statement-split.js';
import { aStage, type Stage } from '../support/campaign.js';

let stage: Stage;
let ada: Speaker;
let ana: Speaker;
let ben: Speaker;
let luz: Speaker;
/** What a test makes Discord refuse. */
let mayBeRefused = false;

beforeEach(async () => {
  stage = await aStage();
  mayBeRefused = false;
  ada = stage.ada.in(stage.general);
  ana = stage.ana.in(stage.general);
  ben = stage.ben.in(stage.general);
  luz = stage.luz.in(stage.general);
});

afterEach(async () => {
  const { refused } = stage.discord;
  const unexpected = stage.bot.logs.filter(({ level = 0 }) => level >= 50);
  await stage.close();
  if (!mayBeRefused) expect(refused).toEqual([]);
  expect(unexpected).toEqual([]);
});

const textOf = (language: 'en' | 'es') =>
  readFileSync(`campaigns/peru-2023/statement.${language}.md`, 'utf8');
const piecesOf = (language: 'en' | 'es') => splitStatement(textOf(language)).map(({ content }) => content);
const contents = (channel: Channel) => channel.messages.map(({ content }) => content);
const file = (text: string | Buffer, name = 'statement.md'): SentFile => ({
  name,
  contentType: 'text/markdown',
  bytes: Buffer.from(text),
});
const history = () =>
  stage.withDatabase((database) => {
    const [petition] = petitionsOf(database, stage.server.id);
    return statementHistory(database, petition?.id ?? 0).map(({ language, version, text }) => ({
      language,
      version,
      text,
    }));
  });
const posted = () => stage.withDatabase((database) => database.select().from(statementPosts).all());
const sign = () => ada.command('signatures count', { source: 'Action Network', people: 1984 });

/** Everything that is said, once it is all there. */
async function all(exchange: Exchange, messages: number): Promise<string[]> {
  await exchange.until(({ messages: shown }) => shown.length >= messages);
  return exchange.messages.map(({ content }) => content);
}

/** The one file of an answer, as text. */
function attached({ message }: Exchange): string {
  const [attachment] = message?.attachments ?? [];
  if (!attachment) throw new Error('nothing is attached');
  return stage.discord.bytesOf(attachment).toString();
}

describe('show', () => {
  it("gives the text as it is, privately, in the reader's language, then what is to know about it", async () => {
    const spanish = await luz.command('statement show');
    const [about, ...text] = (await all(spanish, 3)).reverse();
    expect(spanish.private).toBe(true);
    expect(text.reverse()).toEqual(piecesOf('es'));
    expect(about).toMatch(/^\*\*Versión 1 en español\*\* · <t:\d+:F>$/);
    expect((await all(await spanish.press('English'), 3)).slice(0, 2)).toEqual(piecesOf('en'));
    expect((await all(await luz.command('statement show', { language: 'en' }), 3))[0]).toBe(
      piecesOf('en')[0],
    );
  });

  it('finds earlier versions, and says that they are', async () => {
    await ana.command('statement edit', { language: 'en', file: file('Second') });
    const [, , about] = await all(await ben.command('statement show', { version: 1 }), 3);
    expect(about).toContain('an earlier version; the newest is version 2');
    const [text, now] = await all(await ben.command('statement show'), 2);
    expect(text).toBe('Second');
    expect(now).not.toContain('behind');
    expect((await luz.command('statement show', { version: 7 })).words).toContain(
      'No hay una versión 7 en español',
    );
  });

  it('offers the other language where there is only that', async () => {
    await stage.close();
    stage = await aStage({ empty: true });
    const [organizer, reader] = [stage.ana.in(stage.general), stage.luz.in(stage.general)];
    await organizer
      .command('petition create', { link: 'https://example.org/peru', goal: 2000 })
      .then((form) =>
        form.submit({ 'title.en': 'Title', 'ask.en': 'Ask', 'title.es': 'Título', 'ask.es': 'Pedido' }),
      );
    await organizer.command('petition status', { state: 'open', reason: 'all is ready' });
    expect((await reader.command('statement show')).words).toContain('Todavía no hay declaración en español');
    await organizer.command('statement edit', { language: 'en', file: file('In English only') });
    const only = await reader.command('statement show');
    expect(only.words).toContain('Todavía no hay declaración en español, pero sí en inglés');
    expect((await all(await only.press('English'), 2))[0]).toBe('In English only');
    expect((await reader.command('statement post', { language: 'both' })).words).toContain(
      'no hay declaración en español',
    );
    await reader.command('statement post');
    expect(contents(stage.general)).toEqual(['In English only']);
    expect(stage.general.messages[0]?.components).toEqual([]);
  });
});

describe('post', () => {
  it('puts the text up word for word, and answers privately with links', async () => {
    const answer = await ben.command('statement post', { language: 'both' });
    expect(contents(stage.general)).toEqual([...piecesOf('en'), ...piecesOf('es')]);
    expect(stage.general.messages.map(({ flags, embeds }) => [flags, embeds.length])).toEqual(
      stage.general.messages.map(() => [4, 0]),
    );
    expect(answer.private).toBe(true);
    const { server, general } = stage;
    for (const index of [0, 2]) {
      const link = `https://discord.com/channels/${server.id}/${general.id}/${general.messages[index]?.id}`;
      expect(answer.words).toContain(link);
    }
    expect(posted().map(({ messageIds }) => messageIds)).toEqual([
      general.messages.slice(0, 2).map(({ id }) => id),
      general.messages.slice(2).map(({ id }) => id),
    ]);
    const buttons = general.messages.map(({ components }) => components?.length);
    expect(buttons).toEqual([0, 1, 0, 1]);
    const [, last] = general.messages;
    if (!last) throw new Error('nothing was posted');
    expect((await all(await luz.press(last, 'Español'), 3)).slice(0, 2)).toEqual(piecesOf('es'));
  });

  it("speaks the channel's language unless told otherwise", async () => {
    const { server, organizers } = stage;
    stage.withDatabase((database) =>
      setChannelLanguage(database, { channelId: organizers.id, serverId: server.id, language: 'es' }),
    );
    await ben.command('statement post', { channel: organizers });
    await ben.command('statement post', { channel: organizers, language: 'en' });
    expect(contents(organizers)).toEqual([...piecesOf('es'), ...piecesOf('en')]);
    expect(contents(stage.general)).toEqual([]);
  });

  it('is for members, where they and Minga may write', async () => {
    const { server } = stage;
    const write = PermissionFlagsBits.SendMessages;
    const { botRole } = server;
    if (!botRole) throw new Error('the bot has no role');
    const news = server.addChannel('news', {
      overwrites: [
        { of: server.everyone, deny: write },
        { of: botRole, allow: write },
      ],
    });
    const closed = server.addChannel('closed', { overwrites: [{ of: botRole, deny: write }] });
    const sam = stage.stranger.in(stage.general);
    expect((await sam.command('statement post')).words).toContain('for members');
    expect((await luz.command('statement post', { channel: news })).words).toContain(
      `En <#${news.id}> no puedes escribir`,
    );
    expect((await ben.command('statement post', { channel: closed })).words).toContain('Send Messages');
    expect((await ada.command('statement post', { channel: closed })).words).toContain(
      `can't post in <#${closed.id}>`,
    );
    expect([...contents(news), ...contents(closed)]).toEqual([]);
    expect(posted()).toEqual([]);
  });

  it.each(['5xx-after', 'answer-lost-after-accept', '5xx-before'] as const)(
    'posts once after %s',
    async (kind) => {
      stage.discord.trouble.next({ method: 'POST', path: /^\/channels\/\d+\/messages$/, kind });
      const answer = await ben.command('statement post', { language: 'en' });
      expect(contents(stage.general)).toEqual(piecesOf('en'));
      expect(answer.words).toContain(String(stage.general.messages[0]?.id));
    },
  );

  it('posts once however often Discord delivers', async () => {
    mayBeRefused = true;
    const answer = await ben.command('statement post', { language: 'en' });
    stage.discord.deliver(answer.interaction);
    await ben.command('statement post', { language: 'es' });
    expect(contents(stage.general)).toEqual([...piecesOf('en'), ...piecesOf('es')]);
    expect(posted()).toHaveLength(2);
  });

  it('takes back what is up where the rest is refused, and says so', async () => {
    mayBeRefused = true;
    const { discord, general, server } = stage;
    discord.trouble.next({
      method: 'POST',
      path: /^\/channels\/\d+\/messages$/,
      kind: 'delay',
      milliseconds: 300,
    });
    const answering = ben.command('statement post', { language: 'en' });
    await discord.until('the first message', () => general.messages.length === 1);
    if (server.botRole)
      general.setOverwrites([{ of: server.botRole, deny: PermissionFlagsBits.SendMessages }]);
    const answer = await answering;
    expect(answer.private).toBe(true);
    expect(answer.words).toContain('nothing of it is left there');
    expect(contents(general)).toEqual([]);
    expect(posted()).toEqual([]);
  });

  it('is not held up by a translation that has fallen behind, but says so', async () => {
    await ana.command('statement edit', { language: 'en', file: file('Second') });
    const answer = await luz.command('statement post', { language: 'es' });
    expect(answer.words).toContain('El texto en español quedó desactualizado');
    expect(contents(stage.general)).toEqual(piecesOf('es'));
    expect((await ben.command('statement post', { language: 'en' })).words).not.toContain('behind');
  });
});

describe('edit', () => {
  const changed = (text: string) => text.replace('more than 1,200', 'over 1,200');

  it('opens on the text, and says what changed and which language is behind', async () => {
    const form = await ada.command('statement edit', { language: 'en' });
    expect(form.words).toContain(textOf('en').trim());
    const saved = await form.submit({ text: changed(textOf('en')) });
    expect(saved.private).toBe(true);
    expect(saved.words).toContain('**English, version 2** is saved');
    expect(saved.words).toContain('~~more than~~ **over** 1,200');
    expect(saved.words).toContain('The Spanish text has now fallen behind');
    expect((await form.submit({ text: 'Pressed again' })).words).toContain('already done');
    expect(history().map(({ version }) => version)).toEqual([1, 1, 2]);
    const confirmed = await ana.command('statement confirm', { language: 'es' });
    expect(confirmed.words).toContain(
      'La versión 1 en español cuenta desde ahora como igual a la versión 2 en inglés',
    );
    expect((await ana.command('statement confirm', { language: 'es' })).words).toContain('está al día');
  });

  it('keeps a file to the letter, and does it once', async () => {
    const text = `${changed(textOf('en'))}\r\n\t@everyone  \`\`\`code\n`;
    const saved = await ada.command('statement edit', { language: 'en', file: file(`\uFEFF${text}`) });
    stage.discord.deliver(saved.interaction);
    expect((await ana.command('statement history')).words).toContain('**Versión 2 en inglés**');
    expect(history().slice(2)).toEqual([{ language: 'en', version: 2, text: text.replace('\r\n', '\n') }]);
    mayBeRefused = true;
  });

  it('refuses what is no text, too large, or changes nothing', async () => {
    const edit = async (bytes: string | Buffer) =>
      (await ada.command('statement edit', { language: 'en', file: file(bytes) })).words;
    expect(await edit(Buffer.from('Perú', 'latin1'))).toContain("isn't plain text");
    expect(await edit('x'.repeat(81 * 1024))).toContain('at most 80 kB');
    expect(await edit('x'.repeat(20_001))).toContain('20,001 characters are too many');
    expect(await edit(' \u200B\n')).toContain('nothing to read');
    expect(await edit(textOf('en').trim())).toContain('says just that already');
    expect(history()).toHaveLength(2);
  });

  it('asks for a reason once people have signed', async () => {
    await sign();
    const without = await ada.command('statement edit', { language: 'en', file: file('Second') });
    expect(without.words).toContain('needs a reason');
    const within = await ana.command('statement edit', {
      language: 'en',
      file: file('Second'),
      reason: 'una *errata*',
    });
    expect(within.words).toContain('Motivo: una \\*errata\\*');
    const form = await ana.command('statement edit', { language: 'en' });
    const saved = await form.submit({ 'El texto completo': 'Third', 'Por qué cambia': 'otra' });
    expect(saved.words).toContain('Motivo: otra');
    expect((await ada.command('statement edit', { language: 'en', reason: 'given' })).words).not.toContain(
      'Why',
    );
  });

  it('loses nothing that was typed: not where people signed, nor where somebody was faster', async () => {
    const form = await ada.command('statement edit', { language: 'en' });
    await sign();
    const unsaid = await form.submit({ text: 'Mine' });
    expect(unsaid.words).toContain('needs a reason');
    expect(attached(unsaid)).toBe('Mine');
    const spanish = await ana.command('statement edit', { language: 'es', reason: 'mía' });
    await ada.command('statement edit', { language: 'es', reason: 'theirs', file: file('La suya') });
    const late = await spanish.submit({ text: 'La mía' });
    expect(late.words).toContain('alguien guardó la versión 2 en español');
    expect(attached(late)).toBe('La mía');
    expect(
      history()
        .map(({ text }) => text)
        .slice(2),
    ).toEqual(['La suya']);
  });

  it('hands over a text that no form holds, as a file', async () => {
    const long = `${'A long paragraph.\n\n'.repeat(300)}End`;
    await ada.command('statement edit', { language: 'en', file: file(long) });
    const answer = await ada.command('statement edit', { language: 'en' });
    expect(answer.words).toContain('too long for a form');
    expect(attached(answer)).toBe(long);
  });

  it('is for organizers', async () => {
    for (const refusal of [
      await ben.command('statement edit', { language: 'en' }),
      await ben.command('statement confirm', { language: 'en' }),
    ]) {
      expect(refusal.words).toContain('for organizers');
    }
  });
});

describe('history', () => {
  it('lists the newest first; who wrote it is for organizers', async () => {
    await sign();
    await ana.command('statement edit', { language: 'en', file: file('Second'), reason: 'a _date_' });
    const { words } = await ben.command('statement history');
    expect(words.match(/(?:English|Spanish), version \d/g)).toEqual([
      'English, version 2',
      'Spanish, version 1',
      'English, version 1',
    ]);
    expect(words).toContain('The Spanish text has fallen behind');
    expect(words).toContain('a \\_date\\_');
    expect(words).not.toContain(stage.ana.id);
    expect((await ana.command('statement history', { language: 'en' })).words).toContain(
      `Por <@${stage.ana.id}>`,
    );
  });

  it('stays within a message, however many versions there are', async () => {
    stage.withDatabase((database) => {
      const [first] = database.select().from(statements).all();
      if (!first) throw new Error('no statement was loaded');
      const { id: _id, ...row } = first;
      const reason = '*'.repeat(300);
      for (let version = 2; version <= 40; version += 1) {
        database
          .insert(statements)
          .values({ ...row, version, reason, authorId: stage.ana.id })
          .run();
      }
    });
    expect((await ana.command('statement history')).words).toContain('… y 31 más');
  });
});

it('posts nothing of a draft, which only organizers may see', async () => {
  stage.withDatabase((database) => {
    const [petition] = petitionsOf(database, stage.server.id);
    updatePetition(database, petition?.id ?? 0, { state: 'draft' });
  });
  const said = await ana.command('statement post', { language: 'en' });
  await said.until(({ words }) => words.includes('es todavía un borrador'));
  expect(said.private).toBe(true);
  expect(contents(stage.general)).toEqual([]);
});
