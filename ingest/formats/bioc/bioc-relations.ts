/**
 * The relations of a BioC document, wherever they stand (document, passage, sentence), as written: their ends in infons,
 * or in nodes that refer to annotations.
 */
import type { ErrorPlace } from "../../../src/core/errors.js";
import { noveltyOf, type WrittenGold } from "../reading/gold-relations.js";
import {
  foldInfons,
  relationInfonEnds,
  relationInfonSubject,
  relationInfonType,
  textOf,
} from "./bioc-infons.js";
import type { BioCRelation } from "./bioc-schema.js";

/** The identifiers of the mentions of one annotation id, by that id; several annotations may share one. */
export type AnnotatedIds = ReadonlyMap<string, readonly (readonly string[])[]>;

/** One relation, or one for each pair of its nodes; with null ends where it names none. */
export function toWrittenGold(
  relation: BioCRelation,
  annotated: AnnotatedIds,
  place: ErrorPlace,
): WrittenGold[] {
  const infons = foldInfons(relation.infons);
  const novel = noveltyOf(textOf(infons.get("novel")));
  const directedFrom = relationInfonSubject(infons);
  const about = {
    type: relationInfonType(infons),
    ...(novel === undefined ? {} : { novel }),
    ...(directedFrom === undefined ? {} : { directedFrom }),
    place,
  };
  const ends = relationInfonEnds(infons);
  if (ends !== undefined) return [{ ...about, ends }];
  const nodes = relation.nodes.map(({ refid }) => referredIds(refid, annotated));
  const pairs = nodes.flatMap((one, index) => nodes.slice(index + 1).map((other) => [one, other] as const));
  return pairs.length === 0
    ? [{ ...about, ends: [[], []] }]
    : pairs.map((pair) => ({ ...about, ends: pair }));
}

/** The identifiers that a node refers to: none where annotations of one id disagree, as then nobody knows. */
function referredIds(refid: string | undefined, annotated: AnnotatedIds): readonly string[] {
  const [first = [], ...others] = annotated.get(refid ?? "") ?? [];
  const key = first.join("\t");
  return others.every((ids) => ids.join("\t") === key) ? first : [];
}
