import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { belief } from "../../../src/core/belief.js";
import { goldEvidence, SOURCE_KINDS } from "../../../src/core/evidence.js";
import { ENTITY_TYPES } from "../../../src/core/relation-types.js";
import {
  changeTally,
  EMPTY_TALLY,
  relationStrength,
  type SupportRow,
  tallyStrength,
} from "../../../src/graph/read/relation-strength.js";
import {
  byVotes,
  changeVote,
  type EntityVotes,
  electedType,
  noVotes,
  type PaperMention,
} from "../../../src/graph/write/entity-votes.js";
import { mergeDocuments } from "../../../src/graph/write/merge-documents.js";
import { variantGenes } from "../../../src/graph/write/stored-document.js";
import { aDocument } from "../../support/builders.js";

const EMPTY = {
  documents: new Map(),
  publications: new Map(),
  retracted: new Set<string>(),
  evidence: new Map(),
};
const mention = fc
  .record({
    pmid: fc.constantFrom("1", "2", "3"),
    type: fc.constantFrom(...ENTITY_TYPES),
    names: fc.dictionary(fc.constantFrom("a", "A", "b", "long name"), fc.integer({ min: 1, max: 4 }), {
      minKeys: 1,
    }),
  })
  .map(
    ({ names, ...rest }): PaperMention => ({
      ...rest,
      curie: "MESH:D1",
      names: new Map(Object.entries(names)),
    }),
  );

/** The votes after papers said one thing after the other, the last word of each standing. */
function tally(mentions: readonly PaperMention[]) {
  let votes = noVotes("MESH:D1");
  const papers = new Map<string, PaperMention>();
  for (const told of mentions) {
    votes = changeVote(votes, papers.get(told.pmid), told);
    papers.set(told.pmid, told);
  }
  return { votes, papers };
}

function counted({ names, types }: EntityVotes) {
  return { names: [...names].sort(), types };
}

describe("entity votes", () => {
  it("are those of the last word of every paper, whatever was said before and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(mention, { maxLength: 12 }), (mentions) => {
        const { votes, papers } = tally(mentions);
        const last = [...papers.values()];
        expect(counted(tally(last).votes)).toEqual(counted(votes));
        expect(counted(tally([...last].reverse()).votes)).toEqual(counted(votes));
      }),
    );
  });

  it("are gone with the papers", () => {
    fc.assert(
      fc.property(fc.array(mention, { maxLength: 12 }), (mentions) => {
        const { votes, papers } = tally(mentions);
        const none = [...papers.values()].reduce((left, paper) => changeVote(left, paper, undefined), votes);
        expect(counted(none)).toEqual(counted(noVotes("MESH:D1")));
      }),
    );
  });

  it("prefer the spelling of most papers, then the alphabet", () => {
    const paper = (pmid: string, names: Record<string, number>): PaperMention => ({
      pmid,
      curie: "MESH:D1",
      type: "Chemical",
      names: new Map(Object.entries(names)),
    });
    const papers = [paper("1", { aspirin: 9 }), paper("2", { ASA: 2, aspirin: 1 }), paper("3", { ASA: 1 })];
    const { votes } = tally(papers);
    expect(byVotes(votes.names)).toEqual(["ASA", "aspirin"]);
    expect(electedType(votes, "Gene")).toBe("Chemical");
    expect(byVotes(tally(papers.slice(0, 2)).votes.names)).toEqual(["ASA", "aspirin"]);
  });
});

describe("mergeDocuments", () => {
  it("leaves what it is given as it is", () => {
    const document = aDocument({ corpus: "ours" });
    mergeDocuments(EMPTY, [{ document, evidence: goldEvidence(document) }]);
    expect([...Object.values(EMPTY)].every((map) => map.size === 0)).toBe(true);
  });

  it("forgets a corpus's relations when its document has none any more", () => {
    const document = aDocument({ corpus: "ours" });
    const full = mergeDocuments(EMPTY, [{ document, evidence: goldEvidence(document) }]);
    expect(full.evidence.size).toBe(2);
    const bare = mergeDocuments(full, [{ document: { ...document, relations: [] }, evidence: [] }]);
    expect(bare.evidence.size).toBe(0);
  });

  it("keeps a retraction that one account told", () => {
    const document = aDocument();
    const both = [
      { ...document, corpus: "one", retracted: true },
      { ...document, corpus: "other" },
    ].map((each) => ({ document: each, evidence: [] }));
    expect(mergeDocuments(EMPTY, both).publications.get(document.pmid)).toMatchObject({ retracted: true });
  });
});

describe("variantGenes", () => {
  it("finds the gene in the source's spelling when the CURIE has dropped it", () => {
    const id = "tmVar:c|SUB|C|1840|T;CorrespondingGene:6261;RS#:118192172";
    const document = aDocument({
      abstract: "C1840T it was.",
      mentions: [{ text: "C1840T", type: "Variant", ids: [id] }],
    });
    expect(variantGenes(document)).toEqual([{ variant: "dbSNP:rs118192172", gene: "NCBIGene:6261" }]);
  });
});

describe("relationStrength", () => {
  it("counts papers and years of what counts, and names every source", () => {
    const row = { probability: 1, sourceKind: "corpus", negated: false, retracted: false } as const;
    const strength = relationStrength([
      { ...row, pmid: "1", source: "b", year: 2001 },
      { ...row, pmid: "1", source: "a", year: 2001 },
      { ...row, pmid: "2", source: "a", year: null },
      { ...row, pmid: "3", source: "c", year: 1980, retracted: true },
    ]);
    expect(strength).toMatchObject({ papers: 2, firstYear: 2001, lastYear: 2001, sources: ["a", "b", "c"] });
    expect(strength.belief).toBeCloseTo(1 - 0.05 ** 2, 12);
  });

  it("gives 0 for nothing", () => {
    expect(relationStrength([])).toMatchObject({
      belief: 0,
      papers: 0,
      firstYear: null,
      lastYear: null,
      sources: [],
    });
  });
});

const paperRow = fc.record({
  probability: fc.double({ min: 0, max: 1, noNaN: true }),
  sourceKind: fc.constantFrom(...SOURCE_KINDS),
  source: fc.constantFrom("a", "b", "c"),
  negated: fc.boolean(),
});
/** What one paper says after the other; the last word of each stands. */
const told = fc.array(
  fc.record({
    pmid: fc.constantFrom("1", "2", "3", "4"),
    year: fc.option(fc.constantFrom(1990, 1991, 2000)),
    retracted: fc.boolean(),
    rows: fc.array(paperRow, { maxLength: 4 }),
  }),
  { maxLength: 12 },
);

describe("a tally", () => {
  it("gives, changed paper by paper, exactly what all rows together give", () => {
    fc.assert(
      fc.property(told, (words) => {
        const papers = new Map<string, SupportRow[]>();
        let tally = EMPTY_TALLY;
        for (const { pmid, year, retracted, rows } of words) {
          const after = rows.map((row) => ({ ...row, pmid, year, retracted }));
          tally = changeTally(tally, papers.get(pmid) ?? [], after);
          papers.set(pmid, after);
        }
        const all = [...papers.values()].flat();
        expect(tallyStrength(tally)).toEqual(relationStrength(all));
        expect(tallyStrength(tally).belief).toBe(belief(all));
      }),
    );
  });
});
