// /signatures connect: a source that is read from another platform by itself.
import { connectSource, requireConnectable } from '../src/coalition/connection.js';
import { Failure } from '../src/coalition/failure.js';
import { partsOf } from '../src/discord/cards/progress.js';
import { shownName } from '../src/discord/cards/sources.js';
import { subcommand } from '../src/discord/command.js';
import { line, source } from '../src/discord/options.js';
import { petitionOf } from './petition.js';

export const connect = subcommand({
  rank: 'organizer',
  // The platform is asked right away.
  slow: true,
  options: {
    source: source({ required: true }),
    url: line(450, { required: true }),
  },
  async run({ source: name, url }, turn) {
    const { words, context, write, serverId } = turn;
    const { database, platforms } = context;
    const petition = petitionOf(turn);
    const place = platforms.recognize(url);
    if (!place) throw new Failure('notConnectable');
    requireConnectable(database, serverId, petition, name, place);
    const reading = await platforms.read(place);
    if ('problem' in reading) {
      throw new Failure('notConnected', { problem: { key: `source.problems.${reading.problem}` } });
    }
    const { source, before, now } = connectSource(database, { ...write, at: context.clock.now() }, petition, {
      source: name,
      place,
      reading,
    });
    const change = now.total - before.total;
    const moved = change === 0 ? words.say('signatures.noChange') : words.change(change);
    const said = words.say('signatures.connected', {
      source: shownName(source, words),
      people: reading.people,
    });
    const total = words.say('tally.total', { count: now.total });
    return { content: `${said}\n**${total}** (${moved}) · ${partsOf(now, words)}` };
  },
});
