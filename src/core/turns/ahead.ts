/**
 * A stream that goes on by itself while what came of it is worked on: a bounded queue between two stages. A stage that is
 * slower than the one before it holds that one back, so that nothing piles up.
 */

/** What has come of a stream: an item, its end, or its fault. */
type Arrival<Item> = { readonly item: Item } | { readonly end: true } | { readonly fault: unknown };

/**
 * The same items in the same order, at most `most` of them taken before they are asked for. A fault comes after all items
 * that were before it. Whoever stops early stops the stream too.
 */
export async function* ahead<Item>(
  items: AsyncIterable<Item>,
  most: number,
): AsyncGenerator<Item, undefined> {
  const arrived: Arrival<Item>[] = [];
  const source = items[Symbol.asyncIterator]();
  let isLeft = false;
  let onArrival: () => void = () => undefined;
  let onRoom: () => void = () => undefined;
  const arrive = (arrival: Arrival<Item>) => {
    arrived.push(arrival);
    onArrival();
  };
  const take = async (): Promise<void> => {
    try {
      while (!isLeft) {
        const { done, value } = await source.next();
        if (done === true) return arrive({ end: true });
        arrive({ item: value });
        while (arrived.length >= most && !isLeft)
          await new Promise<void>((resolve) => {
            onRoom = resolve;
          });
      }
    } catch (fault) {
      arrive({ fault });
    }
  };
  const taking = take();
  try {
    for (;;) {
      const arrival = arrived.shift();
      if (arrival === undefined) {
        await new Promise<void>((resolve) => {
          onArrival = resolve;
        });
        continue;
      }
      onRoom();
      if ("fault" in arrival) throw arrival.fault;
      if ("end" in arrival) return;
      yield arrival.item;
    }
  } finally {
    isLeft = true;
    onRoom();
    await source.return?.();
    await taking;
  }
}
