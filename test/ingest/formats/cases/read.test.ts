/** The small inputs of test/fixtures/cases that are read: each gives the papers, identifiers and relations that it means. */
import { describe, expect, it } from "vitest";
import type { ReadWarningKind } from "../../../../src/core/read-options.js";
import { casePath, idsOf, readCase, relationsOf } from "../../../support/cases.js";

const [QUENOLIDE, INJURY, TNFX, MICE] = [
  "MESH:C900001",
  "MESH:D056486",
  "NCBIGene:7124",
  "NCBITaxon:10090",
] as const;
const FOUR = [QUENOLIDE, INJURY, TNFX, MICE];
const [RYRX, FEVER] = ["NCBIGene:6261", "MESH:D005334"];

interface Expected {
  /** The papers' own identifiers; one is the usual. */
  readonly papers?: readonly string[];
  readonly mentions?: number;
  /** Of the first paper. */
  readonly ids?: readonly string[];
  readonly relations?: readonly string[];
  readonly warnings?: Partial<Record<ReadWarningKind, number>>;
  /** The kinds of its passages and where they begin. */
  readonly passages?: string;
}

/** A case that differs from the plain paper in nothing but its form. */
const plain = (pmid: string, more: Expected = {}): Expected => ({
  papers: [pmid],
  ids: FOUR,
  mentions: 11,
  ...more,
});

