/**
 * What pages are made of, over real HTTP and a real Neo4j: whole papers with their mentions, an entity's facets and order,
 * what a belief is made of, things as of a year, cursors that know their list, and arguments that mean what they say.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { ask, operation, startApi, writeGold } from "../support/api-client.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";
import { crowd, LITERATURE } from "../support/literature.js";

const FISH_OIL = "MESH:D005395";
const VISCOSITY = "MESH:D001809";
const PTGS1 = "NCBIGene:5742";

/** Two genes with three between them. */
const BETWEEN = ["910001", "910002", "910003", "910004", "910005"] as const;
const [START, END] = ["NCBIGene:910001", "NCBIGene:910005"];
const A_SQUARE = aDocument({
  pmid: "84000001",
  corpus: "fixture",
  year: 1986,
  abstract: `${BETWEEN.map((id) => `XYZ${id}`).join(", ")} go together.`,
  mentions: BETWEEN.map((id) => ({ text: `XYZ${id}`, type: "Gene", ids: [id] })),
  relations: BETWEEN.slice(1, 4).flatMap((id) =>
    [START, END].map((end) => ({
      subject: end,
      object: `NCBIGene:${id}`,
      type: "Association" as const,
    })),
  ),
});

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, [...LITERATURE, ...crowd(30), A_SQUARE]);
  api = await startApi(database, idleJobs());
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, which the assertions check
const asked = async (text: string, variables: Record<string, unknown> = {}): Promise<any> => {
  const { data, errors } = await ask(api, text.includes("{") ? text : operation(text), variables);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  return data;
};
const refused = async (text: string, variables: Record<string, unknown> = {}): Promise<string> => {
  const { errors } = await ask(api, text, variables);
  expect(errors[0]?.extensions["code"], text).toBe("BAD_USER_INPUT");
  return errors[0]?.message ?? "";
};

describe("a whole paper", () => {
  it("comes in passages whose mentions stand where they say", async () => {
    const { publication } = await asked("publication-text", { pmid: "81000001" });
    expect(publication.passages.map(({ kind }: { kind: string }) => kind)).toEqual(["TITLE", "ABSTRACT"]);
    const { text, offset, mentions } = publication.passages[1];
    expect(mentions.map((mention: { entity: { curie: string } }) => mention.entity.curie)).toEqual([
      FISH_OIL,
      PTGS1,
    ]);
    for (const mention of mentions) {
      expect(text.slice(mention.passageStart, mention.passageEnd)).toBe(mention.text);
      expect(mention.start - offset).toBe(mention.passageStart);
    }
  });
});

describe("a row of evidence", () => {
  it("says in what part of its paper its sentence stands", async () => {
    const query =
      "query ($pmid: String!) { publication(pmid: $pmid) { passages { kind text } evidence { nodes { sentence passage } } } }";
    const { publication } = await asked(query, { pmid: "81000001" });
    expect(publication.evidence.nodes.length).toBeGreaterThan(0);
    for (const { sentence, passage } of publication.evidence.nodes) {
      const holding = publication.passages.filter(({ text }: { text: string }) => text.includes(sentence));
      expect(holding.map(({ kind }: { kind: string }) => kind)).toContain(passage);
    }
  });
});

