/**
 * How each corpus is scored: BioRED as its official scorer does, the others as BioREx's Table 4 reports them, each
 * in the corpus's own question; and which pairs are asked. docs/evaluation.md says it for users.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import type { Document } from "../../core/document.js";
import { documentSentences, type Span, sharesSentence } from "../../core/sentences.js";
import { BIORED_RULE, type ScoringRule } from "../../evaluation/relation-scores.js";
import { DEFAULT_PROMPT } from "../../model/inputs/labels.js";
import type { PairFilter } from "../../model/inputs/pair-sequence.js";

/** Which of our two figures a published one corresponds to, and what it was, F1 as a fraction of 1. */
export interface PublishedFigure {
  readonly table: string;
  readonly figure: "pair" | "typed";
  readonly f1: number;
}

const PUBLISHED: Readonly<Record<string, PublishedFigure>> = {
  biored: { table: "Table 3", figure: "pair", f1: 0.796 },
  bc5cdr: { table: "Table 4", figure: "typed", f1: 0.699 },
  ddi2013: { table: "Table 4", figure: "pair", f1: 0.873 },
  drugprot: { table: "Table 4", figure: "typed", f1: 0.808 },
  aimed: { table: "Table 4", figure: "pair", f1: 0.849 },
  hprd50: { table: "Table 4", figure: "pair", f1: 0.862 },
};

/** The published figure of the BioREx paper for a corpus, on its test set. */
export function publishedFigure(corpus: CorpusDeclaration): PublishedFigure | undefined {
  return PUBLISHED[corpus.name];
}

/**
 * The rule of a corpus: BioRED's for those that ask as BioRED, else its own pair types, within sentences where it asks within sentences, and of the predicted
 * types only those that it has a label for. Where all its labels mean the same (d2), every predicted type does.
 */
export function scoringRule(corpus: CorpusDeclaration): ScoringRule {
  if (corpus.prompt === DEFAULT_PROMPT) return BIORED_RULE;
  const types = new Set(Object.values(corpus.labels));
  const [only] = types;
  const everyType = corpus.adjustments.types === "d2" ? only : undefined;
  return {
    pairTypes: corpus.pairTypes,
    variants: true,
    scope: corpus.scope,
    typeOf: (type) => everyType ?? (types.has(type) ? type : undefined),
  };
}

/** Which pairs a corpus asks about: those of its pair types, within sentences where it judges within sentences. */
export function askedPairs({ pairTypes, scope }: CorpusDeclaration): PairFilter {
  const sentencesOf = new WeakMap<Document, Span[]>();
  return ({ pairType, subject, object }, document) => {
    if (!pairTypes.includes(pairType)) return false;
    if (scope === "document") return true;
    const sentences = sentencesOf.get(document) ?? documentSentences(document);
    sentencesOf.set(document, sentences);
    return sharesSentence(sentences, subject.mentions, object.mentions);
  };
}
