/**
 * Where a model fails: its relations divided by what made them hard, as in the paper's error analysis. How rare the
 * rarer entity is, whether a sentence names both, how far apart they stand, how often they are named.
 */
import { documentEntities } from "../core/candidate.js";
import type { Document, Mention } from "../core/document.js";
import { documentSentences, type Span } from "../core/sentences.js";
import type { RelationGrouping } from "./relation-scores.js";

/** In how many documents each entity is named, by CURIE. */
export type EntityFrequencies = ReadonlyMap<string, number>;

/** The divisions, each with its groups in the order of a table. */
export const ERROR_DIVISIONS = {
  rarerEntity: ["0", "1", "2-4", "5-9", "10+"],
  sentence: ["together", "apart"],
  sentencesApart: ["0", "1", "2", "3-5", "6+"],
  mentions: ["1", "2", "3-4", "5+"],
} as const;

/** The name of a division. */
export type ErrorDivision = keyof typeof ERROR_DIVISIONS;

/** Counts the documents that name each entity. */
export function entityFrequencies(documents: Iterable<Document>): EntityFrequencies {
  const frequencies = new Map<string, number>();
  for (const document of documents) {
    for (const curie of new Set(document.mentions.flatMap(({ ids }) => ids))) {
      frequencies.set(curie, (frequencies.get(curie) ?? 0) + 1);
    }
  }
  return frequencies;
}

/**
 * How a document's relations are divided. `rarerEntity` is the number of documents behind `frequencies` that name the
 * rarer end; `sentencesApart` counts from the closest two mentions; `mentions` is of the end that is named less.
 */
export function errorGroupings(
  document: Document,
  frequencies: EntityFrequencies,
): Readonly<Record<ErrorDivision, RelationGrouping>> {
  const mentions = new Map(documentEntities(document).map((entity) => [entity.curie, entity.mentions]));
  const sentences = documentSentences(document);
  const ends = (subject: string, object: string) =>
    [mentions.get(subject) ?? [], mentions.get(object) ?? []] as const;
  const apart = (subject: string, object: string) => sentencesApart(sentences, ...ends(subject, object));
  return {
    rarerEntity: ({ subject, object }) =>
      rangeOf(
        Math.min(frequencies.get(subject) ?? 0, frequencies.get(object) ?? 0),
        ERROR_DIVISIONS.rarerEntity,
      ),
    sentence: ({ subject, object }) => (apart(subject, object) === 0 ? "together" : "apart"),
    sentencesApart: ({ subject, object }) => rangeOf(apart(subject, object), ERROR_DIVISIONS.sentencesApart),
    mentions: ({ subject, object }) =>
      rangeOf(Math.min(...ends(subject, object).map((of) => of.length)), ERROR_DIVISIONS.mentions),
  };
}

/** The range, such as `2-4` or `5+`, that holds a whole number. */
function rangeOf(value: number, ranges: readonly string[]): string | undefined {
  return ranges.findLast((range) => Number.parseInt(range, 10) <= value);
}

function sentencesApart(
  sentences: readonly Span[],
  ones: readonly Mention[],
  others: readonly Mention[],
): number {
  const sentenceOf = ({ start }: Mention) => sentences.findLastIndex((sentence) => sentence.start <= start);
  const at = others.map(sentenceOf);
  return Math.min(...ones.map(sentenceOf).flatMap((one) => at.map((other) => Math.abs(one - other))));
}
