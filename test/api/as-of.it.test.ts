/**
 * As of a year the API says what a graph built from the papers of until then alone would say: the same questions go
 * to the whole graph with `asOf` and to a graph of those papers without, and the answers must be equal. Papers of
 * an unknown year are in no such graph, as nothing shows when they were known.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { publicationOf } from "../../src/core/document.js";
import type { Evidence, EvidenceDirection } from "../../src/core/evidence.js";
import { type Random, seededRandom } from "../../src/core/random.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { loadStatements } from "../../src/graph/neo4j/statements.js";
import { type DocumentWrite, writeDocuments } from "../../src/graph/write/write-documents.js";
import { type Answer, ask, type Json, startApi } from "../support/api-client.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";
import { inventedWrites, readBy } from "../support/synthetic-literature.js";

const YEARS = [1992, 1996];

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Papers of ten years and of none, some retracted, some in two parts, told by two corpora and a model. */
function literature(seed: number): DocumentWrite[] {
  const random = seededRandom(seed);
  const writes = inventedWrites({ documents: 45, entities: 9, each: 4, relations: 5, seed });
  return writes.map(({ document, evidence }, index) => {
    const { year: _, ...undated } = document;
    const corpus = index % 3 === 0 ? "second" : "invented";
    const isPart = index % 6 === 5;
    const told = {
      ...undated,
      corpus,
      retracted: random.next() < 0.2,
      ...(isPart ? { publication: String(Number(document.pmid) - 1) } : {}),
      ...(random.next() < 0.2 ? {} : { year: 1989 + Math.floor(random.next() * 11) }),
    };
    const rows = evidence.map((row) => ({
      ...row,
      id: row.id.replace(/\|invented$/, `|${corpus}`),
      source: corpus,
      pmid: publicationOf(told),
    }));
    const write = {
      document: told,
      evidence: rows.map((row) => ({ ...row, direction: direction(row, random) })),
    };
    return index % 2 === 0 ? readBy("model@1", write, 0.2 + random.next() * 0.7) : write;
  });
}

/** Which end acts, or that neither does, by lot. */
function direction({ subject, object }: Evidence, random: Random): EvidenceDirection {
  const ends = [subject.curie, object.curie, null];
  return { subject: ends[Math.floor(random.next() * 3)] ?? null, probability: 0.4 + random.next() * 0.6 };
}

/** The documents of papers that are dated, and not later than the year. */
function known(writes: readonly DocumentWrite[], asOf: number): DocumentWrite[] {
  const years = new Map<string, number>();
  for (const { document } of writes) {
    const pmid = publicationOf(document);
    years.set(pmid, Math.min(years.get(pmid) ?? Infinity, document.year ?? Infinity));
  }
  return writes.filter(({ document }) => (years.get(publicationOf(document)) ?? Infinity) <= asOf);
}

const RELATION = `id type belief papers firstYear lastYear contradicted direction { subject { curie } confidence papers } subject { curie } object { curie }
  bestEvidence { pmid document sentence } beliefByPaper(first: 3) { totalCount nodes { weight evidence { pmid document } } }
  evidenceGroups { count counting papers role source }
  evidence(first: 3) { totalCount pageInfo { endCursor hasNextPage } nodes { pmid document probability source year } }`;
