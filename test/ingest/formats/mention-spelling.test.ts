/** Spellings of the same words are told from other words, which wrong offsets lead to. */
import { describe, expect, it } from "vitest";
import { isSameSpelling } from "../../../ingest/formats/reading/mention-spelling.js";

describe("isSameSpelling", () => {
  it.each([
    ["TNF-a", "TNF-α", true],
    ["TNF‐α", "TNF-a", true],
    ["IFN-γ", "IFN-gamma", true],
    ["σ factor", "sigma factor", true],
    ["Ca²⁺", "Ca2+", true],
    ["naïve", "naive", true],
    ["Sjøgren", "Sjogren", true],
    ["liver  injury", "Liver Injury", true],
    ["c.1840C>T", "c.1840C&gt;T", true],
    ["TNFX", "TNF-X", true],
    ["Aspirin", "Aspirim", false],
    ["uenolide ", "Quenolide", false],
    ["Quenolid", "Quenolide", false],
    [" acid", "acid", false],
    ["(acid", "acid", false],
    ["++", "--", false],
    ["IL-6", "IL-8", false],
  ])("%j for %j: %s", (text, written, same) => {
    expect(isSameSpelling(text, written)).toBe(same);
  });
});
