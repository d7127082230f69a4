/** Which documents a run keeps back, and how later commands find them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { BIORED } from "../../../ingest/corpora/declared/biored.js";
import { DRUGPROT } from "../../../ingest/corpora/declared/drugprot.js";
import { EMU } from "../../../ingest/corpora/declared/emu.js";
import { inRange } from "../../../src/cli/options/document-range.js";
import { readHeldPapers } from "../../../src/lab/training/held-papers.js";
import { splitHeld } from "../../../src/lab/training/held-split.js";
import { letterDocument, tinyExamples } from "../../support/tiny/tiny-training.js";

const read = (corpus: CorpusDeclaration, documents: number) => ({
  corpus,
  leaks: 0,
  examples: tinyExamples(Array.from({ length: documents }, (_, index) => letterDocument(index))),
});
const choice = { method: "biorex", held: 4, heldOthers: 3, fraction: 1, seed: 42 } as const;

describe("splitHeld", () => {
  const corpora = [read(BIORED, 10), read(DRUGPROT, 50), read(EMU, 50)];
  const pmids = (examples: readonly { document: { pmid: string } }[]) =>
    examples.map(({ document }) => document.pmid);

  it("keeps documents of the task and of corpora with a prompt of their own back, and names them", () => {
    const { held, heldPrompts, learned, papers } = splitHeld(corpora, choice);
    expect(held).toHaveLength(4);
    expect(heldPrompts.map(({ prompt, examples }) => [prompt, examples.length])).toEqual([["DrugProt", 3]]);
    // EMU says nothing of pairs that it does not relate: nothing can be calibrated on it.
    expect(learned.map(({ examples }) => examples.length)).toEqual([6, 47, 50]);
    expect(papers).toEqual({ biored: pmids(held), drugprot: pmids(heldPrompts[0]?.examples ?? []) });
    for (const [index, kept] of [held, heldPrompts[0]?.examples ?? []].entries()) {
      const taught = new Set(pmids(learned[index]?.examples ?? []));
      expect(pmids(kept).filter((pmid) => taught.has(pmid))).toEqual([]);
    }
  });

  it("takes a tenth of another corpus at most, and none where it answers with a head of its own", () => {
    expect(splitHeld(corpora, { ...choice, heldOthers: 40 }).heldPrompts[0]?.examples).toHaveLength(5);
    expect(splitHeld(corpora, { ...choice, method: "transfer" }).heldPrompts).toEqual([]);
  });

  it("refuses to keep everything back", () => {
    expect(() => splitHeld(corpora, { ...choice, held: 10 })).toThrow(/leaves nothing of biored's 10/);
  });
});

describe("documents by range", () => {
  const folder = mkdtempSync(join(tmpdir(), "bioweft-held-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const documents = Array.from({ length: 6 }, (_, index) => letterDocument(index));
  async function* stream() {
    yield* documents;
  }
  const chosen = async (range: Parameters<typeof inRange>[1]) => {
    const found: string[] = [];
    for await (const { pmid } of inRange(stream(), range, "drugprot")) found.push(pmid.slice(-1));
    return found.join("");
  };

  it("are those after the skipped ones, as many as asked, of those that a run kept back", async () => {
    writeFileSync(
      join(folder, "held.json"),
      JSON.stringify({ drugprot: ["90090001", "90090004", "90090005"] }),
    );
    expect(await chosen({ skip: 0 })).toBe("012345");
    expect(await chosen({ skip: 2, limit: 3 })).toBe("234");
    expect(await chosen({ skip: 0, kept: folder })).toBe("145");
    expect(await chosen({ skip: 1, limit: 1, kept: folder })).toBe("4");
    await expect(readHeldPapers(folder, "bc5cdr")).rejects.toThrow(
      /nothing of bc5cdr back, only of drugprot/,
    );
    await expect(readHeldPapers(join(folder, "absent"), "bc5cdr")).rejects.toThrow(/held\.json/);
  });
});
