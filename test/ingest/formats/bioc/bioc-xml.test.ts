/** BioC XML gives what the same document gives in PubTator; what is broken is refused with file and line. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parsePubTator } from "../../../../ingest/formats/pubtator/pubtator.js";
import { readDocuments } from "../../../../ingest/formats/read-documents.js";
import type { Document } from "../../../../src/core/document.js";
import type { BioWeftError } from "../../../../src/core/errors.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-bioc-xml-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "in.xml");

async function read(path: string): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of readDocuments(path)) all.push(document);
  return all;
}

const HEAD =
  "<?xml version='1.0' encoding='UTF-8'?>\n<!DOCTYPE collection SYSTEM 'BioC.dtd'>\n<collection>\n";
const infon = (key: string, value: string) => `<infon key="${key}">${value}</infon>`;
const annotation = (infons: string, offset: number, length: number, text: string) =>
  `<annotation id="0">${infons}<location offset="${offset}" length="${length}"/><text>${text}</text></annotation>`;
const BIORED = `<document><id>31</id>
<passage>${infon("type", "title")}<offset>0</offset><text>𝛽 &lt; GENC &amp; "|t|"</text>
${annotation(infon("identifier", "33") + infon("type", "GeneOrGeneProduct"), 4, 4, "GENC")}</passage>
<passage>${infon("type", "abstract")}<offset>17</offset><text>Gout 😀 c.1A&gt;T.</text>
${annotation(infon("identifier", "D000033") + infon("type", "DiseaseOrPhenotypicFeature"), 17, 4, "Gout")}
${annotation(infon("identifier", "c|SUB|A|1|T") + infon("type", "SequenceVariant"), 24, 6, "c.1A&gt;T")}</passage>
<relation id="R0">${infon("entity1", "c|SUB|A|1|T")}${infon("entity2", "D000033")}${infon("type", "Association")}${infon("novel", "Novel")}</relation>
</document>`;
const BIORED_PUBTATOR =
  '31|t|𝛽 < GENC & "|t|"\n31|a|Gout 😀 c.1A>T.\n31\t4\t8\tGENC\tGeneOrGeneProduct\t33\n' +
  "31\t17\t21\tGout\tDiseaseOrPhenotypicFeature\tD000033\n31\t24\t30\tc.1A>T\tSequenceVariant\tc|SUB|A|1|T\n" +
  "31\tAssociation\tc|SUB|A|1|T\tD000033\tNovel\n";
const CDR = `<document><id>32</id><passage>${infon("type", "title")}<offset>0</offset><text>Red and dry eyes by dropol.</text>
${annotation(infon("type", "Disease") + infon("CompositeRole", "CompositeMention") + infon("MESH", "D000041|D000042"), 0, 16, "Red and dry eyes")}
<annotation id="1">${infon("type", "Disease")}${infon("CompositeRole", "IndividualMention")}${infon("MESH", "D000041")}
<location offset="0" length="3"/><location offset="12" length="4"/><text>Red eyes</text></annotation>
${annotation(infon("type", "Chemical") + infon("MESH", "D000043"), 20, 6, "dropol")}</passage>
<relation id="R0">${infon("relation", "CID")}${infon("Chemical", "D000043")}${infon("Disease", "D000041")}</relation></document>`;
const CDR_PUBTATOR =
  "32|t|Red and dry eyes by dropol.\n32\t0\t16\tRed and dry eyes\tDisease\tD000041|D000042\tRed eyes|dry eyes\n" +
  "32\t20\t26\tdropol\tChemical\tD000043\n32\tCID\tD000043\tD000041\n";

describe("BioC XML", () => {
  it("gives the documents of the PubTator files, BioRED's and BC5CDR's, in one file", async () => {
    writeFileSync(file, `${HEAD}${BIORED}\n${CDR}</collection>\n`);
    expect(await read(file)).toEqual([...parsePubTator(BIORED_PUBTATOR), ...parsePubTator(CDR_PUBTATOR)]);
  });

  it("names file and line of what is cut, unclosed, shifted or no collection", async () => {
    const fault = async (content: string) => {
      writeFileSync(file, content);
      return read(file).then(
        () => expect.fail("nothing was refused"),
        (thrown: BioWeftError) => [thrown.code, thrown.place.file, thrown.place.line, thrown.message],
      );
    };
    const whole = `${HEAD}${BIORED}</collection>`;
    expect(await fault(whole.slice(0, -40))).toEqual([
      "BAD_INPUT",
      file,
      10,
      expect.stringContaining("no well-formed XML"),
    ]);
    expect(await fault(whole.replace("</offset>", ""))).toEqual([
      "BAD_INPUT",
      file,
      expect.any(Number),
      expect.stringContaining("no well-formed XML"),
    ]);
    expect(await fault(whole.replace('offset="4"', 'offset="5"'))).toEqual([
      "BAD_INPUT",
      file,
      4,
      expect.stringContaining('the mention says "GENC"'),
    ]);
    expect(await fault("<html><body>no</body></html>")).toEqual([
      "BAD_INPUT",
      file,
      1,
      expect.stringContaining("XML without a BioC collection"),
    ]);
  });

  it("keeps the good documents around a broken one when asked to", async () => {
    writeFileSync(
      file,
      `${HEAD}${CDR.replace("<id>32", "<id>9").replace("dropol.", "drops.")}${CDR}</collection>`,
    );
    const rejected: string[] = [];
    const pmids: string[] = [];
    const options = {
      skipBad: true,
      onRejected: (fault: BioWeftError) => rejected.push(fault.place.pmid ?? ""),
    };
    for await (const { pmid } of readDocuments(file, options)) pmids.push(pmid);
    expect([pmids, rejected]).toEqual([["32"], ["9"]]);
  });
});
