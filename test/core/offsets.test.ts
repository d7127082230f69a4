/** Code points and UTF-16 units lead to the same characters, in texts with and without astral ones. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { offsetMap } from "../../src/core/offsets.js";

const texts = fc
  .array(fc.constantFrom("a", "β", "𝛽", "😀", "e\u0301", " ", "|"))
  .map((parts) => parts.join(""));

describe("offsetMap", () => {
  it("leads every code point to its UTF-16 unit and back", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const map = offsetMap(text);
        let utf16 = 0;
        for (const [codePoint, character] of [...text, ""].entries()) {
          expect(map.toUtf16(codePoint)).toBe(utf16);
          expect(map.toCodePoint(utf16)).toBe(codePoint);
          utf16 += character.length;
        }
      }),
    );
  });

  it("counts a pair of surrogates for an offset inside of it", () => {
    const map = offsetMap("a😀b😀");
    expect([0, 1, 2, 3, 4, 5, 6].map((utf16) => map.toCodePoint(utf16))).toEqual([0, 1, 2, 2, 3, 4, 4]);
  });

  it("keeps offsets past the end past the end", () => {
    expect(offsetMap("😀").toUtf16(9)).toBeGreaterThan(2);
  });
});
