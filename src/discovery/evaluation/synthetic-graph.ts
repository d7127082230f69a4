/**
 * A synthetic graph of PubTator3's shape: power-law degrees, four kinds of pair, relations with years and several papers each.
 * Seeded: the same numbers give the same graph.
 */
import { type Random, seededRandom } from "../../core/random.js";
import type { EntityType } from "../../core/relation-types.js";
import type { AdjacencyRow } from "../adjacency/adjacency.js";

/** Shares of PubTator3's entities by type, in rough. */
const TYPES: readonly EntityType[] = ["Gene", "Gene", "Gene", "Chemical", "Chemical", "Disease", "Variant"];

/** Streams the relations. */
export function* syntheticRelations(
  entities: number,
  relations: number,
  seed: number,
): Generator<AdjacencyRow> {
  const random = seededRandom(seed);
  for (let relation = 0; relation < relations; relation++) yield syntheticRelation(entities, random);
}

/** One relation: ends drawn so that degrees fall as the square root of the rank, 3.4 papers on average. */
export function syntheticRelation(entities: number, random: Random): AdjacencyRow {
  const end = () => Math.floor(entities * random.next() ** 2);
  const subject = end();
  let object = end();
  while (object === subject) object = end();
  const firstYear = 1980 + Math.floor(44 * Math.sqrt(random.next()));
  const count = 1 + Math.floor(12 * random.next() ** 4);
  const papers = Array.from({ length: count }, (_, paper) => ({
    year: Math.min(2024, firstYear + paper),
    weight: 0.2 + 0.6 * random.next(),
  }));
  return {
    subject: nameOf(subject),
    subjectType: typeOf(subject),
    object: nameOf(object),
    objectType: typeOf(object),
    type: random.next() < 0.7 ? "Association" : "Positive_Correlation",
    belief: 1 - papers.reduce((doubt, { weight }) => doubt * (1 - weight), 1),
    firstYear,
    papers,
  };
}

/** The CURIE of an entity by its rank, the best connected first. A zero would say that there is no identifier. */
export function nameOf(rank: number): string {
  return `SYNTH:${rank + 1}`;
}

function typeOf(rank: number): EntityType {
  return TYPES[rank % TYPES.length] ?? "Gene";
}
