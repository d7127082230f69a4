/** One paper in PubTator, BioC JSON and BioC XML is one document, with the same warnings: identifiers, types and relations alike. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { biocForms } from "../../../support/bioc-forms.js";
import { casePath, readCase } from "../../../support/cases.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-alike-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

function read(content: string | Buffer) {
  files += 1;
  const path = join(folder, `in-${files}`);
  writeFileSync(path, content);
  return readCase(path);
}

const TITLE = "The c.1840C>T change of RYRX causes fever";
const ABSTRACT = "Quenolide lowers fever in carriers of RYRX.";
const head = (id: string) => `${id}|t|${TITLE}\n${id}|a|${ABSTRACT}\n`;
/** A paper with a variant, a gene, a disease and a chemical of the identifiers given, and rows behind them. */
function paper(
  ids: { variant?: string; gene?: string; disease?: string; chemical?: string },
  rows: readonly string[] = [],
) {
  const { variant = "rs9", gene = "6261", disease = "MESH:D005334", chemical = "MESH:C900001" } = ids;
  return [
    `${head("99000700")}99000700\t4\t13\tc.1840C>T\tDNAMutation\t${variant}`,
    `99000700\t24\t28\tRYRX\tGene\t${gene}`,
    `99000700\t36\t41\tfever\tDisease\t${disease}`,
    `99000700\t42\t51\tQuenolide\tChemical\t${chemical}`,
    ...rows.map((row) => `99000700\t${row}`),
    "",
  ].join("\n");
}

async function threeForms(text: string) {
  const forms = biocForms(text);
  const [pubTator, json, xml] = [await read(text), await read(forms.json), await read(forms.xml)];
  expect(json.documents).toEqual(pubTator.documents);
  expect(xml.documents).toEqual(pubTator.documents);
  expect([json.warnings, xml.warnings]).toEqual([pubTator.warnings, pubTator.warnings]);
  expect([json.rejected.length, xml.rejected.length]).toEqual([
    pubTator.rejected.length,
    pubTator.rejected.length,
  ]);
  return pubTator;
}

const written = readdirSync(casePath(".")).filter((name) =>
  /^(?:00|02|04-(?:empty-abs|no-ent|one)|06-nested|07|08|09|10-(?!12)|46)/.test(name),
);

describe("three forms of one case are one document", () => {
  it.each(written)("%s", async (name) => {
    await threeForms(readFileSync(casePath(name), "utf8"));
  });

  it.each(
    [
      "21-01-key-NCBI_Gene",
      "21-02-key-NCBI_Gene_identifier",
      "21-04-key-MESH",
      "21-05-key-concept_id",
    ].concat([
      ...["21-06-key-cui", "21-07-key-identifiers", "21-08-key-normalized_id", "21-09-key-database_id"],
      ...["26-01-fulltext", "27-14-astral"],
    ]),
  )("%s, JSON and XML", async (name) => {
    const [json, xml] = [await readCase(casePath(`${name}.json`)), await readCase(casePath(`${name}.xml`))];
    expect(json.rejected).toEqual([]);
    expect(json.documents[0]?.mentions.every(({ ids }) => ids.length > 0)).toBe(true);
    expect(xml).toEqual(json);
  });
});

