/** DDI 2013, AIMed and HPRD50: quirks in our own words, offsets of any text. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { corpusByName, readCorpus } from "../../../ingest/corpora/reading-corpora.js";
import { parseDocumentLine, toDocumentLine } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { type Document, documentText } from "../../../src/core/document.js";
import type { BioWeftError } from "../../../src/core/errors.js";
import { documentSentences } from "../../../src/core/sentences.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-sentences-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(name: string, from: string): Promise<Document[]> {
  const all: Document[] = [];
  for await (const document of readCorpus(corpusByName(name), from)) all.push(document);
  return all;
}

/** Every mention's text, as the document has it at the mention's offsets. */
function slices(document: Document): string[] {
  const text = documentText(document);
  return document.mentions.map(({ start, end }) => text.slice(start, end));
}

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
const entity = (id: string, charOffset: string, text: string, type = "drug") =>
  `<entity id="${id}" charOffset="${charOffset}" type="${type}" text="${escaped(text)}"/>`;
const sentence = (id: string, text: string, content: string) =>
  `<sentence id="${id}" text="${escaped(text)}">${content}</sentence>`;
const DDI =
  `<?xml version="1.0"?>\n<document id="DDI-Made.d1">\n` +
  sentence(
    "s0",
    "😀 Dropol & oral or nasal sprayine.",
    entity("s0.e0", "2-7", "Dropol") +
      entity("s0.e1", "11-14;25-32", "oral sprayine", "group") +
      entity("s0.e2", "19-32", "nasal sprayine", "group") +
      '<pair id="p0" e1="s0.e0" e2="s0.e1" ddi="true" type="effect"/><pair id="p1" e1="s0.e1" e2="s0.e2" ddi="false"/>',
  ) +
  sentence(
    "s1",
    "Dropol meets Raisin.",
    entity("s1.e0", "0-5", "Dropol") +
      entity("s1.e1", "13-18", "Raisin", "brand") +
      '<pair id="p2" e1="s1.e0" e2="s1.e1" ddi="true"/>',
  ) +
  "</document>\n";
const PPI =
  `<corpus source="AIMed"><document id="AIMed.d7" origId="4242"><sentence id="x" text="Kinase A/B&lt;/T4&gt; binds C." charOffset="0-23">` +
  entity("x.e0", "0-8", "Kinase A", "protein") +
  entity("x.e1", "0-10", "Kinase A/B", "protein") +
  entity("x.e2", "22-23", "C", "protein") +
  `<interaction id="i0" e1="x.e0" e2="x.e2" type="PPI"/></sentence></document></corpus>`;

describe("DDI 2013", () => {
  it("reads a split's folders, a file a document, with inclusive ends, pieces and a pair without a type", async () => {
    for (const part of ["DrugBank", "MedLine"]) mkdirSync(join(folder, "Train", part), { recursive: true });
    writeFileSync(join(folder, "Train", "DrugBank", "made.xml"), DDI);
    writeFileSync(join(folder, "Train", "MedLine", "empty.xml"), DDI.replace("Made.d1", "Made.d2"));
    const documents = await read("ddi2013", folder);
    expect(documents.map(({ pmid }) => pmid)).toEqual(["DDI-Made.d1", "DDI-Made.d2"]);
    const [first] = documents;
    if (first === undefined) return expect.fail("no document");
    expect(first.passages.map(({ kind, offset }) => [kind, offset])).toEqual([
      ["body", 0],
      ["body", 36],
    ]);
    const texts = ["Dropol", "oral or nasal sprayine", "nasal sprayine", "Dropol", "Raisin"];
    expect(first.mentions.map(({ text }) => text)).toEqual(texts);
    expect(slices(first)).toEqual(texts);
    expect(first.mentions[1]?.joinedText).toBe("oral sprayine");
    expect(parseDocumentLine(toDocumentLine(first))).toEqual(first);
    expect(first.relations).toEqual([
      { subject: "DDI:s0.e0", object: "DDI:s0.e1", type: "Association" },
      { subject: "DDI:s1.e0", object: "DDI:s1.e1", type: "Association" },
    ]);
  });

  it("refuses a name that is not at its offsets, and a pair of unknown ends, with file and line", async () => {
    const file = join(folder, "bad.xml");
    const fault = async (content: string) => {
      writeFileSync(file, content);
      return read("ddi2013", file).then(
        () => expect.fail("nothing was refused"),
        ({ code, place, reason }: BioWeftError) => [code, place.file, place.line, reason],
      );
    };
    const refused = (reason: string) => ["BAD_INPUT", file, 3, expect.stringContaining(reason)];
    expect(await fault(DDI.replace("13-18", "13-19"))).toEqual(refused('the entity says "Raisin"'));
    expect(await fault(DDI.replace("13-18", "13"))).toEqual(refused('the offsets "13"'));
    expect(await fault(DDI.replace('e2="s1.e1"', 'e2="s1.e9"'))).toEqual(refused("is no entity"));
    expect(await fault(DDI.replace(' text="Raisin"', ""))).toEqual(refused("<entity> lacks its text"));
  });
});

