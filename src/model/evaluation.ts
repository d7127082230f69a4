/**
 * Precision, recall and F1 on BioRED as the official scorer counts: set match of (unordered identifier pair,
 * type) per document, micro-averaged; only the five pair types; relations of variants are not counted.
 */
import { documentEntities, pairKey } from "../core/candidate.js";
import type { Document } from "../core/document.js";
import { pairType } from "../core/relation-types.js";

/** Fractions of 1, with the counts behind them. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly truePositives: number;
  readonly predicted: number;
  readonly gold: number;
}

/** The two figures: which pairs are related at all, and which also got the right type. */
export interface RelationScores {
  readonly pair: Score;
  readonly typed: Score;
}

/** A relation asserted of a document by an annotator or a model. */
export interface AssertedRelation {
  readonly subject: string;
  readonly object: string;
  readonly type: string;
}

/** Scores predicted relations against each document's gold ones. */
export function scoreRelations(
  answers: Iterable<{ readonly document: Document; readonly relations: readonly AssertedRelation[] }>,
): RelationScores {
  const pair = { truePositives: 0, predicted: 0, gold: 0 };
  const typed = { truePositives: 0, predicted: 0, gold: 0 };
  for (const { document, relations } of answers) {
    const counted = countedRelation(document);
    const gold = document.relations.filter(counted);
    const predicted = relations.filter(counted);
    tally(pair, gold.map(pairOf), predicted.map(pairOf));
    tally(typed, gold.map(typedPairOf), predicted.map(typedPairOf));
  }
  return { pair: toScore(pair), typed: toScore(typed) };
}

/** Whether the official scorer looks at a relation of this document. */
export function countedRelation(document: Document): (relation: AssertedRelation) => boolean {
  const entities = new Map(documentEntities(document).map((entity) => [entity.curie, entity]));
  return ({ subject, object }) => {
    const [one, other] = [entities.get(subject), entities.get(object)];
    if (one === undefined || other === undefined || subject === object) return false;
    if (one.type === "Variant" || other.type === "Variant") return false;
    return pairType(one.role, other.role) !== undefined;
  };
}

function pairOf({ subject, object }: AssertedRelation): string {
  return pairKey(subject, object);
}

function typedPairOf(relation: AssertedRelation): string {
  return `${pairOf(relation)}\t${relation.type}`;
}

function tally(
  counts: { truePositives: number; predicted: number; gold: number },
  gold: readonly string[],
  predicted: readonly string[],
): void {
  const goldSet = new Set(gold);
  const predictedSet = new Set(predicted);
  counts.gold += goldSet.size;
  counts.predicted += predictedSet.size;
  counts.truePositives += [...predictedSet].filter((key) => goldSet.has(key)).length;
}

function toScore(counts: { truePositives: number; predicted: number; gold: number }): Score {
  const { truePositives, predicted, gold } = counts;
  const precision = predicted === 0 ? 0 : truePositives / predicted;
  const recall = gold === 0 ? 0 : truePositives / gold;
  const f1 = predicted + gold === 0 ? 0 : (2 * truePositives) / (predicted + gold);
  return { precision, recall, f1, ...counts };
}
