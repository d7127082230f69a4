/**
 * How likely a found name is meant, by a logistic regression over mention-features.ts. The weights come with the lexicon
 * they were fitted for (scripts/lexicon/fit.ts) and say nothing of others.
 */
import { z } from "zod";
import { readJsonFile } from "../../src/core/files/json-file.js";
import { mentionFeatures, type TypedHit } from "./mention-features.js";

const weightsSchema = z.object({
  /** What a mention must at least be worth to be given. */
  threshold: z.number().min(0).max(1),
  weights: z.record(z.string(), z.number()),
});

/** Fitted weights by feature. */
export type MentionWeights = z.infer<typeof weightsSchema>;

/** Reads them. Throws MODEL. */
export function readMentionWeights(file: string): Promise<MentionWeights> {
  return readJsonFile(file, weightsSchema, "no weights of mentions; restore them from the release");
}

/** The probability, 0 to 1. */
export function mentionLikelihood({ weights }: MentionWeights, text: string, hit: TypedHit): number {
  const logit = mentionFeatures(text, hit).reduce((sum, feature) => sum + (weights[feature] ?? 0), 0);
  return 1 / (1 + Math.exp(-logit));
}
