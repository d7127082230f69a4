/**
 * Precision, recall and F1 of the names found in texts, with their identifiers: by mention (the same words, type and
 * identifier) and by document (which entities a text names, wherever), micro-averaged over documents.
 */
import type { Document, Mention } from "../core/document.js";
import type { EntityType } from "../core/relation-types.js";
import { type Counts, countKeys } from "./relation-scores.js";

/** The types that relations hold between and that a text names by words. */
export const NAMED_TYPES = ["Gene", "Disease", "Chemical"] as const satisfies readonly EntityType[];
type NamedType = (typeof NAMED_TYPES)[number];

/** What of a document's names is right. */
interface NameCounts {
  /** Words and type. */
  readonly span: Counts;
  /** Words, type and identifier; of several gold identifiers any is right. */
  readonly mention: Counts;
  /** (type, identifier), once a document. */
  readonly document: Counts;
}

/** Counts one document's found mentions of one type against an annotator's. */
export function countNames(gold: Document, found: readonly Mention[], type: NamedType): NameCounts {
  const ofType = (mentions: readonly Mention[]) => mentions.filter((mention) => mention.type === type);
  const [annotated, given] = [ofType(gold.mentions), ofType(found)];
  const at = ({ start, end }: Mention) => `${start} ${end}`;
  const bySpan = new Map(annotated.map((mention) => [at(mention), mention]));
  const named = (mention: Mention) =>
    bySpan.get(at(mention))?.ids.some((id) => id === mention.ids[0]) === true;
  return {
    span: countKeys(annotated.map(at), given.map(at)),
    mention: { truePositives: given.filter(named).length, predicted: given.length, gold: annotated.length },
    document: countKeys(
      annotated.flatMap(({ ids }) => ids),
      given.flatMap(({ ids }) => ids.slice(0, 1)),
    ),
  };
}
