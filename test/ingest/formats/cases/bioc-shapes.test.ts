/** BioC in the shapes of the field's tools: sentences, nodes, relations in passages, identifiers under each tool's key, PMC numbers. */
import { describe, expect, it } from "vitest";
import { parseBioCJson } from "../../../../ingest/formats/bioc/bioc-json.js";
import type { ReadWarningKind } from "../../../../src/core/read-options.js";

const TEXT = "Quenolide lowers fever in carriers of RYRX p.R614C.";
const at = (text: string, infons: object, id?: string) => ({
  id,
  infons,
  text,
  locations: [{ offset: TEXT.indexOf(text), length: text.length }],
});
const ANNOTATIONS = [
  at("Quenolide", { type: "Chemical", identifier: "MESH:C900001" }, "C"),
  at("fever", { type: "Disease", identifier: "MESH:D005334" }, "D"),
  at("RYRX", { type: "Gene", "NCBI Gene": "6261" }, "G"),
];

function parse(document: object) {
  const kinds: ReadWarningKind[] = [];
  const documents = parseBioCJson(JSON.stringify({ documents: [document] }), {
    onWarning: ({ kind }) => kinds.push(kind),
  });
  const [first] = documents;
  if (first === undefined) throw new Error("no document");
  return { document: first, kinds };
}

function withAnnotation(infons: object) {
  const passages = [{ offset: 0, text: TEXT, annotations: [at("p.R614C", infons)] }];
  return parse({ id: "1", passages }).document.mentions[0]?.ids;
}

describe("identifiers under each tool's key", () => {
  it.each([
    [
      "tmVar3",
      { type: "ProteinMutation", Identifier: "p|SUB|R|614|C;CorrespondingGene:6261;RS#:118192172" },
      "dbSNP:rs118192172",
    ],
    [
      "PubTator3",
      { type: "Variant", identifier: "tmVar:p|SUB|R|614|C;VariantGroup:0", rsid: "rs118192172" },
      "dbSNP:rs118192172",
    ],
    [
      "PubTator3 with a gene",
      { type: "Variant", identifier: null, hgvs: "p.R614C", gene_id: 6261 },
      "tmVar:p|SUB|R|614|C;CorrespondingGene:6261",
    ],
    [
      "tmVar2",
      { type: "ProteinMutation", Identifier: "p|SUB|R|614|C", RSID: "118192172" },
      "dbSNP:rs118192172",
    ],
    ["GNormPlus", { type: "Gene", "NCBI Gene": "6261(Tax:9606)" }, "NCBIGene:6261"],
    ["NLM-Gene", { type: "GENE", "NCBI Gene identifier": "6261" }, "NCBIGene:6261"],
    ["GNorm2's species", { type: "Species", "NCBI Taxonomy": "*9606" }, "NCBITaxon:9606"],
    ["BC5CDR", { type: "Disease", MESH: "D005334" }, "MESH:D005334"],
    ["an OMIM number", { type: "Disease", OMIM: 600807 }, "OMIM:600807"],
    ["a null before another key", { type: "Gene", identifier: "None", "NCBI Gene": "6261" }, "NCBIGene:6261"],
    ["a list", { type: "Gene", identifiers: [6261, null] }, "NCBIGene:6261"],
  ])("%s", (_, infons, curie) => {
    expect(withAnnotation(infons)).toEqual([curie]);
  });

  it("a type that is missing is counted, not refused", () => {
    const passages = [{ offset: 0, text: TEXT, annotations: [at("fever", { identifier: "D005334" })] }];
    expect(parse({ id: "1", passages })).toMatchObject({
      document: { mentions: [] },
      kinds: ["unknown-type"],
    });
  });
});