const CASES: Readonly<Record<string, Expected>> = {
  "00-base.pubtator": plain("99000001", { passages: "title 0, abstract 47" }),
  "01-astral-cp.pubtator": plain("99000002", { passages: "title 0, abstract 50" }),
  "02-greek-ok.pubtator": { ids: [QUENOLIDE, INJURY, TNFX], mentions: 10 },
  "02-greek-normalised-text.pubtator": { ids: [QUENOLIDE, INJURY, TNFX], warnings: { "other-spelling": 3 } },
  "03-blank-inside.pubtator": plain("99000009"),
  "03-bom-crlf.pubtator": plain("99000005"),
  "03-comment-head.pubtator": plain("99000010"),
  "03-cr-only.pubtator": plain("99000005", { passages: "title 0, abstract 47" }),
  "03-crlf.pubtator": plain("99000005"),
  "03-many-blank.pubtator": plain("99000007", { papers: ["99000007", "99000008"] }),
  "03-no-blank-between.pubtator": plain("99000007", { papers: ["99000007", "99000008"] }),
  "03-trailing-space.pubtator": plain("99000006"),
  "03-trailing-tab.pubtator": plain("99000006"),
  "03-utf16le.pubtator": plain("99000011"),
  "04-abstract-only.pubtator": { papers: ["99000015"], mentions: 8, ids: FOUR, passages: "abstract 0" },
  "04-empty-abstract.pubtator": { mentions: 3, ids: [QUENOLIDE, INJURY, TNFX] },
  "04-empty-title.pubtator": { mentions: 8, ids: FOUR, passages: "title 0, abstract 1" },
  "04-empty-title-zero.pubtator": { mentions: 8, ids: FOUR, passages: "title 0, abstract 0" },
  "04-no-entities.pubtator": { papers: ["99000017"], mentions: 0, ids: [] },
  "04-one-entity.pubtator": { mentions: 4, ids: [QUENOLIDE] },
  "04-title-only.pubtator": { mentions: 3, passages: "title 0" },
  "05-duplicate-pmid.pubtator": plain("99000019", { papers: ["99000019", "99000019"] }),
  "06-cross-title-abstract.pubtator": plain("99000020", { mentions: 12 }),
  "06-nested.pubtator": { mentions: 17, ids: [...FOUR, "MESH:D008107", "MESH:D014947"] },
  "07-01-null-none.pubtator": { ids: [MICE], mentions: 11, warnings: { "no-identifier": 10 } },
  "07-02-null-null.pubtator": { ids: [], mentions: 11, warnings: { "no-identifier": 11 } },
  "07-04-dash.pubtator": { ids: [MICE], warnings: { "no-identifier": 10 } },
  "07-05-omim.pubtator": { ids: [QUENOLIDE, "OMIM:600807", TNFX, MICE] },
  "07-06-mesh-bare.pubtator": plain("99000106"),
  "07-07-multi.pubtator": { ids: [...FOUR, "MESH:D000082", "MESH:D008107", "NCBIGene:21926"] },
  "07-08-plus-star.pubtator": { ids: [...FOUR, "MESH:D008107"] },
  "07-10-mesh-lower.pubtator": plain("99000110"),
  "07-12-tax.pubtator": plain("99000112"),
  "07-13-gene-species.pubtator": { ids: [QUENOLIDE, INJURY, "NCBIGene:10090", MICE] },
  "07-14-spaced.pubtator": { ids: [...FOUR, "NCBIGene:21926"] },
  "07-15-nodes.pubtator": { ids: ["CHEBI:27899", INJURY, "MESH:D008107", TNFX, "NCBIGene:21926", MICE] },
  "07-16-no-id-column.pubtator": { ids: [], mentions: 11, warnings: { "no-identifier": 11 } },
  "08-01-tmvar-short.pubtator": {
    ids: ["tmVar:c|SUB|C|1840|T", "tmVar:p|SUB|R|614|C", "dbSNP:rs118192172", RYRX, FEVER],
  },
  "08-02-tmvar-long.pubtator": { ids: ["dbSNP:rs118192172", RYRX, FEVER], mentions: 9 },
  "08-04-no-rs.pubtator": {
    ids: [
      ...["tmVar:c|SUB|C|1840|T;CorrespondingGene:6261", "tmVar:p|SUB|R|614|C;CorrespondingGene:6261"],
      ...["dbSNP:rs118192172", RYRX, FEVER],
    ],
  },
  "08-05-multi-variant.pubtator": {
    ids: [
      ...["dbSNP:rs118192172", "dbSNP:rs193922747", "tmVar:p|SUB|R|614|C", "tmVar:p|SUB|R|614|L"],
      ...[RYRX, FEVER],
    ],
  },
  "08-08-rel-trailing-bar.pubtator": {
    ids: ["tmVar:c|DEL|1314_1328|", RYRX, FEVER],
    relations: [`Positive_Correlation tmVar:c|DEL|1314_1328| ${FEVER} Novel`],
  },
  ...Object.fromEntries(
    ["01-type-SpecificDisease", "02-type-Modifier", "03-type-DiseaseClass", "04-type-CompositeMention"].map(
      (name) => [`09-${name}.pubtator`, { ids: FOUR, mentions: 11 }],
    ),
  ),
  ...Object.fromEntries(
    [
      ...["05-type-Cell", "06-type-OTHER", "07-type-T047", "08-type-ProteinComplex", "09-type-Cell_Type"],
      ...["10-type-Anatomy", "11-type-Biological_Process", "12-type-MutationX", "15-type-Chromosome"],
    ].map((name) => [
      `09-${name}.pubtator`,
      { ids: [QUENOLIDE, TNFX, MICE], mentions: 8, warnings: { "unknown-type": 3 } },
    ]),
  ),
  "09-13-type-chemical.pubtator": { ids: FOUR, mentions: 11 },
  "09-14-type-GENE.pubtator": { mentions: 11 },
  "10-01-pt3-pipe.pubtator": { relations: [`Negative_Correlation ${QUENOLIDE} ${TNFX}`] },
  "10-02-pt3-lower.pubtator": { relations: [`Negative_Correlation ${QUENOLIDE} ${TNFX}`] },
  "10-03-cid.pubtator": { relations: [`CID ${QUENOLIDE} ${INJURY}`] },
  "10-04-cid-score.pubtator": { relations: [`CID ${QUENOLIDE} ${INJURY}`] },
  "10-05-multi.pubtator": {
    relations: [`Association ${QUENOLIDE} ${TNFX}`],
    warnings: { "relation-unresolved": 1 },
  },
  "10-06-roles.pubtator": { relations: [`Association ${QUENOLIDE} ${TNFX}`] },
  "10-07-score-neg.pubtator": { relations: [`Association ${QUENOLIDE} ${TNFX}`] },
  "10-08-unknown-end.pubtator": {
    relations: [`Association ${QUENOLIDE} NCBIGene:999999`],
    warnings: { "relation-unmentioned": 1 },
  },
  "10-09-self.pubtator": { relations: [`Association ${TNFX} ${TNFX}`], warnings: { "relation-self": 1 } },
  "10-10-arg.pubtator": { relations: ["INHIBITOR Arg1:T1 Arg2:T4"], warnings: { "relation-unmentioned": 1 } },
  "10-11-novel-lower.pubtator": { relations: [`Association ${QUENOLIDE} ${TNFX} Novel`] },
  "10-12-before-mentions.pubtator": { relations: [`Association ${QUENOLIDE} ${TNFX}`] },
  "10-13-six-col.pubtator": { relations: [`Association ${QUENOLIDE} ${TNFX} Novel`] },
  "10-14-spaces.pubtator": { relations: [`Association ${QUENOLIDE} ${TNFX}`] },
  "11-01-title-annot-first.pubtator": plain("99000500", { passages: "title 0, abstract 47" }),
  "11-02-long-tags.pubtator": plain("99000500", { passages: "title 0, abstract 47" }),
  "11-03-body.pubtator": plain("99000500", { passages: "title 0, abstract 47, body 229" }),
  "11-04-wrapped-abstract.pubtator": plain("99000500"),
  "11-05-pmc-id.pubtator": plain("PMC9000500", { warnings: { "no-pmid": 1 } }),
  "11-06-suffix-id.pubtator": plain("99000500_0", { papers: ["99000500_0", "99000500_1"] }),
  "11-07-spaces-id.pubtator": plain("my doc 1"),
  "11-08-fbk.pubtator": { papers: ["99000501"], mentions: 11, ids: [], warnings: { "no-identifier": 11 } },
  "11-11-pipe-in-title.pubtator": plain("99000503"),
  "11-12-pmid-pipe-in-abstract.pubtator": plain("99000504"),
  "11-13-tab-in-abstract.pubtator": plain("99000505"),
  "11-14-nbsp-ls.pubtator": plain("99000506"),
  "11-15-offset-leading-space.pubtator": plain("99000507"),
  "11-16-float-offset.pubtator": plain("99000508"),
  "11-19-mention-pipe.pubtator": { mentions: 12, ids: [...FOUR, "NCBIGene:7125"] },
  "11-20-no-final-newline.pubtator": plain("99000512"),
  "12-01-gz.pubtator.gz": plain("99000601"),
  "20-00-collection.json": plain("99001001"),
  "20-01-pt3.json": plain("99001001"),
  "20-02-bare-list.json": plain("99001001"),
  "20-03-bare.json": plain("99001001"),
  "20-04-lines.jsonl": plain("99001001", { papers: ["99001001", "99001002"] }),
  "20-05-pretty.json": plain("99001001"),
  "20-06-empty-list.json": { papers: [] },
  "20-07-empty-pt3.json": { papers: [] },
  "20-09-wrapper-twice.json": plain("99001001", { papers: ["99001001", "99001003"] }),
  "20-10-concat.json": plain("99001001", { papers: ["99001001", "99001004"] }),
  "20-11-bom.json": plain("99001001"),
  "23-02-rel-pt3.json": { relations: [`Negative_Correlation ${QUENOLIDE} ${TNFX}`] },
  "23-03-rel-nulltype.json": { relations: [], warnings: { "relation-null": 1 } },
  "23-04-rel-nodes-pt3-empty.json": { relations: [], warnings: { "relation-type": 1 } },
  "23-05-rel-multi.json": {
    relations: [`Association ${QUENOLIDE} ${TNFX}`],
    warnings: { "relation-unresolved": 1 },
  },
  "23-06-rel-pipe.json": { relations: [`Association ${QUENOLIDE} ${TNFX}`] },
  "24-01-infons-null.json": plain("99001422"),
  "24-02-passage-infons-null.json": plain("99001430", { passages: "title 0, abstract 47" }),
  "24-03-annot-null.json": { mentions: 8, ids: FOUR },
  "24-04-relations-null.json": plain("99001425"),
  "24-05-text-null.json": plain("99001420"),
  "24-06-ident-null.json": { mentions: 11, ids: [QUENOLIDE, INJURY, MICE], warnings: { "no-identifier": 3 } },
  "24-07-ident-int.json": plain("99001420"),
  "24-08-ident-list.json": { ids: [...FOUR, "NCBIGene:21926"] },
  "24-09-type-null.json": { mentions: 10, warnings: { "unknown-type": 1 } },
  "24-13-pmid-int.json": plain("99001413"),
  "24-16-offset-string.json": plain("99001424"),
  "24-19-passage-order.json": plain("99001424", { passages: "title 0, abstract 47" }),
  "24-23-norm-text.json": plain("99001420", { warnings: { "other-spelling": 2 } }),
  "25-01-discontinuous.json": { mentions: 12, ids: [...FOUR, "MESH:D000001"] },
  "27-05-cdata.xml": plain("99001605"),
  "27-06-amp.xml": plain("99001606"),
  "27-07-latin1-decl.xml": plain("99001607"),
  "27-08-utf16.xml": plain("99001001"),
  "27-10-crlf.xml": plain("99001610"),
  "27-13-ns.xml": plain("99001001"),
  "44-01-stray-cr.pubtator": plain("99004401"),
  "44-02-crcrlf.pubtator": plain("99004402"),
  "46-01-mesh-ids.pubtator": { ids: ["MESH:C000657245", "MESH:D000086382", TNFX], mentions: 10 },
  "46-02-mesh-5digit.pubtator": { ids: [TNFX], warnings: { "bad-identifier": 7, "no-identifier": 7 } },
  "46-03-mim-variants.pubtator": { ids: [QUENOLIDE, "OMIM:114480", "MESH:D001943", TNFX] },
};

