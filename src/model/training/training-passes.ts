/**
 * Training examples → labelled passes of the document network: the pairs drawn, the views made, names masked by
 * lot, a teacher's answers beside the gold ones.
 */
import type { Candidate, DocumentEntity } from "../../core/candidate.js";
import { documentFeeds } from "../document-graph.js";
import { type DocumentView, viewMaker } from "../document-input.js";
import type { ModelLabels } from "../labels.js";
import type { Random } from "../random.js";
import type { WordPieceTokenizer } from "../tokenizer.js";
import { samplePairs, type TrainingExample } from "./examples.js";
import { maskToken } from "./mask-token.js";
import type { LabelledPass } from "./relation-loss.js";
import type { Teacher } from "./teacher.js";

/** What turns examples into passes. */
export interface PassSettings {
  readonly tokenizer: WordPieceTokenizer;
  readonly labels: ModelLabels;
  readonly maxPositions: number;
  readonly maxPairs: number;
  readonly mentionDropout: number;
  readonly teacher?: Teacher;
}

/** The passes of one example as it is learned; `random` decides what is drawn. */
export async function trainingPasses(
  example: TrainingExample,
  settings: PassSettings,
  random: Random,
): Promise<LabelledPass[]> {
  const sample = samplePairs(example, settings.maxPairs, random);
  const tokenizer = withMaskedNames(settings.tokenizer, sample, settings.mentionDropout, random);
  const soft = await settings.teacher?.answers(sample);
  return exampleViews(sample, { ...settings, tokenizer }).map((view) => ({
    feeds: documentFeeds(view),
    targets: targetsOf(sample, view.candidates),
    ...(sample.head === undefined ? {} : { head: sample.head }),
    ...(soft === undefined ? {} : { soft: view.candidates.map((candidate) => soft.get(candidate)) }),
  }));
}

/** The views of an example, nothing drawn by lot. */
export function exampleViews(example: TrainingExample, settings: PassSettings): DocumentView[] {
  const makeViews = viewMaker(settings.tokenizer, settings.labels, example.task, settings);
  return makeViews(example.document, example.candidates);
}

/** The classes of some of an example's candidates. */
export function targetsOf(example: TrainingExample, candidates: readonly Candidate[]): number[] {
  const targets = new Map(
    example.candidates.map((candidate, index) => [candidate, example.targets[index] ?? 0]),
  );
  return candidates.map((candidate) => targets.get(candidate) ?? 0);
}

/** A tokenizer that hides the names of some entities, each with probability `share`, in all their mentions. */
function withMaskedNames(
  tokenizer: WordPieceTokenizer,
  { candidates }: TrainingExample,
  share: number,
  random: Random,
): WordPieceTokenizer {
  if (share === 0) return tokenizer;
  const mask = maskToken(tokenizer);
  const entities = new Set<DocumentEntity>(candidates.flatMap(({ subject, object }) => [subject, object]));
  const hidden = [...entities].filter(() => random.next() < share).flatMap(({ mentions }) => mentions);
  return {
    ...tokenizer,
    tokenize: (text) => {
      const tokens = tokenizer.tokenize(text);
      const isHidden = (_: number, index: number) =>
        hidden.some(
          ({ start, end }) => (tokens.starts[index] ?? 0) < end && (tokens.ends[index] ?? 0) > start,
        );
      return { ...tokens, ids: tokens.ids.map((id, index) => (isHidden(id, index) ? mask : id)) };
    },
  };
}
