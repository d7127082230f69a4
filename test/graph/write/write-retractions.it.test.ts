/** Papers that are retracted by a notice, and papers that are taken out whole. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Document } from "../../../src/core/document.js";
import { goldEvidence } from "../../../src/core/evidence.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { deletePublications, writeDocuments } from "../../../src/graph/write/write-documents.js";
import { retractPublications } from "../../../src/graph/write/write-retractions.js";
import { aDocument } from "../../support/builders.js";
import { graphDump, testDatabase, wipe } from "../../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

const paper = (pmid: string, parts: Partial<Document> = {}): Document => ({
  ...aDocument({ pmid, corpus: "ours", year: 1990 }),
  ...parts,
});
const write = (...documents: Document[]) =>
  writeDocuments(
    database,
    documents.map((document) => ({ document, evidence: goldEvidence(document) })),
  );
/** The graph as it stands, but for the notices themselves. */
const dump = async () => (await graphDump(database)).filter((line) => !line.startsWith("(Retraction"));
const versions = () => database.runText("MATCH (g:GraphVersion) RETURN g.version AS version");

describe("retracting", () => {
  it("gives the graph that records of retracted papers would have given, and counts what it met", async () => {
    await write(paper("1", { retracted: true }), paper("2"), paper("3", { retracted: true }));
    const wanted = (await dump()).map((line) =>
      // What the document said of itself stays.
      line.startsWith('(Document {"corpus":"ours","counts"') && line.includes('"document":"1"')
        ? line.replace('"retracted":true', '"retracted":false')
        : line,
    );
    await wipe(database);
    await write(paper("1"), paper("2"), paper("3", { retracted: true }));
    const counts = await retractPublications(database, ["1", "3", "999"], { by: "a test" });
    expect(counts).toEqual({ changed: 1, unchanged: 1, stillRetracted: 0, unknown: 1, relations: 2 });
    expect(await dump()).toEqual(wanted);
    expect(await database.runText("MATCH (r:Relation) RETURN DISTINCT r.papers AS papers")).toEqual([
      { papers: 1 },
    ]);
  });

  it("counts a relation once, in however many batches its papers are", async () => {
    const pmids = Array.from({ length: 600 }, (_, index) => String(1000 + index));
    await write(...pmids.map((pmid) => paper(pmid)));
    expect(await retractPublications(database, pmids)).toMatchObject({ changed: 600, relations: 2 });
  });

  it("is undone, but for what papers say of themselves, and the same again changes nothing", async () => {
    await write(paper("1"), paper("2"), paper("3", { retracted: true }));
    const before = await dump();
    await retractPublications(database, ["1", "3"]);
    const version = await versions();
    expect(await retractPublications(database, ["3", "1"])).toMatchObject({ changed: 0, unchanged: 2 });
    expect(await versions()).toEqual(version);
    expect(await retractPublications(database, ["1", "3", "999"], { undo: true })).toEqual({
      changed: 1,
      unchanged: 1,
      stillRetracted: 1,
      unknown: 1,
      relations: 2,
    });
    expect(await dump()).toEqual(before);
    expect(await database.runText("MATCH (n:Retraction) RETURN n")).toEqual([]);
  });

  it("holds for papers that are written afterwards, or again", async () => {
    await write(paper("1"), paper("2"));
    await retractPublications(database, ["1", "3"]);
    await write(paper("1", { year: 1991 }), paper("3"));
    expect(
      await database.runText("MATCH (p:Publication {retracted: true}) RETURN p.pmid AS pmid ORDER BY pmid"),
    ).toEqual([{ pmid: "1" }, { pmid: "3" }]);
    expect(await database.runText("MATCH (r:Relation) RETURN DISTINCT r.papers AS papers")).toEqual([
      { papers: 1 },
    ]);
  });

  it("notes the relations for those who keep a copy", async () => {
    await write(paper("1"));
    await retractPublications(database, ["1"]);
    const [note] = await database.runText(
      "MATCH (c:GraphChange) RETURN c.relations AS relations ORDER BY c.version DESC LIMIT 1",
    );
    expect(note?.["relations"]).toEqual([
      "MESH:D001241|Negative_Correlation|MESH:D006073",
      "MESH:D001241|Negative_Correlation|NCBIGene:3569",
    ]);
  });
});

describe("deleting papers", () => {
  it("takes out all their documents and parts, and leaves the graph that the others make", async () => {
    const part = { ...paper("1001", { corpus: "parts" }), publication: "1" };
    await write(paper("2"));
    const wanted = await dump();
    await write(paper("1"), part);
    expect(await deletePublications(database, ["1", "999"])).toMatchObject({ publications: 1, documents: 2 });
    expect(await dump()).toEqual(wanted);
  });
});
