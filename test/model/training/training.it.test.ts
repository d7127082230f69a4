/** A whole run on the tiny encoder: it learns, is stopped and resumed, and its model is loaded as a released one. */
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeModel } from "../../../src/model/folder/model-folder.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import {
  type TrainedNetwork,
  type TrainingProgress,
  trainNetwork,
} from "../../../src/model/training/trainer.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";
import { aTinyRun, letterDocument, TINY_LABELS } from "../../support/tiny/tiny-training.js";

let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-training-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

/** A run that stops itself after some steps, with what it reports. */
async function aRun(name: string, stopAfter = Number.POSITIVE_INFINITY) {
  const stop = new AbortController();
  const run = await aTinyRun(encoder, join(dir, name), { signal: stop.signal });
  const onProgress = (progress: TrainingProgress) => {
    run.reports.push(progress);
    if (progress.step === stopAfter) stop.abort();
  };
  return { ...run, onProgress, settings: { ...run.settings, averageDecay: 0.5 } };
}

describe("training", { timeout: 60_000 }, () => {
  let trained: TrainedNetwork;

  it("learns, and a run that was stopped and resumed ends where an uninterrupted one does", async () => {
    const run = await aRun("whole");
    const whole = await trainNetwork(run);
    trained = whole;
    expect(whole.held.typed.f1).toBe(1);
    const stopped = await aRun("halves", 7);
    await expect(trainNetwork(stopped)).rejects.toMatchObject({ code: "CANCELLED" });
    expect(stopped.reports).toHaveLength(7);
    const resumed = await aRun("halves");
    const halves = await trainNetwork(resumed);
    expect([...stopped.reports, ...resumed.reports].map(({ loss }) => loss)).toEqual(
      run.reports.map(({ loss }) => loss),
    );
    expect(resumed.reports).toHaveLength(16 - 7);
    for (const [name, { data }] of whole.parameters) {
      expect(halves.parameters.get(name)?.data, name).toEqual(data);
    }
    const curve = () => readFile(join(dir, "halves", "curve.jsonl"), "utf8");
    const finished = await curve();
    await trainNetwork(await aRun("halves"));
    expect(await curve()).toBe(finished);
    await expect(trainNetwork({ ...(await aRun("halves")), phases: [] })).rejects.toThrow(/another plan/);
  });

  it("writes a folder that the released model's loader runs, with the answers that were learned", async () => {
    const out = join(dir, "model");
    const description = {
      id: "letters@1",
      network: "document" as const,
      encoder: "tiny",
      corpora: ["letters"],
      classes: [...TINY_LABELS.classes],
      specials: [...TINY_LABELS.specials],
      headSize: 16,
      ...trained.calibration,
    };
    await writeModel(out, encoder, description, trained.parameters);
    const classifier = await loadReleasedModel(out);
    try {
      expect(classifier.info).toMatchObject({ id: "letters@1", engine: "onnx" });
      for (const index of [0, 1, 2, 3]) {
        const { predictions, model } = await classifier.predict(letterDocument(index));
        expect(model).toBe("letters@1");
        expect(predictions.map(({ type }) => type)).toEqual([
          index % 2 === 0 ? "Positive_Correlation" : "None",
        ]);
      }
    } finally {
      await classifier.dispose();
    }
    const broken = join(dir, "broken");
    await cp(out, broken, { recursive: true });
    await rm(join(broken, "bioweft.json"));
    await expect(loadReleasedModel(broken)).rejects.toMatchObject({ code: "MODEL" });
    await expect(loadReleasedModel(out, { engine: "abacus" })).rejects.toThrow(/no engine "abacus".*onnx/);
  });

  it("keeps a curve", async () => {
    const lines = (await readFile(join(dir, "whole", "curve.jsonl"), "utf8")).trim().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ step: 16, held: { pair: { f1: 1 } } });
  });
});
