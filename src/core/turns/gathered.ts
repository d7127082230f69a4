/**
 * Small pieces of work that cost less together: those that come while one is done wait, and are then done as one. Nobody waits
 * longer than for what runs already, and where nothing runs nobody waits at all.
 */

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(fault: unknown): void;
}

/**
 * Makes of work that is done for many items, at most `most` at a time, work for one. `work` gives a result for each item in
 * their order. Where it fails for several, each is done by itself, so that nobody hears of another's fault.
 */
export function gathered<Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  most = 100,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isRunning = false;

  async function doTogether(some: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await work(some.map(({ item }) => item));
      for (const [index, { resolve }] of some.entries()) resolve(results[index] as Result);
    } catch (fault) {
      const [only, ...others] = some;
      if (others.length === 0) only?.reject(fault);
      else for (const one of some) await doTogether([one]);
    }
  }

  async function run(): Promise<void> {
    isRunning = true;
    while (waiting.length > 0) {
      const some = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await doTogether(some);
    }
    isRunning = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isRunning) void run();
    });
}
