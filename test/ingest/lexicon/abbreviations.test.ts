/** Short forms that a text explains, and what they are taken for. */
import { describe, expect, it } from "vitest";
import { findAbbreviations } from "../../../ingest/lexicon/abbreviations.js";
import { buildRecognizer } from "../../../ingest/lexicon/recognizer.js";

const explained = (text: string) =>
  findAbbreviations(text).map(({ short, start, end }) => [short, text.slice(start, end)]);

describe("findAbbreviations", () => {
  it.each([
    ["We saw coronary artery disease (CAD) often.", [["CAD", "coronary artery disease"]]],
    ["The tumor necrosis factor-alpha (TNF-α; a cytokine)", []],
    ["after N-acetylcysteine (NAC, 5 mg)", [["NAC", "N-acetylcysteine"]]],
    ["in mice (n = 12) and rats (CI 95%)", []],
    ["It ended. Rheumatoid arthritis (RA)", [["RA", "Rheumatoid arthritis"]]],
    ["(RA) first", []],
    ["the A (B) of (12)", []],
  ])("in %j", (text, pairs) => {
    expect(explained(text)).toEqual(pairs);
  });
});

describe("a recogniser", () => {
  const recognizer = buildRecognizer([
    { curie: "MESH:D003324", type: "Disease", name: "coronary artery disease", synonyms: [] },
    { curie: "NCBIGene:790", type: "Gene", name: "CAD", synonyms: [] },
    { curie: "NCBIGene:791", type: "Gene", name: "CAD-2", synonyms: [] },
  ]);
  const found = (text: string) => recognizer.find(text).map((mention) => [mention.text, mention.ids[0]]);

  it("takes a short form for what the text explains it as, wherever it stands", () => {
    expect(found("CAD, that is coronary artery disease (CAD), and CAD-2: no CADs.")).toEqual([
      ["CAD", "MESH:D003324"],
      ["coronary artery disease", "MESH:D003324"],
      ["CAD", "MESH:D003324"],
      ["CAD-2", "NCBIGene:791"],
      ["CADs", "NCBIGene:790"],
    ]);
    expect(found("CAD alone")).toEqual([["CAD", "NCBIGene:790"]]);
  });
});
