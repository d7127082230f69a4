/** What a paper with very many pairs is asked: the nearest two thousand, which takes seconds. */
import { rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countCandidates } from "../../src/core/candidate.js";
import { MOST_PAIRS, smallestGap } from "../../src/core/nearest-pairs.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "../support/builders.js";
import { paperOfEntities } from "../support/long-papers.js";
import { writeTinyModel } from "../support/tiny/tiny-model.js";
import { writeTinyOfficial } from "../support/tiny/tiny-official.js";

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

  it("asks of a paper with very many pairs the nearest, and counts the others", async () => {
    const paper = paperOfEntities(90);
    const { predictions, unasked } = await classifier.predict(paper);
    expect(predictions.length).toBeLessThanOrEqual(MOST_PAIRS);
    expect(predictions.length).toBeGreaterThan(MOST_PAIRS / 4);
    expect(predictions.length + (unasked ?? 0)).toBe(countCandidates(paper));
    const farthest = Math.max(
      ...predictions.map(({ candidate: { subject, object } }) =>
        smallestGap(subject.mentions, object.mentions),
      ),
    );
    const [first, last] = [paper.mentions[0]?.start ?? 0, paper.mentions.at(-1)?.start ?? 0];
    expect(farthest).toBeLessThan(last - first);
    // An abstract is asked whole, and nothing is said.
    expect(await classifier.predict(aDocument())).not.toHaveProperty("unasked");
  });
});