describe("an entity's page", () => {
  it("has the other end, the best sentence and counts that agree with the list", async () => {
    const { entity } = await asked("entity-page", { curie: FISH_OIL, first: 100 });
    const { edges, totalCount } = entity.relations;
    expect(entity.relationCounts.total).toBe(totalCount);
    expect(edges).toHaveLength(totalCount);
    expect(edges.some(({ other }: { other: { curie: string } }) => other.curie === FISH_OIL)).toBe(false);
    expect(edges[0].node.bestEvidence.sentence).toContain("Fish oil");
    const byYear = new Map(
      entity.relationCounts.byYear.map(({ year, count }: { year: number; count: number }) => [year, count]),
    );
    expect(byYear.get(1980)).toBe(1);
    expect(byYear.get(2002)).toBe(30);
    expect(new Set(edges.map(({ other }: { other: { curie: string } }) => other.curie)).size).toBe(
      entity.degree,
    );
  });

  it("filters by every part of the filter", async () => {
    const count = async (filter: object) =>
      (await asked("entity-page", { curie: FISH_OIL, filter })).entity.relations.totalCount;
    expect(await count({ entity: PTGS1 })).toBe(1);
    expect(await count({ entityTypes: ["DISEASE"] })).toBe(2);
    expect(await count({ minPapers: 2 })).toBe(1);
    expect(await count({ years: { to: 1985 } })).toBe(3);
    expect(await count({ sources: ["fixture"] })).toBe(33);
    expect(await count({ sources: ["nobody"] })).toBe(0);
    expect(await count({ sourceKinds: ["MODEL"] })).toBe(0);
    expect(await count({ types: ["NEGATIVE_CORRELATION"], minBelief: 0.96 })).toBe(1);
  });

  it("leaves out relations whose papers are all retracted, and shows them when asked", async () => {
    const types = async (retracted?: string) => {
      const filter = { entity: VISCOSITY, ...(retracted === undefined ? {} : { retracted }) };
      return (await asked("entity-page", { curie: PTGS1, filter })).entity.relations.totalCount;
    };
    expect([await types(), await types("INCLUDE"), await types("ONLY")]).toEqual([0, 1, 1]);
    const neighbours = `query ($retracted: RetractedRelations) { entity(curie: "${PTGS1}") { degree
      neighbours(filter: { retracted: $retracted }) { totalCount } } }`;
    expect((await asked(neighbours)).entity).toMatchObject({ degree: 3, neighbours: { totalCount: 3 } });
    expect((await asked(neighbours, { retracted: "INCLUDE" })).entity.neighbours.totalCount).toBe(4);
  });

  it.each(["BELIEF", "PAPERS", "NEWEST", "OLDEST", "ID"])(
    "is walked by %s without gaps or repeats",
    async (order) => {
      for (const list of ["entity(curie: $curie) { list: relations", "list: relations"]) {
        const nested = list.startsWith("entity");
        const text = `query (${nested ? "$curie: String!, " : ""}$after: String) { ${list}(order: ${order}, first: 7, after: $after) {
        totalCount nodes { id } pageInfo { hasNextPage endCursor moved } } ${nested ? "}" : ""} }`;
        const seen: string[] = [];
        let after: string | null = null;
        let total = 0;
        do {
          const data = await asked(text, nested ? { curie: FISH_OIL, after } : { after });
          const page = nested ? data.entity.list : data.list;
          seen.push(...page.nodes.map(({ id }: { id: string }) => id));
          total = page.totalCount;
          after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        } while (after !== null && seen.length < 500);
        expect(seen).toHaveLength(total);
        expect(new Set(seen).size).toBe(total);
      }
    },
  );
});

describe("what a search found", () => {
  const SEARCHES = [
    [
      "discover",
      `discover(from: "${FISH_OIL}", first: $first, after: $after)`,
      "totalCount nodes { entity { curie } }",
    ],
    [
      "paths",
      `paths(from: "${START}", to: "${END}", maxHops: 4, first: $first, after: $after)`,
      "nodes { hops { to { curie } } }",
    ],
    [
      "linkingTerms",
      `explain(from: "${START}", to: "${END}") { linkingTerms(first: $first, after: $after)`,
      "totalCount nodes { entity { curie } }",
    ],
  ] as const;

  it.each(SEARCHES)("is walked to its end: %s", async (name, list, rows) => {
    const text = `query ($first: Int, $after: String) { ${list} { ${rows} edges { cursor } pageInfo { hasNextPage hasPreviousPage endCursor moved } }
      ${list.includes("{") ? "}" : ""} }`;
    // biome-ignore lint/suspicious/noExplicitAny: pages of three lists, which the assertions check
    const page = async (first: number, after: string | null): Promise<any> => {
      const data = await asked(text, { first, after });
      return name === "linkingTerms" ? data.explain.linkingTerms : data[name];
    };
    const whole = await page(100, null);
    expect(whole.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false, moved: false });
    expect(whole.nodes.length).toBeGreaterThan(1);
    if (name !== "paths") expect(whole.totalCount).toBe(whole.nodes.length);
    const seen: unknown[] = [];
    let after: string | null = null;
    do {
      const { nodes, edges, pageInfo } = await page(1, after);
      expect(nodes).toHaveLength(1);
      expect(pageInfo.endCursor).toBe(edges[0].cursor);
      seen.push(...nodes);
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null && seen.length < 100);
    expect(seen).toEqual(whole.nodes);
  });

  it("has cursors of its own, and goes no further than it can", async () => {
    const { discover } = await asked(
      `{ discover(from: "${FISH_OIL}", first: 1) { pageInfo { endCursor } } }`,
    );
    const after = discover.pageInfo.endCursor;
    const other = `query ($after: String) { discover(from: "${PTGS1}", after: $after) { totalCount } }`;
    expect(await refused(other, { after })).toContain("cursor of Query.discover");
    const { paths } = await asked(
      `{ paths(from: "${FISH_OIL}", to: "${VISCOSITY}", first: 1) { pageInfo { endCursor } } }`,
    );
    const parts: unknown[] = JSON.parse(Buffer.from(paths.pageInfo.endCursor, "base64url").toString());
    for (const place of [0, -1, 0.5, 10_001, "1"]) {
      const forged = Buffer.from(JSON.stringify([...parts.slice(0, -1), place])).toString("base64url");
      const text = `query ($after: String) { paths(from: "${FISH_OIL}", to: "${VISCOSITY}", after: $after) { nodes { score } } }`;
      expect(await refused(text, { after: forged })).toContain(`row ${place}`);
    }
  });

  it("is there still under the names that scripts know", async () => {
    const { discover, paths } =
      await asked(`{ discover(from: "${FISH_OIL}") { nodes { entity { curie } } candidates { entity { curie }
      linking(first: 1) { entity { curie } } linkingTerms(first: 1) { nodes { entity { curie } } } } }
      paths(from: "${FISH_OIL}", to: "${VISCOSITY}") { nodes { score } paths { score } } }`);
    expect(discover.candidates.map(({ entity }: { entity: object }) => ({ entity }))).toEqual(discover.nodes);
    for (const { linking, linkingTerms } of discover.candidates) expect(linking).toEqual(linkingTerms.nodes);
    expect(paths.paths).toEqual(paths.nodes);
  });
});

