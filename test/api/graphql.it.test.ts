/**
 * The API over real HTTP and a real Neo4j: what is asked of the graph and what comes back.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import {
  type Answer,
  ask,
  dataOf,
  type Json,
  operation,
  startApi,
  writeGold,
} from "../support/api-client.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";
import { crowd, crowdGene, FISH_OIL_IN_RAYNAUD, LITERATURE, TWO_RELATIONS } from "../support/literature.js";

const FISH_OIL = "MESH:D005395";
const RAYNAUD = "MESH:D011928";
const PTGS1 = "NCBIGene:5742";

let database: Database;
let api: ApiServer;

beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, [...LITERATURE, TWO_RELATIONS, ...crowd(100)]);
  api = await startApi(database, idleJobs());
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

const run = (name: string, variables: Record<string, unknown> = {}): Promise<Json> =>
  dataOf(api, operation(name), variables);

describe("entities", () => {
  it("are found by CURIE in any spelling, and come back in one", async () => {
    const { entity } = await run("entity", { curie: "mesh:d005395" });
    expect(entity).toMatchObject({ curie: FISH_OIL, name: "Fish oil", type: "CHEMICAL" });
    expect(await run("entity", { curie: "MESH:D000001" })).toEqual({ entity: null });
  });

  it("come in the order they were asked for, null where unknown", async () => {
    const { entities } = await run("entities", { curies: [RAYNAUD, "MESH:D000001", "entrez:5742", RAYNAUD] });
    expect(entities.map((each) => each?.curie ?? null)).toEqual([RAYNAUD, null, PTGS1, RAYNAUD]);
  });

  it.each([
    ["fish oil", FISH_OIL],
    ["FISH", FISH_OIL],
    ["fsh oil", FISH_OIL],
    ["raynaud", RAYNAUD],
    ["Raynaud's disease", RAYNAUD],
    ["Raynaud’s\n  disease", RAYNAUD],
    ["fish-oils", FISH_OIL],
    ["PTGS-1", PTGS1],
    ["EGID:5742", PTGS1],
    ["Raynauld disease", RAYNAUD],
    ["mesh:D011928", RAYNAUD],
    ["ptgs1", PTGS1],
  ])("are found by %j", async (text, curie) => {
    const { searchEntities } = await run("search-entities", { text, first: 3 });
    expect(searchEntities.edges[0]?.node.curie).toBe(curie);
  });

  it("are not found by what Lucene would take as a command, nor by nothing", async () => {
    for (const text of ["", "   ", "*", "a:b AND (", '"', "name:*", "\\", "~~^^"]) {
      expect((await run("search-entities", { text })).searchEntities.edges, text).toEqual([]);
    }
  });

  it("are paged without gaps or repeats", async () => {
    const pages = await allPages(
      (after) =>
        run("search-entities", { text: "drug", first: 30, after }).then((data) => data.searchEntities),
      (connection) => connection.edges.map((edge) => edge.node.curie),
    );
    expect(pages.flat()).toHaveLength(100);
    expect(new Set(pages.flat()).size).toBe(100);
    const { searchEntities } = await run("search-entities", { text: "drug", types: ["CHEMICAL"], first: 1 });
    expect(searchEntities.totalCount).toBe(100);
    expect((await run("search-entities", { text: "drug", types: ["GENE"] })).searchEntities.totalCount).toBe(
      0,
    );
  });
});

/** Follows a list to its end. */
async function allPages<T>(
  page: (after: string | null) => Promise<Json>,
  rows: (connection: Json) => T[],
): Promise<T[][]> {
  const pages: T[][] = [];
  let after: string | null = null;
  do {
    const connection: Json = await page(after);
    pages.push(rows(connection));
    after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
  } while (after !== null && pages.length < 50);
  return pages;
}

