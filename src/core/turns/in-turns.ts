/**
 * Long work on the thread that answers others, done in turns with them.
 */
import { setImmediate } from "node:timers/promises";

/** Longer than this the others never wait for a turn, in milliseconds. */
const TURN_MILLIS = 10;

/** What the steps give together, each step a few milliseconds of work at most. */
export async function inTurns<Item, Result>(
  items: Iterable<Item>,
  step: (item: Item) => readonly Result[],
): Promise<Result[]> {
  const results: Result[] = [];
  let began = performance.now();
  for (const item of items) {
    results.push(...step(item));
    if (performance.now() - began < TURN_MILLIS) continue;
    await setImmediate();
    began = performance.now();
  }
  return results;
}
