/** What a document's evidence says of direction and novelty, and what the papers say together. */
import { describe, expect, it } from "vitest";
import { documentCandidates } from "../../../src/core/candidate.js";
import { goldEvidence, predictionEvidence } from "../../../src/core/evidence.js";
import { type DirectionRow, relationDirection } from "../../../src/core/qualifiers/direction.js";
import { decodePrediction, UNCALIBRATED } from "../../../src/model/answers/decoding.js";
import { aDocument } from "../../support/builders.js";

const [ASPIRIN, IL6, GOUT] = ["MESH:D001241", "NCBIGene:3569", "MESH:D006073"];

describe("evidence", () => {
  it("of an annotator names the subject, says where there is none, and is certain", () => {
    const document = aDocument({
      relations: [
        { subject: IL6, object: ASPIRIN, type: "Negative_Correlation", directedFrom: ASPIRIN, novel: true },
        { subject: IL6, object: GOUT, type: "Association" },
      ],
    });
    expect(goldEvidence(document).map(({ direction, novelty }) => [direction, novelty])).toEqual([
      [
        { subject: ASPIRIN, probability: 1 },
        { novel: true, probability: 1 },
      ],
      [{ subject: null, probability: 1 }, undefined],
    ]);
    const undirected = goldEvidence(aDocument());
    expect(undirected.map(({ direction }) => direction)).toEqual([undefined, undefined]);
    expect(undirected.map(({ novelty }) => novelty?.novel)).toEqual([true, false]);
  });

  it("of a model says what it said, and nothing where it says nothing", () => {
    const document = aDocument();
    const [candidate] = documentCandidates(document);
    if (candidate === undefined) throw new Error("the document has pairs");
    const related = decodePrediction(candidate, Float32Array.of(4, 0), ["Association", "None"], UNCALIBRATED);
    const said = {
      direction: {
        subject: candidate.object.curie,
        probability: 0.7,
        probabilities: { subject: 0.2, object: 0.7, neither: 0.1 },
      },
      novelty: { novel: false, probability: 0.6 },
    };
    const rows = (more: object) =>
      predictionEvidence({ document, model: "m@1", predictions: [{ ...related, ...more }] });
    expect(rows(said)[0]).toMatchObject({
      direction: { subject: candidate.object.curie, probability: 0.7 },
      novelty: { novel: false, probability: 0.6 },
    });
    expect(rows({})[0]).not.toHaveProperty("direction");
  });
});

describe("a relation's direction", () => {
  const row = (
    pmid: string,
    subject: string | null,
    subjectProbability: number,
    probability = 1,
  ): DirectionRow => ({
    ...{ pmid, subject, subjectProbability, probability },
    sourceKind: "model",
  });

  it("is what most of the papers' weight says, each paper once", () => {
    const rows = [
      row("1", ASPIRIN, 0.8),
      row("1", IL6, 0.9, 0.5),
      row("2", ASPIRIN, 0.6),
      row("3", IL6, 0.9),
    ];
    const found = relationDirection(rows);
    expect(found).toMatchObject({ subject: ASPIRIN, papers: 2 });
    expect(found?.confidence).toBeCloseTo((0.8 + 0.6 + 0.05) / 3);
    expect(relationDirection([...rows].reverse())).toEqual(found);
  });

  it("may be that neither acts, and is unknown where nobody says", () => {
    expect(relationDirection([row("1", null, 1)])).toEqual({ subject: null, confidence: 1, papers: 1 });
    expect(relationDirection([])).toBeUndefined();
  });
});
