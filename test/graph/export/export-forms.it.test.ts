/**
 * Every format of a graph in a real Neo4j, read back: by JSON and by Cypher here, by networkx, pyarrow, DuckDB and kgx
 * where Python has them. A filtered export equals that of a graph that holds only what passes.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readKgx } from "../../../ingest/formats/kgx/read-kgx.js";
import { EXPORT_FORMS } from "../../../src/cli/options/export-forms.js";
import { required } from "../../../src/core/required.js";
import { canonicalHash, canonicalLines } from "../../../src/graph/export/canonical-lines.js";
import { toExportFilter } from "../../../src/graph/export/export-filter.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { readClaim } from "../../../src/graph/read/read-curations.js";
import { recordVersionRanks } from "../../../src/graph/write/version-ranks.js";
import { writeCuration } from "../../../src/graph/write/write-curations.js";
import { type DocumentWrite, writeDocuments } from "../../../src/graph/write/write-documents.js";
import { retractPublications } from "../../../src/graph/write/write-retractions.js";
import { aDocument } from "../../support/builders.js";
import { schemaOf, testDatabase, wipe } from "../../support/database.js";
import { askPython, canRunPython, hasPython } from "../../support/python.js";
import { inventedWrites, readBy } from "../../support/synthetic-literature.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-exports-"));
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await fill();
});
afterAll(async () => {
  await database?.close();
  rmSync(folder, { recursive: true });
});

/** Names that every format must find a way to write. */
const AWKWARD = 'a "quoted" <tag> & \\u0041 | bar\\';
const WRITES: readonly DocumentWrite[] = [
  ...inventedWrites({ documents: 20, entities: 25 }).map((write, index) =>
    index % 2 === 0 ? write : readBy("model@1", write, 0.6),
  ),
  {
    document: aDocument({
      pmid: "80000001",
      corpus: "odd",
      year: 2001,
      abstract: `We saw ${AWKWARD} and R175H.`,
      mentions: [
        { text: AWKWARD, type: "Chemical", ids: ["D000900"] },
        {
          text: "R175H",
          type: "Variant",
          ids: ["tmVar:p|SUB|R|175|H;HGVS:p.R175H;VariantGroup:0;CorrespondingGene:7157"],
        },
      ],
    }),
    evidence: [],
  },
];

async function fill(writes = WRITES): Promise<void> {
  await writeDocuments(database, writes);
  await recordVersionRanks(database, new Map([["70000000", { file: "pubmed26n1300", version: 2 }]]));
  await retractPublications(database, ["70000005", "12"], { by: "anna" });
  const [row] = await database.runText(
    // Of a paper that is known in 1990 too, as judgements are papers' own.
    "MATCH (v:Evidence)-[:SUPPORTS]->(r) WHERE r.type <> 'Association' RETURN v.id AS id ORDER BY id LIMIT 1",
  );
  const claim = required(await readClaim(database, String(row?.["id"])), "the claim");
  const correction = { type: "Association" as const };
  await writeCuration(database, claim, {
    verdict: "correct",
    curator: "anna",
    comment: "it's\nseen",
    correction,
  });
}

/** A part of an export as one, from a cursor on. */
async function exported(name: string, part?: string, words = {}, after?: string): Promise<Buffer> {
  const form = required(
    EXPORT_FORMS.find((one) => one.name === name),
    name,
  );
  const source = { database, filter: toExportFilter(form, words), options: {} };
  const chosen = required(
    form.parts.find((one) => part === undefined || one.name === part),
    "the part",
  );
  const pieces: Buffer[] = [];
  for await (const { content } of chosen.pieces(source, after)) pieces.push(Buffer.from(content));
  return Buffer.concat(pieces);
}

async function exportedText(...args: Parameters<typeof exported>): Promise<string> {
  return (await exported(...args)).toString("utf8");
}

const jsonLines = (text: string) =>
  text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));

async function saved(file: string, ...args: Parameters<typeof exported>): Promise<string> {
  const path = join(folder, file);
  writeFileSync(path, await exported(...args));
  return path;
}

async function counts(): Promise<{ entities: number; relations: number }> {
  const [row] = await database.runText(
    "RETURN COUNT { MATCH (e:Entity) } AS entities, COUNT { MATCH (r:Relation) WHERE r.papers > 0 } AS relations",
  );
  return row as { entities: number; relations: number };
}

