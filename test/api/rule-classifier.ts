/**
 * A relation classifier by rule, for tests that need answers known beforehand and no trained model: a pair whose
 * supporting sentence says "lowers" or "raises" is correlated, any other pair is not related.
 */
import { documentCandidates } from "../../src/core/candidate.js";
import { documentText } from "../../src/core/document.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { RELATION_TYPES, type RelationType } from "../../src/core/relation-types.js";
import { documentSentences, supportingSentence } from "../../src/core/sentences.js";

const VERBS: readonly (readonly [RegExp, RelationType])[] = [
  [/\blower/, "Negative_Correlation"],
  [/\braise/, "Positive_Correlation"],
];

/** Probability that it gives to what its rule finds. */
export const RULE_PROBABILITY = 0.75;

/** The classifier. `pace` is awaited before each document, so that tests can hold a job where they want it. */
export function ruleClassifier(pace: () => Promise<void> = async () => undefined): RelationClassifier {
  const info = {
    id: "rules@1",
    network: "document",
    encoder: "none",
    engine: "rules",
    corpora: [],
    parameters: 0,
  } as const;
  return {
    info,
    predict: async (document) => {
      await pace();
      const text = documentText(document);
      const sentences = documentSentences(document);
      const predictions = documentCandidates(document).map((candidate) => {
        const { subject, object } = candidate;
        const sentence = supportingSentence(text, sentences, subject.mentions, object.mentions)?.text ?? "";
        const type: RelationType | "None" = VERBS.find(([verb]) => verb.test(sentence))?.[1] ?? "None";
        const probabilities = Object.fromEntries(
          [...RELATION_TYPES, "None" as const].map((each) => [
            each,
            each === type ? RULE_PROBABILITY : 0.25 / 8,
          ]),
        ) as Record<RelationType | "None", number>;
        return {
          candidate,
          type,
          probability: RULE_PROBABILITY,
          related: 1 - probabilities.None,
          probabilities,
        };
      });
      return { document, predictions, model: info.id };
    },
    dispose: async () => undefined,
  };
}