describe("null identifiers, in every spelling, are no entity", () => {
  const NULLS = [
    "-",
    "-1",
    "None",
    "none",
    "null",
    "NULL",
    "NA",
    "N/A",
    "n/a",
    "nan",
    "NaN",
    "CUI-less",
    "CUILESS",
    "0",
    "?",
  ];
  it.each([...NULLS, "MESH:", "MESH:-1", "MESH:None", "NCBIGene:0", "OMIM:-", "unknown", "", " "])(
    "%j",
    async (id) => {
      const relation = `Association\t${id === "" ? "-" : id}\tMESH:D005334`;
      const { documents, warnings } = await threeForms(
        paper({ variant: id, gene: id, disease: id, chemical: id }, [relation]),
      );
      expect(documents[0]?.mentions.flatMap(({ ids }) => ids)).toEqual([]);
      expect(documents[0]?.relations).toEqual([]);
      expect(warnings).toEqual({ "no-identifier": 4, "relation-null": 1 });
    },
  );

  it.each(["None", "MESH:", "N/A", "NCBIGene:0"])("%s in our own lines of JSON", async (id) => {
    const { documents } = await read(
      paper({}, ["Association\t6261\tMESH:D005334", "Association\tC900001\t6261"]),
    );
    const line = JSON.stringify(documents[0]).replaceAll('"MESH:D005334"', JSON.stringify(id));
    const { documents: again, warnings } = await read(line);
    expect(again[0]?.mentions.map(({ ids, sourceIds }) => [ids.length, sourceIds.length])).toEqual([
      ...[
        [1, 1],
        [1, 1],
        [0, 0],
        [1, 1],
      ],
    ]);
    expect(again[0]?.relations).toHaveLength(1);
    expect(warnings).toEqual({ "bad-identifier": 1, "relation-null": 1 });
  });

  it.each(["None", "null", "-1", "NA", "0"])("a document called %s is refused in every form", async (id) => {
    const { documents, rejected } = await threeForms(head(id));
    expect(documents).toEqual([]);
    expect(rejected[0]?.message).toMatch(/without an identifier/);
  });
});

describe("a variant has one identity over papers", () => {
  const GENE = "CorrespondingGene:6261";
  it.each([
    ["rs118192172", "dbSNP:rs118192172"],
    ["RS#:118192172", "dbSNP:rs118192172"],
    ["dbSNP:rs118192172", "dbSNP:rs118192172"],
    [
      `tmVar:c|SUB|C|1840|T;HGVS:c.1840C>T;VariantGroup:3;${GENE};RS#:118192172;CA#:24311`,
      "dbSNP:rs118192172",
    ],
    [`${GENE};RS#:118192172;HGVS:c.1840C>T`, "dbSNP:rs118192172"],
    [`RS#:118192172;VariantGroup:1;${GENE};tmVar:c|SUB|C|1840|T`, "dbSNP:rs118192172"],
    [`c|SUB|C|1840|T;HGVS:c.1840C>T;VariantGroup:7;${GENE}`, `tmVar:c|SUB|C|1840|T;${GENE}`],
    [`tmVar:c|SUB|C|1840|T;${GENE};VariantGroup:0`, `tmVar:c|SUB|C|1840|T;${GENE}`],
    [`VariantGroup:2;${GENE};HGVS:c.1840C>T`, `tmVar:c|SUB|C|1840|T;${GENE}`],
    [`${GENE};tmVar:c|SUB|C|1840|T`, `tmVar:c|SUB|C|1840|T;${GENE}`],
    [`tmVar:c|SUB|C|1840|T;${GENE};RS#:-`, `tmVar:c|SUB|C|1840|T;${GENE}`],
    ["tmVar:c|SUB|C|1840|T;CorrespondingGene:None;VariantGroup:4", "tmVar:c|SUB|C|1840|T"],
    ["c.1840C>T", "tmVar:c|SUB|C|1840|T"],
    ["VariantGroup:4", undefined],
  ])("%s", async (id, curie) => {
    const { documents } = await threeForms(paper({ variant: id }));
    expect(documents[0]?.mentions[0]?.ids).toEqual(curie === undefined ? [] : [curie]);
  });

  it.each(["rs118192172", "RS#:118192172", "118192172", "rs118192172;rs5"])(
    "whose number stands in a seventh column, %s",
    async (number) => {
      const { documents } = await read(
        paper({ variant: `c|SUB|C|1840|T\t${number}` }, ["Association\tc|SUB|C|1840|T\t6261"]),
      );
      expect(documents[0]?.mentions[0]?.ids).toEqual(["dbSNP:rs118192172"]);
      expect(documents[0]?.mentions[0]?.composite).toBeUndefined();
      expect(documents[0]?.relations).toEqual([
        { subject: "dbSNP:rs118192172", object: "NCBIGene:6261", type: "Association" },
      ]);
    },
  );
});