const FILTERS = [
  {},
  { minBelief: 0.6 },
  { minPapers: 2, types: ["ASSOCIATION", "POSITIVE_CORRELATION"] },
  { years: { from: 1990, to: 1991 } },
  { sources: ["second"], entityTypes: ["GENE", "CHEMICAL"] },
  { sourceKinds: ["MODEL"] },
  { retracted: "INCLUDE" },
];
const LISTS = `query ($asOf: Int, $filter: RelationFilter, $link: LinkFilter, $curies: [String!]!, $after: String) {
  relations(filter: $filter, asOf: $asOf, first: 100) { totalCount nodes { ${RELATION} } }
  entities(curies: $curies) {
    relations(filter: $filter, asOf: $asOf, first: 4, after: $after) {
      totalCount pageInfo { endCursor hasNextPage } nodes { id belief }
    }
    relationCounts(filter: $filter, asOf: $asOf) { total byType { type count } byEntityType { type count } byYear { year count } }
    neighbours(filter: $link, asOf: $asOf, first: 100) {
      totalCount nodes { belief entity { curie } relations { ${RELATION} } }
    }
  }
}`;
const RELATIONS = `query ($asOf: Int, $after: String) {
  relations(asOf: $asOf, first: 9, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { id } }
}`;
const NEIGHBOURS = `query ($asOf: Int, $curies: [String!]!, $after: String) {
  entities(curies: $curies) {
    neighbours(asOf: $asOf, first: 2, after: $after) {
      totalCount pageInfo { endCursor hasNextPage } nodes { belief entity { curie } }
    }
  }
}`;
const ONE = `query ($asOf: Int, $id: ID!, $after: String) {
  relation(id: $id, asOf: $asOf) {
    belief papers
    evidence(first: 2, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes { pmid source } }
  }
}`;
const TERM = "entity { curie } degree belief score predictedSign chainDirection";
const SEARCHES = `query ($asOf: Int, $from: String!, $to: String!) {
  paths(from: $from, to: $to, maxHops: 3, first: 10, asOf: $asOf) {
    pageInfo { hasNextPage } completeness { exact }
    nodes { score hops { belief from { curie } to { curie } relations { ${RELATION} } } }
  }
  discover(from: $from, first: 10, asOf: $asOf) {
    totalCount pageInfo { hasNextPage } completeness { exact }
    nodes {
      entity { curie } linkingCount predictedSign contradicted scores { ranker score }
      linkingTerms { totalCount nodes { ${TERM} fromRelations { ${RELATION} } toRelations { ${RELATION} } } }
    }
  }
  explain(from: $from, to: $to, asOf: $asOf) {
    isDirect directBelief directRelations { ${RELATION} } linkingCount predictedSign contradicted completeness { exact }
    linkingTerms { totalCount nodes { ${TERM} } }
    effect { sign contradicted positiveTerms negativeTerms positiveScore negativeScore setAside }
    scores(rankers: [DEGREE, LINKING_TERM_COUNT, MINIMUM_WEIGHT_SUM]) { ranker score }
  }
}`;

/** Without ids and cursors, which say themselves of which year they are. */
function told(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(answer, (name, value) => (name === "id" || name === "endCursor" ? undefined : value)),
  );
}

/** Everything that can be asked as of a year, page by page where there are pages. */
async function answers(api: ApiServer, curies: readonly string[], asOf: number | null): Promise<unknown[]> {
  const found: unknown[] = [];
  const asked = async (query: string, variables: object): Promise<Answer["data"]> => {
    const { data, errors } = await ask(api, query, { ...variables, asOf });
    for (const { extensions, message } of errors)
      if (extensions["code"] !== "NOT_FOUND") throw new Error(message);
    return data;
  };
  let ids: string[] = [];
  for (const filter of FILTERS) {
    const { types, entityTypes, minBelief }: Record<string, unknown> = filter;
    const data = await asked(LISTS, { filter, link: { types, entityTypes, minBelief }, curies });
    found.push(data.relations, data.entities.map(orNothing));
    if (Object.keys(filter).length === 0) ids = data.relations.nodes.map(({ id }) => id);
  }
  found.push(
    await pages(
      (after) => asked(RELATIONS, { after }),
      (data) => data.relations,
    ),
  );
  for (const curie of curies) {
    found.push(
      await pages(
        (after) => asked(LISTS, { curies: [curie], after }),
        (data) => data.entities[0]?.["relations"],
      ),
    );
    found.push(
      await pages(
        (after) => asked(NEIGHBOURS, { curies: [curie], after }),
        (data) => data.entities[0]?.neighbours,
      ),
    );
  }
  found.push(...(await exported(api, curies, asOf)));
  for (const id of ids.slice(0, 12)) {
    found.push(
      await pages(
        (after) => asked(ONE, { id, after }),
        (data) => data.relation?.evidence,
      ),
    );
  }
  for (const from of curies.slice(0, 4)) {
    for (const to of curies.slice(-3)) {
      const data = from === to ? null : await asked(SEARCHES, { from, to });
      found.push(orEmpty(data?.paths), orEmpty(data?.discover), explained(data?.explain));
    }
  }
  return found;
}

/** What a search found; that it found nothing and that it knows no such start are the same here. */
function orEmpty(found: Json | null | undefined): unknown {
  return found == null || found.nodes.length === 0 ? null : found;
}

/** The same of two ends that nothing connects. */
function explained(found: Json | null | undefined): unknown {
  const isEmpty = found == null || (found["linkingCount"] === 0 && found["isDirect"] === false);
  return isEmpty ? null : found;
}

