/**
 * A corpus's document → a training document of BioREx's one task: the five adjustments in their order. The
 * result is a `Document` with BioRED's types and, beside it, what to ask and the class of every pair.
 */
import type { Document } from "../../src/core/document.js";
import {
  aDraft,
  type Draft,
  inputStep,
  negativesStep,
  type Step,
  spansStep,
  tagsStep,
} from "../corpora/adjustment-steps.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";

/** A harmonised document. */
export interface HarmonizedDocument extends Draft {
  /** Name of the prompt token. */
  readonly prompt: string;
}

/** Harmonises one document whose labels are BioRED's types already, as `readCorpus` gives it [d1, d2]. */
export function harmonizeDocument(document: Document, corpus: CorpusDeclaration): HarmonizedDocument {
  const { spans, input, negatives, tags } = corpus.adjustments;
  const steps: readonly Step[] = [
    spansStep(spans),
    inputStep(input, corpus.pairTypes),
    negativesStep(negatives, corpus.noneClass),
    tagsStep(tags, corpus.prompt),
  ];
  const draft = steps.reduce((before, step) => step(before), aDraft(document));
  return { ...draft, prompt: corpus.prompt };
}

/** One line of JSON, its end included: the document's fields, and `prompt`, `markers` and `pairs` beside them. */
export function toHarmonizedLine({ document, prompt, markers, pairs }: HarmonizedDocument): string {
  return `${JSON.stringify({ ...document, prompt, markers, pairs })}\n`;
}