describe("a root that fails", () => {
  it("is null with its error, and the others beside it are there", async () => {
    const { data, errors } = await ask(
      api,
      `{ graphStats { entities } discover(from: "MESH:D000001") { totalCount } entity(curie: "${PTGS1}") { name }
        mine: paths(from: "${PTGS1}", to: "${FISH_OIL}", maxHops: 9) { nodes { score } } }`,
    );
    expect(data).toMatchObject({ discover: null, mine: null, entity: { name: expect.any(String) } });
    expect(data.graphStats["entities"]).toBeGreaterThan(30);
    expect(errors.map(({ path, extensions }) => [path, extensions["code"]])).toEqual(
      expect.arrayContaining([
        [["discover"], "NOT_FOUND"],
        [["mine"], "BAD_USER_INPUT"],
      ]),
    );
  });
});

describe("a belief", () => {
  it("can be worked out again from what its papers add, and from its rows", async () => {
    const { relations } = await asked(`{ relations(filter: { minPapers: 2 }) { nodes { id belief } } }`);
    const [{ id, belief }] = relations.nodes;
    const { relation } = await asked("relation-belief", { id });
    const doubt = relation.beliefByPaper.nodes.reduce(
      (product: number, { weight }: { weight: number }) => product * (1 - weight),
      1,
    );
    expect(1 - doubt).toBeCloseTo(belief, 9);
    for (const { weight, evidence } of relation.beliefByPaper.nodes) {
      expect(evidence.probability * evidence.reliability).toBeCloseTo(weight, 12);
    }
    expect(relation.evidenceGroups).toEqual([
      {
        source: "fixture",
        sourceKind: "CORPUS",
        role: "ASSERTS",
        reliability: 0.95,
        count: 2,
        papers: 2,
        counting: 2,
      },
    ]);
    const { sourceReliabilities } = await asked("source-reliabilities");
    expect(sourceReliabilities).toContainEqual({ sourceKind: "CORPUS", role: "ASSERTS", reliability: 0.95 });
  });

  it("names the relations that deny it", async () => {
    const { entity } = await asked("entity-page", { curie: FISH_OIL, filter: { entity: VISCOSITY } });
    const [one, other] = entity.relations.edges.map(({ node }: { node: { id: string } }) => node.id);
    const { relation } = await asked("relation-belief", { id: one });
    expect(relation.contradictions.map(({ id }: { id: string }) => id)).toEqual([other]);
  });
});

