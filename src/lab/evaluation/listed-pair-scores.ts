/**
 * Gene–disease relations of whole documents, as BioREx's Table 6 has them: only the pairs that a list names are asked,
 * RENET2's tables with what an annotator found of each, or any list of related pairs.
 */
import type { ListedPair } from "../../../ingest/formats/tables/pair-list.js";
import { publicationOf } from "../../core/document.js";
import type { RelationAnswer } from "../../evaluation/relation-scores.js";
import { type SpreadScore, spread } from "./evaluation-figures.js";

/** What came of the list. */
interface ListedPairScores {
  readonly pair: SpreadScore;
  /** Listed pairs whose document was there, and those without one, which are not scored. */
  readonly listed: number;
  readonly absent: number;
}

/**
 * Scores answers on listed pairs: right where a relation of any type joins the two. `pmids` gives the PMID of
 * documents that carry PMCIDs.
 */
export function scoreListedPairs(
  answers: readonly RelationAnswer[],
  pairs: readonly ListedPair[],
  pmids: ReadonlyMap<string, string> = new Map(),
): ListedPairScores {
  const all = distinct(pairs);
  const byPublication = new Map<string, ListedPair[]>();
  for (const pair of all) {
    byPublication.set(pair.publication, [...(byPublication.get(pair.publication) ?? []), pair]);
  }
  let listed = 0;
  const seen = new Set<string>();
  const counts = answers.map(({ document, relations }) => {
    const publication = pmids.get(publicationOf(document)) ?? publicationOf(document);
    const own = byPublication.get(publication) ?? [];
    seen.add(publication);
    listed += own.length;
    const joined = new Set(
      relations.flatMap(({ subject, object }) => [`${subject}\t${object}`, `${object}\t${subject}`]),
    );
    const found = own.filter(({ one, other }) =>
      one.some((a) => other.some((b) => joined.has(`${a}\t${b}`))),
    );
    const count = {
      truePositives: found.filter(({ related }) => related).length,
      predicted: found.length,
      gold: own.filter(({ related }) => related).length,
    };
    return { pair: count, typed: count };
  });
  const absent = all.filter(({ publication }) => !seen.has(publication)).length;
  return { pair: spread(counts).pair, listed, absent };
}

/** Each pair once; related wins where a list has it both ways. */
function distinct(pairs: readonly ListedPair[]): ListedPair[] {
  const found = new Map<string, ListedPair>();
  for (const pair of pairs) {
    const key = [pair.publication, pair.one.join("|"), pair.other.join("|")].join("\t");
    if (found.get(key)?.related !== true) found.set(key, pair);
  }
  return [...found.values()];
}