test("Cypher makes the same graph in an empty database", async () => {
  const [hash, schema] = [await canonicalHash(database), await schemaOf(database)];
  const statements = (await exportedText("cypher")).split(/;\n/).filter((text) => text.trim() !== "");
  await wipe(database);
  expect(await canonicalHash(database)).not.toBe(hash);
  for (const statement of statements) await database.runText(statement);
  expect(await canonicalHash(database)).toBe(hash);
  expect(await schemaOf(database)).toEqual(schema);
});

test("filtered Cypher has the entities and relations that pass", async () => {
  const text = await exportedText("cypher", undefined, { types: "association", minBelief: "0.9" });
  expect(text).toContain("Association");
  expect(text).not.toMatch(/type: "Positive_Correlation"|Evidence \{/);
});

test("KGX has every entity and relation with Biolink's terms, and both forms say the same", async () => {
  const [nodes, edges] = await Promise.all(
    ["nodes", "edges"].map(async (part) => jsonLines(await exportedText("kgx-jsonl", part))),
  );
  const { entities, relations } = await counts();
  expect([nodes?.length, edges?.length]).toEqual([entities, relations]);
  expect(nodes).toContainEqual(
    expect.objectContaining({ id: "MESH:D000900", category: ["biolink:ChemicalEntity"], name: AWKWARD }),
  );
  const edge = edges?.find(({ original_predicate }) => original_predicate === "Positive_Correlation");
  expect(edge).toMatchObject({
    predicate: "biolink:positively_correlated_with",
    knowledge_level: "knowledge_assertion",
  });
  expect(edge.evidence[0].sentence).toMatch(/entity-/i);
  const [header, ...rows] = (await exportedText("kgx-tsv", "edges")).trimEnd().split("\n");
  const names = (header ?? "").split("\t");
  const table = rows.map((row) => Object.fromEntries(row.split("\t").map((cell, at) => [names[at], cell])));
  expect(table.map(({ id }) => id)).toEqual(edges?.map(({ id }) => id));
  expect(table.map(({ evidence }) => JSON.parse(evidence ?? ""))).toEqual(
    edges?.map(({ evidence }) => evidence),
  );
});

test.each(["tsv", "jsonl"])(
  "KGX as %s, read back, gives the same relations and the same KGX",
  async (ending) => {
    const everything = { retracted: "include", minBelief: "0" };
    const parts = () =>
      Promise.all(["nodes", "edges"].map((part) => exportedText(`kgx-${ending}`, part, everything)));
    const relations = async () => {
      const lines: string[] = [];
      for await (const piece of canonicalLines(database)) lines.push(...piece.split("\n"));
      return lines.filter((line) => line.startsWith('{"kind":"relation"'));
    };
    const [before, beforeLines] = [await parts(), await relations()];
    const [nodes = "", edges = ""] = ["nodes", "edges"].map((part) => join(folder, `${part}.${ending}`));
    writeFileSync(nodes, before[0] ?? "");
    writeFileSync(edges, before[1] ?? "");
    await wipe(database);
    const papers = [];
    for await (const paper of readKgx({ nodes, edges })) papers.push(paper);
    await writeDocuments(database, papers);
    expect(await relations()).toEqual(beforeLines);
    expect(await parts()).toEqual(before);
    await wipe(database);
    await fill();
  },
);

test("JSON-LD is one JSON text with every thing", async () => {
  const { "@graph": things, "@context": context } = JSON.parse(await exportedText("jsonld"));
  const { entities, relations } = await counts();
  expect(things).toHaveLength(1 + entities + relations);
  const prefixes = new Set(things.map(({ id }: { id: string }) => id.slice(0, id.indexOf(":"))));
  for (const prefix of prefixes) expect(Object.keys(context)).toContain(prefix);
});

describe("as of a year", () => {
  test("an export is that of a graph of the papers of until then", async () => {
    const forms = [
      ["kgx-jsonl", "nodes"],
      ["kgx-jsonl", "edges"],
      ["graphml", undefined],
    ] as const;
    const asOf = await Promise.all(forms.map(([name, part]) => exportedText(name, part, { asOf: "1990" })));
    expect(asOf[1]?.length).toBeGreaterThan(1000);
    await wipe(database);
    await fill(WRITES.filter(({ document: { year = 0 } }) => year <= 1990));
    // Names are elected by all papers that mention an entity; what is compared are relations.
    const rebuilt = await exportedText("kgx-jsonl", "edges");
    expect(asOf[1]).toBe(rebuilt);
    const ids = (text: string | undefined) => jsonLines(text ?? "").map(({ id }) => id);
    const ends = new Set(jsonLines(rebuilt).flatMap(({ subject, object }) => [subject, object]));
    expect(new Set(ids(asOf[0]))).toEqual(ends);
    await wipe(database);
    await fill();
  });
});

test.each([
  ["types", { types: "Association" }, (edge: Edge) => edge.original_predicate === "Association"],
  ["minBelief", { minBelief: "0.96" }, (edge: Edge) => edge.belief >= 0.96],
  ["sources", { sources: "model@1" }, (edge: Edge) => edge.sources.includes("model@1")],
])("%s keep what passes, and the entities at its ends", async (_name, words, passes) => {
  const all: Edge[] = jsonLines(await exportedText("kgx-jsonl", "edges"));
  const kept: Edge[] = jsonLines(await exportedText("kgx-jsonl", "edges", words));
  expect(kept).toEqual(all.filter(passes));
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(all.length);
  const nodes: Edge[] = jsonLines(await exportedText("kgx-jsonl", "nodes", words));
  expect(new Set(nodes.map(({ id }) => id))).toEqual(
    new Set(kept.flatMap(({ subject, object }) => [subject, object])),
  );
});

interface Edge {
  readonly id: string;
  readonly subject: string;
  readonly object: string;
  readonly original_predicate: string;
  readonly belief: number;
  readonly sources: readonly string[];
}

test("retracted ones are left out, kept, or alone", async () => {
  const edges = async (retracted: string) =>
    jsonLines(await exportedText("kgx-jsonl", "edges", { retracted })).map(({ id }) => id);
  const [without, all, only] = [await edges("exclude"), await edges("include"), await edges("only")];
  expect(only.length).toBeGreaterThan(0);
  expect(all).toEqual([...without, ...only].sort());
});

test.each([
  ["kgx-tsv", "edges", "relations", /^[^\t\n]+/gm],
  ["kgx-jsonl", "nodes", "entities", /(?<=^\{"id":")[^"]+/gm],
  ["graphml", undefined, "relations", /(?<=^<edge id=")[^"]+/gm],
  ["jsonld", undefined, "entities", /(?<=^,\{"id":")[^"]+(?=","category":"biolink:[A-Z])/gm],
  ["bioc-json", undefined, "documents", /(?<="pmid":)70\d+/g],
] as const)("%s is gone on with behind any of its rows", async (name, part, stage, idOf) => {
  const whole = await exportedText(name, part);
  const ids = [...whole.matchAll(idOf)];
  const middle = required(ids[Math.floor(ids.length / 2)], "a row in the middle");
  const key = stage === "documents" ? `${middle[0]}|invented` : decodeURIComponent(middle[0]);
  const rest = await exportedText(name, part, {}, `${stage}:${key}`);
  const end = whole.indexOf("\n", middle.index);
  const cut = whole[end - 1] === "," ? end - 1 : end + 1;
  expect(whole.slice(0, cut) + rest).toBe(whole);
});

test.each([
  ["kgx-tsv", { minBelief: "2" }, /minBelief is "2"/],
  ["kgx-tsv", { asOf: "soon" }, /asOf is "soon"/],
  ["kgx-tsv", { types: "Friendship" }, /"Friendship" in types is none of/],
  ["kgx-tsv", { corrected: "true" }, /corrected filters nothing in kgx-tsv/],
  ["pubtator", { minBelief: "0.5" }, /minBelief filters nothing in pubtator/],
  ["pubtator", { sources: "a,,b" }, /give names parted by commas/],
])("%s refuses %j", async (name, words, why) => {
  await expect(exported(name, undefined, words)).rejects.toThrow(why);
});

test("a cursor of another part is refused", async () => {
  await expect(exported("kgx-tsv", "nodes", {}, "relations:x")).rejects.toThrow(/no place in this export/);
  await expect(exported("parquet", "nodes", {}, "entities:x")).rejects.toThrow(/cannot be gone on with/);
});

describe.skipIf(!hasPython("networkx"))("networkx", () => {
  test("reads GraphML", async () => {
    const path = await saved("graph.graphml", "graphml");
    const script = `import sys, json, networkx
g = networkx.read_graphml(sys.argv[1], force_multigraph=True)
print(json.dumps([g.number_of_nodes(), g.number_of_edges(), g.nodes["MESH:D000900"]["name"], sum(d["belief"] for _, _, d in g.edges(data=True))]))`;
    const [nodes, edges, name, sum] = askPython(script, path);
    const { entities, relations } = await counts();
    expect([nodes, edges, name]).toEqual([entities, relations, AWKWARD]);
    const all: Edge[] = jsonLines(await exportedText("kgx-jsonl", "edges"));
    expect(sum).toBeCloseTo(
      all.reduce((total, { belief }) => total + belief, 0),
      9,
    );
  });
});

describe.skipIf(!hasPython("pyarrow"))("pyarrow", () => {
  test("reads Parquet", async () => {
    const [nodes, edges] = [
      await saved("n.parquet", "parquet", "nodes"),
      await saved("e.parquet", "parquet", "edges"),
    ];
    const script = `import sys, json, pyarrow.parquet as p
n, e = (p.read_table(f).to_pylist() for f in sys.argv[1:])
print(json.dumps([len(n), [[r["id"], r["belief"], r["papers"], r["sources"], json.loads(r["evidence"])[0]["pmid"]] for r in e], next(r["name"] for r in n if r["id"] == "MESH:D000900")]))`;
    const [count, rows, name] = askPython(script, nodes, edges);
    const all = jsonLines(await exportedText("kgx-jsonl", "edges"));
    expect([count, name]).toEqual([(await counts()).entities, AWKWARD]);
    expect(rows).toEqual(
      // KGX writes the bars of an id otherwise, as bars part the items of its lists.
      all.map(({ id, belief, papers, sources, evidence }) => [
        ...[id.replaceAll("%7C", "|"), belief, papers, sources, evidence[0].pmid],
      ]),
    );
  });
});

describe.skipIf(!hasPython("duckdb"))("DuckDB", () => {
  test("asks Parquet", async () => {
    const edges = await saved("d.parquet", "parquet", "edges");
    const script = `import sys, json, duckdb
print(json.dumps(duckdb.sql(f"SELECT count(*), sum(papers), max(len(pmids)) FROM '{sys.argv[1]}'").fetchall()[0]))`;
    const all = jsonLines(await exportedText("kgx-jsonl", "edges"));
    expect(askPython(script, edges)).toEqual([
      all.length,
      all.reduce((sum, { papers }) => sum + papers, 0),
      Math.max(...all.map(({ publications }) => publications.length)),
    ]);
  });
});

/** kgx loads the Biolink Model from its repository; the package `biolink-model` has it on machines that do not reach that. */
const BIOLINK_AT_HAND = `import sys, json
import bmt.toolkit
try:
    from importlib.resources import files
    model = str(files("biolink_model") / "schema" / "biolink_model.yaml")
    bmt.toolkit.Toolkit.__init__.__defaults__ = (model, {"predicate mappings": []})
    import yaml, kgx.config
    prefixes = yaml.safe_load(open(model))["prefixes"]
    for name in kgx.config.get_config()["jsonld-context"]:
        kgx.config.jsonld_context_map[name] = prefixes
except ImportError:
    pass
import kgx.validator`;
const KGX_VALIDATES = `${BIOLINK_AT_HAND}
from kgx.validator import Validator
from kgx.transformer import Transformer
t = Transformer(stream=False)
t.transform(input_args={"filename": sys.argv[2:], "format": sys.argv[1]})
v = Validator()
v.validate(t.store.graph)
print(json.dumps({"nodes": t.store.graph.number_of_nodes(), "edges": t.store.graph.number_of_edges(), "errors": v.get_errors(level="ERROR")}))`;

describe.skipIf(!canRunPython(BIOLINK_AT_HAND))("kgx", () => {
  test.each([
    ["tsv", "kgx-tsv"],
    ["jsonl", "kgx-jsonl"],
  ])("finds nothing wrong with %s", async (format, name) => {
    const files = [
      await saved(`k_nodes.${format}`, name, "nodes"),
      await saved(`k_edges.${format}`, name, "edges"),
    ];
    const { nodes, edges, errors } = askPython(KGX_VALIDATES, format, ...files);
    const { entities, relations } = await counts();
    expect([nodes, edges]).toEqual([entities, relations]);
    // Biolink has no prefix for tmVar's names of variants.
    const faults = Object.values(errors as Record<string, object>).flatMap((one) => Object.keys(one));
    expect(faults.filter((fault) => !fault.includes("CURIE prefix 'tmVar' is not represented"))).toEqual([]);
  });
});