describe("relations wherever they stand", () => {
  const ends = { subject: "MESH:C900001", object: "MESH:D005334", type: "Negative_Correlation" };
  const nodes = [{ refid: "C", role: "chemical" }, { refid: "D" }];
  it.each([
    ["in a passage, by nodes", [{ infons: { type: "treat" }, nodes }], [], [ends]],
    ["in the document, by nodes", [], [{ infons: { "relation type": "treat" }, nodes }], [ends]],
    [
      "in a passage, by infons",
      [{ infons: { relation: "treat", Chemical: "C900001", Disease: "D005334" } }],
      [],
      [ends],
    ],
    [
      "of three nodes",
      [],
      [{ infons: { type: "Association" }, nodes: [...nodes, { refid: "G" }] }],
      [
        { ...ends, type: "Association" },
        { subject: "MESH:C900001", object: "NCBIGene:6261", type: "Association" },
        { subject: "MESH:D005334", object: "NCBIGene:6261", type: "Association" },
      ],
    ],
  ])("%s", (_, inPassage, inDocument, expected) => {
    const passages = [{ offset: 0, text: TEXT, annotations: ANNOTATIONS, relations: inPassage }];
    const { document, kinds } = parse({ id: "1", passages, relations: inDocument });
    expect(document.relations).toEqual(expected);
    expect(kinds).toEqual([]);
  });

  it.each([
    ["without ends", { infons: { type: "Bind" } }],
    [
      "with a node that refers to nothing",
      { infons: { type: "Bind" }, nodes: [{ refid: "C" }, { refid: "X" }] },
    ],
    [
      "with a null end",
      { infons: { type: "Bind", role1: { identifier: "7157" }, role2: { identifier: null } } },
    ],
  ])("%s they are left out and counted", (_, relation) => {
    const passages = [{ offset: 0, text: TEXT, annotations: ANNOTATIONS }];
    expect(parse({ id: "1", passages, relations: [relation] })).toMatchObject({
      document: { relations: [] },
      kinds: ["relation-null"],
    });
  });
});

describe("a passage given by its sentences", () => {
  it("is one passage with all that they hold", () => {
    const [one, two] = ["Quenolide lowers fever.", "RYRX does too."];
    const sentence = (offset: number, text: string, annotations: object[], relations: object[] = []) => ({
      offset,
      text,
      annotations,
      relations,
    });
    const gene = {
      id: "G",
      infons: { type: "Gene", identifier: "6261" },
      text: "RYRX",
      locations: [{ offset: 25, length: 4 }],
    };
    const relation = { infons: { type: "Association", entity1: "C900001", entity2: "6261" } };
    const { document } = parse({
      id: "1",
      passages: [
        {
          offset: 0,
          sentences: [sentence(0, one, ANNOTATIONS.slice(0, 2)), sentence(25, two, [gene], [relation])],
        },
      ],
    });
    expect(document.passages).toEqual([{ kind: "title", offset: 0, text: `${one}  ${two}` }]);
    expect(document.mentions.map(({ text }) => text)).toEqual(["Quenolide", "fever", "RYRX"]);
    expect(document.relations).toHaveLength(1);
  });
});

describe("what a document is known by", () => {
  it.each([
    ["its PMID", { id: "5814477", _id: "29446767|PMC5814477", pmid: 29446767 }, "29446767"],
    [
      "its PMID among the infons",
      { id: "5814477", infons: { "article-id_pmid": "29446767", "article-id_pmc": "5814477" } },
      "29446767",
    ],
    [
      "its PMC number where it has no PMID",
      { id: "5814477", _id: "None|PMC5814477", pmid: null },
      "PMC5814477",
    ],
    ["its PMC number, bare", { id: "5814477", infons: { "article-id_pmc": "5814477" } }, "PMC5814477"],
    ["its PMC number, said", { id: "PMC5814477" }, "PMC5814477"],
    ["a PMID with its prefix", { id: "PMID:29446767" }, "29446767"],
    ["its own name", { id: "AIMed_d30" }, "AIMed_d30"],
  ])("%s", (_, about, pmid) => {
    const { document, kinds } = parse({ ...about, passages: [{ offset: 0, text: TEXT }] });
    expect(document.pmid).toBe(pmid);
    expect(kinds).toEqual(pmid.startsWith("PMC") ? ["no-pmid"] : []);
  });

  it.each([{}, { id: null }, { id: "" }, { id: "None" }, { id: "-1", pmid: "null" }])(
    "%j is refused",
    (about) => {
      expect(() => parse({ ...about, passages: [{ offset: 0, text: TEXT }] })).toThrow(
        /without an identifier/,
      );
    },
  );
});
