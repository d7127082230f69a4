/**
 * Cross-validation by document, for corpora that are published without a test set (AIMed, HPRD50: ten folds, as in
 * BioREx's Table 4). It makes the folds; the training between is somebody else's, and the folds' answers are scored
 * together by `scoreRelations`, every document once.
 */
import { type Document, publicationOf } from "../core/document.js";
import { seededRandom } from "../core/random.js";

/** One fold: what is learned, and what is asked afterwards. */
interface Fold<Item> {
  readonly train: readonly Item[];
  readonly test: readonly Item[];
}

/**
 * Divides documents into folds of nearly as many papers each, all documents of a paper in one. The same seed gives
 * the same folds, whatever order the documents come in. With fewer papers than folds, each paper is a fold.
 */
export function documentFolds<Item extends Document>(
  documents: readonly Item[],
  { count = 10, seed = 42 }: { readonly count?: number; readonly seed?: number } = {},
): Fold<Item>[] {
  const papers = [...new Set(documents.map(publicationOf))].sort();
  const foldOf = new Map(
    seededRandom(seed)
      .shuffle(papers)
      .map((paper, index) => [paper, index % count]),
  );
  return Array.from({ length: Math.min(count, papers.length) }, (_, fold) => ({
    train: documents.filter((document) => foldOf.get(publicationOf(document)) !== fold),
    test: documents.filter((document) => foldOf.get(publicationOf(document)) === fold),
  }));
}
