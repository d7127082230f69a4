/**
 * The recogniser that needs nothing given: the names that come with the project, and how likely each is meant where it
 * stands. Loading takes about a second of a core and 60 MB; where others wait for answers, let a thread do it
 * (finding-thread.ts).
 */
import { join } from "node:path";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { type MentionWeights, readMentionWeights } from "./mention-likelihood.js";
import type { NamedEntities } from "./named-entities.js";
import { loadOwnLexicon } from "./own-lexicon.js";
import { type Recognizer, recognizerOf } from "./recognizer.js";

/** The names and the weights. */
export interface OwnNames {
  readonly lexicon: NamedEntities;
  readonly weights: MentionWeights;
}

/** Loads both. Throws NOT_FOUND, BAD_INPUT or MODEL where the installation is not whole. */
export async function loadOwnNames(): Promise<OwnNames> {
  const weights = readMentionWeights(join(PACKAGE_ROOT, "models", "lexicon", "mentions.json"));
  const [lexicon, read] = await Promise.all([loadOwnLexicon(), weights]);
  return { lexicon, weights: read };
}

/** A recogniser of these names alone. */
export async function loadOwnRecognizer(): Promise<Recognizer> {
  const { lexicon, weights } = await loadOwnNames();
  return recognizerOf([lexicon], weights);
}
