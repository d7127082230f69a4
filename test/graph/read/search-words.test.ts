/** The spellings that a name is looked for in. */
import { describe, expect, it } from "vitest";
import { comparable, searchQuery } from "../../../src/graph/read/search-words.js";

describe("searchQuery", () => {
  it("drops the possessive, straight or curly", () => {
    const [straight, curly, bare] = ["Raynaud's disease", "Raynaud’s  disease", "raynaud\ndisease"].map(
      (text) => searchQuery(text),
    );
    expect(straight).toBe(bare);
    expect(curly).toBe(bare);
  });

  it("looks for a hyphenated word joined and in its parts, and for a joined one in its parts", () => {
    expect(searchQuery("IL-6")).toBe(searchQuery("IL6"));
    expect(searchQuery("IL6")).toContain('"il6"^4');
    expect(searchQuery("IL6")).toMatch(/\(\+\("il"\^4 il\*\^2\) \+\("6"\^4\)\)/);
  });

  it("allows for more wrong letters in longer words, and for few in numbered ones, whose number is their own", () => {
    const edits = (word: string) => [...searchQuery(word).matchAll(/~(\d)/g)].map(([, edit]) => Number(edit));
    expect(edits("il")).toEqual([]);
    expect(new Set(edits("gout"))).toEqual(new Set([1]));
    expect(new Set(edits("melatonin"))).toEqual(new Set([2]));
    expect(Math.max(...edits("interleukin6"))).toBe(2);
    expect(searchQuery("interleukin6")).toContain("interleukin6~1");
    expect(searchQuery("interleukin6")).toContain("interleukin~2");
    expect(edits("2678")).toEqual([]);
  });

  it("spells Greek letters, singulars and plain letters", () => {
    expect(searchQuery("TNF-α")).toContain('"alpha"');
    expect(searchQuery("alpha")).toContain('"α"');
    expect(searchQuery("cardiomyopathies")).toContain('"cardiomyopathy"');
    expect(searchQuery("Sjögren")).toContain('"sjogren"');
  });

  it("hands nothing to Lucene that it would read", () => {
    for (const text of ["a:b AND (", '"', "name:*", "\\", "~~^^", "[a TO b]", "{", "&& ||", "' - -"]) {
      const words = searchQuery(text).replace(/"[\p{L}\p{N}]*"(?:\^\d)?|[\p{L}\p{N}]+(?:\*\^2|~\d)/gu, "");
      expect(words.replace(/name:|synonyms:/g, ""), text).toMatch(/^[\s+()]*$/);
    }
  });
});

it("asks for types beside the names, which no type is one of", () => {
  expect(searchQuery("gene", ["Gene", "Disease"])).toMatch(
    /^\+\(name:\(.*\) synonyms:\(.*\)\) \+type:\("Gene" "Disease"\)$/,
  );
});

it("comparable makes one of spellings that differ in blanks, hyphens and apostrophes", () => {
  expect(comparable("Alzheimer’s   Disease ")).toBe("alzheimer's disease");
  expect(comparable("Beta‐carotene")).toBe("beta carotene");
});
