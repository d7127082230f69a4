/** A document's text: passages at their offsets, whatever stands between them. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { documentText } from "../../src/core/document.js";

it("holds each passage at its offset, the gaps filled with spaces, in no time that grows with their square", () => {
  const pieces = fc.array(
    fc.record({ gap: fc.integer({ min: -3, max: 3 }), text: fc.string({ maxLength: 5 }) }),
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      let end = 0;
      const passages = parts.map(({ gap, text }) => {
        const offset = Math.max(0, end + gap);
        end = offset + text.length;
        return { kind: "body" as const, offset, text };
      });
      // Plainly: each passage is put at its place in what is there.
      let text = "";
      for (const passage of passages)
        text = text.slice(0, passage.offset).padEnd(passage.offset, " ") + passage.text;
      expect(documentText({ passages })).toBe(text);
    }),
  );
});
