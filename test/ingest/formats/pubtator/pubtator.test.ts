/** PubTator in every dialect, and what is refused, with its line. */
import { describe, expect, it } from "vitest";
import { parsePubTator } from "../../../../ingest/formats/pubtator/pubtator.js";
import { documentText } from "../../../../src/core/document.js";
import { BioWeftError } from "../../../../src/core/errors.js";

const HEAD = "17|t|Alpha 𝛽 acid | in rats\n17|a|It cures ache and pain.";
const LONG =
  "tmVar:c|SUB|C|1840|T;HGVS:c.1840C>T;VariantGroup:0;CorrespondingGene:6261;RS#:118192172;CA#:24311";

/** Parses text that must be refused, and gives the fault. */
function fault(text: string): BioWeftError {
  try {
    parsePubTator(text, { file: "broken.txt" });
  } catch (thrown) {
    if (thrown instanceof BioWeftError) return thrown;
  }
  throw new Error("the text was accepted");
}

function only(text: string) {
  const documents = parsePubTator(text);
  expect(documents).toHaveLength(1);
  const [document] = documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

describe("parsePubTator", () => {
  it("turns code points into UTF-16 and keeps bars in the text", () => {
    const document = only(`${HEAD}\n17\t8\t12\tacid\tChemical\tD000001\n`);
    expect(document.passages.map((passage) => passage.offset)).toEqual([0, 24]);
    expect(document.mentions[0]).toMatchObject({ start: 9, end: 13, ids: ["MESH:D000001"] });
    expect(documentText(document).slice(9, 13)).toBe("acid");
  });

  it("reads CRLF, a missing last line end and documents without a blank line between", () => {
    const text =
      "1|t|One\r\n1|a|Abstract\r\n1\t0\t3\tOne\tGene\t7157\r\n2|t|Two\r\n2|a|\r\n2\t0\t3\tTwo\tGENE-Y\t-";
    const [one, two] = parsePubTator(text);
    expect(one?.passages[1]?.text).toBe("Abstract");
    expect(one?.mentions[0]?.ids).toEqual(["NCBIGene:7157"]);
    expect(two?.passages[1]).toEqual({ kind: "abstract", offset: 4, text: "" });
    expect(two?.mentions[0]).toMatchObject({ type: "Gene", ids: [], sourceIds: [] });
  });

  it.each([
    ["Gene", "11820,351,", ["NCBIGene:11820", "NCBIGene:351"]],
    ["Gene", " 11820;351", ["NCBIGene:11820", "NCBIGene:351"]],
    ["Disease", "D014786|D006311", ["MESH:D014786", "MESH:D006311"]],
    ["Disease", "D014786|-1", ["MESH:D014786"]],
    ["DiseaseOrPhenotypicFeature", "D014786|D006311", ["MESH:D014786|MESH:D006311"]],
    ["SequenceVariant", "c|DEL|1314_1328|", ["tmVar:c|DEL|1314_1328|"]],
    ["SequenceVariant", "rs1,rs2", ["dbSNP:rs1", "dbSNP:rs2"]],
    ["ProteinMutation", LONG, ["dbSNP:rs118192172"]],
    ["CellLine", " CVCL_1452", ["CVCL_1452"]],
    ["Chemical", "", []],
  ])("splits %s identifiers %s", (type, field, ids) => {
    expect(only(`${HEAD}\n17\t8\t12\tacid\t${type}\t${field}`).mentions[0]?.ids).toEqual(ids);
  });

  it("takes an annotation without an identifier column for an annotation", () => {
    const document = only(`${HEAD}\n17\t8\t12\tacid\tChemical`);
    expect(document.relations).toEqual([]);
    expect(document.mentions[0]?.ids).toEqual([]);
  });

  it("reads BC5CDR's composites, seven columns", () => {
    const line = "17\t32\t45\tache and pain\tDisease\tD014786|D006311\tache|pain";
    expect(only(`${HEAD}\n${line}`).mentions[0]?.sourceIds).toEqual(["D014786", "D006311"]);
  });

  it("reads relations of four and five columns, self-pairs and scores", () => {
    const rows = [
      "CID\tD000001\tD000002",
      "Bind\t7157\t7157\tNovel",
      "Association\t3\tp|SUB|E|333|D\tNo",
      "Bind\t1\t2\t0.93",
    ];
    const relations = only([HEAD, ...rows.map((row) => `17\t${row}`)].join("\n")).relations;
    expect(relations).toEqual([
      { subject: "MESH:D000001", object: "MESH:D000002", type: "CID" },
      { subject: "NCBIGene:7157", object: "NCBIGene:7157", type: "Bind", novel: true },
      { subject: "NCBIGene:3", object: "tmVar:p|SUB|E|333|D", type: "Association", novel: false },
      { subject: "NCBIGene:1", object: "NCBIGene:2", type: "Bind" },
    ]);
  });

  it("reads the metadata lines of our extension", () => {
    const document = only(`${HEAD}\n17|y|1986\n17|j|Journal | of Aches\n17|d|10.1/x\n17|r|retracted`);
    expect(document).toMatchObject({
      year: 1986,
      journal: "Journal | of Aches",
      doi: "10.1/x",
      retracted: true,
    });
  });

  it("reads a title without an abstract line, and leaves chromosomes out", () => {
    const document = only(
      "AIMed_d1_1|t|Chromosome 9 binds T\nAIMed_d1_1\t0\t12\tChromosome 9\tChromosome\t9",
    );
    expect(document).toMatchObject({ pmid: "AIMed_d1_1", mentions: [], passages: [{ kind: "title" }] });
  });
});

describe("parsePubTator refuses", () => {
  it.each([
    ["a wrong text", `${HEAD}\n17\t7\t12\tacid\tChemical\tD1`, 3, /" acid", the annotation says "acid"/],
    [
      "an offset beyond the text",
      `${HEAD}\n17\t40\t99\tacid\tChemical\tD1`,
      3,
      /40-99 lie outside .* 46 characters/,
    ],
    ["a line cut in an annotation", `${HEAD}\n17\t8\t12\taci`, 3, /4/],
    [
      "a line cut in a relation",
      `${HEAD}\n17\tBind\t1`,
      3,
      /neither an annotation .* nor a relation .*3 columns/,
    ],
    ["eight columns", `${HEAD}\n17\t8\t12\tacid\tChemical\tD1\tx\ty`, 3, /not 8/],
    ["another PMID", `${HEAD}\n18\t8\t12\tacid\tChemical\tD1`, 3, /belongs to "18"/],
    ["no text at all", "17\t8\t12\tacid\tChemical\tD1", 1, /must open with a title/],
    ["no identifier", "None|t|It cures.\nNone|a|All.", 1, /without an identifier/],
    ["a strange fifth column", `${HEAD}\n17\tBind\t3\t1\tmaybe`, 3, /not "maybe"/],
    ["a NUL byte", `${HEAD}\n17\t8\0`, 3, /NUL/],
    ["a year in words", `${HEAD}\n17|y|last`, 3, /is no line of a document/],
  ])("%s", (_, text, line, reason) => {
    const thrown = fault(text);
    expect(thrown.code).toBe("BAD_INPUT");
    expect(thrown.place).toMatchObject({ file: "broken.txt", line });
    expect(thrown.message).toMatch(reason);
  });

  it("only the bad documents when asked to skip them, and reports each", () => {
    const rejected: BioWeftError[] = [];
    const text = `1|t|One\n\n2|t|Two\n2\t0\t9\tTwo\tGene\t1\n\n3|t|Three\n`;
    const documents = parsePubTator(text, { skipBad: true, onRejected: (one) => rejected.push(one) });
    expect(documents.map((document) => document.pmid)).toEqual(["1", "3"]);
    expect(rejected.map((one) => one.place)).toEqual([{ line: 4, pmid: "2" }]);
  });
});