describe("a case that is read", () => {
  it.each(Object.entries(CASES))(
    "%s",
    async (name, { papers, mentions, ids, relations = [], warnings = {}, passages }) => {
      const { documents, rejected, warnings: warned } = await readCase(casePath(name));
      expect(rejected).toEqual([]);
      expect(warned).toEqual(warnings);
      if (papers !== undefined) expect(documents.map(({ pmid }) => pmid)).toEqual(papers);
      const [document] = documents;
      if (document === undefined) return;
      if (mentions !== undefined) expect(document.mentions).toHaveLength(mentions);
      if (ids !== undefined) expect(idsOf(document)).toEqual([...ids].sort());
      expect(relationsOf(document)).toEqual(relations);
      const found = document.passages.map(({ kind, offset }) => `${kind} ${offset}`).join(", ");
      if (passages !== undefined) expect(found).toBe(passages);
    },
  );
});

describe("papers of some size", () => {
  it.each([
    ["31-01-100genes.pubtator", 100],
    ["31-02-300genes.pubtator", 300],
    ["31-03-40k-30genes.pubtator", 720],
    ["31-04-600genes.pubtator", 600],
    ["31-05-200k-one-word.pubtator", 3],
  ])("%s is read in well under a second", async (name, mentions) => {
    const began = performance.now();
    const { documents } = await readCase(casePath(name));
    expect(documents[0]?.mentions).toHaveLength(mentions);
    expect(performance.now() - began).toBeLessThan(1500);
  });
});
