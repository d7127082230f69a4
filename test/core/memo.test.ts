/** Answers kept by key: each is worked out once, and no file is long enough to fill the memory with them. */
import { expect, it } from "vitest";
import { memoized } from "../../src/core/memo.js";

it("works an answer out once, and forgets when there are too many", () => {
  const asked: string[] = [];
  const lengthOf = memoized((key) => {
    asked.push(key);
    return { length: key.length };
  });
  expect(lengthOf("two")).toBe(lengthOf("two"));
  expect(asked).toEqual(["two"]);
  for (let number = 0; number < 10_000; number += 1) lengthOf(`${number}`);
  expect(lengthOf("two")).toEqual({ length: 3 });
  expect(asked.filter((key) => key === "two")).toHaveLength(2);
});
