/**
 * Long lists walked to their ends by cursor while others write: what is there throughout comes once and only once, and memory does
 * not grow with the walk. `BIOWEFT_WALK_ITEMS=100000` walks lists of that length.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import type { Document } from "../../src/core/document.js";
import { relationId } from "../../src/core/evidence.js";
import { inGroups } from "../../src/core/turns/in-groups.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { ask, type Json, startApi, writeGold } from "../support/api-client.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";

const ITEMS = Number(process.env["BIOWEFT_WALK_ITEMS"] ?? 1_000);
const MINUTES = 60_000;
/** What a walk may add to the heap, whatever its length: pages under way, and what is not collected yet. */
const HEAP_MEGABYTES = 200;

const HUB = { curie: "MESH:D700000", text: "hubine", type: "Chemical", ids: ["D700000"] } as const;
const STAR = { curie: "NCBIGene:800000", text: "STAR1", type: "Gene", ids: ["800000"] } as const;
const gene = (index: number) => ({
  text: `GEN${index}`,
  type: "Gene" as const,
  ids: [String(810_000 + index)],
});

/** A paper that relates the hub to a gene of its own, and to the one that all papers speak of. */
function paper(index: number, of = index): Document {
  const own = gene(of);
  return aDocument({
    pmid: String(85_000_000 + index),
    corpus: "walk",
    year: 2000,
    abstract: `${HUB.text} binds ${own.text} and ${STAR.text}.`,
    mentions: [HUB, own, STAR],
    relations: [
      { subject: HUB.curie, object: `NCBIGene:${own.ids[0]}`, type: "Bind" },
      { subject: HUB.curie, object: STAR.curie, type: "Association" },
    ],
  });
}

let database: Database;
let api: ApiServer;
beforeAll(
  async () => {
    database = await testDatabase();
    await wipe(database);
    const papers = Array.from({ length: ITEMS }, (_, index) => paper(index));
    for await (const some of inGroups(papers, 500)) await writeGold(database, some);
    api = await startApi(database, idleJobs(), { costAMinute: 0 });
  },
  ITEMS * 10 + 5 * MINUTES,
);
afterAll(async () => {
  await api?.close();
  await database?.close();
});

const KEYS = Array.from({ length: ITEMS }, (_, index) => relationId(HUB.curie, toCurie(index), "Bind"));
const PMIDS = Array.from({ length: ITEMS }, (_, index) => paper(index).pmid);
const RELATION = "nodes { type subject { curie } object { curie } }";
const PAGE = "pageInfo { hasNextPage endCursor }";
/** Lists, as a document asks for them of the relation that all papers speak of, and what they hold from the beginning. */
const LISTS: readonly (readonly [string, (id: string) => string, readonly string[]])[] = [
  [
    "relations by key",
    () => `list: relations(order: ID, first: 100, after: $after) { ${RELATION} ${PAGE} }`,
    KEYS,
  ],
  [
    "an entity's relations by key",
    () =>
      `of: entity(curie: "${HUB.curie}") { list: relations(order: ID, first: 100, after: $after) { ${RELATION} ${PAGE} } }`,
    KEYS,
  ],
  [
    "a relation's evidence",
    (id) =>
      `of: relation(id: "${id}") { list: evidence(first: 100, after: $after) { nodes { pmid } ${PAGE} } }`,
    PMIDS,
  ],
  [
    "what papers add to a belief",
    (id) =>
      `of: relation(id: "${id}") { list: beliefByPaper(first: 100, after: $after) { nodes { publication { pmid } } ${PAGE} } }`,
    PMIDS,
  ],
];

it.each(LISTS)(
  "%s: none is missed and none comes twice, while others write",
  async (_, list, there) => {
    const found = await ask(
      api,
      `{ relations(filter: { types: [ASSOCIATION] }, first: 1) { nodes { id } } }`,
    );
    const query = `query ($after: String) { ${list(found.data.relations.nodes[0].id)} }`;
    const seen = new Map<string, number>();
    const heaps: number[] = [];
    const isWalked = { yet: false };
    const written = writeUntil(isWalked);
    try {
      let after: string | null = null;
      do {
        const { data, errors } = await ask(api, query, { after });
        expect(errors).toEqual([]);
        const page = (data["of"] === undefined ? data["list"] : (data["of"] as Json)["list"]) as Json;
        for (const node of page.nodes) seen.set(keyOf(node), (seen.get(keyOf(node)) ?? 0) + 1);
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
        heaps.push(process.memoryUsage().heapUsed / 2 ** 20);
      } while (after !== null);
    } finally {
      isWalked.yet = true;
    }
    expect(await written).toBeGreaterThan(0);
    expect([...seen].filter(([, times]) => times > 1)).toEqual([]);
    expect(there.filter((key) => !seen.has(key))).toEqual([]);
    expect(Math.max(...heaps) - (heaps[0] ?? 0)).toBeLessThan(HEAP_MEGABYTES);
  },
  ITEMS * 30 + 5 * MINUTES,
);

/** Writes papers of genes that are there, and of new ones: beliefs rise, and keys come before the place that a walk has reached. */
async function writeUntil(isWalked: { readonly yet: boolean }): Promise<number> {
  let written = 0;
  while (!isWalked.yet) {
    const index = 1_000_000 + Math.floor(Math.random() * 1_000_000);
    await writeGold(database, [paper(index, written % 2 === 0 ? written % ITEMS : index)]);
    written++;
  }
  return written;
}

function toCurie(index: number): string {
  return `NCBIGene:${gene(index).ids[0]}`;
}

function keyOf({ type, subject, object, pmid, publication }: Json): string {
  if (type !== undefined)
    return relationId(subject.curie, object.curie, type === "BIND" ? "Bind" : "Association");
  return String(pmid ?? publication["pmid"]);
}
