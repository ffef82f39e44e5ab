// Faults on demand: what the network and Discord's own failures do to a request.

/** A fault for the next requests that match. */
export interface TroubleOrder {
  method?: string;
  /** Tested against the path below `/api/v10`. */
  path: RegExp;
  /**
   * `5xx-before`: refused without doing anything; `5xx-after`: done, yet answered with 500;
   * `answer-lost-after-accept`: done, and the connection cut; `delay`: done, and answered late.
   */
  kind: '5xx-before' | '5xx-after' | 'answer-lost-after-accept' | 'delay';
  /** How many requests meet it; 1 when left out. */
  times?: number;
  /** For `delay`: how late, in milliseconds. */
  milliseconds?: number;
}

export interface Trouble {
  next(order: TroubleOrder): void;
  /** The fault that this request meets, if any; taking it uses it up. */
  take(method: string, path: string): TroubleOrder | undefined;
}

/** No trouble until some is ordered. */
export function makeTrouble(): Trouble {
  const orders: (TroubleOrder & { times: number })[] = [];
  return {
    next: (order) => void orders.push({ times: 1, ...order }),
    take: (method, path) => {
      const found = orders.findIndex((order) => (order.method ?? method) === method && order.path.test(path));
      const order = orders[found];
      if (!order) return undefined;
      order.times -= 1;
      if (order.times <= 0) orders.splice(found, 1);
      return order;
    },
  };
}
