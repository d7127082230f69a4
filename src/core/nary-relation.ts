/**
 * Relations of many entities as pairs and back: a pair classifier learns from the pairs, and its answers are put
 * together again for scoring. Between the rooms; reads no files, counts no scores.
 */
import { pairKey } from "./candidate.js";
import type { GoldRelation, NaryRelation } from "./document.js";
import { required } from "./required.js";

/** Every pair of each relation's entities under the relation's type; a pair repeated under one type comes once. */
export function toPairRelations(relations: readonly NaryRelation[]): GoldRelation[] {
  const pairs = new Map<string, GoldRelation>();
  for (const { ids, type } of relations) {
    for (const [index, subject] of ids.entries()) {
      for (const object of ids.slice(index + 1)) {
        const key = `${pairKey(subject, object)}\t${type}`;
        if (!pairs.has(key)) pairs.set(key, { subject, object, type });
      }
    }
  }
  return [...pairs.values()];
}

/**
 * The largest sets of entities in which every two are related by the same type (the maximal cliques). It undoes
 * `toPairRelations` unless relations of one type share pairs, or together form a larger whole.
 */
export function toNaryRelations(pairs: readonly GoldRelation[]): NaryRelation[] {
  const byType = new Map<string, Graph>();
  for (const { subject, object, type } of pairs) {
    if (subject === object) continue;
    const graph: Graph = byType.get(type) ?? new Map();
    byType.set(type, graph);
    connect(graph, subject, object);
    connect(graph, object, subject);
  }
  return [...byType].flatMap(([type, graph]) =>
    [...maximalCliques(graph, [], new Set(graph.keys()), new Set())].map((ids) => ({ ids, type })),
  );
}

type Graph = Map<string, Set<string>>;

function connect(graph: Graph, from: string, to: string): void {
  const neighbours = graph.get(from);
  if (neighbours === undefined) graph.set(from, new Set([to]));
  else neighbours.add(to);
}

/** Bron and Kerbosch 1973, with a pivot: `open` may still join the clique, `done` was tried before. */
function* maximalCliques(
  graph: Graph,
  clique: readonly string[],
  open: Set<string>,
  done: Set<string>,
): Generator<readonly string[]> {
  if (open.size === 0) {
    if (done.size === 0) yield clique;
    return;
  }
  const around = (id: string): ReadonlySet<string> => required(graph.get(id), "an entity's neighbours");
  const within = (ids: ReadonlySet<string>, id: string) => [...ids].filter((one) => around(id).has(one));
  let pivot = "";
  for (const id of [...open, ...done]) {
    if (pivot === "" || within(open, id).length > within(open, pivot).length) pivot = id;
  }
  for (const id of [...open].filter((one) => !around(pivot).has(one))) {
    yield* maximalCliques(graph, [...clique, id], new Set(within(open, id)), new Set(within(done, id)));
    open.delete(id);
    done.add(id);
  }
}
