/** A queue's order, and that what is called off leaves nothing in it. */
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { workQueue } from "../../../src/core/turns/work-queue.js";

/** Work that goes on until it is let go. */
function held(): { readonly work: () => Promise<void>; letGo(): void } {
  let letGo = () => {};
  const done = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return { work: () => done, letGo: () => letGo() };
}

test("the more urgent goes first, equals in order of arrival, and no more at a time than may", async () => {
  const queue = workQueue(1);
  const { work, letGo } = held();
  const order: string[] = [];
  const first = queue.add(work);
  const rest = [
    ["a", 0],
    ["b", 1],
    ["c", 0],
    ["d", 1],
  ] as const;
  const all = rest.map(([name, priority]) => queue.add(async () => order.push(name), { priority }));
  await setImmediate();
  expect(order).toEqual([]);
  letGo();
  await Promise.all([first, ...all]);
  expect(order).toEqual(["b", "d", "a", "c"]);
});

test("what is called off while it waits leaves at once and is never begun", async () => {
  const queue = workQueue(1);
  const { work, letGo } = held();
  const running = queue.add(work);
  const stop = new AbortController();
  let begun = 0;
  const count = async () => {
    begun += 1;
  };
  const waiting = Array.from({ length: 100 }, () => queue.add(count, { signal: stop.signal }));
  const other = queue.add(count);
  expect(queue.waiting).toBe(101);
  stop.abort();
  expect(queue.waiting).toBe(1);
  for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe("rejected");
  await expect(waiting[0]).rejects.toMatchObject({ code: "CANCELLED" });
  await expect(queue.add(count, { signal: stop.signal })).rejects.toMatchObject({ code: "CANCELLED" });
  letGo();
  await Promise.all([running, other]);
  await queue.idle();
  expect(begun).toBe(1);
});

test("what runs is not given up when it is called off, and a failure is its caller's alone", async () => {
  const queue = workQueue(1);
  const { work, letGo } = held();
  const stop = new AbortController();
  let isDone = false;
  const running = queue.add(work, { signal: stop.signal }).then(() => {
    isDone = true;
  });
  const failing = queue.add(() => Promise.reject(new TypeError("broken")));
  await setImmediate();
  stop.abort();
  await setImmediate();
  expect(isDone).toBe(false);
  letGo();
  await running;
  await expect(failing).rejects.toThrow("broken");
  expect(await queue.add(async () => 7)).toBe(7);
});
