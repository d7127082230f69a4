/** Offsets counted in code points, as every source counts them, lead to the same words here. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { readBioCXml } from "../../../ingest/formats/bioc/bioc-xml.js";
import { readSentenceXml } from "../../../ingest/formats/bioc/sentence-xml.js";
import { readDrugCombinations } from "../../../ingest/formats/jsonl/drug-combinations.js";
import { readEntityTables } from "../../../ingest/formats/tables/entity-tables.js";
import { type Document, documentText } from "../../../src/core/document.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-code-points-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const word = fc.string({
  unit: fc.constantFrom("a", "β", "𝛽", "e\u0301", "💊", "-"),
  minLength: 1,
  maxLength: 5,
});
const words = fc.array(word, { minLength: 1, maxLength: 8 });
const length = (text: string) => [...text].length;

/** Each word's place in code points, the words being parted by single spaces, after `offset`. */
function places(all: readonly string[], offset = 0) {
  let start = offset;
  return all.map((text) => {
    const place = { text, start, end: start + length(text) };
    start = place.end + 1;
    return place;
  });
}

async function only(documents: AsyncIterable<Document>): Promise<Document> {
  for await (const document of documents) return document;
  throw new Error("no document");
}

/** The words at the document's mentions, by our offsets. */
function wordsAtMentions(document: Document): string[] {
  const text = documentText(document);
  return document.mentions.map(({ start, end }) => text.slice(start, end));
}

describe("offsets in code points", () => {
  it("entity tables: every word of title and abstract is found", async () => {
    await fc.assert(
      fc.asyncProperty(words, words, async (title, abstract) => {
        const spans = [...places(title), ...places(abstract, length(title.join(" ")) + 1)];
        writeFileSync(at("abstracts"), `1\t${title.join(" ")}\t${abstract.join(" ")}\n`);
        const row = ({ text, start, end }: (typeof spans)[number], index: number) =>
          `1\tT${index}\tGENE\t${start}\t${end}\t${text}\n`;
        writeFileSync(at("entities"), spans.map(row).join(""));
        writeFileSync(at("relations"), "");
        const paths = ["abstracts", "entities", "relations"].map(at);
        const tables = {
          prefix: "X",
          paths,
          relationColumns: 4,
          relationOf: () => undefined,
          distinct: false,
        };
        const document = await only(readEntityTables(tables, {}));
        expect(wordsAtMentions(document)).toEqual([...title, ...abstract]);
      }),
      { numRuns: 60 },
    );
  });

  it("drug combinations: every word of the sentence is found in its paragraph", async () => {
    await fc.assert(
      fc.asyncProperty(words, words, async (before, sentence) => {
        const spans = places(sentence).map((place, index) => ({
          ...place,
          span_id: index,
          token_start: index,
          token_end: index + 1,
        }));
        const text = sentence.join(" ");
        const row = {
          doc_id: "1",
          sentence: text,
          paragraph: `${before.join(" ")} | ${text}`,
          spans,
          rels: [],
        };
        writeFileSync(at("set.jsonl"), `${JSON.stringify(row)}\n`);
        const document = await only(readDrugCombinations(at("set.jsonl")));
        expect(wordsAtMentions(document)).toEqual(sentence);
      }),
      { numRuns: 60 },
    );
  });

  it.each([true, false])(
    "sentence XML, ends inclusive: %s; every word of every sentence is found",
    async (inclusiveEnd) => {
      const dialect = {
        prefix: "X",
        entityType: "Chemical",
        inclusiveEnd,
        pairElement: "pair",
        pairType: () => undefined,
      } as const;
      await fc.assert(
        fc.asyncProperty(fc.array(words, { minLength: 1, maxLength: 3 }), async (sentences) => {
          const entity = ({ text, start, end }: ReturnType<typeof places>[number], id: string) =>
            `<entity id="${id}" charOffset="${start}-${inclusiveEnd ? end - 1 : end}" text="${text}"/>`;
          const elements = sentences.map((sentence, number) => {
            const entities = places(sentence).map((place, index) => entity(place, `s${number}.e${index}`));
            return `<sentence id="s${number}" text="${sentence.join(" ")}">${entities.join("")}</sentence>`;
          });
          writeFileSync(at("d.xml"), `<document id="d">${elements.join("")}</document>`);
          const document = await only(readSentenceXml(at("d.xml"), dialect));
          expect(wordsAtMentions(document)).toEqual(sentences.flat());
        }),
        { numRuns: 60 },
      );
    },
  );

  it("BioC XML: every word of every passage is found", async () => {
    await fc.assert(
      fc.asyncProperty(words, words, async (title, abstract) => {
        const passage = (all: readonly string[], offset: number) =>
          `<passage><offset>${offset}</offset><text>${all.join(" ")}</text>` +
          places(all, offset)
            .map(
              ({ text, start, end }, index) =>
                `<annotation id="${index}"><infon key="type">Gene</infon><infon key="identifier">${index + 1}</infon>` +
                `<location offset="${start}" length="${end - start}"/><text>${text}</text></annotation>`,
            )
            .join("") +
          "</passage>";
        const passages = passage(title, 0) + passage(abstract, length(title.join(" ")) + 1);
        writeFileSync(at("b.xml"), `<collection><document><id>1</id>${passages}</document></collection>`);
        const document = await only(readBioCXml(at("b.xml")));
        expect(wordsAtMentions(document)).toEqual([...title, ...abstract]);
      }),
      { numRuns: 60 },
    );
  });
});
