/** Files of any format, told by content; broken ones refused with file and line, or skipped and reported. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { toBioCJson, toPubTator3Json } from "../../../ingest/formats/bioc/bioc-json-writer.js";
import { toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { aDocument } from "../../support/builders.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

const documents = ["11", "12", "13"].map((pmid) => aDocument({ pmid, year: 1999 }));
const pubTator = documents.map((document) => toPubTator(document)).join("");
const lines = documents.map((document) => toDocumentLine(document)).join("");
const wrapped = toPubTator3Json(documents);
let files = 0;

function fileOf(content: string | Buffer): string {
  files += 1;
  const path = join(folder, `in-${files}`);
  writeFileSync(path, content);
  return path;
}

/** The PMIDs that a file gives, and the faults of what it does not. */
async function read(content: string | Buffer, skipBad = false) {
  const path = fileOf(content);
  const rejected: BioWeftError[] = [];
  const pmids: string[] = [];
  const options = { skipBad, onRejected: (fault: BioWeftError) => rejected.push(fault) };
  for await (const document of readDocuments(path, options)) pmids.push(document.pmid);
  return { pmids, rejected };
}

async function fault(content: string | Buffer): Promise<BioWeftError> {
  const thrown = await read(content).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (thrown instanceof BioWeftError) return thrown;
  throw new Error(`expected a BioWeftError, got ${String(thrown)}`);
}

describe("readDocuments tells the format by the content", () => {
  it.each([
    ["PubTator", pubTator],
    ["PubTator after blank lines and a byte order mark", `\ufeff\r\n${pubTator.replaceAll("\n", "\r\n")}`],
    ["Document lines", lines],
    ["Document lines without the last line end", lines.trimEnd()],
    ["a PubTator3 answer", wrapped],
    [
      "a BioC collection",
      JSON.stringify({ source: "x", documents: documents.map((one) => toBioCJson(one)) }, null, 1),
    ],
    ["BioC documents, one a line", documents.map((one) => JSON.stringify(toBioCJson(one))).join("\n")],
    ["an array of BioC documents", JSON.stringify(documents.map((one) => toBioCJson(one)))],
  ])("%s", async (_, content) => {
    expect(await read(content)).toEqual({ pmids: ["11", "12", "13"], rejected: [] });
  });
});

describe("readDocuments refuses", () => {
  it.each([
    ["a binary", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 1, /binary/],
    ["other text", "name,value\n1,2\n", 1, /no format that we know.*PubTator/],
    ["other JSON", '{"a":1}', 1, /JSON without documents/],
    ["an empty file", "", 1, /empty/],
    ["PubTator cut in an annotation", pubTator.slice(0, pubTator.lastIndexOf("\tGene") - 2), 41, /columns/],
    [
      "PubTator cut in an abstract",
      pubTator.slice(0, pubTator.indexOf(" aspirin to")),
      2,
      /within a sentence/,
    ],
    [
      "PubTator cut in an identifier",
      pubTator.slice(0, pubTator.indexOf("D001241") + 4),
      4,
      /within an identifier/,
    ],
    [
      "PubTator with invalid UTF-8",
      Buffer.concat([Buffer.from(pubTator), Buffer.from([0x31, 0xff, 0x0a])]),
      46,
      /UTF-8/,
    ],
    ["a line of Document JSON cut", lines.slice(0, -40), 3, /no valid JSON/],
    ["a Document line with a missing field", lines.replace('"relations"', '"relatives"'), 1, /relations: /],
    [
      "a Document line with offsets beyond the text",
      lines.replace('"end":7', '"end":900'),
      1,
      /outside the text/,
    ],
    [
      "a Document line with another text",
      lines.replace('"text":"Aspirin"}', '"text":"Ibuprofen"}'),
      1,
      /"Aspirin", the mention says "Ibuprofen"/,
    ],
    ["a PubTator3 answer cut", wrapped.slice(0, -200), 1, /cut/],
    [
      "a BioC location beyond the text",
      wrapped.replace('"length":7', '"length":7000'),
      1,
      /outside the text/,
    ],
    [
      "a BioC mention without a location",
      wrapped.replace(/"locations":\[[^\]]*\]/, '"locations":[]'),
      1,
      /without a location/,
    ],
    ["BioC with invalid UTF-8", Buffer.concat([Buffer.from(wrapped), Buffer.from([0xff])]), 1, /UTF-8/],
  ])("%s", async (_, content, line, reason) => {
    const thrown = await fault(content);
    expect(thrown.code).toBe("BAD_INPUT");
    expect(thrown.message).toMatch(reason);
    expect(thrown.place.line).toBe(line);
    expect(thrown.place.file).toContain(folder);
  });

  it("no file for want of its last line break alone", async () => {
    const { pmids, rejected } = await read(pubTator.trimEnd());
    expect(pmids).toEqual(["11", "12", "13"]);
    expect(rejected).toEqual([]);
    const textOnly = await read("11|t|Aspirin in gout\n11|a|It helped (P < 0.05).");
    expect(textOnly.pmids).toEqual(["11"]);
  });

  it("a file that is not there", async () => {
    const reading = readDocuments(join(folder, "nowhere"))[Symbol.asyncIterator]().next();
    await expect(reading).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("with skipBad the good documents are kept and the others reported", () => {
  it.each([
    ["PubTator", pubTator.replace("12\t0\t7\tAspirin", "12\t0\t7\tAspirim"), ["11", "13"]],
    [
      "PubTator with a byte that is no text",
      Buffer.from(pubTator.replace("12|a|", "12|a|\u00e9"), "latin1"),
      ["11", "13"],
    ],
    ["PubTator cut at the end", pubTator.slice(0, -30), ["11", "12"]],
    ["Document lines", lines.replace('"pmid":"12"', '"pmid":12'), ["11", "13"]],
    ["Document lines, one cut", lines.replace(/\{"pmid":"12".*/, '{"pmid":"12","passages":'), ["11", "13"]],
    ["a PubTator3 answer", wrapped.replace(/("id":"12".*?"text":)"Aspirin"/, '$1"Aspirim"'), ["11", "13"]],
    ["a PubTator3 answer cut", wrapped.slice(0, -200), ["11", "12"]],
  ])("%s", async (_, content, pmids) => {
    const { pmids: kept, rejected } = await read(content, true);
    expect(kept).toEqual(pmids);
    expect(rejected.map((one) => one.code)).toEqual(["BAD_INPUT"]);
  });

  it("but a binary is refused all the same", async () => {
    await expect(read(Buffer.from([1, 0, 2]), true)).rejects.toMatchObject({ code: "BAD_INPUT" });
  });
});
