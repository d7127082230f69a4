/** What goes along with asking either network's classifier: a signal, heard between passes, and progress. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../src/core/candidate.js";
import type { Document } from "../../src/core/document.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "../support/builders.js";
import { writeTinyModel } from "../support/tiny/tiny-model.js";
import { writeTinyOfficial } from "../support/tiny/tiny-official.js";

const LETTERS = [..."abcdefghijklmnopqrstuvw"];

/** A text of this many genes, all of whose pairs are asked. */
function geneDocument(genes: number): Document {
  const words = LETTERS.slice(0, genes);
  return aDocument({
    title: words.join(" "),
    abstract: "in the gene",
    mentions: words.map((text, index) => ({ text, type: "Gene", ids: [String(index + 1)] })),
  });
}

const PAPER = geneDocument(22);
const PAIRS = documentCandidates(PAPER).length;

describe.each(["document", "pair"] as const)("a classifier of the %s network", (network) => {
  let dir: string;
  let classifier: RelationClassifier;
  beforeAll(async () => {
    dir = network === "document" ? await writeTinyModel() : await writeTinyOfficial();
    classifier = await loadReleasedModel(dir);
  });
  afterAll(async () => {
    await classifier.dispose();
    rmSync(network === "document" ? dir : dirname(dir), { recursive: true });
  });

  it("tells after every pass how many pairs are scored, of all that are asked", async () => {
    const told: (readonly [number, number])[] = [];
    const onProgress = (...figures: [number, number]) => told.push(figures);
    const { predictions } = await classifier.predict(PAPER, { onProgress });
    expect(predictions).toHaveLength(PAIRS);
    expect(told.length).toBeGreaterThan(1);
    expect(told.every(([, pairs]) => pairs === PAIRS)).toBe(true);
    const scored = told.map(([pairs]) => pairs);
    expect(scored).toEqual(scored.toSorted((a, b) => a - b));
    expect(scored.at(-1)).toBe(PAIRS);
  });

  it("stops after the pass in which the signal comes, wherever it comes from", async () => {
    const stop = new AbortController();
    let passes = 0;
    const onProgress = () => {
      // Not set here and now: a signal from elsewhere is heard only where the thread is given away.
      if (++passes === 1) setImmediate(() => stop.abort());
    };
    const reading = classifier.predict(PAPER, { signal: stop.signal, onProgress });
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED", place: { pmid: PAPER.pmid } });
    expect(passes).toBe(1);
  });

  it("makes no inputs once the signal is set, and stops a stream of documents", async () => {
    const signal = AbortSignal.abort();
    const told: number[] = [];
    const onProgress = (scored: number) => told.push(scored);
    await expect(classifier.predict(PAPER, { signal, onProgress })).rejects.toMatchObject({
      code: "CANCELLED",
    });
    const stop = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      const papers = [1, 2, 3].map((number) => ({ ...geneDocument(3), pmid: String(number) }));
      for await (const { document } of classifier.predictAll(papers, { signal: stop.signal, onProgress })) {
        seen.push(document.pmid);
        stop.abort();
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: "CANCELLED", place: { pmid: "2" } });
    expect(seen).toEqual(["1"]);
    expect(told.every((scored) => scored <= 3)).toBe(true);
  });

  it("gives a pair the same answer whichever others are asked with it", async () => {
    const all = await classifier.predict(PAPER);
    const few = await loadReleasedModel(dir, {
      wants: ({ subject, object }) => [subject, object].some(({ curie }) => curie === "NCBIGene:7"),
    });
    const { predictions } = await few.predict(PAPER);
    await few.dispose();
    const expected = all.predictions.filter(({ candidate: { subject, object } }) =>
      [subject, object].some(({ curie }) => curie === "NCBIGene:7"),
    );
    expect(predictions).toHaveLength(21);
    for (const [index, { type, related }] of predictions.entries()) {
      expect(type).toBe(expected[index]?.type);
      expect(related).toBeCloseTo(expected[index]?.related ?? Number.NaN, 5);
    }
  });
});
