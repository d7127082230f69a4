/**
 * What is asked in `bioweft bench api`: four pages that a front-end shows, of our API, and the same reads of `@neo4j/graphql`'s. Each answer is looked at
 * once before anything is measured, so that nobody is fast by saying nothing.
 */
import { type Random, seededRandom } from "../../../../core/random.js";
import { drawnRank, inventedEntity } from "./invented-papers.js";

/** One operation with its variables. */
export interface Operation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One kind of question. */
export interface Question {
  readonly name: string;
  /** Of our API, and of the peer's. */
  readonly ours: string;
  readonly peers: string;
  readonly variables: (random: Random) => Record<string, unknown>;
  /** What an answer with something in it contains. */
  readonly shows: RegExp;
}

const OURS = {
  entity: `query ($curie: String!) { entity(curie: $curie) { curie name type relations(first: 25) { totalCount edges {
    other { curie name type } node { id type belief papers lastYear bestEvidence { sentence pmid } } } } } }`,
  search: "query ($text: String!) { searchEntities(text: $text, first: 25) { nodes { curie name type } } }",
  relation: `query ($id: ID!) { node(id: $id) { ... on Relation { id type belief papers subject { curie name type }
    object { curie name type } evidence(first: 25) { nodes { sentence probability source publication { pmid title year } } } } } }`,
  paths: `query ($from: String!, $to: String!) { paths(from: $from, to: $to, maxHops: 3, first: 10) { paths { score
    hops { from { curie name } to { curie name } relations { type } } } } }`,
};

// It cannot give the 25 most believed of both sides: it is asked for as many rows in all, half on each side.
const ROW = "id type belief papers lastYear";
const BEST = "evidence(limit: 1, sort: [{ probability: DESC }]) { sentence publication { pmid } }";
const side = (name: string, other: string, limit: number) =>
  `${name}(limit: ${limit}, sort: [{ belief: DESC }]) { ${ROW} ${other} { curie name type } ${BEST} }`;

const PEERS = {
  entity: `query ($curie: String!) { entities(where: { curie: { eq: $curie } }) { curie name type
    subjectOfConnection { totalCount } objectOfConnection { totalCount }
    ${side("subjectOf", "object", 13)} ${side("objectOf", "subject", 12)} } }`,
  search:
    "query ($text: String!) { searchEntities(phrase: $text, first: 25) { edges { node { curie name type } } } }",
  relation: `query ($key: ID!) { relations(where: { id: { eq: $key } }) { id type belief papers subject { curie name type }
    object { curie name type } evidence(limit: 25) { sentence probability source publication { pmid title year } } } }`,
  paths: "query ($from: String!, $to: String!) { paths(from: $from, to: $to) { score curies names types } }",
};

/** The four kinds. `relations` are some of the graph: their global ids, and their keys as the graph has them. */
export function questionsOf(
  entities: number,
  relations: readonly { readonly id: string; readonly key: string }[],
): Question[] {
  const entity = (random: Random) => inventedEntity(drawnRank(entities, random));
  const relation = (random: Random) => relations[Math.floor(random.next() * relations.length)] ?? {};
  return [
    {
      name: "entity page",
      ...{ ours: OURS.entity, peers: PEERS.entity, shows: /We measured/ },
      variables: (random) => ({ curie: entity(random).curie }),
    },
    {
      name: "search",
      ...{ ours: OURS.search, peers: PEERS.search, shows: /factor/ },
      variables: (random) => ({ text: entity(random).name }),
    },
    {
      name: "relation page",
      ...{ ours: OURS.relation, peers: PEERS.relation, shows: /We measured/ },
      variables: relation,
    },
    {
      name: "paths of 3 hops",
      ...{ ours: OURS.paths, peers: PEERS.paths, shows: /factor/ },
      variables: (random) => ({ from: entity(random).curie, to: entity(random).curie }),
    },
  ];
}

/** Operations of one side, drawn anew from one seed: both sides are asked about the same. */
export function* operationsOf(
  question: Question,
  side: "ours" | "peers",
  seed: number,
): Generator<Operation> {
  const random = seededRandom(seed);
  const wanted = new Set([...question[side].matchAll(/\$(\w+):/g)].map((found) => found[1]));
  for (;;) {
    const all = Object.entries(question.variables(random));
    yield { query: question[side], variables: Object.fromEntries(all.filter(([name]) => wanted.has(name))) };
  }
}
