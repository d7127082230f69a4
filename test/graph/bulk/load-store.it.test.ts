/**
 * A graph that was loaded in bulk is the graph that writing the same documents makes, and ordinary writes go on from there;
 * what breaks off leaves the old store.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeApiKey } from "../../../src/core/api/access.js";
import { readConfig } from "../../../src/core/config.js";
import { goldEvidence } from "../../../src/core/evidence.js";
import { inGroups } from "../../../src/core/turns/in-groups.js";
import { loadStore } from "../../../src/graph/bulk/load-store.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { openGraph } from "../../../src/graph/open-graph.js";
import { readApiKeys } from "../../../src/graph/read/read-api-keys.js";
import { recordVersionRanks } from "../../../src/graph/write/version-ranks.js";
import { revokeApiKey, writeApiKey } from "../../../src/graph/write/write-api-keys.js";
import { type DocumentWrite, writeDocuments } from "../../../src/graph/write/write-documents.js";
import { aDocument } from "../../support/builders.js";
import { graphDump, schemaOf, testDatabase, wipe } from "../../support/database.js";
import { inventedWrites, readBy } from "../../support/synthetic-literature.js";

const RANKS = new Map([["70000000", { file: "pubmed26n1300.xml.gz", version: 2 }]]);
let home: string;
let shared: Database;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "bioweft-bulk-"));
  shared = await testDatabase();
  await wipe(shared);
});
afterAll(async () => {
  await shared.close();
  rmSync(home, { recursive: true });
});

/** Papers of every kind: parts, variants with genes, several corpora and versions, quotes, line breaks, no mentions. */
function allKinds(): DocumentWrite[] {
  const gold = (document: DocumentWrite["document"]) => ({ document, evidence: goldEvidence(document) });
  const variant = "tmVar:p|SUB|R|175|H;CorrespondingGene:7157";
  const odd = aDocument({
    pmid: "5",
    title: 'A "quoted", odd title\nof two lines – naïve \\n 🧬',
    abstract: "R175H; gout\r\nand aspirin.",
    mentions: [
      { text: "R175H", type: "Variant", ids: [variant] },
      { text: "gout", type: "Disease", ids: ["D006073"] },
      { text: "aspirin", type: "Chemical", ids: ["D001241"] },
    ],
    relations: [{ subject: "MESH:D001241", object: "MESH:D006073", type: "Association" }],
    journal: "J, Odd",
    doi: "10.1/odd",
  });
  return [
    ...inventedWrites({ documents: 40 }).map((write, index) =>
      index % 3 === 0 ? readBy("a@1", write) : write,
    ),
    gold(odd),
    gold(aDocument({ pmid: "5", corpus: "other", year: 1999 })),
    gold(aDocument({ pmid: "5", corpus: "other", year: 1998, relations: [] })),
    gold({ ...aDocument({ pmid: "6001", corpus: "parts" }), publication: "6" }),
    gold({ ...aDocument({ pmid: "6002", corpus: "parts" }), publication: "6" }),
    gold(aDocument({ pmid: "7", title: "", abstract: null })),
    { ...gold(aDocument({ pmid: "8", corpus: "ours", retracted: true })), extractedBy: "a@1" },
  ];
}

async function withGraph<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { neo4j: _, ...config } = readConfig();
  const graph = await openGraph({ ...config, database: "embedded", home }, { exclusive: true });
  try {
    return await work(graph.database);
  } finally {
    await graph.close();
  }
}

describe("loadStore", () => {
  it("makes the graph that ordinary writes make, which they go on from", async () => {
    const writes = allKinds();
    const [last, ...first] = [...writes].reverse();
    if (last === undefined) throw new Error("no writes");
    const counts = await loadStore({ home, writes: first.reverse(), ranks: () => RANKS, parts: 3 });
    expect(counts.rows).toMatchObject({ publications: 43, versionRanks: 1, versions: 1 });
    for await (const batch of inGroups(first, 20)) await writeDocuments(shared, batch);
    await recordVersionRanks(shared, RANKS);
    const wanted = await graphDump(shared);
    await withGraph(async (database) => {
      expect(await graphDump(database)).toEqual(wanted);
      expect(await schemaOf(database)).toEqual(await schemaOf(shared));
      const changed = { ...first[0], ...last, evidence: [] };
      for (const write of [last, changed]) {
        expect(await writeDocuments(database, [write])).toEqual(await writeDocuments(shared, [write]));
      }
      expect(await graphDump(database)).toEqual(await graphDump(shared));
    });
  }, 600_000);

  it("fills no graph that holds something", async () => {
    await expect(loadStore({ home, writes: [] })).rejects.toThrow(/holds \d+ things already/);
  }, 300_000);

  it("leaves the old store where it breaks off: at a bad document, in the importer, or when it is stopped", async () => {
    const paper = (publication: string) => ({ ...aDocument({ pmid: "6001", corpus: "parts" }), publication });
    const of = (...publications: string[]) =>
      publications.map((publication) => ({ document: paper(publication), evidence: [] }));
    const [signal, empty] = [AbortSignal.abort(), join(home, "empty")];
    await expect(loadStore({ home: empty, writes: of("6", "None") })).rejects.toMatchObject({
      code: "BAD_INPUT",
    });
    await expect(loadStore({ home: empty, writes: of("6"), signal })).rejects.toMatchObject({
      code: "CANCELLED",
    });
    expect(readdirSync(join(empty, "neo4j", "data"))).toEqual([]);
    await withGraph((database) => wipe(database));
    // A document cannot be of two papers: it would have one identifier twice.
    await expect(loadStore({ home, writes: of("6", "7") })).rejects.toMatchObject({ code: "DATABASE" });
    await withGraph(async (database) => {
      expect(await database.runText("MATCH (n) WHERE NOT n:Migration RETURN n")).toEqual([]);
      expect(await database.runText("MATCH (m:Migration) RETURN count(m) > 5 AS many")).toEqual([
        { many: true },
      ]);
    });
    expect(existsSync(join(home, "neo4j", "import"))).toBe(false);
  }, 600_000);

  it("keeps the keys of the API of a graph that is empty but for them", async () => {
    const [held, revoked] = [makeApiKey("held", "ADMIN").key, makeApiKey("revoked", "READER").key];
    const keys = await withGraph(async (database) => {
      for (const key of [held, revoked]) await writeApiKey(database, key);
      await revokeApiKey(database, revoked.id);
      return readApiKeys(database);
    });
    await loadStore({ home, writes: [{ document: aDocument({ pmid: "9" }), evidence: [] }] });
    await withGraph(async (database) => {
      expect(await readApiKeys(database)).toEqual(keys);
      expect(await database.runText("MATCH (p:Publication) RETURN p.pmid AS pmid")).toEqual([{ pmid: "9" }]);
    });
    await expect(loadStore({ home, writes: [] })).rejects.toThrow(/holds \d+ things already/);
  }, 300_000);
});
