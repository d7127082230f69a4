/**
 * Answers of a corpus's documents → every figure that `bioweft evaluate` reports: scores with their spread, by pair
 * type, by relation type, and by what makes a relation hard. It prints nothing; evaluation-table.ts does.
 */
import type { Document } from "../../core/document.js";
import { bootstrapIntervals, type ScoreIntervals } from "../../evaluation/bootstrap.js";
import { type Confusions, confusions } from "../../evaluation/confusion.js";
import {
  type EntityFrequencies,
  ERROR_DIVISIONS,
  type ErrorDivision,
  errorGroupings,
} from "../../evaluation/error-analysis.js";
import {
  countByGroup,
  countRelations,
  pairTypes,
  type RelationAnswer,
  type RelationCounts,
  type RelationGrouping,
  type Score,
  type ScoringRule,
  toScores,
} from "../../evaluation/relation-scores.js";

/** A score; `interval` is there for two documents or more. */
export interface SpreadScore extends Score {
  readonly interval?: ScoreIntervals;
}

/** Pair and typed scores of one group of relations. */
export interface GroupScores {
  readonly pair: SpreadScore;
  readonly typed: SpreadScore;
}

/** Groups of one division by name, in the order of a table. */
export type Division<Of> = Readonly<Record<string, Of>>;

/** The figures of one evaluation. */
export interface Figures extends GroupScores {
  readonly byPairType: Division<GroupScores>;
  /** By the gold and the predicted type, so only typed scores: a pair of the wrong type is missed in one, and wrong in another. */
  readonly byRelationType: Division<SpreadScore>;
  readonly errors: Readonly<Record<ErrorDivision, Division<GroupScores>>>;
  /** Which gold type was answered as which. */
  readonly confusion: Confusions;
}

/** Works out all figures. `frequencies` says in how many documents an entity is named, for how rare it is. */
export function toFigures(
  answers: readonly RelationAnswer[],
  rule: ScoringRule,
  frequencies: EntityFrequencies,
): Figures {
  const inCorpusTypes = (answer: RelationAnswer): RelationAnswer => ({
    ...answer,
    relations: answer.relations.flatMap((relation) => {
      const type = rule.typeOf(relation.type);
      return type === undefined ? [] : [{ ...relation, type }];
    }),
  });
  const divide = (groupingOf: (document: Document) => RelationGrouping) =>
    groupScores(answers.map((one) => countByGroup(one, groupingOf(one.document), rule)));
  const byType = groupScores(
    answers.map((one) => countByGroup(inCorpusTypes(one), ({ type }) => type, rule)),
  );
  const groupings = answers.map(({ document }) => errorGroupings(document, frequencies));
  const errors = Object.entries(ERROR_DIVISIONS).map(([division, order]) => {
    const counts = answers.map((one, index) =>
      countByGroup(one, groupings[index]?.[division as ErrorDivision] ?? (() => undefined), rule),
    );
    return [division, inOrder(groupScores(counts), order)] as const;
  });
  return {
    ...spread(answers.map((one) => countRelations(one, rule))),
    byPairType: divide((document) => pairTypes(document, rule.variants)),
    byRelationType: Object.fromEntries(Object.entries(byType).map(([name, { typed }]) => [name, typed])),
    errors: Object.fromEntries(errors) as Figures["errors"],
    confusion: confusions(answers, rule),
  };
}

/** The scores of documents' counts, with how far they could have come out otherwise. */
export function spread(documents: readonly RelationCounts[]): GroupScores {
  const { pair, typed } = toScores(documents);
  return {
    pair: withInterval(pair, bootstrapIntervals(documents.map((one) => one.pair))),
    typed: withInterval(typed, bootstrapIntervals(documents.map((one) => one.typed))),
  };
}

/** A score with its interval, if there is one. */
export function withInterval(score: Score, interval: ScoreIntervals | undefined): SpreadScore {
  return interval === undefined ? score : { ...score, interval };
}

const NOTHING = { truePositives: 0, predicted: 0, gold: 0 };

/** Scores of every group that occurs; a document without any relation of a group counts there with nothing. */
function groupScores(documents: readonly ReadonlyMap<string, RelationCounts>[]): Division<GroupScores> {
  const names = [...new Set(documents.flatMap((groups) => [...groups.keys()]))].sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      spread(documents.map((groups) => groups.get(name) ?? { pair: NOTHING, typed: NOTHING })),
    ]),
  );
}

function inOrder<Of>(division: Division<Of>, order: readonly string[]): Division<Of> {
  return Object.fromEntries(
    order.flatMap((name) => {
      const group = division[name];
      return group === undefined ? [] : [[name, group] as const];
    }),
  );
}
