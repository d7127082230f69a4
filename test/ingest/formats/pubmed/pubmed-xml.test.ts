/** PubMed XML: every oddity of real files, what is counted of it, and files that are broken. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import type { PubMedRecord, RecordRemark } from "../../../../ingest/formats/pubmed/pubmed-record.js";
import { type PubMedItem, readPubMedXml } from "../../../../ingest/formats/pubmed/pubmed-xml.js";
import { documentText, documentTitle } from "../../../../src/core/document.js";
import type { BioWeftError } from "../../../../src/core/errors.js";
import { seededRandom } from "../../../../src/core/random.js";
import { writeSyntheticBaseline } from "../../../../src/lab/benches/pubmed-bench/synthetic-baseline.js";
import { type Oddity, recordMaker } from "../../../../src/lab/benches/pubmed-bench/synthetic-record.js";
import { casePath } from "../../../support/cases.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-pubmed-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function readText(xml: string, size = 1 << 16) {
  const bytes = Buffer.from(xml);
  const chunks = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  };
  const items: PubMedItem[] = [];
  const faults: BioWeftError[] = [];
  const options = { skipBad: true, onRejected: (fault: BioWeftError) => faults.push(fault) };
  for await (const item of readPubMedXml("in.xml", options, chunks())) items.push(item);
  const records = items.flatMap((item): PubMedRecord[] => (item.kind === "record" ? [item] : []));
  return { items, records, faults };
}

const set = (...parts: string[]) =>
  `<?xml version="1.0"?>\n<PubmedArticleSet>\n${parts.join("")}</PubmedArticleSet>\n`;
const make = recordMaker(seededRandom(1));
const article = (pmid: number, oddity: Oddity = "plain") => make({ pmid, oddity });
async function one(oddity: Oddity) {
  const { records, faults } = await readText(set(article(99_000_001, oddity)));
  expect(faults).toEqual([]);
  const [record] = records;
  if (record === undefined) throw new Error("no record was read");
  return { ...record, text: documentText(record.document) };
}

describe("the published cases", () => {
  it.each(["30-01-pubmed-efetch.xml", "30-02-pubmed-baseline.xml.gz"])("%s", async (name) => {
    const items: PubMedItem[] = [];
    for await (const item of readPubMedXml(casePath(name))) items.push(item);
    expect(items).toMatchObject([
      { kind: "record", version: 1, document: { pmid: "99002001", year: 2020, journal: "Invented J" } },
    ]);
    const [item] = items;
    expect(item?.kind === "record" && documentText(item.document)).toBe(
      "Effect of TNFX on H2O2 injury. BACKGROUND: Quenolide lowers liver injury. RESULTS: It suppressed TNFX.",
    );
  });
});

describe("the oddities of records", () => {
  it("inline markup and entities become text, at PubTator's offsets", async () => {
    const { document, text } = await one("inline-markup");
    expect(documentTitle(document)).toBe("H2O2, TNFX+/− mice & p<0.05: α-Quenolide.");
    const abstract = document.passages[1];
    expect(abstract?.offset).toBe(documentTitle(document).length + 1);
    expect(text.slice(abstract?.offset)).toMatch(/^At 10-3 M, IRX7a rose\. /);
  });

  it("labelled parts of an abstract keep their labels; what is no part is left out", async () => {
    const { text } = await one("structured");
    expect(text).toMatch(/BACKGROUND & AIMS: .* RESULTS: It suppressed TNFX\.$/);
    expect(text).not.toMatch(/UNLABELLED|Copyright/);
  });

  it.each([
    ["medline-date", 1976, []],
    ["season", 1976, []],
    ["no-year", undefined, ["no-year"]],
    ["collective-author", 1976, []],
    ["retracted", 1976, ["retracted"]],
    ["retraction-notice", 1976, ["retraction-notice"]],
    ["correction", 1976, ["correction"]],
    ["concern", 1976, ["concern"]],
    ["foreign-abstract", 1976, ["foreign-abstract"]],
    ["no-title", 1976, ["no-title"]],
    ["vernacular-title", 1976, ["vernacular-title"]],
    ["no-abstract", 1976, ["no-abstract"]],
    ["second-version", 1976, ["later-version"]],
    ["book", 2011, ["book"]],
  ] as const)("%s", async (oddity, year, remarks) => {
    const record = await one(oddity);
    expect(record.document).toMatchObject({ pmid: "99000001", corpus: "PubMed" });
    expect(record.document.year).toBe(year);
    expect([...record.remarks]).toEqual(remarks satisfies readonly RecordRemark[]);
    expect(record.document.retracted === true).toBe(oddity === "retracted");
    expect(record.version).toBe(oddity === "second-version" ? 2 : 1);
  });

  it("an abstract in another language is not read, an empty title keeps its place", async () => {
    expect((await one("foreign-abstract")).document.passages).toHaveLength(1);
    expect((await one("vernacular-title")).text).toMatch(/^La fiebre/);
    expect((await one("no-title")).document.passages).toMatchObject([
      { text: "" },
      { kind: "abstract", offset: 1 },
    ]);
  });

  it("a book's chapter stands in the book, and its DOI is not that of a reference", async () => {
    expect((await one("book")).document.journal).toBe("Invented Reviews");
    const withoutOwn = article(99_000_001)
      .replace(/<ELocationID.*?<\/ELocationID>/, "")
      .replace(/<ArticleId IdType="doi">10\.9999\/jim.*?<\/ArticleId>/, "");
    const { records } = await readText(set(withoutOwn));
    expect(records[0]?.document.doi).toBeUndefined();
    expect((await one("plain")).document.doi).toBe("10.9999/jim.99000001");
  });

  it("comments, CDATA and tags with quoted brackets are read as XML means them", async () => {
    const title = "<ArticleTitle>A<!-- <b> --> <![CDATA[x<y & z]]> <i a='>'>w</i>.</ArticleTitle>";
    const { records } = await readText(
      set(article(99_000_001).replace(/<ArticleTitle>.*?<\/ArticleTitle>/, title)),
    );
    expect(records.map(({ document }) => documentTitle(document))).toEqual(["A x<y & z w."]);
  });
});

describe("files", () => {
  it("gives deletions and records in order, however the bytes come", async () => {
    const xml = set(
      article(99_000_001),
      article(99_000_002, "inline-markup"),
      article(99_000_003, "book"),
      '<DeleteCitation><PMID Version="1">5</PMID><PMID Version="1">6</PMID></DeleteCitation>',
    );
    const whole = await readText(xml);
    expect(whole.items.map((item) => (item.kind === "record" ? item.document.pmid : item.pmids))).toEqual([
      "99000001",
      "99000002",
      "99000003",
      ["5", "6"],
    ]);
    for (const size of [1000, 4099, 7]) expect((await readText(xml, size)).items).toEqual(whole.items);
  });

  it("an empty set is no fault", async () => {
    expect(await readText("<PubmedArticleSet/>")).toMatchObject({ items: [], faults: [] });
    expect(await readText(set())).toMatchObject({ items: [], faults: [] });
  });

  it.each([
    [
      "a tag that another closes",
      (xml: string) => xml.replace("</ArticleTitle>", "</Title>"),
      /<\/Title> closes <ArticleTitle>/,
    ],
    ["a record without its end", (xml: string) => xml.replace("</PubmedArticle>", ""), /not closed|closes/],
    ["a list without its end", (xml: string) => xml.replace("</MeshHeadingList>", ""), /not closed/],
    ["a bare &", (xml: string) => xml.replace("<ArticleTitle>", "<ArticleTitle>A & B "), /no entity/],
    ["no PMID", (xml: string) => xml.replace(/<PMID Version="\d">\d+<\/PMID>/, ""), /whose <PMID> is ""/],
  ])("%s costs that record alone, with its line", async (_, breaking, reason) => {
    const { records, faults } = await readText(
      set(article(99_000_001), breaking(article(99_000_002)), article(99_000_003)),
    );
    expect(records.map(({ document }) => document.pmid)).toEqual(["99000001", "99000003"]);
    const lines = set(article(99_000_001)).split("\n").length - 1;
    expect(faults).toMatchObject([{ code: "BAD_INPUT", place: { file: "in.xml", line: lines } }]);
    expect(faults[0]?.message).toMatch(reason);
  });

  it.each([
    ["cut", (xml: string) => xml.slice(0, xml.length - 200), /the file is cut/],
    [
      "an error of efetch",
      () => "<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>",
      /error that NCBI/,
    ],
    ["a web page", () => "<!DOCTYPE html><html></html>", /web page/],
    ["empty", () => " ", /empty file/],
    [
      "words between records",
      (xml: string) => xml.replace("<PubmedArticle>", "so <PubmedArticle>"),
      /"so .*between the records/,
    ],
    [
      "entities of its own",
      (xml: string) => xml.replace("<PubmedArticleSet>", '<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet>'),
      /entities of its own/,
    ],
  ])("%s is refused", async (_, breaking, reason) => {
    const { faults } = await readText(breaking(set(article(99_000_001))));
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toMatch(reason);
  });
});

describe("a synthetic baseline", () => {
  it("loses nothing and counts every oddity", async () => {
    const made = writeSyntheticBaseline(folder, { files: 2, recordsPerFile: 200, updates: 2 });
    const counts: Partial<Record<RecordRemark, number>> = {};
    let records = 0;
    const deleted: string[] = [];
    for (const file of made.files) {
      for await (const item of readPubMedXml(file)) {
        if (item.kind === "deletion") deleted.push(...item.pmids);
        else {
          records += 1;
          for (const remark of item.remarks) counts[remark] = (counts[remark] ?? 0) + 1;
        }
      }
    }
    expect({ records, deleted }).toEqual({ records: made.records, deleted: made.deleted });
    expect(counts).toEqual({
      book: made.oddities["book"],
      "later-version": made.oddities["second-version"],
      retracted: made.oddities["retracted"],
      "retraction-notice": made.oddities["retraction-notice"],
      correction: made.oddities["correction"],
      concern: made.oddities["concern"],
      "foreign-abstract": made.oddities["foreign-abstract"],
      "no-abstract": made.oddities["no-abstract"],
      "no-title": made.oddities["no-title"],
      "vernacular-title": made.oddities["vernacular-title"],
      "no-year": made.oddities["no-year"],
    });
    const lines = gunzipSync(readFileSync(made.files[0] ?? ""))
      .toString()
      .split("\n").length;
    expect(lines).toBeGreaterThan(2000);
  });
});
