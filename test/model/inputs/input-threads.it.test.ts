import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import type { Document } from "../../../src/core/document.js";
import { documentClassifier } from "../../../src/model/document-classifier.js";
import { onnxFp32Engine } from "../../../src/model/engines/onnx-engine.js";
import { readModel, readModelDescription } from "../../../src/model/folder/model-folder.js";
import { type InputRecipe, inputMaker } from "../../../src/model/inputs/input-maker.js";
import { threadedInputs } from "../../../src/model/inputs/input-threads.js";
import { documentBatchGraph } from "../../../src/model/networks/document-batch.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { inBatches } from "../../../src/model/view-runner.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const SAMPLES = ["magnesium-migraine", "modern-topics"].map((name) =>
  join(PACKAGE_ROOT, "samples", `${name}.pubtator`),
);
const task = { prompt: "BioRED", ownMarkers: false };

let dir: string;
let documents: Document[];
let recipes: InputRecipe[];
beforeAll(async () => {
  dir = await writeTinyModel();
  documents = [];
  for (const file of SAMPLES) for await (const document of readDocuments(file)) documents.push(document);
  const labels = await readModelDescription(dir);
  const specials = new Map(
    labels.specials.flatMap((name, id) => [
      [name, id],
      [`/${name}`, 100 + id],
    ]),
  );
  recipes = [
    { makes: "views", dir, labels, task, limits: { maxPositions: 40, maxRows: 10, mentionPairs: 1 } },
    { makes: "sequences", dir, maxTokens: 128, form: { kind: "clean", task, specials } },
    { makes: "sequences", dir, maxTokens: 128, form: { kind: "compat", forms: new Map() } },
  ];
});

afterAll(() => rm(dir, { recursive: true }));

describe("inputs made in threads", { timeout: 60_000 }, () => {
  it("are those that are made on the calling thread", async () => {
    for (const recipe of recipes) {
      const make = await inputMaker(recipe);
      const threads = threadedInputs(recipe, 1);
      try {
        const made = await Promise.all(documents.map((document) => threads.make(document)));
        expect(made.flatMap(({ inputs }) => inputs).length).toBeGreaterThan(documents.length);
        expect(made).toEqual(documents.map(make));
      } finally {
        await threads.dispose();
      }
    }
  });

  it("say what is wrong with a document or a recipe", async () => {
    const [recipe] = recipes;
    if (recipe === undefined) throw new Error("no recipe");
    const nowhere = threadedInputs({ ...recipe, dir: "/nowhere" }, 1);
    const [document] = documents;
    if (document === undefined) throw new Error("no document");
    await expect(nowhere.make(document)).rejects.toMatchObject({
      code: "MODEL",
      message: expect.stringContaining("/nowhere"),
    });
    await nowhere.dispose();
  });
});

describe("a classifier on an engine that takes many documents at once", { timeout: 60_000 }, () => {
  it("answers as one that takes them one by one", async () => {
    const model = await readModel(dir);
    const network = await onnxFp32Engine.load(documentBatchGraph(model.config), model.parameters);
    const batched = await documentClassifier(model, inBatches(network, model.config.classes, 2000));
    const single = await loadReleasedModel(dir, { engine: "onnx-fp32" });
    let answered = 0;
    for await (const { document, predictions } of batched.predictAll(documents)) {
      expect(document).toBe(documents[answered]);
      const alone = await single.predict(document);
      expect(predictions.map(({ type }) => type)).toEqual(alone.predictions.map(({ type }) => type));
      for (const [index, { related, candidate }] of predictions.entries()) {
        expect(related).toBeCloseTo(alone.predictions[index]?.related ?? Number.NaN, 4);
        expect(candidate).toEqual(alone.predictions[index]?.candidate);
      }
      answered += 1;
    }
    await batched.dispose();
    await single.dispose();
    expect(answered).toBe(documents.length);
  });
});
