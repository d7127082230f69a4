/** Who annotates a paper: PubTator3 where it did, else the dictionary, in the text at hand. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readPlainTexts } from "../../../ingest/formats/tables/plain-texts.js";
import { type Annotator, annotate, annotatedPapers } from "../../../ingest/lexicon/annotated-papers.js";
import { buildRecognizer } from "../../../ingest/lexicon/recognizer.js";
import type { Document } from "../../../src/core/document.js";
import { aDocument } from "../../support/builders.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-papers-"));
const file = join(folder, "texts.tsv");
afterAll(() => rmSync(folder, { recursive: true }));

const recognizer = buildRecognizer([
  { curie: "MESH:D990001", type: "Disease", name: "Quaraxosis", synonyms: ["QX"] },
]);
const unannotated = (pmid: string, title: string) => aDocument({ pmid, title, abstract: "" });

async function papers(fetched: readonly Document[], texts: readonly Document[], withRecognizer = true) {
  const by: Annotator[] = [];
  const given: unknown[] = [];
  const stream = async function* (documents: readonly Document[]) {
    yield* documents;
  };
  const sources = {
    fetched: stream(fetched),
    texts: stream(texts),
    ...(withRecognizer ? { recognizer } : {}),
    onAnnotated: (annotator: Annotator) => void by.push(annotator),
  };
  for await (const { pmid, mentions } of annotatedPapers(sources)) given.push([pmid, mentions.length]);
  return { by, given };
}

describe("annotatedPapers", () => {
  it("keeps PubTator3's mentions, finds the others', and gives each paper once", async () => {
    const fetched = [aDocument({ pmid: "1" }), unannotated("2", "Old"), unannotated("3", "Quaraxosis")];
    const texts = [
      unannotated("1", "Quaraxosis"),
      unannotated("2", "QX and quaraxosis"),
      unannotated("2", "QX and quaraxosis"),
      unannotated("own-4", "QX"),
    ];
    expect(await papers(fetched, texts)).toEqual({
      by: ["PubTator3", "dictionary", "dictionary", "dictionary"],
      given: [
        ["1", 9],
        ["2", 2],
        ["own-4", 1],
        ["3", 1],
      ],
    });
    expect((await papers(fetched, texts, false)).by).toEqual(["PubTator3", "nobody", "nobody", "nobody"]);
  });

  it("leaves out what is too risky", () => {
    const text = unannotated("1", "QX and quaraxosis");
    expect(annotate(text, recognizer, 0.2).mentions.map((mention) => mention.text)).toEqual(["quaraxosis"]);
  });
});

describe("readPlainTexts", () => {
  const read = async (text: string, identified: boolean) => {
    writeFileSync(file, text);
    const texts = [];
    for await (const one of readPlainTexts(file, { identified })) texts.push(one);
    return texts;
  };

  it("takes the line's number, or its first column, as the identifier", async () => {
    const [first, second] = await read("T 𝛼\tA b.\tC\n\nOnly\n", false);
    expect([first?.document.pmid, second?.document.pmid, second?.line]).toEqual(["1", "3", 3]);
    expect(first?.document.passages).toEqual([
      { kind: "title", offset: 0, text: "T 𝛼" },
      { kind: "abstract", offset: 5, text: "A b. C" },
    ]);
    const [own] = await read("own-4\tT\n", true);
    expect(own?.document).toMatchObject({ pmid: "own-4", passages: [{ text: "T" }, { text: "" }] });
  });

  it.each(["12\n", "12\t\t\n", "\tA title\n", "a b\tA title\n", "a|b\tA title\n"])(
    "refuses %j",
    async (text) => {
      await expect(read(`1\tT\n${text}`, true)).rejects.toMatchObject({
        code: "BAD_INPUT",
        place: { line: 2 },
      });
    },
  );
});
