import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ahead } from "../../../src/core/turns/ahead.js";

/** Numbers up to a limit, and how many of them were taken. */
function numbers(limit: number, fault?: Error) {
  const seen = { taken: 0, isClosed: false };
  async function* items() {
    try {
      for (let number = 1; number <= limit; number += 1) {
        seen.taken = number;
        yield number;
      }
      if (fault !== undefined) throw fault;
    } finally {
      seen.isClosed = true;
    }
  }
  return { seen, items: items() };
}

describe("a stream that goes on while its items are worked on", () => {
  test("gives the same items in the same order", async () => {
    const given: number[] = [];
    for await (const number of ahead(numbers(100).items, 7)) given.push(number);
    expect(given).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  test("is some items ahead of who works on them, and never more", async () => {
    const { items, seen } = numbers(100);
    const stream = ahead(items, 5);
    for (let done = 1; done <= 20; done += 1) {
      expect((await stream.next()).value).toBe(done);
      await setTimeout(1);
      expect(seen.taken - done).toBe(5);
    }
    await stream.return(undefined);
    expect(seen).toEqual({ taken: 25, isClosed: true });
  });

  test("tells a fault after all items that were before it", async () => {
    const given: number[] = [];
    const work = async () => {
      for await (const number of ahead(numbers(3, new Error("broken")).items, 10)) given.push(number);
    };
    await expect(work()).rejects.toThrow("broken");
    expect(given).toEqual([1, 2, 3]);
  });

  test("stops the stream when whoever works on it fails", async () => {
    const { items, seen } = numbers(100);
    const work = async () => {
      for await (const number of ahead(items, 3)) if (number === 10) throw new Error("enough");
    };
    await expect(work()).rejects.toThrow("enough");
    expect(seen.isClosed).toBe(true);
    expect(seen.taken).toBeLessThanOrEqual(13);
  });
});