describe("relations", () => {
  it("carry belief, papers, years and the sentences behind them", async () => {
    const { entity } = await run("entity", { curie: FISH_OIL, filter: { types: ["NEGATIVE_CORRELATION"] } });
    const relation = entity.relations.nodes.filter((each) => each.object.curie === PTGS1)[0] as Json;
    expect(relation).toMatchObject({ papers: 2, firstYear: 1980, lastYear: 1981, contradicted: false });
    expect(relation.belief).toBeCloseTo(1 - 0.05 ** 2, 6);
    const [evidence] = relation.evidence.nodes;
    expect(relation.evidence.totalCount).toBe(2);
    expect(evidence).toMatchObject({ sourceKind: "CORPUS", source: "fixture", model: null, probability: 1 });
    for (const mention of evidence.mentions) {
      expect(evidence.sentence.slice(mention.sentenceStart, mention.sentenceEnd)).toBe(mention.text);
    }
  });

  it("say when papers assert the opposite", async () => {
    const { entity } = await run("entity", { curie: "MESH:D001809", filter: { minBelief: 0.5 } });
    expect(entity.relations.nodes.map((each) => [each.type, each.contradicted])).toEqual([
      ["NEGATIVE_CORRELATION", true],
      ["POSITIVE_CORRELATION", true],
    ]);
  });

  it("are found again by id", async () => {
    const { relations } = await run("relations", { filter: { entity: RAYNAUD } });
    const { relation } = await run("relation", { id: relations.edges[0].node.id });
    expect(relation).toMatchObject({
      type: "POSITIVE_CORRELATION",
      subject: { curie: RAYNAUD },
      object: { curie: PTGS1 },
    });
    expect(relation.evidence.nodes[0]).toMatchObject({ pmid: "81000002", publication: { year: 1984 } });
    const { node } = await run("node", { id: relation.evidence.nodes[0].id });
    expect(node.__typename).toBe("Evidence");
  });

  it.each<[object, number]>([
    [{ types: ["BIND"] }, 100],
    [{ types: ["BIND"], entityTypes: ["DISEASE"] }, 0],
    [{ years: { to: 1981 }, minBelief: 0.1 }, 1],
    [{ years: { from: 1984, to: 1984 } }, 1],
    [{ minPapers: 2 }, 1],
    [{ sources: ["fixture"], types: ["ASSOCIATION"] }, 1],
    [{ sources: ["elsewhere"] }, 0],
    [{ sourceKinds: ["MODEL"] }, 0],
    [{ entity: "mesh:D005395", types: ["NEGATIVE_CORRELATION"] }, 2],
  ])("pass the filter %j", async (filter, count) => {
    const { relations } = await run("relations", { filter, first: 1 });
    expect(relations.totalCount).toBe(count);
  });

  it("are paged without gaps or repeats, ties in belief included", async () => {
    const ids = await allPages(
      (after) =>
        run("relations", { filter: { types: ["BIND"] }, first: 33, after }).then((data) => data.relations),
      (connection) => connection.edges.map((edge) => edge.node.id),
    );
    expect(ids.map((page) => page.length)).toEqual([33, 33, 33, 1]);
    expect(new Set(ids.flat()).size).toBe(100);
  });

  it("lead to neighbours, the most believed first", async () => {
    const { entity } = await run("neighbours", { curie: FISH_OIL, filter: { entityTypes: ["DISEASE"] } });
    expect(entity.neighbours.totalCount).toBe(1);
    expect(entity.neighbours.nodes[0]).toMatchObject({ entity: { curie: "MESH:D001809" } });
    expect(entity.neighbours.nodes[0].relations).toHaveLength(2);
  });
});

describe("evidence", () => {
  const evidence =
    "evidence(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id } }";

  it("is paged without gaps or repeats, of a relation and of a paper, ties in probability included", async () => {
    const { entity } = await run("entity", { curie: FISH_OIL, filter: { minPapers: 2 } });
    const twoPapers = entity.relations.nodes[0].id;
    const asked = [
      ["query ($id: ID!, $after: String) { found: relation(id: $id) { EVIDENCE } }", twoPapers],
      ["query ($id: String!, $after: String) { found: publication(pmid: $id) { EVIDENCE } }", "81000020"],
    ] as const;
    for (const [query, id] of asked) {
      const ids = await allPages(
        async (after) => {
          const data = await dataOf(api, query.replace("EVIDENCE", evidence), { id, after });
          return (data["found"] as Json).evidence;
        },
        (connection) => connection.nodes.map((row) => row.id),
      );
      expect(
        ids.map((page) => page.length),
        query,
      ).toEqual([1, 1]);
      expect(new Set(ids.flat()).size).toBe(2);
    }
  });
});

describe("publications", () => {
  it("show what they say", async () => {
    const { publication } = await run("publication", { pmid: "81000002" });
    expect(publication).toMatchObject({ pmid: "81000002", year: 1984, retracted: false });
    expect(publication.evidence.nodes).toHaveLength(1);
    expect((await run("publication", { pmid: "81000007" })).publication.retracted).toBe(true);
    expect(await run("publication", { pmid: "1" })).toEqual({ publication: null });
  });
});

