/**
 * Taking a client's mentions.
 */
import { describe, expect, it } from "vitest";
import { textDocument, withGivenMentions } from "../../../src/api/extraction/text-annotation.js";

describe("withGivenMentions", () => {
  const document = textDocument("Fish oil", "It helps.");

  it("takes mentions in any spelling of their ids", () => {
    const [mention] = withGivenMentions(document, [
      { start: 0, end: 8, ids: ["mesh:d005395"], type: "Chemical" },
    ]).mentions;
    expect(mention).toMatchObject({ text: "Fish oil", ids: ["MESH:D005395"] });
  });

  it.each([
    { start: 5, end: 5 },
    { start: -1, end: 3 },
    { start: 3, end: 19 },
  ])("refuses a mention outside the text: %j", (span) => {
    expect(() => withGivenMentions(document, [{ ...span, ids: ["MESH:D1"], type: "Chemical" }])).toThrow(
      /mention 1/,
    );
  });
});
