// Who may connect what: the rules, before any platform is asked and again when the figure is entered.
import { describe, expect, it } from 'vitest';
import { updatePetition } from '../../db/petitions.js';
import { AlreadyWritten } from '../../db/transaction.js';
import { connectSource, requireConnectable } from '../../src/coalition/connection.js';
import { putSource } from '../../src/coalition/source.js';
import { tallyOf } from '../../src/coalition/tally.js';
import { aCount, everyRow, failureOf, hostServer, partnerServer } from '../support/stories.js';

const placeAt = (id: number) => ({
  url: `https://petition.parliament.uk/petitions/${id}`,
  connector: 'uk-parliament',
  settings: { id: String(id) },
});

function aStory() {
  const story = aCount();
  const { database, petition, pen } = story;
  const connect = (source: string, id: number, people = 10, given = {}) =>
    connectSource(database, pen(given), petition, {
      source,
      place: placeAt(id),
      reading: { people, status: 200 },
    });
  /** How asking the platform, and then entering its figure, would fail: in the same way. */
  const refusal = (source: string, id: number, serverId = hostServer) => {
    const before = everyRow(database);
    const asked = failureOf(() => requireConnectable(database, serverId, petition, source, placeAt(id)));
    expect(failureOf(() => connect(source, id, 10, { serverId }))).toBe(asked);
    if (asked) expect(everyRow(database)).toEqual(before);
    return asked;
  };
  return { ...story, connect, refusal };
}

describe('a source is connected', () => {
  it('by the host alone', () => {
    expect(aStory().refusal('Page', 1, partnerServer)).toBe('hostOnly');
    expect(aStory().refusal('Page', 1)).toBeUndefined();
  });

  it('while the petition is counted', () => {
    const { database, petition, refusal } = aStory();
    updatePetition(database, petition.id, { state: 'closed' });
    petition.state = 'closed';
    expect(refusal('Page', 1)).toBe('state.closed');
  });

  it('where it is a platform, which a count by hand makes it too', () => {
    const { batch, count, refusal, connect, figures } = aStory();
    batch('Sheets', 5);
    expect(refusal('sheets', 1)).toBe('otherKind.paper');
    count('Page', 500, { organizations: 7 });
    connect('PAGE', 1, 510);
    expect(figures()).toEqual([515, 7]);
  });

  it('to a page that no other source counts', () => {
    const { database, petition, connect, refusal } = aStory();
    putSource(database, petition.id, { name: 'From the folder', kind: 'platform', url: placeAt(9).url }, 1);
    connect('Page', 1);
    expect([refusal('Other', 1), refusal('Other', 9)]).toEqual(['sourceTwice', 'sourceTwice']);
    connect('From the folder', 9);
    connect('Page', 2, 20);
    expect(refusal('Other', 1)).toBeUndefined();
  });

  it('as long as there are not too many; one that is connected may change', () => {
    const { connect, refusal } = aStory();
    for (let id = 1; id <= 20; id += 1) connect(`Page ${id}`, id);
    expect(refusal('Page 21', 21)).toBe('tooManyConnections');
    expect(refusal('Page 20', 22)).toBeUndefined();
  });

  it('once for each time it is asked for', () => {
    const { database, petition, connect } = aStory();
    connect('Page', 1, 10, { key: 'same' });
    expect(() => connect('Page', 1, 10, { key: 'same' })).toThrow(AlreadyWritten);
    expect(tallyOf(database, petition.id).total).toBe(10);
  });
});
