/** How effects run along a chain of two relations. */
import { expect, it } from "vitest";
import { chainDirection } from "../../../src/core/qualifiers/chain-direction.js";

it.each([
  ["A", "B", "Forward"],
  ["B", "C", "Backward"],
  ["B", "B", "CommonCause"],
  ["A", "C", "CommonEffect"],
  [undefined, "B", undefined],
  ["A", null, undefined],
] as const)("%s acts in A–B and %s in B–C: %s", (first, second, direction) => {
  expect(chainDirection("B", first, second)).toBe(direction);
});
