/**
 * Precision, recall and F1 of a document's relations as BioRED's official scorer counts: set match of (unordered
 * identifier pair, type) per document, micro-averaged; only the five pair types; relations of variants are not
 * counted. Other corpora count by a rule of their own. Spread over documents: bootstrap.ts.
 */
import { documentEntities, pairKey } from "../core/candidate.js";
import type { Document } from "../core/document.js";
import type { PairScope } from "../core/relation-task.js";
import { PAIR_TYPES, type PairType, pairType } from "../core/relation-types.js";
import { documentSentences, sharesSentence } from "../core/sentences.js";

/** What scores are made of. */
export interface Counts {
  readonly truePositives: number;
  readonly predicted: number;
  readonly gold: number;
}

/** Fractions of 1, with the counts behind them. */
export interface Score extends Counts {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** The two figures: which pairs are related at all, and which also got the right type. */
export interface RelationScores {
  readonly pair: Score;
  readonly typed: Score;
}

/** The counts of one document, or of one group of its relations. */
export interface RelationCounts {
  readonly pair: Counts;
  readonly typed: Counts;
}

/** A relation asserted of a document by an annotator or a model. */
interface AssertedRelation {
  readonly subject: string;
  readonly object: string;
  readonly type: string;
}

/** A document, which carries its gold relations, and what a model says of it. */
export interface RelationAnswer {
  readonly document: Document;
  readonly relations: readonly AssertedRelation[];
}

/** What a corpus counts. */
export interface ScoringRule {
  readonly pairTypes: readonly PairType[];
  /** Whether relations of variants are counted. */
  readonly variants: boolean;
  /** "sentence" passes over predicted pairs that no sentence names together: the corpus does not ask about them. */
  readonly scope: PairScope;
  /** The gold type that a predicted type stands for; undefined where it says nothing that the corpus has a label for. */
  typeOf(type: string): string | undefined;
}

/** BioRED's official rule. */
export const BIORED_RULE: ScoringRule = {
  pairTypes: PAIR_TYPES,
  variants: false,
  scope: "document",
  typeOf: (type) => type,
};

/** Scores predicted relations against each document's gold ones. */
export function scoreRelations(
  answers: Iterable<RelationAnswer>,
  rule: ScoringRule = BIORED_RULE,
): RelationScores {
  return toScores(Array.from(answers, (answer) => countRelations(answer, rule)));
}

/** Puts a relation into a group; undefined leaves it out of all. */
export type RelationGrouping = (relation: AssertedRelation) => string | undefined;

/** The counts of one document; with a grouping, of those relations alone that it puts into `group`. */
export function countRelations(answer: RelationAnswer, rule: ScoringRule = BIORED_RULE): RelationCounts {
  const { gold, predicted } = countedAnswer(answer, rule);
  return compareRelations(gold, predicted, rule);
}

/** The counts of one document by group, as `grouping` divides gold and predicted relations. */
export function countByGroup(
  answer: RelationAnswer,
  grouping: RelationGrouping,
  rule: ScoringRule = BIORED_RULE,
): ReadonlyMap<string, RelationCounts> {
  const counted = countedAnswer(answer, rule);
  const gold = grouped(counted.gold, grouping);
  const predicted = grouped(counted.predicted, grouping);
  const names = new Set([...gold.keys(), ...predicted.keys()]);
  return new Map(
    [...names].map((name) => [name, compareRelations(gold.get(name) ?? [], predicted.get(name) ?? [], rule)]),
  );
}

/** Compares relations of one document that are all counted; repeated ones count once. */
function compareRelations(
  gold: readonly AssertedRelation[],
  predicted: readonly AssertedRelation[],
  rule: ScoringRule = BIORED_RULE,
): RelationCounts {
  const inCorpusTypes = predicted.flatMap((relation) => {
    const type = rule.typeOf(relation.type);
    return type === undefined ? [] : [{ ...relation, type }];
  });
  return {
    pair: countKeys(gold.map(pairOf), predicted.map(pairOf)),
    typed: countKeys(gold.map(typedPairOf), inCorpusTypes.map(typedPairOf)),
  };
}

/** Micro-averaged scores of many documents' counts. */
export function toScores(documents: readonly RelationCounts[]): RelationScores {
  return {
    pair: toScore(sumCounts(documents.map(({ pair }) => pair))),
    typed: toScore(sumCounts(documents.map(({ typed }) => typed))),
  };
}

/** Precision, recall and F1; 0 where there is nothing to divide by. */
export function toScore(counts: Counts): Score {
  const { truePositives, predicted, gold } = counts;
  const precision = predicted === 0 ? 0 : truePositives / predicted;
  const recall = gold === 0 ? 0 : truePositives / gold;
  const f1 = predicted + gold === 0 ? 0 : (2 * truePositives) / (predicted + gold);
  return { precision, recall, f1, ...counts };
}

/** Whether a scorer looks at a relation of this document. */
export function countedRelation(
  document: Document,
  rule: ScoringRule = BIORED_RULE,
): (relation: AssertedRelation) => boolean {
  const typeOfPair = pairTypes(document, rule.variants);
  return (relation) => {
    const type = typeOfPair(relation);
    return type !== undefined && rule.pairTypes.includes(type);
  };
}

/** The pair type of a document's relations; undefined for one that is none (or, unless asked for, of a variant). */
export function pairTypes(
  document: Document,
  variants: boolean,
): (relation: AssertedRelation) => PairType | undefined {
  const entities = new Map(documentEntities(document).map((entity) => [entity.curie, entity]));
  return ({ subject, object }) => {
    const [one, other] = [entities.get(subject), entities.get(object)];
    if (one === undefined || other === undefined) return undefined;
    if (!variants && (one.type === "Variant" || other.type === "Variant")) return undefined;
    return pairType(one.role, other.role);
  };
}

function countedAnswer(
  { document, relations }: RelationAnswer,
  rule: ScoringRule,
): {
  readonly gold: readonly AssertedRelation[];
  readonly predicted: readonly AssertedRelation[];
} {
  const counted = countedRelation(document, rule);
  const gold = document.relations.filter(counted);
  const predicted = relations.filter(counted);
  if (rule.scope === "document") return { gold, predicted };
  const together = namedTogether(document);
  return { gold, predicted: predicted.filter(together) };
}

function namedTogether(document: Document): (relation: AssertedRelation) => boolean {
  const sentences = documentSentences(document);
  const entities = new Map(documentEntities(document).map(({ curie, mentions }) => [curie, mentions]));
  return ({ subject, object }) =>
    sharesSentence(sentences, entities.get(subject) ?? [], entities.get(object) ?? []);
}

function pairOf({ subject, object }: AssertedRelation): string {
  return pairKey(subject, object);
}

function typedPairOf(relation: AssertedRelation): string {
  return `${pairOf(relation)}\t${relation.type}`;
}

/** What two lists of keys have in common; a repeated key counts once. */
export function countKeys(gold: readonly string[], predicted: readonly string[]): Counts {
  const goldSet = new Set(gold);
  const predictedSet = new Set(predicted);
  const truePositives = [...predictedSet].filter((key) => goldSet.has(key)).length;
  return { truePositives, predicted: predictedSet.size, gold: goldSet.size };
}

/** Counts of many documents together. */
export function sumCounts(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, one) => ({
      truePositives: sum.truePositives + one.truePositives,
      predicted: sum.predicted + one.predicted,
      gold: sum.gold + one.gold,
    }),
    { truePositives: 0, predicted: 0, gold: 0 },
  );
}

function grouped(
  relations: readonly AssertedRelation[],
  grouping: RelationGrouping,
): Map<string, AssertedRelation[]> {
  const groups = new Map<string, AssertedRelation[]>();
  for (const relation of relations) {
    const name = grouping(relation);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [relation]);
    else group.push(relation);
  }
  return groups;
}
