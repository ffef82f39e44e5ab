// The trouble that is ordered, until something meets it.
import type { EventTrouble, RequestTrouble, SessionTrouble, Trouble, TroubleOrder } from './driver/orders.js';

/** What the stand-in itself asks; to ask for an order uses it up once. */
export interface TroubleBook extends Trouble {
  forRequest(method: string, path: string): RequestTrouble | undefined;
  forEvent(event: string): EventTrouble | undefined;
  forSession(session: SessionTrouble['session']): SessionTrouble | undefined;
}

/** No trouble until some is ordered. */
export function makeTrouble(): TroubleBook {
  let entries: { order: TroubleOrder; left: number }[] = [];

  function take<Order extends TroubleOrder>(
    fits: (order: TroubleOrder) => order is Order,
  ): Order | undefined {
    for (const entry of entries) {
      if (!fits(entry.order)) continue;
      entry.left -= 1;
      entries = entries.filter(({ left }) => left > 0);
      return entry.order;
    }
    return undefined;
  }

  return {
    next: (order) => void entries.push({ order, left: order.times ?? 1 }),
    clear: () => {
      entries = [];
    },
    get pending() {
      return entries.map((entry) => ({ ...entry }));
    },
    forRequest: (method, path) =>
      take(
        (order): order is RequestTrouble =>
          'path' in order && (order.method ?? method) === method && order.path.test(path),
      ),
    forEvent: (event) => take((order): order is EventTrouble => 'event' in order && order.event === event),
    forSession: (session) =>
      take((order): order is SessionTrouble => 'session' in order && order.session === session),
  };
}