/** What leaves by files: edges, texts, and the relations of a list, line by line. */
function exported(api: ApiServer, curies: readonly string[], asOf: number | null): Promise<string[][]> {
  const list = { method: "POST", headers: { "content-type": "text/csv" }, body: curies.join("\n") };
  const files: [path: string, init?: RequestInit][] = [
    ["/export/kgx-jsonl/edges?retracted=include"],
    ["/export/pubtator"],
    ["/batch/relations?format=jsonl", list],
  ];
  return Promise.all(
    files.map(async ([path, init]) => {
      const year = asOf === null ? "" : `${path.includes("?") ? "&" : "?"}asOf=${asOf}`;
      const response = await fetch(`${api.url}${path}${year}`, init);
      const text = await response.text();
      if (!response.ok) throw new Error(text);
      return text.split("\n").sort();
    }),
  );
}

/** An entity that the graph of those papers has not is one without relations. */
function orNothing(entity: Json | null): unknown {
  const none = { totalCount: 0, nodes: [] };
  const pageInfo = { endCursor: null, hasNextPage: false };
  const relationCounts = { total: 0, byType: [], byEntityType: [], byYear: [] };
  return entity ?? { relations: { ...none, pageInfo }, relationCounts, neighbours: none };
}

/** All rows of a list, followed page by page to its end; fails on one that comes twice. */
async function pages(
  page: (after: string | null) => Promise<Json | null>,
  list: (data: Json) => unknown,
): Promise<unknown[]> {
  const rows: unknown[] = [];
  let after: string | null = null;
  do {
    const data = await page(after);
    const connection = (data === null ? null : list(data)) as Json | null | undefined;
    if (connection == null) return [];
    rows.push(...connection.nodes);
    after = connection.pageInfo.hasNextPage ? connection.pageInfo.endCursor : null;
    if (after === null) expect(rows).toHaveLength(connection.totalCount);
  } while (after !== null && rows.length < 200);
  return rows;
}

async function withGraph<T>(
  writes: readonly DocumentWrite[],
  work: (api: ApiServer) => Promise<T>,
): Promise<T> {
  await wipe(database);
  await writeDocuments(database, writes);
  // A server of its own, as it keeps what it has read of a graph by the graph's version.
  // What it asks at once costs more than a client may ask.
  const api = await startApi(database, idleJobs(), { maxCost: 1_000_000, costAMinute: 0 });
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}

it.each([1])(
  "the whole graph as of a year is the graph of the papers of until then (seed %i)",
  async (seed) => {
    const writes = literature(seed);
    const curies = [
      ...new Set(writes.flatMap(({ document }) => document.mentions.flatMap(({ ids }) => ids))),
    ].sort();
    const statements = new Set<string>();
    const stop = database.onQuery(({ statement }) => statements.add(statement));
    const whole = await withGraph(writes, async (api) => {
      const found = [];
      for (const year of YEARS) found.push(await answers(api, curies, year));
      return found;
    });
    stop();
    for (const [index, year] of YEARS.entries()) {
      const alone = await withGraph(known(writes, year), (api) => answers(api, curies, null));
      expect(told(whole[index]), `as of ${year}`).toEqual(told(alone));
    }
    expect(JSON.stringify(whole.at(-1))).toContain('"papers":0');
    const dated = [...loadStatements(`${PACKAGE_ROOT}/cypher`).values()].filter(({ params }) =>
      params.has("asOf"),
    );
    expect(dated.length).toBeGreaterThan(9);
    for (const { name } of dated)
      expect(statements, "statements that take a year are all asked").toContain(name);
  },
  // Some 900 questions to three graphs; two minutes where others use the machine.
  400_000,
);

it("leaves out papers of an unknown year as of any year, and counts them without one", async () => {
  const [first] = literature(1);
  if (first === undefined) throw new Error("a document");
  const { year: _, ...undated } = { ...first.document, retracted: false };
  await withGraph([{ ...first, document: undated }], async (api) => {
    const count = async (asOf: number | null) => {
      const { data } = await ask(api, "query ($asOf: Int) { relations(asOf: $asOf) { totalCount } }", {
        asOf,
      });
      return data.relations.totalCount;
    };
    expect(await count(9999)).toBe(0);
    expect(await count(null)).toBeGreaterThan(0);
  });
});
