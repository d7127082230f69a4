import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { goldEvidence } from "../../../src/core/evidence.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { migrate, readMigrations } from "../../../src/graph/neo4j/migrations.js";
import { extractedDocuments, writeDocuments } from "../../../src/graph/write/write-documents.js";
import { aDocument } from "../../support/builders.js";
import { graphDump, testDatabase, wipe } from "../../support/database.js";
import { inventedWrites, readBy } from "../../support/synthetic-literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
// Other files leave their graphs, in which the same names may be found.
beforeEach(() => wipe(database));

describe("migrate", () => {
  it("has applied every migration once, and applies none again", async () => {
    expect(await migrate(database)).toEqual([]);
    const rows = await database.read("applied-migrations", {});
    expect(rows.map((row) => row["id"])).toEqual(readMigrations().map(({ id }) => id));
  });

  it("leaves all indexes online", async () => {
    const rows = await database.runText("SHOW INDEXES YIELD name, state RETURN name, state");
    expect(rows.map((row) => row["name"])).toEqual(
      expect.arrayContaining(["entity_curie", "entity_names", "relation_belief", "evidence_year"]),
    );
    expect(new Set(rows.map((row) => row["state"]))).toEqual(new Set(["ONLINE"]));
  });

  it("finds synonyms with a typing error", async () => {
    await database.runText(
      "CREATE (:Entity {curie: 'MESH:T1', name: 'aspirin', synonyms: ['acetylsalicylic acid', 'aspirin']})",
    );
    const rows = await database.runText(
      "CALL db.index.fulltext.queryNodes('entity_names', 'acetylsalycilic~') YIELD node RETURN node.curie AS curie",
    );
    expect(rows).toEqual([{ curie: "MESH:T1" }]);
  });

  it("refuses a migration that was changed after it was applied", async () => {
    const changed = readMigrations().map((migration, index) =>
      index === 0 ? { ...migration, checksum: "another" } : migration,
    );
    await expect(migrate(database, changed)).rejects.toMatchObject({
      code: "CONFIG",
      message: expect.stringContaining("0001-constraints-and-indexes"),
    });
  });

  it("refuses a database from a newer version", async () => {
    await expect(migrate(database, readMigrations().slice(0, 1))).rejects.toMatchObject({
      code: "CONFIG",
      message: expect.stringContaining("0002-entity-names"),
    });
  });
});

/** Makes the graph one of before documents had versions: what a migration must bring up to date. */
async function forgetDocuments(): Promise<void> {
  for (const text of [
    `MATCH (d:Document)-[:PART_OF]->(p) UNWIND d.models AS model
     MERGE (x:Extraction {id: p.pmid + '|' + model}) SET x.pmid = p.pmid, x.model = model`,
    "MATCH (d:Document) DETACH DELETE d",
    "MATCH (t:DocumentText) DETACH DELETE t",
    "MATCH (v:Evidence) REMOVE v.document, v.corpus",
    "MATCH (e:Entity) REMOVE e.synonymPapers",
    "MATCH (:Entity)-[o:OF]->(:Entity) REMOVE o.documents",
  ]) {
    await database.runText(text);
  }
}

describe("0003-documents", () => {
  const variant = { text: "R175H", type: "Variant", ids: ["p|SUB|R|175|H;CorrespondingGene:7157"] } as const;
  const writes = [
    ...inventedWrites({ documents: 30, entities: 12 }),
    // Two corpora annotate one paper.
    ...["one", "other"].map((corpus) => {
      const document = aDocument({ pmid: "1", corpus, year: 1999 });
      return { document, evidence: goldEvidence(document) };
    }),
    { document: aDocument({ pmid: "2", abstract: "It is R175H.", mentions: [variant] }), evidence: [] },
  ].map((write) => readBy("model@1", write));

  const migrateAgain = async () => {
    for (const statement of readMigrations()[2]?.statements ?? []) await database.runText(statement);
  };
  const DOCUMENTS = /^\(Document(Text)? |-\[(PART|TEXT)_OF |^\(Evidence /;

  it("brings a graph of before up to date, and its documents take their places when written again", async () => {
    await writeDocuments(database, writes);
    const dump = await graphDump(database);
    await forgetDocuments();
    await migrateAgain();
    const rest = (lines: readonly string[]) => lines.filter((line) => !DOCUMENTS.test(line));
    expect(rest(await graphDump(database))).toEqual(rest(dump));
    const documents = writes.map(({ document }) => document);
    expect(await extractedDocuments(database, "model@1", documents)).toEqual(new Set(documents));
    expect(await extractedDocuments(database, "model@2", documents)).toEqual(new Set());
    for (const size of [7, 40]) {
      for (let start = 0; start < writes.length; start += size) {
        await writeDocuments(database, writes.slice(start, start + size));
      }
    }
    expect(await graphDump(database)).toEqual(dump);
  });

  it("may run again after a kill", async () => {
    await writeDocuments(database, writes);
    await forgetDocuments();
    await migrateAgain();
    const dump = await graphDump(database);
    await migrateAgain();
    expect(await graphDump(database)).toEqual(dump);
  });
});
