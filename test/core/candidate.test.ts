/** Which pairs of a document are asked about, in which order. */
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { countCandidates, documentCandidates, documentEntities, pairKey } from "../../src/core/candidate.js";
import { aDocument } from "../support/builders.js";

describe("documentEntities", () => {
  it("gives relatable entities by first mention, variants in a gene's role, species not at all", () => {
    const entities = documentEntities(aDocument());
    expect(entities.map(({ curie, role, mentions }) => [curie, role, mentions.length])).toEqual([
      ["MESH:D001241", "Chemical", 2],
      ["NCBIGene:3569", "Gene", 2],
      ["MESH:D006073", "Disease", 2],
      ["NCBIGene:7157", "Gene", 1],
      ["tmVar:p|SUB|R|175|H", "Gene", 1],
    ]);
  });
});

describe("documentCandidates", () => {
  it("gives every pair of the five pair types once, the left type as subject", () => {
    const pairs = documentCandidates(aDocument()).map(({ subject, object, pairType }) =>
      [pairType, subject.curie, object.curie].join(" "),
    );
    expect(pairs).toHaveLength(10);
    expect(pairs).toContain("D-G MESH:D006073 NCBIGene:3569");
    expect(pairs).toContain("G-G NCBIGene:7157 tmVar:p|SUB|R|175|H");
  });

  it("counts a mention with several ids for each, and makes no pair of two diseases", () => {
    const document = aDocument({
      title: "Aspirin in gout and fever",
      abstract: null,
      mentions: [
        { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
        { text: "gout and fever", type: "Disease", ids: ["D006073", "D005334"] },
      ],
    });
    expect(documentCandidates(document).map(({ object }) => object.curie)).toEqual([
      "MESH:D006073",
      "MESH:D005334",
    ]);
  });
});

it("an identifier in two roles is one entity, and makes no pair with itself", () => {
  const document = aDocument({
    title: "Insulin and insulin in gout",
    abstract: null,
    mentions: [
      { text: "Insulin", type: "Gene", ids: ["3630"] },
      { text: "insulin", type: "Chemical", ids: ["3630"] },
      { text: "gout", type: "Disease", ids: ["D006073"] },
    ],
  });
  const both = document.mentions.map((mention) =>
    mention.type === "Disease" ? mention : { ...mention, ids: ["NCBIGene:3630"] },
  );
  const pairs = documentCandidates({ ...document, mentions: both });
  expect(pairs.map(({ subject, object }) => [subject.curie, object.curie])).toEqual([
    ["MESH:D006073", "NCBIGene:3630"],
    ["NCBIGene:3630", "MESH:D006073"],
  ]);
});

it("pairKey does not care for order", () => {
  expect(pairKey("b", "a")).toBe(pairKey("a", "b"));
});

test("pairs are counted as they are made, whatever the roles of an identifier", () => {
  const types = ["Gene", "Variant", "Disease", "Chemical", "Species"] as const;
  const mention = fc.record({
    type: fc.constantFrom(...types),
    id: fc.constantFrom("a", "b", "c", "d", "e"),
  });
  fc.assert(
    fc.property(fc.array(mention, { maxLength: 20 }), (found) => {
      const mentions = found.map(({ type, id }, start) => ({
        ...{ type, ids: [id], sourceIds: [id] },
        ...{ start, end: start + 1, text: "x" },
      }));
      const document = { ...aDocument(), mentions };
      expect(countCandidates(document)).toBe(documentCandidates(document).length);
    }),
  );
});