describe("a thing as of a year", () => {
  it("has another id than today's, and what hangs on it is of that year", async () => {
    const text = `query ($asOf: Int) { entity(curie: "${FISH_OIL}", asOf: $asOf) { id asOf degree relations(first: 1) {
      totalCount nodes { id asOf evidence { nodes { id asOf relation { id } } } subject { id } } edges { other { id asOf } } } } }`;
    const [then, now] = [(await asked(text, { asOf: 1981 })).entity, (await asked(text)).entity];
    expect(then).toMatchObject({ asOf: 1981, degree: 1, relations: { totalCount: 1 } });
    expect(now.asOf).toBeNull();
    const ids = (entity: object) =>
      [...JSON.stringify(entity).matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id);
    expect(ids(then).filter((id) => ids(now).includes(id))).toEqual([]);
    const again = `query ($id: ID!) { node(id: $id) { id ... on Entity { asOf degree } ... on Relation { asOf papers } } }`;
    expect((await asked(again, { id: then.id })).node).toEqual({ id: then.id, asOf: 1981, degree: 1 });
    expect((await asked(again, { id: then.relations.nodes[0].id })).node).toMatchObject({
      asOf: 1981,
      papers: 2,
    });
  });

  it("is not there before its papers", async () => {
    const { entity } = await asked(`{ entity(curie: "${FISH_OIL}", asOf: 1970) { id } }`);
    expect(entity).toBeNull();
  });
});

describe("arguments", () => {
  it("mean their default where they are null", async () => {
    const { relations, paths } = await asked(
      `query ($none: Int) { relations(first: $none) { nodes { id } }
        paths(from: "${FISH_OIL}", to: "${VISCOSITY}", maxHops: $none, first: $none) { paths { length } } }`,
      { none: null },
    );
    expect(relations.nodes).toHaveLength(25);
    expect(paths.paths.length).toBeGreaterThan(0);
  });

  it.each([
    `{ relations(first: 0) { totalCount } }`,
    `{ searchEntities(text: "oil", first: -1) { totalCount } }`,
    `{ entity(curie: "${FISH_OIL}") { neighbours(first: 0) { totalCount } } }`,
    `{ discover(from: "${FISH_OIL}", first: 0) { asOf } }`,
    `{ discover(from: "${FISH_OIL}") { candidates { linking(first: 0) { belief } } } }`,
    `{ paths(from: "${FISH_OIL}", to: "${PTGS1}", first: -3) { paths { score } } }`,
    `{ entity(curie: " ") { id } }`,
    `{ entity(curie: "None") { id } }`,
    `{ publication(pmid: "") { id } }`,
    `{ relations(filter: { entity: "" }) { totalCount } }`,
    `{ relations(filter: { types: [] }) { totalCount } }`,
    `{ relations(filter: { minBelief: 1.5 }) { totalCount } }`,
    `{ relations(filter: { minPapers: -1 }) { totalCount } }`,
    `{ relations(filter: { years: { from: 1990, to: 1980 } }) { totalCount } }`,
    `{ relations(asOf: 0) { totalCount } }`,
    `{ node(id: "") { id } }`,
  ])("that can mean nothing are refused: %s", async (text) => {
    expect(await refused(text)).not.toBe("");
  });

  it("refuse the cursor of another list, another order, another filter", async () => {
    const { relations } = await asked(`{ relations(first: 2) { pageInfo { endCursor } } }`);
    const after = relations.pageInfo.endCursor;
    for (const list of [
      `relations(order: ID, after: $after)`,
      `relations(filter: { minBelief: 0.1 }, after: $after)`,
      `entity(curie: "${FISH_OIL}") { relations(after: $after)`,
    ]) {
      const nested = list.startsWith("entity") ? " }" : "";
      expect(
        await refused(`query ($after: String) { ${list} { totalCount }${nested} }`, { after }),
      ).toContain("cursor of Query.relations");
    }
  });

  it("say in the page info that the graph has moved", async () => {
    const text = `query ($after: String) { relations(first: 2, after: $after) { pageInfo { endCursor moved } }
      fixed: relations(first: 2, order: ID) { pageInfo { moved } } }`;
    const first = await asked(text);
    const after = first.relations.pageInfo.endCursor;
    expect((await asked(text, { after })).relations.pageInfo.moved).toBe(false);
    await writeGold(database, crowd(31).slice(-1));
    const moved = await asked(text, { after });
    expect([moved.relations.pageInfo.moved, moved.fixed.pageInfo.moved]).toEqual([true, false]);
  });
});
