import { expect, it } from "vitest";
import { required } from "../../src/core/required.js";

it("gives what is there, nothing being a value too, and throws a fault of ours for what is not", () => {
  expect([required(0, "a zero"), required("", "an empty text"), required(false, "a no")]).toEqual([
    0,
    "",
    false,
  ]);
  for (const absent of [undefined, null]) {
    expect(() => required(absent, "the last row")).toThrow(
      expect.objectContaining({ code: "INTERNAL", message: "the last row is missing" }),
    );
  }
});
