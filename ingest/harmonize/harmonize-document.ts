/**
 * A corpus's document → a training document of BioREx's one task: the five adjustments in their order. The
 * result is a `Document` with BioRED's types and, beside it, what to ask and the class of every pair.
 */
import type { Document } from "../../src/core/document.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";
import { type HarmonizedPair, inputStep, negativesStep, type Step, spansStep } from "./adjustment-steps.js";

/** A harmonised document. */
export interface HarmonizedDocument {
  /** The document, with the relations that are kept; readers of `Document` lines read it as such. */
  readonly document: Document;
  /** Name of the prompt token. */
  readonly prompt: string;
  /** Whose entity markers [e1, e2]: the prompt's own name, or BioRED's. */
  readonly markers: string;
  readonly pairs: readonly HarmonizedPair[];
  /** A reason for each relation that became no example. */
  readonly rejected: readonly string[];
}

const SHARED_MARKERS = "BioRED";

/** Harmonises one document whose labels are BioRED's types already, as `readCorpus` gives it [d1, d2]. */
export function harmonizeDocument(document: Document, corpus: CorpusDeclaration): HarmonizedDocument {
  const { spans, input, negatives, tags } = corpus.adjustments;
  const steps: readonly Step[] = [
    spansStep(spans),
    inputStep(input, corpus.pairTypes),
    negativesStep(negatives, corpus.noneClass),
  ];
  const draft = steps.reduce((before, step) => step(before), {
    document,
    pairs: [],
    rejected: [],
  } as Parameters<Step>[0]);
  return {
    ...draft,
    prompt: corpus.prompt,
    markers: tags === "e1" ? corpus.prompt : SHARED_MARKERS,
  };
}

/** One line of JSON, its end included: the document's fields, and `prompt`, `markers` and `pairs` beside them. */
export function toHarmonizedLine({ document, prompt, markers, pairs }: HarmonizedDocument): string {
  return `${JSON.stringify({ ...document, prompt, markers, pairs })}\n`;
}
