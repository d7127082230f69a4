/**
 * Documents of a corpus → training examples: the candidates that the corpus really annotates, each with the
 * class it should get.
 */
import { type Candidate, documentCandidates, pairKey } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import { goldQualifiers } from "../../core/qualifiers/gold-qualifiers.js";
import type { Random } from "../../core/random.js";
import type { RelationTask } from "../../core/relation-task.js";
import { required } from "../../core/required.js";
import { documentSentences, sharesSentence } from "../../core/sentences.js";
import { qualifierPlace } from "../answers/qualifiers.js";
import { labelIndex, type ModelLabels, type QualifierName } from "../inputs/labels.js";

/** The class of a pair that only a teacher can answer. */
export const UNLABELLED = -1;

/** One document with the pairs to learn from; `targets[i]` is the class of `candidates[i]`. */
export interface TrainingExample {
  readonly document: Document;
  readonly task: RelationTask;
  readonly candidates: readonly Candidate[];
  readonly targets: readonly number[];
  /** The head that answers, where each corpus has its own; `targets` are of its classes. */
  readonly head?: string;
  /** What else is known of the related pairs, in the order of `candidates`; absent where nothing is. */
  readonly qualifiers?: QualifierTargets;
}

/** For each qualifier the output that each candidate should get, or UNKNOWN. */
type QualifierTargets = Readonly<Record<QualifierName, readonly number[]>>;

/** The target of a pair of which a qualifier is not known, or that is not related. */
export const UNKNOWN = -1;

/** The examples of one document. A pair with several labels takes the first. */
export function toTrainingExample(
  document: Document,
  task: RelationTask,
  labels: ModelLabels,
): TrainingExample {
  const gold = new Map<string, number>();
  for (const relation of document.relations) {
    const key = pairKey(relation.subject, relation.object);
    if (!gold.has(key)) gold.set(key, labelIndex(labels.classes, relation.type));
  }
  const none = labelIndex(labels.classes, task.noneClass);
  const sentences = task.scope === "sentence" ? documentSentences(document) : [];
  const candidates = documentCandidates(document).filter(
    (candidate) =>
      task.pairTypes.includes(candidate.pairType) &&
      (task.scope === "document" ||
        sharesSentence(sentences, candidate.subject.mentions, candidate.object.mentions)) &&
      (task.positivesOnly !== true || gold.has(pairKey(candidate.subject.curie, candidate.object.curie))),
  );
  const targets = candidates.map(
    (candidate) => gold.get(pairKey(candidate.subject.curie, candidate.object.curie)) ?? none,
  );
  const qualifiers = qualifierTargets(document, candidates);
  return { document, task, candidates, targets, ...(qualifiers === undefined ? {} : { qualifiers }) };
}

function qualifierTargets(
  document: Document,
  candidates: readonly Candidate[],
): QualifierTargets | undefined {
  const gold = goldQualifiers(document);
  if (gold.size === 0) return undefined;
  const targets = (name: QualifierName) =>
    candidates.map((candidate) => qualifierPlace(candidate, gold, name) ?? UNKNOWN);
  const [direction, novelty] = [targets("direction"), targets("novelty")];
  if ([...direction, ...novelty].every((target) => target === UNKNOWN)) return undefined;
  return { direction, novelty };
}

/** At most `limit` pairs of an example, drawn at random, in their old order. */
export function samplePairs(example: TrainingExample, limit: number, random: Random): TrainingExample {
  if (example.candidates.length <= limit) return example;
  const kept = random
    .shuffle([...example.candidates.keys()])
    .slice(0, limit)
    .sort((a, b) => a - b);
  const drawn = <Item>(items: readonly Item[]) =>
    kept.map((index) => required(items[index], "a pair that is kept"));
  const { qualifiers } = example;
  return {
    ...example,
    candidates: drawn(example.candidates),
    targets: drawn(example.targets),
    ...(qualifiers === undefined
      ? {}
      : { qualifiers: { direction: drawn(qualifiers.direction), novelty: drawn(qualifiers.novelty) } }),
  };
}
