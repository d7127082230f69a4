/**
 * Precision, recall and F1 of relations among many entities, as the N-ary drug combination task counts: each
 * relation earns the credit of the best relation of the other side in its document, exact or partial.
 * Source: Tiktinsky et al. 2022 and its published scorer.
 */
import type { NaryRelation } from "../core/document.js";

/** Fractions of 1, and how many relations stand on each side. */
export interface NaryScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly predicted: number;
  readonly gold: number;
}

/**
 * The task's four figures. `positive` looks only at relations of the positive label, `any` at all of them, labels
 * aside. `exact` credits equal sets; `partial` also sets that share at least two entities, by their Jaccard index.
 */
export interface NaryScores {
  readonly positive: { readonly exact: NaryScore; readonly partial: NaryScore };
  readonly any: { readonly exact: NaryScore; readonly partial: NaryScore };
}

/** One document's relations on both sides. */
interface NaryAnswer {
  readonly gold: readonly NaryRelation[];
  readonly predicted: readonly NaryRelation[];
}

/** Scores predicted against gold relations, document by document; `positiveType` names the positive label. */
export function scoreNaryRelations(answers: Iterable<NaryAnswer>, positiveType: string): NaryScores {
  const documents = [...answers].map(({ gold, predicted }) => ({ gold, predicted }));
  const positive = documents.map(({ gold, predicted }) => ({
    gold: gold.filter(({ type }) => type === positiveType),
    predicted: predicted.filter(({ type }) => type === positiveType),
  }));
  const both = (answered: readonly NaryAnswer[]) => ({
    exact: score(answered, exactCredit),
    partial: score(answered, partialCredit),
  });
  return { positive: both(positive), any: both(documents) };
}

type IdSet = ReadonlySet<string>;
type Credit = (one: IdSet, other: IdSet) => number;

const MIN_SHARED = 2;

function partialCredit(one: IdSet, other: IdSet): number {
  const shared = [...one].filter((id) => other.has(id)).length;
  return shared < MIN_SHARED ? 0 : shared / (one.size + other.size - shared);
}

function exactCredit(one: IdSet, other: IdSet): number {
  return partialCredit(one, other) === 1 ? 1 : 0;
}

function score(answers: readonly NaryAnswer[], credit: Credit): NaryScore {
  const total = { predicted: 0, gold: 0, predictedCredit: 0, goldCredit: 0 };
  for (const answer of answers) {
    const gold = distinctSets(answer.gold);
    const predicted = distinctSets(answer.predicted);
    total.gold += gold.length;
    total.predicted += predicted.length;
    total.goldCredit += bestCredits(gold, predicted, credit);
    total.predictedCredit += bestCredits(predicted, gold, credit);
  }
  const precision = total.predicted === 0 ? 0 : total.predictedCredit / total.predicted;
  const recall = total.gold === 0 ? 0 : total.goldCredit / total.gold;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1, predicted: total.predicted, gold: total.gold };
}

/** The relations' sets of entities, each once: a repeated relation counts once, as in the published scorer. */
function distinctSets(relations: readonly NaryRelation[]): IdSet[] {
  const sets = new Map<string, IdSet>();
  for (const { ids } of relations) sets.set([...new Set(ids)].sort().join("\t"), new Set(ids));
  return [...sets.values()];
}

function bestCredits(ones: readonly IdSet[], others: readonly IdSet[], credit: Credit): number {
  return ones.reduce((sum, one) => sum + Math.max(0, ...others.map((other) => credit(one, other))), 0);
}
