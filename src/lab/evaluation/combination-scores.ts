/**
 * The n-ary half of `bioweft evaluate`: puts a classifier's pairs together again as relations of many entities,
 * or takes them from the task's own rows, and scores them. It classifies nothing.
 */
import type { CorpusDeclaration } from "../../../ingest/corpora/corpus.js";
import { readCombinationRows } from "../../../ingest/formats/jsonl/drug-combinations.js";
import type { Document, GoldRelation } from "../../core/document.js";
import { toNaryRelations } from "../../core/nary-relation.js";
import { type NaryScore, type NaryScores, scoreNaryRelations } from "../../evaluation/nary-scores.js";

const POSITIVE = "POS";

/** One document with the pairs that a classifier found, in BioRED's types. */
interface PairAnswer {
  readonly document: Document;
  readonly relations: readonly GoldRelation[];
}

/** Scores of the combinations rebuilt from pairs; undefined for a corpus that relates no more than two. */
export function scoreRebuilt(
  answers: readonly PairAnswer[],
  corpus: CorpusDeclaration,
): NaryScores | undefined {
  if (!answers.some(({ document }) => document.naryRelations !== undefined)) return undefined;
  // A type that the corpus has no label for says nothing about a combination.
  const labelOf = new Map(Object.entries(corpus.labels).map(([label, type]) => [type, label]));
  const inOwnLabels = (relations: readonly GoldRelation[]) =>
    relations.flatMap((relation) => {
      const type = labelOf.get(relation.type);
      return type === undefined ? [] : [{ ...relation, type }];
    });
  return scoreNaryRelations(
    answers.map(({ document: { naryRelations: gold = [] }, relations }) => ({
      gold,
      predicted: toNaryRelations(inOwnLabels(relations)),
    })),
    POSITIVE,
  );
}

/** Scores of predicted combinations against gold ones, both as files of the task's rows. Throws BAD_INPUT. */
export async function scoreRowFiles(goldFile: string, predictedFile: string): Promise<NaryScores> {
  const gold = await readCombinationRows(goldFile);
  const predicted = await readCombinationRows(predictedFile);
  const documents = new Set([...gold.keys(), ...predicted.keys()]);
  const answers = [...documents].map((id) => ({
    gold: gold.get(id) ?? [],
    predicted: predicted.get(id) ?? [],
  }));
  return scoreNaryRelations(answers, POSITIVE);
}

/** The four figures as lines for people: a name and its score. */
export function naryScoreRows({ positive, any }: NaryScores): (readonly [string, NaryScore])[] {
  return [
    ["positive, exact  ", positive.exact],
    ["positive, partial", positive.partial],
    ["any, exact       ", any.exact],
    ["any, partial     ", any.partial],
  ];
}