describe("AIMed and HPRD50", () => {
  it("read unified PPI XML: exclusive ends, overlapping names, debris of tags, the PMID", async () => {
    const file = join(folder, "AIMed-train.xml");
    writeFileSync(file, PPI);
    const [document] = await read("aimed", file);
    expect(document).toMatchObject({ pmid: "4242", corpus: "aimed" });
    expect(document?.mentions.map(({ text, ids }) => [text, ids[0]])).toEqual([
      ["Kinase A", "AIMed:x.e0"],
      ["Kinase A/B", "AIMed:x.e1"],
      ["C", "AIMed:x.e2"],
    ]);
    expect(document && documentText(document)).toBe("Kinase A/B</T4> binds C.");
    expect(document?.relations).toEqual([
      { subject: "AIMed:x.e0", object: "AIMed:x.e2", type: "Association" },
    ]);
  });

  it("join the sentences of the authors' copy into documents, with PMIDs from the XML beside it", async () => {
    writeFileSync(join(folder, "AIMed-train.xml"), PPI);
    const block = (name: string, a: string, b: string) =>
      `${name}|t|😀 GENA binds GENB.\n${name}\t2\t6\tGENA\tGene\t${a}\n${name}\t13\t17\tGENB\tGene\t${b}\n` +
      `${name}\tAssociation\t${a}\t${b}\n\n`;
    const file = join(folder, "aimed_bioc.Sen.PubTator");
    writeFileSync(
      file,
      block("AIMed_d7_1", "T1", "T2") + block("AIMed_d7_2", "T3", "T4") + block("AIMed_d8_1", "T1", "T2"),
    );
    const documents = await read("aimed", file);
    expect(documents.map(({ pmid, passages }) => [pmid, passages.length])).toEqual([
      ["4242", 2],
      ["AIMed_d8", 1],
    ]);
    expect(documents.flatMap(slices)).toEqual(["GENA", "GENB", "GENA", "GENB", "GENA", "GENB"]);
    expect(
      documents.flatMap(({ relations }) => relations.map(({ subject, object }) => [subject, object])),
    ).toEqual([
      ["AIMed:AIMed_d7.T1", "AIMed:AIMed_d7.T2"],
      ["AIMed:AIMed_d7.T3", "AIMed:AIMed_d7.T4"],
      ["AIMed:AIMed_d8.T1", "AIMed:AIMed_d8.T2"],
    ]);
  });
});

describe("sentences", () => {
  it("are the corpus's own, where a splitter would cut within them", async () => {
    const file = join(folder, "split.xml");
    const text = "Dropol etc. Raisin too.";
    writeFileSync(
      file,
      `<document id="d">${sentence("s0", text, "")}${sentence("s1", "Next one. ", "")}</document>`,
    );
    const [document] = await read("ddi2013", file);
    if (document === undefined) return expect.fail("no document");
    expect(documentSentences(document)).toEqual([
      { start: 0, end: 23 },
      { start: 24, end: 33 },
    ]);
    const unmarked = document.passages.map(({ kind, offset, text: words }) => ({
      kind,
      offset,
      text: words,
    }));
    expect(documentSentences({ passages: unmarked })).toHaveLength(3);
  });
});

describe("offsets", () => {
  const words = fc
    .array(fc.constantFrom("a", "β", "😀", "𝛽", "<", "&", '"', "'", " ", "é", "\u2009"), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => parts.join(""));
  const sentences = fc.array(fc.tuple(words, words, words), { minLength: 1, maxLength: 4 });

  it.each(["ddi2013", "hprd50"])("of any text lead to the mention in %s", async (name) => {
    const file = join(folder, `${name}.xml`);
    const last = name === "ddi2013" ? 1 : 0;
    await fc.assert(
      fc.asyncProperty(sentences, async (parts) => {
        const body = parts.map(([before, named, after], index) => {
          const start = [...before].length;
          const end = start + [...named].length - last;
          return sentence(
            `s${index}`,
            before + named + after,
            entity(`s${index}.e0`, `${start}-${end}`, named),
          );
        });
        writeFileSync(file, `<document id="d">${body.join("")}</document>`);
        const documents = await read(name, file);
        const named = parts.map(([, one]) => one);
        expect(documents.flatMap(slices)).toEqual(named);
        expect(documents.flatMap(({ mentions }) => mentions.map(({ text }) => text))).toEqual(named);
      }),
      { numRuns: 60, examples: [[[["😀", "𝛽", "a"]]]] },
    );
  });
});
