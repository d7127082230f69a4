/** Each corpus's question is decided with the calibration of its prompt, and fitted as that corpus is scored. */
import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { BC5CDR } from "../../../ingest/corpora/declared/bc5cdr.js";
import { DRUGPROT } from "../../../ingest/corpora/declared/drugprot.js";
import { toScoredRelations } from "../../../ingest/formats/reading/scored-relation.js";
import { documentCandidates } from "../../../src/core/candidate.js";
import { RELATION_TYPES, type RelationType } from "../../../src/core/relation-types.js";
import { scoringRule } from "../../../src/lab/evaluation/scoring-rule.js";
import {
  fitToPredictions,
  scoresOf,
  type UncalibratedDocument,
  underCalibration,
} from "../../../src/model/answers/calibration.js";
import {
  type Calibration,
  decodePrediction,
  recalibrate,
  UNCALIBRATED,
} from "../../../src/model/answers/decoding.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

describe("a model with a calibration for a prompt", async () => {
  const drugprot = { temperature: 2, threshold: 1, typeTemperature: 1, shift: -9 };
  const folder = await writeTinyModel("tiny@1", 0, {
    tasks: [DRUGPROT, BC5CDR],
    prompts: { DrugProt: drugprot },
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const relatedWhenAsked = async (task?: typeof DRUGPROT) => {
    const classifier = await loadReleasedModel(folder, {
      engine: "onnx-fp32",
      ...(task === undefined ? {} : { task }),
    });
    const { predictions } = await classifier.predict(aDocument()).finally(() => classifier.dispose());
    return predictions.filter(({ type }) => type !== "None").length / predictions.length;
  };

  it("decides by it where that prompt is asked, and by BioRED's elsewhere", async () => {
    expect(await relatedWhenAsked(DRUGPROT)).toBe(0);
    expect(await relatedWhenAsked(BC5CDR)).toBe(1);
    expect(await relatedWhenAsked()).toBe(1);
  });
});

describe("a model that says more of a related pair than its type", async () => {
  const qualifiers = ["direction" as const, "novelty" as const];
  const folder = await writeTinyModel("tiny@1", 0, { qualifiers, directionTemperature: 2, mentionPairs: 2 });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(["onnx-fp32", "onnx", "tfjs"])("says it of every pair, by its temperature (%s)", async (engine) => {
    const classifier = await loadReleasedModel(folder, { engine });
    const answer = await classifier.predict(aDocument()).finally(() => classifier.dispose());
    const { predictions } = answer;
    expect(predictions.length).toBeGreaterThan(4);
    // Files carry both as they are stated.
    const [first] = predictions;
    const written = { subject: first?.direction?.subject, probability: first?.direction?.probability };
    expect(toScoredRelations(answer)[0]).toMatchObject({ direction: written, novelty: first?.novelty });
    for (const prediction of predictions) {
      const { candidate, direction, novelty } = prediction;
      if (direction === undefined || novelty === undefined) throw new Error("the model says both");
      const { subject, object, neither } = direction.probabilities;
      expect(subject + object + neither).toBeCloseTo(1);
      expect(direction.probability).toBe(Math.max(subject, object, neither));
      expect([candidate.subject.curie, candidate.object.curie, null]).toContain(direction.subject);
      expect(novelty.probability).toBeGreaterThanOrEqual(0.5);
      const sharper = recalibrate(prediction, { ...UNCALIBRATED, directionTemperature: 2 }, UNCALIBRATED);
      expect(sharper.direction?.subject).toBe(direction.subject);
      expect(sharper.direction?.probability).toBeGreaterThanOrEqual(direction.probability);
      expect(Math.log(subject / neither) * 2).toBeCloseTo(
        Math.log(
          (sharper.direction?.probabilities.subject ?? 0) / (sharper.direction?.probabilities.neither ?? 0),
        ),
        5,
      );
    }
  });
});

describe("a calibration for a corpus", () => {
  const classes = ["None", ...RELATION_TYPES];
  const document = aDocument();
  const [candidate] = documentCandidates(document).filter(({ pairType }) => pairType === "C-D");
  if (candidate === undefined) throw new Error("the document has a C-D pair");
  /** A document a truth, with the same probabilities in each. */
  const answers = (
    chances: Readonly<Record<string, number>>,
    truths: Readonly<Partial<Record<RelationType | "None", number>>>,
  ): UncalibratedDocument[] => {
    const logits = Float32Array.from(classes, (name) => Math.log(chances[name] ?? 1e-9));
    const prediction = decodePrediction(candidate, logits, classes, UNCALIBRATED);
    return Object.entries(truths).flatMap(([truth, times]) =>
      Array.from({ length: times }, () => ({
        document,
        predictions: [prediction],
        truths: [truth as RelationType | "None"],
      })),
    );
  };
  const documents = [
    ...answers({ None: 0.05, Positive_Correlation: 0.95 }, { None: 5, Positive_Correlation: 95 }),
    ...answers(
      { None: 0.55, Association: 0.25, Positive_Correlation: 0.2 },
      { None: 55, Association: 25, Positive_Correlation: 20 },
    ),
  ];

  it("chooses the threshold by that corpus's score: a type without a label costs nothing there", () => {
    // As pairs the doubtful ones are worth asserting, as Associations they are not.
    const rule = scoringRule(BC5CDR);
    const asserted = (calibration: Calibration) =>
      scoresOf(documents.map((one) => underCalibration(one, calibration))).pair.predicted;
    expect(asserted(fitToPredictions(documents))).toBe(100);
    expect(asserted(fitToPredictions(documents, rule))).toBe(200);
    expect(scoresOf(documents, rule).typed.predicted).toBe(100);
  });
});
