/** What names are compared by: spellings that are one name, and those that are not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spelledGreek } from "../../../ingest/lexicon/name-forms.js";
import { hashName, hashSpelling } from "../../../ingest/lexicon/name-hash.js";
import { nameKey, nameTokens } from "../../../ingest/lexicon/name-tokens.js";

describe("nameKey", () => {
  it.each([
    ["IL-6", "IL6", "il 6", "Il_6"],
    ["TNF-alpha", "TNFalpha", "TNFα", "tnf α", "TNFΑ"],
    ["NF-kappaB", "NFkappaB", "NF-κB", "nf kappa b"],
    ["Sjögren's syndrome", "Sjogren's Syndrome", "SJÖGREN'S SYNDROME"],
    ["Ca(2+)", "Ca2+", "Ca 2"],
  ])("is one for %s and its like", (name, ...others) => {
    expect(others.map(nameKey)).toEqual(others.map(() => nameKey(name)));
  });

  it.each([
    ["IL6", "IL16"],
    ["alphabet", "alpha bet"],
    ["TNF", "TNF alpha"],
  ])("keeps %s apart from %s", (one, other) => {
    expect(nameKey(one)).not.toBe(nameKey(other));
  });
});

describe("nameTokens", () => {
  it("and what letters may stand for take a word for a word, whatever it means to a program", () => {
    expect(nameTokens("a constructor").map(({ key }) => key)).toEqual(["a", "constructor"]);
    expect(["a", "constructor", "valueof"].map(spelledGreek)).toEqual([["alpha"], [], []]);
  });

  it("give offsets into the text as it is, ASCII or not alike", () => {
    const words = fc.array(
      fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("PKCalpha", "IL6", "𝛼x", "é", "İ", " ")),
    );
    fc.assert(
      fc.property(words, (pieces) => {
        const text = pieces.join("");
        const tokens = nameTokens(text);
        // What a character outside ASCII does to the reading of the others: nothing.
        expect(nameTokens(`${text} –`)).toEqual(tokens);
        expect(tokens.every(({ start, end }, at) => start < end && start >= (tokens[at - 1]?.end ?? 0))).toBe(
          true,
        );
      }),
    );
  });
});

describe("hashName", () => {
  it("is one for names of one key and differs for others", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "B", "1", "2", "-", " ", "α", "é"), maxLength: 8 });
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [a, b] = [hashName(one), hashName(other)];
        expect(a.a === b.a && a.b === b.b).toBe(nameKey(one) === nameKey(other));
      }),
    );
  });

  it("has a spelling's number that minds capitals and nothing between letters", () => {
    expect(hashSpelling("IL-6")).toBe(hashSpelling("IL6"));
    expect(hashSpelling("IL-6")).not.toBe(hashSpelling("Il-6"));
  });
});
