/**
 * What a recogniser is worth on an annotated corpus: its names, and what a classifier that is given the bare texts with
 * those names makes of the corpus's relations. The annotations are seen by the scores alone.
 */
import { annotate } from "../../../ingest/lexicon/annotated-papers.js";
import type { Recognizer } from "../../../ingest/lexicon/recognizer.js";
import { pairKey } from "../../core/candidate.js";
import type { Document } from "../../core/document.js";
import type { RelationClassifier } from "../../core/prediction.js";
import { bootstrapIntervals } from "../../evaluation/bootstrap.js";
import { countNames, NAMED_TYPES } from "../../evaluation/name-scores.js";
import {
  type Counts,
  countedRelation,
  countKeys,
  sumCounts,
  toScore,
} from "../../evaluation/relation-scores.js";
import { type SpreadScore, withInterval } from "./evaluation-figures.js";

/** Scores of names by type, `All` for all of them. */
type NameFigures = Readonly<Record<string, Readonly<Record<"span" | "mention" | "document", SpreadScore>>>>;

/** A text with the recogniser's names in place of the annotator's. */
interface ReadText {
  readonly gold: Document;
  readonly read: Document;
}

/** Reads a corpus's texts anew. */
export async function readNames(
  documents: AsyncIterable<Document>,
  recognizer: Recognizer,
): Promise<ReadText[]> {
  const texts: ReadText[] = [];
  for await (const gold of documents) {
    texts.push({ gold, read: annotate({ ...gold, mentions: [], relations: [] }, recognizer) });
  }
  return texts;
}

/** Scores the names. */
export function nameFigures(texts: readonly ReadText[]): NameFigures {
  const counted = texts.map(({ gold, read }) =>
    NAMED_TYPES.map((type) => countNames(gold, read.mentions, type)),
  );
  const figures = (part: "span" | "mention" | "document", types: readonly number[]) =>
    spread(counted.map((ofText) => sumCounts(types.flatMap((type) => ofText[type]?.[part] ?? []))));
  const all = (types: readonly number[]) => ({
    span: figures("span", types),
    mention: figures("mention", types),
    document: figures("document", types),
  });
  return Object.fromEntries([
    ["All", all(NAMED_TYPES.map((_, at) => at))],
    ...NAMED_TYPES.map((type, at) => [type, all([at])] as const),
  ]);
}

/** Scores of the relations that a classifier finds in texts that were read anew. */
export interface ChainFigures {
  readonly pair: SpreadScore;
  readonly typed: SpreadScore;
}

/** Asks a classifier about the texts with the names that were found. */
export async function chainFigures(
  texts: readonly ReadText[],
  classifier: RelationClassifier,
  onDone: (documents: number) => void,
): Promise<ChainFigures> {
  const counts: { pair: Counts; typed: Counts }[] = [];
  for await (const { predictions } of classifier.predictAll(texts.map(({ read }) => read))) {
    const text = texts[counts.length];
    if (text === undefined) break;
    const asserted = predictions
      .filter(({ type }) => type !== "None")
      .map(({ candidate, type }) => ({
        subject: candidate.subject.curie,
        object: candidate.object.curie,
        type,
      }))
      .filter(countedRelation(text.read));
    const gold = text.gold.relations.filter(countedRelation(text.gold));
    const pair = ({ subject, object }: { subject: string; object: string }) => pairKey(subject, object);
    const typed = (relation: { subject: string; object: string; type: string }) =>
      `${pair(relation)} ${relation.type}`;
    counts.push({
      pair: countKeys(gold.map(pair), asserted.map(pair)),
      typed: countKeys(gold.map(typed), asserted.map(typed)),
    });
    onDone(counts.length);
  }
  return { pair: spread(counts.map(({ pair }) => pair)), typed: spread(counts.map(({ typed }) => typed)) };
}

function spread(documents: readonly Counts[]): SpreadScore {
  return withInterval(toScore(sumCounts(documents)), bootstrapIntervals(documents));
}
