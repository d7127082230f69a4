/**
 * The part of the graph that is drawn: the opened entities with their most believed neighbours.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import {
  type EntityType,
  type RelationType,
  WebNeighboursDocument,
  type WebNeighboursQuery,
} from "../../../generated/documents.js";
import { ask, known } from "../../graphql/client.js";
import type { ApiFault } from "../../graphql/fault.js";
import { toApiFault } from "../../graphql/use-answer.js";
import { numberParam } from "../../navigation/place.js";

/** An entity in the picture. */
export interface DrawnNode {
  readonly curie: string;
  readonly name: string;
  readonly type: EntityType;
  readonly degree: number;
}

/** A link in the picture, by its likeliest relation. */
export interface DrawnEdge {
  readonly from: string;
  readonly to: string;
  readonly belief: number;
  readonly type: RelationType;
  readonly relation: string;
  readonly papers: number;
}

const NEIGHBOURS = 60;

/** Asks for what is opened and not here yet. */
export function useOpened(curies: readonly string[]) {
  const asOf = numberParam("asOf") ?? null;
  const [here, setHere] = useState(0);
  const [fault, setFault] = useState<ApiFault>();
  const key = curies.join(",");
  // The key stands for the list.
  useEffect(() => {
    for (const curie of curies) {
      ask(WebNeighboursDocument, { curie, asOf, first: NEIGHBOURS }).then(
        () => setHere((round) => round + 1),
        (cause: unknown) => setFault(toApiFault(cause)),
      );
    }
  }, [key, asOf]);
  const drawn = useMemo(
    () => joined(curies.map((curie) => known(WebNeighboursDocument, { curie, asOf, first: NEIGHBOURS }))),
    [key, asOf, here],
  );
  return { ...drawn, fault };
}

function joined(answers: readonly (WebNeighboursQuery | undefined)[]) {
  const nodes = new Map<string, DrawnNode>();
  const edges = new Map<string, DrawnEdge>();
  for (const entity of answers.map((answer) => answer?.entity)) {
    if (entity == null) continue;
    nodes.set(entity.curie, entity);
    for (const { entity: other, belief, relations } of entity.neighbours.nodes) {
      const [best] = relations;
      if (best === undefined) continue;
      if (!nodes.has(other.curie)) nodes.set(other.curie, other);
      const [from = "", to = ""] = [entity.curie, other.curie].sort();
      edges.set(`${from} ${to}`, {
        from,
        to,
        belief,
        type: best.type,
        relation: best.id,
        papers: best.papers,
      });
    }
  }
  return {
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    names: new Map([...nodes.values()].map(({ curie, name }) => [curie, name])),
    isMissing: answers[0]?.entity === null,
  };
}