describe("paths", () => {
  it("lead from one entity to another, with relations and sentences", async () => {
    const { paths } = await run("paths", { from: FISH_OIL, to: RAYNAUD, maxHops: 2 });
    expect(paths.nodes).toHaveLength(1);
    expect(paths.nodes[0].hops.map((hop) => hop.to.curie)).toEqual([PTGS1, RAYNAUD]);
    expect(paths.nodes[0].hops[0].relations[0].evidence.nodes[0].sentence).toContain("Fish oil");
    expect(paths.completeness.exact).toBe(true);
  });

  it("are not there before their papers", async () => {
    const count = async (asOf: number) =>
      (await run("paths", { from: FISH_OIL, to: RAYNAUD, maxHops: 2, asOf })).paths.nodes.length;
    expect([await count(1983), await count(1984)]).toEqual([0, 1]);
  });
});

describe("discover", () => {
  it("finds what fish oil may be good for, with the sentences on both sides", async () => {
    const { discover } = await run("discover", { from: FISH_OIL, targetType: "DISEASE" });
    const candidate = discover.nodes.filter((each) => each.entity.curie === RAYNAUD)[0] as Json;
    expect(candidate).toMatchObject({ linkingCount: 1, predictedSign: "NEGATIVE", contradicted: false });
    const [term] = candidate.linkingTerms.nodes;
    expect(term.entity.curie).toBe(PTGS1);
    expect(term.fromRelations[0].evidence.nodes[0].sentence).toContain("Fish oil");
    expect(term.toRelations[0].evidence.nodes[0].sentence).toContain("Raynaud disease");
    expect(discover.completeness).toMatchObject({ exact: true, reason: null });
  });

  it("answers as of a year as a graph of those papers alone would", async () => {
    const { discover } = await run("discover", { from: FISH_OIL, asOf: 1984, targetType: "DISEASE" });
    const [first] = discover.nodes[0].linkingTerms.nodes;
    expect(discover.nodes.map((each) => each.entity.curie)).toContain(RAYNAUD);
    expect(first.fromRelations[0].evidence.nodes.every((row) => row.year <= 1984)).toBe(true);
    const early = await run("discover", { from: FISH_OIL, asOf: 1981, targetType: "DISEASE" });
    expect(early.discover.nodes).toEqual([]);
  });

  it("says NOT_FOUND for an unknown start", async () => {
    const { errors } = await ask(api, operation("discover"), { from: "MESH:D000001" });
    expect(errors[0]?.extensions).toMatchObject({ code: "NOT_FOUND", retryable: false });
  });
});

describe("the number of queries", () => {
  const QUERY = `query ($curies: [String!]!) {
    entities(curies: $curies) {
      name
      relations(first: 10) {
        totalCount
        nodes { subject { name } object { name } contradicted
          evidence(first: 5) { totalCount nodes { sentence publication { title } relation { type } } } }
      }
      neighbours(first: 5) { nodes { entity { name } relations { type } } }
    }
  }`;

  async function statements(curies: readonly string[]): Promise<{ sent: string[]; answer: Answer }> {
    const sent: string[] = [];
    const stop = database.onQuery(({ statement }) => sent.push(statement));
    const answer = await ask(api, QUERY, { curies });
    stop();
    return { sent: sent.sort(), answer };
  }

  it("is the same for 2 entities and for 80, with their relations and evidence", async () => {
    const genes = Array.from({ length: 80 }, (_, index) => crowdGene(index));
    const few = await statements(genes.slice(0, 2));
    const many = await statements(genes);
    expect(many.answer.errors).toEqual([]);
    expect(many.answer.data.entities).toHaveLength(80);
    for (const entity of many.answer.data.entities) {
      expect(entity.relations.nodes).toHaveLength(2);
      expect(entity.relations.nodes[0].evidence.nodes[0].sentence).not.toBe("");
    }
    expect(many.sent).toEqual(few.sent);
    expect(many.sent.length).toBeLessThan(15);
  });
});

describe("graphStats", () => {
  it("counts the graph, as health does", async () => {
    const { graphStats } = await run("overview");
    const health = (await (await fetch(`${api.url}/health`)).json()) as Json;
    expect(graphStats.publications).toBe(208);
    expect(health).toMatchObject({
      status: "ready",
      graph: { publications: 208, relations: graphStats.relations },
    });
  });
});

describe("a graph that changes", () => {
  it("is asked anew: what has just become known is no discovery any more", async () => {
    const found = async () =>
      (await run("discover", { from: FISH_OIL, targetType: "DISEASE" })).discover.nodes.map(
        (each) => each.entity.curie,
      );
    expect(await found()).toContain(RAYNAUD);
    await writeGold(database, [FISH_OIL_IN_RAYNAUD]);
    expect(await found()).not.toContain(RAYNAUD);
  });
});
