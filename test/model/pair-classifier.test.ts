import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentCandidates } from "../../src/core/candidate.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { aDocument } from "../support/builders.js";
import { writeTinyOfficial } from "../support/tiny/tiny-official.js";

let dir: string;
let classifier: RelationClassifier;
beforeAll(async () => {
  dir = await writeTinyOfficial();
  classifier = await loadReleasedModel(dir);
});
afterAll(async () => {
  await classifier.dispose();
  rmSync(dirname(dir), { recursive: true });
});

/** A copy of the official folder with one file changed, which the test removes. */
function changed(file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(tmpdir(), "bioweft-official-"));
  cpSync(dir, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), "utf8")));
  return copy;
}

describe("an official checkpoint's folder", () => {
  it("is a classifier as it is, with its own name", async () => {
    expect(classifier.info).toMatchObject({
      id: "tiny_biorex",
      network: "pair",
      engine: "onnx",
      corpora: [],
    });
    const document = aDocument();
    const { predictions, model, truncated } = await classifier.predict(document);
    expect(model).toBe("tiny_biorex");
    expect(truncated).toBeUndefined();
    const asked = documentCandidates(document).map(({ subject, object }) => [subject.curie, object.curie]);
    expect(predictions.map(({ candidate: { subject, object } }) => [subject.curie, object.curie])).toEqual(
      asked,
    );
    for (const { probabilities, probability, type } of predictions) {
      expect(Object.values(probabilities).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
      expect(probability).toBe(probabilities[type]);
    }
  });

  it("gives a pair the same answer whichever others are asked", async () => {
    const document = aDocument();
    const all = await classifier.predict(document);
    const few = await loadReleasedModel(dir, { wants: ({ pairType }) => pairType === "D-G" });
    const { predictions } = await few.predict(document);
    await few.dispose();
    const expected = all.predictions.filter(({ candidate }) => candidate.pairType === "D-G");
    expect(predictions.length).toBeGreaterThan(1);
    expect(predictions.map(({ type }) => type)).toEqual(expected.map(({ type }) => type));
    for (const [index, { related }] of predictions.entries())
      expect(related).toBeCloseTo(expected[index]?.related ?? Number.NaN, 5);
  });

  it("counts the pairs of which it read only the beginning", async () => {
    const document = aDocument();
    const [first, second] = document.passages;
    if (first === undefined || second === undefined) throw new Error("no passages");
    const long = {
      ...document,
      passages: [first, { ...second, text: second.text.concat(" of in".repeat(300)) }],
    };
    const { predictions, truncated } = await classifier.predict(long);
    expect(truncated).toBe(predictions.length);
  });

  it("is refused where its labels are numbered and are not BioREx's", async () => {
    const other = await writeTinyOfficial({ labels: 12 });
    await expect(loadReleasedModel(other)).rejects.toThrow(/does not name its 12 labels.*45 to 47.*id2label/);
    rmSync(dirname(other), { recursive: true });
  });

  it("is refused without a classifier", async () => {
    const other = await writeTinyOfficial();
    const config = JSON.parse(readFileSync(join(other, "config.json"), "utf8"));
    writeFileSync(join(other, "config.json"), JSON.stringify({ ...config, architectures: ["BertModel"] }));
    rmSync(join(other, "model.safetensors"));
    await expect(loadReleasedModel(other)).rejects.toMatchObject({ code: "NOT_FOUND" });
    rmSync(dirname(other), { recursive: true });
  });
});

describe("bioweft.json beside a checkpoint", () => {
  const description = {
    id: "mine@2",
    network: "pair",
    encoder: "tiny",
    corpora: ["biored"],
    input: "compat",
  };

  it("names the model and calibrates it", async () => {
    const folder = changed("config.json", (text) => text);
    writeFileSync(
      join(folder, "bioweft.json"),
      JSON.stringify({ ...description, temperature: 2, threshold: 0 }),
    );
    const model = await loadReleasedModel(folder);
    const { predictions } = await model.predict(aDocument());
    await model.dispose();
    expect(model.info).toMatchObject({ id: "mine@2", corpora: ["biored"] });
    expect(predictions.every(({ type }) => type !== "None")).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it("is refused with what is wrong in it", async () => {
    const folder = changed("config.json", (text) => text);
    writeFileSync(join(folder, "bioweft.json"), JSON.stringify({ ...description, input: "braille" }));
    await expect(loadReleasedModel(folder)).rejects.toThrow(/bioweft\.json.*pair model.*input/s);
    rmSync(folder, { recursive: true });
  });
});
