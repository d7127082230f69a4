/** Direction and novelty as they are counted, and which type is taken for which. */
import { describe, expect, it } from "vitest";
import { documentCandidates } from "../../src/core/candidate.js";
import type { GoldRelation } from "../../src/core/document.js";
import type { Prediction } from "../../src/core/prediction.js";
import { goldQualifiers } from "../../src/core/qualifiers/gold-qualifiers.js";
import { confusions } from "../../src/evaluation/confusion.js";
import { countQualifiers } from "../../src/evaluation/qualifier-scores.js";
import { BIORED_RULE } from "../../src/evaluation/relation-scores.js";
import { qualifierCases } from "../../src/lab/evaluation/reliability-cases.js";
import { decodePrediction, UNCALIBRATED } from "../../src/model/answers/decoding.js";
import { aDocument } from "../support/builders.js";

const [ASPIRIN, IL6, GOUT] = ["MESH:D001241", "NCBIGene:3569", "MESH:D006073"];
const relations: GoldRelation[] = [
  { subject: ASPIRIN, object: IL6, type: "Negative_Correlation", directedFrom: ASPIRIN, novel: true },
  { subject: GOUT, object: ASPIRIN, type: "Negative_Correlation", directedFrom: ASPIRIN, novel: false },
  { subject: IL6, object: GOUT, type: "Association", novel: true },
];
const document = aDocument({ relations });

/** Predictions of every pair: what is given for some, and for the others nothing but that they are not related. */
function predictions(
  given: Readonly<Record<string, Partial<Pick<Prediction, "type" | "direction" | "novelty">>>>,
): Prediction[] {
  const classes = ["None"];
  return documentCandidates(document).map((candidate) => {
    const none = decodePrediction(candidate, Float32Array.of(0), classes, UNCALIBRATED);
    const names = [candidate.subject.curie, candidate.object.curie];
    const [own] = Object.entries(given).filter(([pair]) =>
      pair.split(" ").every((one) => names.includes(one)),
    );
    return { ...none, ...own?.[1] };
  });
}

const acts = (subject: string | null) => ({
  direction: { subject, probability: 0.9, probabilities: { subject: 0.9, object: 0.05, neither: 0.05 } },
});
const isNew = (novel: boolean) => ({ novelty: { novel, probability: 0.8 } });

describe("what is known of a document's relations", () => {
  it("is a subject for all where any has one, and nothing where none has", () => {
    expect([...goldQualifiers(document).values()].map(({ subject }) => subject)).toEqual([
      ASPIRIN,
      ASPIRIN,
      null,
    ]);
    const undirected = relations.map(({ directedFrom: _, ...rest }) => rest);
    expect([...goldQualifiers({ relations: undirected }).values()]).toEqual([
      { novel: true },
      { novel: false },
      { novel: true },
    ]);
  });
});

describe("the scores of direction and novelty", () => {
  const answered = predictions({
    [`${ASPIRIN} ${IL6}`]: { type: "Negative_Correlation", ...acts(ASPIRIN), ...isNew(true) },
    // Related with the wrong type, read the wrong way round, and held for new.
    [`${ASPIRIN} ${GOUT}`]: { type: "Association", ...acts(GOUT), ...isNew(true) },
    // Not asserted, but what the model would say of it is right.
    [`${IL6} ${GOUT}`]: { ...acts(null), ...isNew(true) },
  });
  const counts = countQualifiers(document, answered, BIORED_RULE);

  it("count sets of pair, type and subject, and of pair, (type) and novelty", () => {
    expect(counts.subject).toEqual({ truePositives: 1, predicted: 2, gold: 3 });
    expect(counts.novel).toEqual({ truePositives: 1, predicted: 2, gold: 3 });
    expect(counts.typedNovel).toEqual({ truePositives: 1, predicted: 2, gold: 3 });
  });

  it("count how often it is right of gold pairs, whether asserted or not, of direction only those that have one", () => {
    expect(counts.directed).toEqual({ truePositives: 1, predicted: 2, gold: 2 });
    expect(counts.known).toEqual({ truePositives: 2, predicted: 3, gold: 3 });
  });

  it("count nothing where the annotator or the model said nothing", () => {
    const plain = aDocument({ relations: [{ subject: ASPIRIN, object: IL6, type: "Bind" }] });
    const nothing = { truePositives: 0, predicted: 0, gold: 0 };
    expect(countQualifiers(plain, answered, BIORED_RULE)).toMatchObject({ subject: nothing, novel: nothing });
    const silent = countQualifiers(document, predictions({}), BIORED_RULE);
    expect(silent).toMatchObject({ directed: nothing, known: nothing, subject: { predicted: 0, gold: 3 } });
  });

  it("hold probabilities to what is asserted and related", () => {
    expect(qualifierCases(document, answered)).toEqual({
      direction: [
        { probability: 0.9, right: true },
        { probability: 0.9, right: false },
      ],
      novelty: [
        { probability: 0.8, right: true },
        { probability: 0.8, right: false },
      ],
    });
  });
});

describe("confusions", () => {
  it("say what each gold type was answered as, what was missed and what was made up", () => {
    const answered = [
      { subject: ASPIRIN, object: IL6, type: "Association" },
      { subject: ASPIRIN, object: GOUT, type: "Negative_Correlation" },
      { subject: ASPIRIN, object: "NCBIGene:7157", type: "Bind" },
    ];
    const { all, byPairType } = confusions([{ document, relations: answered }], BIORED_RULE);
    expect(all).toEqual({
      Association: { None: 1 },
      Negative_Correlation: { Association: 1, Negative_Correlation: 1 },
      None: { Bind: 1 },
    });
    expect(byPairType["C-G"]).toEqual({ Negative_Correlation: { Association: 1 }, None: { Bind: 1 } });
  });

  it("give a pair of several gold types the one that was answered", () => {
    const several = aDocument({
      relations: [
        { subject: ASPIRIN, object: IL6, type: "Bind" },
        { subject: ASPIRIN, object: IL6, type: "Association" },
      ],
    });
    const answer = [{ subject: IL6, object: ASPIRIN, type: "Association" }];
    expect(confusions([{ document: several, relations: answer }], BIORED_RULE).all).toEqual({
      Association: { Association: 1 },
    });
  });
});
