/** From logits to calibrated decisions, and the fitting of the calibration. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentCandidates } from "../../../src/core/candidate.js";
import { seededRandom } from "../../../src/core/random.js";
import { RELATION_TYPES } from "../../../src/core/relation-types.js";
import {
  crossCalibrated,
  fitCalibration,
  fitToPredictions,
  scoreAt,
} from "../../../src/model/answers/calibration.js";
import {
  type Calibration,
  decodePrediction,
  recalibrate,
  UNCALIBRATED,
  withDecisionsOf,
} from "../../../src/model/answers/decoding.js";
import { aDocument } from "../../support/builders.js";

const CLASSES = ["None", ...RELATION_TYPES, "None-CID"];
const logits = (scores: Readonly<Record<string, number>>) =>
  Float32Array.from(CLASSES, (name) => scores[name] ?? -20);

describe("decoding", () => {
  const candidates = documentCandidates(aDocument());
  const [chemicalDisease] = candidates.filter(({ pairType }) => pairType === "C-D");
  if (chemicalDisease === undefined) throw new Error("the document has a C-D pair");
  const decode = (scores: Readonly<Record<string, number>>, threshold = 0.5) =>
    decodePrediction(chemicalDisease, logits(scores), CLASSES, { temperature: 1, threshold });

  it("adds every corpus's negatives to None and sums to 1", () => {
    const { type, related, probabilities } = decode({ None: 1, "None-CID": 1, Association: 1 });
    expect(type).toBe("None");
    expect(related).toBeCloseTo(1 / 3);
    expect(Object.values(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1);
  });

  it("makes an Association of a type that the pair may not carry", () => {
    const { type, probabilities } = decode({ Bind: 3, Cotreatment: 3, Positive_Correlation: 3.2 });
    expect(type).toBe("Association");
    expect(probabilities.Bind).toBe(0);
  });

  it("decides on all types together, then takes the likeliest", () => {
    const split = { None: 1, Association: 0.6, Positive_Correlation: 0.7 };
    expect(decode(split)).toMatchObject({ type: "Positive_Correlation" });
    expect(decode(split, 0.8)).toMatchObject({ type: "None" });
  });

  it("a temperature alone divides every logit, as in models that have no other", () => {
    const soft = { ...UNCALIBRATED, temperature: 2 };
    const { probabilities } = decodePrediction(
      chemicalDisease,
      logits({ None: 2, Association: 1, Positive_Correlation: 3 }),
      CLASSES,
      soft,
    );
    expect(probabilities.Positive_Correlation / probabilities.None).toBeCloseTo(Math.exp(0.5), 4);
    expect(probabilities.Association / probabilities.None).toBeCloseTo(Math.exp(-0.5), 3);
  });

  it("another calibration can keep the decisions of the one before", () => {
    const before = { temperature: 1.4, shift: -0.04, typeTemperature: 1.4, threshold: 0.41 };
    const after = withDecisionsOf({ ...before, temperature: 1.9, shift: -0.3, threshold: 0.9 }, before);
    for (let score = -3; score <= 3; score += 0.05) {
      const scores = logits({ None: 0, Association: score, Positive_Correlation: score - 1 });
      const made = (calibration: Calibration) =>
        decodePrediction(chemicalDisease, scores, CLASSES, calibration).type;
      expect(made(after)).toBe(made(before));
    }
    expect(() => withDecisionsOf(before, UNCALIBRATED)).toThrow(
      expect.objectContaining({ code: "INTERNAL" }),
    );
  });

  it("related and the type are softened apart where the type has a temperature of its own", () => {
    const apart = { temperature: 2, shift: -1, typeTemperature: 4, threshold: 0.5 };
    const { related, probabilities } = decodePrediction(
      chemicalDisease,
      logits({ None: 0, Association: 1, Positive_Correlation: 3 }),
      CLASSES,
      apart,
    );
    const logOdds = Math.log(Math.exp(1) + Math.exp(3)) / 2 - 1;
    expect(related).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 4);
    expect(probabilities.Positive_Correlation / probabilities.Association).toBeCloseTo(Math.exp(0.5), 4);
    expect(Object.values(probabilities).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1);
  });

  it("a prediction under another calibration is what the logits would have given", () => {
    const temperature = fc.double({ min: 0.3, max: 4, noNaN: true });
    const apart = fc.record<Calibration>({
      temperature,
      threshold: fc.double({ min: 0, max: 1, noNaN: true }),
      typeTemperature: temperature,
      shift: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    const scores = fc.array(fc.double({ min: -8, max: 8, noNaN: true }), {
      minLength: CLASSES.length,
      maxLength: CLASSES.length,
    });
    fc.assert(
      fc.property(scores, apart, apart, (row, from, to) => {
        const made = decodePrediction(chemicalDisease, Float32Array.from(row), CLASSES, from);
        const wanted = decodePrediction(chemicalDisease, Float32Array.from(row), CLASSES, to);
        const again = recalibrate(made, from, to);
        expect(again.related).toBeCloseTo(wanted.related, 6);
        for (const type of RELATION_TYPES) {
          expect(again.probabilities[type]).toBeCloseTo(wanted.probabilities[type], 6);
        }
      }),
    );
  });
});

describe("calibration", () => {
  // Too sure of related by 2 and of the type by 3, and too ready to relate by 1: each class is drawn as it should be.
  const random = seededRandom(5);
  const chosen = (weights: readonly number[]) => {
    let left = random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    return Math.max(
      0,
      weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      }),
    );
  };
  const documents = Array.from({ length: 500 }, () => {
    const candidates = documentCandidates(aDocument());
    const drawn = candidates.map(() => {
      const [none, positive] = [3 * random.normal(), 4 * random.normal()];
      const row = logits({ None: none, Association: 0, Positive_Correlation: positive });
      const logOdds = (Math.log(1 + Math.exp(positive)) - none) / 2 - 1;
      const related = random.next() < 1 / (1 + Math.exp(-logOdds));
      const type = chosen([1, Math.exp(positive / 3)]) === 0 ? "Association" : "Positive_Correlation";
      return { row, target: CLASSES.indexOf(related ? type : "None") };
    });
    const targets = drawn.map(({ target }) => target);
    const relations = candidates.flatMap(({ subject, object }, index) => {
      const type = CLASSES[targets[index] ?? 0] ?? "None";
      return type === "None" ? [] : [{ subject: subject.curie, object: object.curie, type }];
    });
    return { document: aDocument({ relations }), candidates, logits: drawn.map(({ row }) => row), targets };
  });
  const fitted = fitCalibration(documents, CLASSES);

  it("across documents shows each under what was fitted on the others", () => {
    const some = documents.slice(0, 4).map(({ document, candidates, logits: rows, targets }, index) => ({
      document: { ...document, pmid: String(index + 1) },
      predictions: candidates.map((candidate, row) =>
        decodePrediction(candidate, rows[row] ?? logits({}), CLASSES, UNCALIBRATED),
      ),
      truths: targets.map((target) => RELATION_TYPES.find((type) => type === CLASSES[target]) ?? "None"),
    }));
    const crossed = crossCalibrated(some, 4);
    expect(crossed).toHaveLength(4);
    for (const { document, predictions } of crossed) {
      const own = some.find((one) => one.document === document);
      const others = fitToPredictions(some.filter((one) => one.document !== document));
      expect(predictions).toEqual(own?.predictions.map((one) => recalibrate(one, UNCALIBRATED, others)));
    }
  });

  it("finds what was wrong: both temperatures and the shift", () => {
    expect(fitted.temperature).toBeGreaterThan(1.8);
    expect(fitted.temperature).toBeLessThan(2.2);
    expect(fitted.typeTemperature).toBeGreaterThan(2.6);
    expect(fitted.typeTemperature).toBeLessThan(3.4);
    expect(fitted.shift).toBeGreaterThan(-1.1);
    expect(fitted.shift).toBeLessThan(-0.7);
  });

  it("takes a threshold that scores better than others", () => {
    const total = (threshold: number) => {
      const { pair, typed } = scoreAt(documents, CLASSES, { ...fitted, threshold });
      return pair.f1 + typed.f1;
    };
    for (const other of [0.2, 0.5, 0.8]) expect(total(fitted.threshold)).toBeGreaterThanOrEqual(total(other));
  });

  it("stays within bounds where every answer is right, and without any", () => {
    const certain = documents.slice(0, 5).map((one) => ({
      ...one,
      targets: one.logits.map((row) => ((row[0] ?? 0) > 0 ? 0 : 1)),
      logits: one.logits.map((row) => logits({ None: row[0] ?? 0, Association: -(row[0] ?? 0) })),
    }));
    const { temperature, typeTemperature, shift } = fitCalibration(certain, CLASSES);
    for (const value of [temperature, typeTemperature ?? 0]) {
      expect(value).toBeGreaterThanOrEqual(0.1);
      expect(value).toBeLessThanOrEqual(10);
    }
    expect(Math.abs(shift ?? 9)).toBeLessThan(1);
    expect(fitCalibration([], CLASSES)).toMatchObject({ temperature: 1, typeTemperature: 1, shift: 0 });
  });
});
