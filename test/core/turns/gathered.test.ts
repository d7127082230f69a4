import { setTimeout } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { gathered } from "../../../src/core/turns/gathered.js";

describe("work that is gathered", () => {
  test("is done at once where nothing runs, and together where something does", async () => {
    const together: number[][] = [];
    const double = gathered(async (items: readonly number[]) => {
      together.push([...items]);
      await setTimeout(10);
      return items.map((item) => 2 * item);
    }, 3);
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
    expect(await double(6)).toBe(12);
    expect(together).toEqual([[1], [2, 3, 4], [5], [6]]);
  });

  test("fails for whom it fails alone", async () => {
    const together: number[][] = [];
    const check = gathered(async (items: readonly number[]) => {
      together.push([...items]);
      await setTimeout(1);
      if (items.includes(3)) throw new Error("three");
      return items;
    });
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(check));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...["fulfilled", "fulfilled", "rejected", "fulfilled"],
    ]);
    expect(together).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
  });
});
