/** Every identifier form of the corpora and of users has one canonical CURIE, and different ones stay apart. */
import { describe, expect, it } from "vitest";
import { canonicalCurie, parseCurie, toCurie } from "../../src/core/curie.js";
import type { EntityType } from "../../src/core/relation-types.js";

const LONG =
  "tmVar:c|SUB|C|1840|T;HGVS:c.1840C>T;VariantGroup:0;CorrespondingGene:6261;RS#:118192172;CA#:24311";

describe("toCurie", () => {
  const cases: [string, EntityType, string | undefined][] = [
    ["7157", "Gene", "NCBIGene:7157"],
    ["22059(Tax:10090)", "Gene", "NCBIGene:22059"],
    ["9606", "Species", "NCBITaxon:9606"],
    ["D003920", "Disease", "MESH:D003920"],
    ["MESH:D003920", "Disease", "MESH:D003920"],
    ["C000606551", "Chemical", "MESH:C000606551"],
    ["OMIM:125853", "Disease", "OMIM:125853"],
    ["CHEBI:15365", "Chemical", "CHEBI:15365"],
    ["D015458|D016399", "Disease", "MESH:D015458|MESH:D016399"],
    [" CVCL_1452", "CellLine", "CVCL_1452"],
    ["CVCL:0030", "CellLine", "CVCL_0030"],
    ["rs1800497", "Variant", "dbSNP:rs1800497"],
    ["c|DEL|1314_1328|", "Variant", "tmVar:c|DEL|1314_1328|"],
    ["p|SUB|E|333|D", "Variant", "tmVar:p|SUB|E|333|D"],
    ["p.G12S", "Variant", "tmVar:p|SUB|G|12|S"],
    [LONG, "Variant", "dbSNP:rs118192172"],
    ["tmVar:rs10023113;VariantGroup:0;CorrespondingGene:817;RS#:10023113", "Variant", "dbSNP:rs10023113"],
    [
      "tmVar:p|SUB|P|9|R;HGVS:p.P9R;VariantGroup:4;CorrespondingGene:71",
      "Variant",
      "tmVar:p|SUB|P|9|R;CorrespondingGene:71",
    ],
    ["NCBIGene:22059(Tax:10090)", "Gene", "NCBIGene:22059"],
    ["7124.0", "Gene", "NCBIGene:7124"],
    ["CHEBI:CHEBI:15365", "Chemical", "CHEBI:15365"],
    ["C0015967", "Disease", "UMLS:C0015967"],
    ["CVCL_None", "CellLine", undefined],
    ["rsNone", "Variant", undefined],
    ["rs-1", "Variant", undefined],
    ["MESH:xyz", "Disease", undefined],
    ["T15", "Gene", "T15"],
    ["-", "Gene", undefined],
    ["-1", "Disease", undefined],
    [" ", "Chemical", undefined],
  ];
  it.each(cases)("reads %s as a %s: %s", (sourceId, type, curie) => {
    expect(toCurie(sourceId, type)).toBe(curie);
  });

  it("keeps the same change in two genes apart", () => {
    const inGene = (gene: number) => toCurie(`tmVar:p|SUB|A|1|D;CorrespondingGene:${gene}`, "Variant");
    expect(inGene(1)).not.toBe(inGene(2));
  });

  it("gives a gene and a species of the same number different CURIEs", () => {
    expect(toCurie("9606", "Gene")).not.toBe(toCurie("9606", "Species"));
  });
});

describe("canonicalCurie", () => {
  const cases: [string, string | undefined][] = [
    ["mesh:d003920", "MESH:D003920"],
    ["MeSH:D003920", "MESH:D003920"],
    ["D003920", "MESH:D003920"],
    ["EntrezGene:7157", "NCBIGene:7157"],
    ["ncbigene: 7157", "NCBIGene:7157"],
    ["NCBITaxon:9606", "NCBITaxon:9606"],
    ["RS123", "dbSNP:rs123"],
    ["dbSNP:123", "dbSNP:rs123"],
    ["MIM:125853", "OMIM:125853"],
    ["Cellosaurus:CVCL_0030", "CVCL_0030"],
    ["cvcl_0030", "CVCL_0030"],
    ["tmVar:p|SUB|E|333|D", "tmVar:p|SUB|E|333|D"],
    ["7157", undefined],
    ["NCBIGene:TP53", undefined],
    ["aspirin", undefined],
    ["http://example.org/7157", undefined],
    ["MESH:", undefined],
    ["", undefined],
  ];
  it.each(cases)("%s → %s", (text, curie) => {
    expect(canonicalCurie(text)).toBe(curie);
  });

  it("is at rest on what it gives", () => {
    for (const [text] of cases) {
      const once = canonicalCurie(text);
      if (once !== undefined) expect(canonicalCurie(once)).toBe(once);
    }
  });
});

describe("parseCurie", () => {
  it("gives prefix and local part", () => {
    expect(parseCurie("Mesh:d003920")).toEqual({ prefix: "MESH", local: "D003920" });
    expect(parseCurie("CVCL_0030")).toEqual({ prefix: "CVCL", local: "0030" });
  });
});
