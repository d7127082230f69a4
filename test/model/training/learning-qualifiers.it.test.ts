/** The document network learns from a few papers which end acts and what is new. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { loadInitialParameters, networkConfig } from "../../../src/model/folder/initial-parameters.js";
import { readEncoderConfig } from "../../../src/model/networks/encoder-config.js";
import { loadTokenizer } from "../../../src/model/text/tokenizer.js";
import { documentLearner } from "../../../src/model/training/document-learner.js";
import { GradientEngine } from "../../../src/model/training/gradient-engine.js";
import { trainNetwork } from "../../../src/model/training/trainer.js";
import { WeightStore } from "../../../src/model/training/weight-store.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";
import { aPhase, aTinyRun, TINY_LABELS, tinyExamples } from "../../support/tiny/tiny-training.js";

let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "bioweft-qualifiers-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rmSync(dir, { recursive: true }));

const QUALIFIERS = ["direction", "novelty"] as const;

describe("training with qualifiers", { timeout: 60_000 }, () => {
  /** Where the two stand close, the first acts, else the second; where the first is named again, the finding is known. */
  const letters = (index: number) => {
    const [first, known] = [index % 2 === 0, index % 4 < 2];
    const [one, other] = ["MESH:D000001", "MESH:D000002"];
    const again = { text: "ab", type: "Chemical", ids: ["D000001"], occurrence: 1 } as const;
    return aDocument({
      pmid: String(90_095_000 + index),
      title: `ab ${first ? "x" : "x y y y y y"} cd ${known ? "z ab" : "z"}`,
      abstract: null,
      mentions: [
        { text: "ab", type: "Chemical", ids: ["D000001"] },
        { text: "cd", type: "Disease", ids: ["D000002"] },
        ...(known ? [again] : []),
      ],
      relations: [
        {
          subject: one,
          object: other,
          type: "Positive_Correlation",
          directedFrom: first ? one : other,
          novel: !known,
        },
      ],
    });
  };

  it("tells who acts and what is new, and fits how sure to be of both", async () => {
    const tokenizer = await loadTokenizer(encoder);
    const labels = { ...TINY_LABELS, qualifiers: QUALIFIERS };
    const config = networkConfig(
      await readEncoderConfig(encoder),
      labels.classes.length,
      undefined,
      labels.qualifiers,
    );
    const examples = tinyExamples([0, 1, 2, 3].map(letters));
    const run = await aTinyRun(encoder, join(dir, "run"), {
      qualifiers: QUALIFIERS,
      learner: documentLearner(config, labels, { maxPairs: 10, mentionPairs: 1 }),
      initial: await loadInitialParameters(encoder, tokenizer, config, labels, seededRandom(1)),
      phases: [aPhase(examples, 24)],
      held: examples,
    });
    const { calibration, parameters } = await trainNetwork({
      ...run,
      settings: { ...run.settings, qualifierWeight: 1 },
    });
    expect(calibration.directionTemperature).toBeLessThan(2);
    expect(calibration.noveltyTemperature).toBeLessThan(2);
    const engine = new GradientEngine(run.tf, run.learner.network, new WeightStore(parameters));
    const passes = examples.flatMap((example) => run.learner.passes(example, tokenizer));
    const logits = await engine.logits(passes.map(({ feeds }) => feeds));
    const most = (row: Float32Array) => row.indexOf(Math.max(...row));
    const begin = labels.classes.length;
    expect(logits.map((row) => most(row.subarray(begin, begin + 3)))).toEqual([0, 1, 0, 1]);
    expect(logits.map((row) => most(row.subarray(begin + 3, begin + 5)))).toEqual([1, 1, 0, 0]);
  });
});
