/** Taking a client's mentions, finding some, and how many of either are read. */
import { describe, expect, it } from "vitest";
import { textDocument, withGivenMentions } from "../../../src/api/extraction/text-annotation.js";

describe("withGivenMentions", () => {
  const document = textDocument("Fish oil", "It helps.");

  it("takes mentions in any spelling of their ids", () => {
    const [mention] = withGivenMentions(document, [
      { start: 0, end: 8, ids: ["mesh:d005395"], type: "Chemical" },
    ]).document.mentions;
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

  it("refuses more mentions, and more pairs, than are read at once", () => {
    const mention = (number: number) => ({
      start: 0,
      end: 4,
      ids: [`NCBIGene:${number + 1}`],
      type: "Gene" as const,
    });
    const mentions = (count: number) => Array.from({ length: count }, (_, number) => mention(number));
    expect(withGivenMentions(document, mentions(63)).document.mentions).toHaveLength(63);
    expect(() => withGivenMentions(document, mentions(64))).toThrow(/2016 pairs.*at most 2000/);
    const same = Array.from({ length: 1001 }, () => mention(0));
    expect(withGivenMentions(document, same.slice(1)).pairsLeftOut).toBe(0);
    expect(() => withGivenMentions(document, same)).toThrow(/1001 mentions.*at most 1000/);
  });
});