describe("relation ends meet their mentions", () => {
  it.each([
    ["associate", "Variant|RS#:9;CorrespondingGene:6261", "Gene|6261", "Association dbSNP:rs9 NCBIGene:6261"],
    [
      "treat",
      "Chemical|MESH:C900001",
      "Disease|MESH:D005334",
      "Negative_Correlation MESH:C900001 MESH:D005334",
    ],
    ["cause", "DNAMutation|rs9", "D005334", "Positive_Correlation dbSNP:rs9 MESH:D005334"],
    ["drug_interact", "mesh:c900001", "ncbigene:6261", "Drug_Interaction MESH:C900001 NCBIGene:6261"],
    ["interact", "CHEMICAL|C900001|Quenolide", "Gene|6261|RYRX", "Bind MESH:C900001 NCBIGene:6261"],
    ["positive correlate", "C900001", "6261", "Positive_Correlation MESH:C900001 NCBIGene:6261"],
    ["association", "C900001", "6261", "Association MESH:C900001 NCBIGene:6261"],
  ])("%s of %s and %s", async (type, one, other, expected) => {
    const { documents, warnings } = await threeForms(paper({}, [`${type}\t${one}\t${other}`]));
    expect(documents[0]?.relations.map((each) => `${each.type} ${each.subject} ${each.object}`)).toEqual([
      expected,
    ]);
    expect(warnings).toEqual({});
  });

  it("of a variant that the relation names without its number, where only one variant has that change", async () => {
    const variant = "tmVar:c|SUB|C|1840|T;HGVS:c.1840C>T;CorrespondingGene:6261;RS#:118192172";
    for (const end of ["c|SUB|C|1840|T", "HGVS:c.1840C>T;CorrespondingGene:6261", "tmVar:c|SUB|C|1840|T"]) {
      const { documents } = await threeForms(paper({ variant }, [`Association\t${end}\tD005334`]));
      expect(documents[0]?.relations.map(({ subject }) => subject)).toEqual(["dbSNP:rs118192172"]);
    }
  });

  it("each of several, and what is none of the document's is counted", async () => {
    const { documents, warnings } = await threeForms(
      paper({ gene: "6261;801" }, ["Association\t801,6261,5\tD005334"]),
    );
    expect(documents[0]?.relations.map(({ subject }) => subject)).toEqual(["NCBIGene:801", "NCBIGene:6261"]);
    expect(warnings).toEqual({ "relation-unresolved": 1 });
  });
});

describe("UMLS concepts are no MeSH numbers", () => {
  it.each([
    ["C0015967", "UMLS:C0015967"],
    ["UMLS:C0015967", "UMLS:C0015967"],
    ["MESH:C0015967", undefined],
    ["C000657245", "MESH:C000657245"],
    ["D005334", "MESH:D005334"],
  ])("%s", async (id, curie) => {
    const { documents, warnings } = await threeForms(paper({ disease: id }));
    expect(documents[0]?.mentions[2]?.ids).toEqual(curie === undefined ? [] : [curie]);
    expect(warnings).toEqual(curie === undefined ? { "bad-identifier": 1, "no-identifier": 1 } : {});
  });
});

describe("gzip is read whatever the file is called", () => {
  it("in every form; one that was cut is refused", async () => {
    const { json, xml } = biocForms(paper({}));
    const plain = await read(paper({}));
    for (const text of [paper({}), json, xml, JSON.stringify(plain.documents[0])]) {
      expect((await read(gzipSync(text))).documents).toEqual(plain.documents);
    }
    const cut = gzipSync(paper({})).subarray(0, 100);
    await expect(read(cut)).rejects.toMatchObject({
      code: "BAD_INPUT",
      message: expect.stringMatching(/gzip/),
    });
  });
});
