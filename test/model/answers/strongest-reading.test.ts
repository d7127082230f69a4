import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../../src/core/candidate.js";
import type { RelationClassifier } from "../../../src/core/prediction.js";
import { strongestRows } from "../../../src/model/answers/strongest-reading.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const CLASSES = ["None", "Association", "Bind", "None-CID"];

it("the strongest reading is the one of greatest odds of any relation against all that say there is none", () => {
  const [first, second] = documentCandidates(aDocument());
  if (first === undefined || second === undefined) throw new Error("two candidates");
  const rows = [
    Float32Array.of(0, 3, 0, 4), // a high logit, but None-CID's is higher
    Float32Array.of(0, 0, 0, 0),
    Float32Array.of(0, 1.5, 1.5, 0), // two types share it
    Float32Array.of(0, 2, -9, 0),
  ];
  const chosen = strongestRows([first, second, first, first], rows, CLASSES);
  expect([...chosen.keys()]).toEqual([first, second]);
  expect([...chosen.values()].map((row) => rows[row])).toEqual([rows[2], rows[1]]);
});

describe("a model that reads pairs at two pairs of mentions", () => {
  let dir: string;
  let once: RelationClassifier;
  let twice: RelationClassifier;
  beforeAll(async () => {
    dir = await writeTinyModel();
    once = await loadReleasedModel(dir);
    const file = join(dir, "bioweft.json");
    const description = JSON.parse(readFileSync(file, "utf8")) as object;
    writeFileSync(file, JSON.stringify({ ...description, mentionPairs: 2 }));
    twice = await loadReleasedModel(dir);
  });
  afterAll(async () => {
    await once.dispose();
    await twice.dispose();
    rmSync(dir, { recursive: true });
  });

  it("answers once a candidate, as sure as its surer reading, and says which that was", async () => {
    const document = aDocument();
    const [closest, both] = await Promise.all([once.predict(document), twice.predict(document)]);
    const asked = documentCandidates(document).map(({ subject, object }) => [subject.curie, object.curie]);
    expect(
      both.predictions.map(({ candidate: { subject, object } }) => [subject.curie, object.curie]),
    ).toEqual(asked);
    const moved = both.predictions.flatMap((prediction, index) => {
      const before = closest.predictions[index];
      if (before === undefined) throw new Error("as many");
      const stays = JSON.stringify(prediction.readAt) === JSON.stringify(before.readAt);
      if (stays) expect(prediction.related).toBeCloseTo(before.related, 5);
      else expect(prediction.related).toBeGreaterThan(before.related);
      return stays ? [] : [prediction];
    });
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.length).toBeLessThan(asked.length);
  });
});
