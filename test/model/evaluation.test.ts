import { describe, expect, it } from "vitest";
import { documentCandidates } from "../../src/core/candidate.js";
import { RELATION_TYPES } from "../../src/core/relation-types.js";
import { fitCalibration, scoreAt } from "../../src/model/calibration.js";
import { decodePrediction } from "../../src/model/decoding.js";
import { scoreRelations } from "../../src/model/evaluation.js";
import { seededRandom } from "../../src/model/random.js";
import { aDocument } from "../support/builders.js";

const ASPIRIN = "MESH:D001241";
const IL6 = "NCBIGene:3569";
const GOUT = "MESH:D006073";
const VARIANT = "tmVar:p|SUB|R|175|H";
const CLASSES = ["None", ...RELATION_TYPES, "None-CID"];
const logits = (scores: Readonly<Record<string, number>>) =>
  Float32Array.from(CLASSES, (name) => scores[name] ?? -20);

describe("scoring", () => {
  it("counts pairs without order and types with it", () => {
    const relations = [
      { subject: IL6, object: ASPIRIN, type: "Association" },
      { subject: ASPIRIN, object: GOUT, type: "Negative_Correlation" },
      { subject: IL6, object: GOUT, type: "Association" },
    ];
    const { pair, typed } = scoreRelations([{ document: aDocument(), relations }]);
    expect(pair).toMatchObject({ truePositives: 2, predicted: 3, gold: 2, recall: 1 });
    expect(pair.f1).toBeCloseTo(0.8);
    expect(typed).toMatchObject({ truePositives: 1, predicted: 3, gold: 2 });
  });

  it("does not look at variants, self-relations, pairs of diseases or the same relation twice", () => {
    const variant = aDocument().mentions.find((mention) => mention.type === "Variant")?.ids[0] ?? VARIANT;
    const relations = [
      { subject: variant, object: GOUT, type: "Association" },
      { subject: ASPIRIN, object: ASPIRIN, type: "Association" },
      { subject: ASPIRIN, object: GOUT, type: "Negative_Correlation" },
      { subject: GOUT, object: ASPIRIN, type: "Negative_Correlation" },
    ];
    const { typed } = scoreRelations([{ document: aDocument(), relations }]);
    expect(typed).toMatchObject({ truePositives: 1, predicted: 1, gold: 2 });
  });
});

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
});

describe("calibration", () => {
  // Logits twice as sure as they should be: each pair's class is drawn at half their strength.
  const random = seededRandom(5);
  const documents = Array.from({ length: 150 }, () => {
    const document = aDocument();
    const candidates = documentCandidates(document);
    const rows = candidates.map(() => logits({ None: 0, Association: 4 * random.normal() }));
    const targets = rows.map((row) => Number(random.next() < 1 / (1 + Math.exp(-(row[1] ?? 0) / 2))));
    return { document, candidates, logits: rows, targets };
  });

  it("finds the temperature that the answers deserve", () => {
    expect(fitCalibration(documents, CLASSES).temperature).toBeCloseTo(2, 0);
  });

  it("takes the threshold that scores best", () => {
    const fitted = fitCalibration(documents, CLASSES);
    const total = (threshold: number) => {
      const { pair, typed } = scoreAt(documents, CLASSES, { ...fitted, threshold });
      return pair.f1 + typed.f1;
    };
    for (const other of [0.2, 0.5, 0.8]) expect(total(fitted.threshold)).toBeGreaterThanOrEqual(total(other));
  });
});
