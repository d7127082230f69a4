import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BeliefRow, belief } from "../../../src/core/belief.js";
import type { SourceKind } from "../../../src/core/evidence.js";
import { type Evidence, goldEvidence } from "../../../src/core/evidence.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import {
  type DocumentWrite,
  extractedDocuments,
  writeDocuments,
} from "../../../src/graph/write/write-documents.js";
import { aDocument } from "../../support/builders.js";
import { graphDump, testDatabase, wipe } from "../../support/database.js";
import { inventedWrites } from "../../support/synthetic-literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

async function version(): Promise<unknown> {
  const [row] = await database.read("graph-version", {});
  return row?.["version"];
}

async function load(writes: readonly DocumentWrite[], size: number): Promise<void> {
  for (let start = 0; start < writes.length; start += size) {
    await writeDocuments(database, writes.slice(start, start + size));
  }
}

function modelRows(rows: readonly Evidence[], probability: number): Evidence[] {
  return rows.map((row) => ({
    ...row,
    id: row.id.replace(row.source, "model@1"),
    sourceKind: "model" as const,
    source: "model@1",
    probability,
  }));
}

describe("writeDocuments", () => {
  it("writes publication, entities, mentions, evidence and relations", async () => {
    const document = aDocument({ corpus: "ours", year: 1999, journal: "J Made Up", doi: "10.1/x" });
    const counts = await writeDocuments(database, [{ document, evidence: goldEvidence(document) }]);
    expect(counts).toEqual({ publications: 1, entities: 6, evidence: 2, evidenceRemoved: 0, relations: 2 });
    const dump = (await graphDump(database)).join("\n");
    expect(dump).toContain(
      '(Publication {"doi":"10.1/x","journal":"J Made Up","pmid":"90010001","retracted":false',
    );
    expect(dump).toMatch(/\(Chemical,Entity \{"curie":"MESH:D001241","name":"Aspirin"/);
    expect(dump).toMatch(/\(MESH:D001241\)-\[NEGATIVE_CORRELATION \{"belief":0\.95/);
    expect(dump).toMatch(/\(90010001\)-\[MENTIONS \{"count":2,.*"names":\["IL6"\]/);
    expect(dump).toMatch(/\(90010001\)-\[MENTIONS .*\]->\(NCBITaxon:9606\)/);
  });

  it("links a variant to the gene that its annotation names", async () => {
    const long = "tmVar:p|SUB|R|175|H;HGVS:p.R175H;VariantGroup:0;CorrespondingGene:7157";
    const document = aDocument({
      abstract: "R175H was found.",
      mentions: [{ text: "R175H", type: "Variant", ids: [long] }],
    });
    await writeDocuments(database, [{ document, evidence: [] }]);
    expect((await graphDump(database)).filter((line) => line.includes("-[OF "))).toEqual([
      '(tmVar:p|SUB|R|175|H;CorrespondingGene:7157)-[OF {"documents":1}]->(NCBIGene:7157)',
    ]);
  });

  it("gives the same graph for the same load twice, and leaves its version", async () => {
    const writes = inventedWrites({ documents: 40 });
    await load(writes, 10);
    const [dump, first] = [await graphDump(database), await version()];
    await load(writes, 10);
    expect(await graphDump(database)).toEqual(dump);
    expect(await version()).toBe(first);
    expect(dump.length).toBeGreaterThan(500);
  });

  it("gives the same graph in any order and any batch size", async () => {
    const writes = inventedWrites({ documents: 40, entities: 25 });
    await load(writes, 40);
    const dump = await graphDump(database);
    for (const [order, size] of [
      [[...writes].reverse(), 7],
      [[...writes].sort((a, b) => a.evidence.length - b.evidence.length), 1],
    ] as const) {
      await wipe(database);
      await load(order, size);
      expect(await graphDump(database)).toEqual(dump);
    }
  });

  it("merges two accounts of one publication the same way round and back", async () => {
    const one = aDocument({ corpus: "one", year: 2001 });
    const other = aDocument({
      corpus: "other",
      title: "Aspirin lowers IL6 in patients with gout.",
      abstract: "ASPIRIN works. ASPIRIN, ASPIRIN.",
      mentions: [
        { text: "ASPIRIN", type: "Chemical", ids: ["D001241"] },
        { text: "ASPIRIN", type: "Chemical", ids: ["D001241"], occurrence: 1 },
        { text: "ASPIRIN", type: "Chemical", ids: ["D001241"], occurrence: 2 },
      ],
    });
    const writes = [one, other].map((document) => ({ document, evidence: goldEvidence(document) }));
    await load(writes, 1);
    const dump = await graphDump(database);
    await wipe(database);
    await load([...writes].reverse(), 1);
    expect(await graphDump(database)).toEqual(dump);
    expect(dump.join("\n")).toMatch(/"curie":"MESH:D001241","name":"ASPIRIN"/);
    // The year that only one account told reaches every row of evidence.
    expect(
      dump.filter((line) => line.startsWith("(Evidence")).every((line) => line.includes('"year":2001')),
    ).toBe(true);
  });

  it("lets a source's new results take the place of its old ones, and of nobody else's", async () => {
    const document = aDocument({ corpus: "ours", year: 1999 });
    const gold = goldEvidence(document);
    await writeDocuments(database, [{ document, evidence: gold }]);
    const goldOnly = await graphDump(database, ["models", "digests"]);
    const first = modelRows(gold, 0.5).map((row) => ({ ...row, type: "Association" as const }));
    const ids = first.map((row) => ({ ...row, id: row.id.replace("Negative_Correlation", "Association") }));
    await writeDocuments(database, [{ document, evidence: ids, extractedBy: "model@1" }]);
    expect((await graphDump(database)).filter((line) => line.includes("-[ASSOCIATION"))).toHaveLength(2);
    const counts = await writeDocuments(database, [{ document, evidence: [], extractedBy: "model@1" }]);
    expect(counts).toMatchObject({ evidence: 0, evidenceRemoved: 2, relations: 2 });
    expect(await graphDump(database, ["models", "digests"])).toEqual(goldOnly);
  });

  it("remembers who has read what, found relations or not", async () => {
    const document = aDocument();
    await writeDocuments(database, [{ document, evidence: [], extractedBy: "model@1" }]);
    const other = aDocument({ pmid: "1" });
    expect(await extractedDocuments(database, "model@1", [document, other])).toEqual(new Set([document]));
    expect(await extractedDocuments(database, "model@2", [document])).toEqual(new Set());
  });

  it("gives every relation exactly core's belief, retractions included", async () => {
    const gold = inventedWrites({ documents: 60, entities: 8 });
    const writes = gold.map(({ document, evidence }, index) => ({
      document,
      evidence: [...evidence, ...modelRows(evidence, 0.3 + (index % 7) / 10)],
      extractedBy: "model@1",
    }));
    await load(writes, 16);
    const retracted = new Set(writes.flatMap(({ document }) => (document.retracted ? [document.pmid] : [])));
    const expected = new Map<string, BeliefRow[]>();
    for (const row of writes.flatMap(({ evidence }) => evidence)) {
      const key = `${row.subject.curie}|${row.type}|${row.object.curie}`;
      const { pmid, probability, negated } = row;
      const sourceKind: SourceKind = row.sourceKind;
      const rows = expected.get(key) ?? [];
      rows.push({ pmid, probability, negated, sourceKind, retracted: retracted.has(pmid) });
      expected.set(key, rows);
    }
    const stored = await database.runText("MATCH (r:Relation) RETURN r.id AS id, r.belief AS belief");
    expect(stored).toHaveLength(expected.size);
    for (const row of stored) {
      expect(row["belief"]).toBeCloseTo(belief(expected.get(String(row["id"])) ?? []), 12);
    }
  });

  it("takes a paper's weight away when it is retracted later", async () => {
    const document = aDocument({ corpus: "ours" });
    const evidence = goldEvidence(document);
    await writeDocuments(database, [{ document, evidence }]);
    await writeDocuments(database, [{ document: { ...document, retracted: true }, evidence: [] }]);
    const rows = await database.runText("MATCH (r:Relation) RETURN r.belief AS belief, r.papers AS papers");
    expect(rows).toEqual(evidence.map(() => ({ belief: 0, papers: 0 })));
  });

  it("makes the same number of queries for one document and for fifty", async () => {
    const queries = async (documents: number): Promise<number> => {
      await wipe(database);
      let count = 0;
      const stop = database.onQuery(() => {
        count += 1;
      });
      await writeDocuments(database, inventedWrites({ documents }));
      stop();
      return count;
    };
    expect(await queries(50)).toBe(await queries(1));
  });

  it("survives several writers at once", async () => {
    const writes = inventedWrites({ documents: 48, entities: 20 });
    await load(writes, 48);
    const dump = await graphDump(database);
    await wipe(database);
    await Promise.all(
      [0, 1, 2, 3].map((part) =>
        load(
          writes.filter((_, i) => i % 4 === part),
          3,
        ),
      ),
    );
    expect(await graphDump(database)).toEqual(dump);
  });

  it.each(["None", "", " - ", "NULL", "MESH:-", "NCBIGene:None"])(
    "refuses %j as an identifier, naming the document, so that it joins no papers",
    async (id) => {
      const document = aDocument({ corpus: "ours" });
      const mentions = document.mentions.map((mention, index) =>
        index === 0 ? { ...mention, ids: [id] } : mention,
      );
      const write = { document: { ...document, mentions }, evidence: [] };
      await expect(writeDocuments(database, [write])).rejects.toMatchObject({
        code: "BAD_INPUT",
        place: { pmid: "90010001" },
      });
      const [row] = goldEvidence(document);
      const evidence = row === undefined ? [] : [{ ...row, subject: { ...row.subject, curie: id } }];
      await expect(writeDocuments(database, [{ document, evidence }])).rejects.toMatchObject({
        code: "BAD_INPUT",
      });
      expect(await graphDump(database)).toEqual([]);
    },
  );

  it("refuses evidence of another publication, writing nothing", async () => {
    const document = aDocument({ corpus: "ours" });
    const write = { document: { ...document, pmid: "1" }, evidence: goldEvidence(document) };
    await expect(writeDocuments(database, [write])).rejects.toMatchObject({ code: "BAD_INPUT" });
    expect(await graphDump(database)).toEqual([]);
  });
});
