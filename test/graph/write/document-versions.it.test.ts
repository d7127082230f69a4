/**
 * Documents have versions, and papers have parts: whatever was written, corrected and deleted before, and in
 * whatever order, the graph is that of the last versions alone.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import type { Document } from "../../../src/core/document.js";
import { goldEvidence } from "../../../src/core/evidence.js";
import { seededRandom } from "../../../src/core/random.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import {
  type DocumentWrite,
  deleteDocuments,
  extractedDocuments,
  writeDocuments,
} from "../../../src/graph/write/write-documents.js";
import { aDocument, type MentionWords } from "../../support/builders.js";
import { graphDump, testDatabase, wipe } from "../../support/database.js";
import { readBy } from "../../support/synthetic-literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

const gold = (document: Document): DocumentWrite => ({ document, evidence: goldEvidence(document) });

/** A sentence of a paper as a document of its own, as DisGeNET has them. */
function part(number: number, parts: Partial<Document> = {}): Document {
  return {
    ...aDocument({ pmid: `90010001100${number}`, corpus: "parts" }),
    publication: "90010001",
    ...parts,
  };
}

async function dumpOf(writes: readonly DocumentWrite[]): Promise<string[]> {
  await wipe(database);
  for (const write of writes) await writeDocuments(database, [write]);
  return graphDump(database);
}

describe("parts of one paper", () => {
  it("are one paper for belief, papers and statistics, and each has its evidence", async () => {
    await writeDocuments(database, [gold(part(1)), gold(part(2))]);
    expect(
      await database.runText("MATCH (r:Relation) RETURN r.papers AS papers, round(r.belief, 9) AS belief"),
    ).toEqual([
      { papers: 1, belief: 0.95 },
      { papers: 1, belief: 0.95 },
    ]);
    expect(await database.runText("MATCH (p:Publication) RETURN p.pmid AS pmid, p.title AS title")).toEqual([
      { pmid: "90010001", title: "" },
    ]);
    const documents = await database.runText(
      "MATCH (v:Evidence)-[:FROM]->(p) RETURN v.document AS document, p.pmid AS pmid, count(*) AS rows ORDER BY document",
    );
    expect(documents).toEqual([
      { document: "900100011001", pmid: "90010001", rows: 2 },
      { document: "900100011002", pmid: "90010001", rows: 2 },
    ]);
  });

  it("replace what that part said, and nothing of the others", async () => {
    await writeDocuments(database, [gold(part(1)), gold(part(2))]);
    await writeDocuments(database, [gold(part(1, { relations: [] }))]);
    expect(await database.runText("MATCH (v:Evidence) RETURN DISTINCT v.document AS document")).toEqual([
      { document: "900100011002" },
    ]);
  });

  it("move with their evidence when a version names another paper", async () => {
    await writeDocuments(database, [gold(part(1)), gold(part(2))]);
    const moved = { ...part(1), publication: "90010002" };
    await writeDocuments(database, [gold(moved)]);
    expect(await graphDump(database)).toEqual(await dumpOf([gold(moved), gold(part(2))]));
  });
});

describe("a new version", () => {
  it("takes the place of all that the last one said", async () => {
    const tp53 = "tmVar:p|SUB|R|175|H;CorrespondingGene:7157";
    const before = aDocument({
      corpus: "ours",
      year: 1990,
      journal: "J One",
      doi: "10.1/one",
      retracted: true,
      abstract: "ASPIRIN helps in gout, and R175H does not.",
      mentions: [
        { text: "ASPIRIN", type: "Chemical", ids: ["D001241"] },
        { text: "gout", type: "Disease", ids: ["D006073"] },
        { text: "R175H", type: "Variant", ids: [tp53] },
      ],
      relations: [{ subject: "MESH:D001241", object: "MESH:D006073", type: "Association" }],
    });
    const after = aDocument({
      corpus: "ours",
      title: "Less",
      abstract: "It was aspirin.",
      mentions: [{ text: "aspirin", type: "Chemical", ids: ["D001241"] }],
    });
    await writeDocuments(database, [gold(before)]);
    await writeDocuments(database, [gold(after)]);
    const dump = await graphDump(database);
    expect(dump).toEqual(await dumpOf([gold(after)]));
    expect(dump.join("\n")).not.toMatch(/ASPIRIN|gout|R175H|7157|1990|J One|10\.1|true/);
  });

  it.each([
    ["none of BioRED's types", { type: "CID" }],
    ["an end that the text does not name", { object: "NCBIGene:1" }],
  ])("keeps no evidence when its relations have %s", async (_, change) => {
    const document = aDocument({ corpus: "ours" });
    await writeDocuments(database, [gold(document)]);
    const relations = document.relations.map((relation) => ({ ...relation, ...change }));
    await writeDocuments(database, [gold({ ...document, relations })]);
    expect(await database.runText("MATCH (n) WHERE n:Evidence OR n:Relation RETURN n")).toEqual([]);
  });

  it("leaves what other sources said, with the entities that this needs", async () => {
    const document = aDocument({ corpus: "ours" });
    await writeDocuments(database, [readBy("model@1", gold(document))]);
    const bare = { ...document, mentions: [], relations: [] };
    await writeDocuments(database, [gold(bare)]);
    expect(await database.runText("MATCH (v:Evidence) RETURN DISTINCT v.source AS source")).toEqual([
      { source: "model@1" },
    ]);
    const names = await database.runText("MATCH (e:Entity) RETURN e.name AS name ORDER BY name");
    expect(names.map((row) => row["name"])).toEqual(["Aspirin", "IL6", "gout"]);
    await writeDocuments(database, [{ document: bare, evidence: [], extractedBy: "model@1" }]);
    expect(await database.runText("MATCH (e:Entity) RETURN e")).toEqual([]);
  });

  it("has not been read by the model that read the last", async () => {
    const document = aDocument({ corpus: "ours" });
    await writeDocuments(database, [readBy("model@1", gold(document))]);
    const corrected = aDocument({ corpus: "ours", abstract: "Corrected." });
    expect((await extractedDocuments(database, "model@1", [corrected])).size).toBe(0);
    expect((await extractedDocuments(database, "model@1", [{ ...document, year: 1999 }])).size).toBe(1);
  });
});

describe("papers that share a null identifier", () => {
  it("share no entity: what tools write where they found none is no bridge between them", async () => {
    const block = (pmid: string, [text, id]: readonly [string, string]) => {
      const title = `Something does what ${text} does`;
      const from = title.indexOf(text);
      return [
        `${pmid}|t|${title}`,
        `${pmid}|a|`,
        `${pmid}\t0\t9\tSomething\tDisease\tNone`,
        `${pmid}\t${from}\t${from + text.length}\t${text}\tChemical\t${id}`,
        `${pmid}\tAssociation\tNone\t${id}`,
      ].join("\n");
    };
    const folder = mkdtempSync(join(tmpdir(), "bioweft-null-"));
    const file = join(folder, "null.pubtator");
    writeFileSync(file, [block("1", ["aspirin", "D001241"]), block("2", ["ozone", "D010126"])].join("\n\n"));
    try {
      for await (const document of readDocuments(file, {})) await writeDocuments(database, [gold(document)]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    const entities = await database.runText(
      "MATCH (e:Entity) RETURN e.curie AS curie, COUNT { (e)<-[:MENTIONS]-() } AS papers ORDER BY curie",
    );
    expect(entities).toEqual([
      { curie: "MESH:D001241", papers: 1 },
      { curie: "MESH:D010126", papers: 1 },
    ]);
    expect(await database.runText("MATCH (r:Relation) RETURN r")).toEqual([]);
  });
});

describe("deleteDocuments", () => {
  it("takes out what only that document supported", async () => {
    const [one, other] = [
      aDocument({ corpus: "ours" }),
      aDocument({ corpus: "ours", pmid: "2", year: 2001 }),
    ];
    const rest = await dumpOf([gold(other)]);
    await writeDocuments(database, [readBy("model@1", gold(one))]);
    const counts = await deleteDocuments(database, [{ document: one.pmid }, { document: "unknown" }]);
    expect(counts).toEqual({ documents: 1, publications: 1, entities: 0, evidence: 4 });
    expect(await graphDump(database)).toEqual(rest);
    await deleteDocuments(database, [{ document: "2" }]);
    expect(await graphDump(database)).toEqual([]);
  });

  it("takes out one corpus's word on a paper, or one part, and leaves the others", async () => {
    const writes = ["one", "other"].map((corpus) => gold(aDocument({ corpus, pmid: "2", year: 1999 })));
    const rest = await dumpOf([...writes.slice(1), gold(part(2))]);
    await dumpOf([...writes, gold(part(1)), gold(part(2))]);
    await deleteDocuments(database, [{ document: "2", corpus: "one" }, { document: part(1).pmid }]);
    expect(await graphDump(database)).toEqual(rest);
  });
});

describe("any history", () => {
  it.each([1, 2, 3, 4])("ends in the graph of the last versions alone (seed %i)", async (seed) => {
    const source = seededRandom(seed);
    const random = () => source.next();
    const last = new Map<string, DocumentWrite>();
    for (let step = 0; step < 40; step++) {
      const write = inventedVersion(random);
      const { pmid: document, corpus = null } = write.document;
      if (random() < 0.2) {
        await deleteDocuments(database, [{ document, corpus }]);
        last.delete(`${document} ${corpus}`);
      } else {
        await writeDocuments(database, [write]);
        last.set(`${document} ${corpus}`, write);
      }
    }
    const dump = await graphDump(database);
    await wipe(database);
    const writes = source.shuffle([...last.values()]);
    await writeDocuments(database, writes.slice(0, 4));
    await writeDocuments(database, writes.slice(4));
    expect(dump).toEqual(await graphDump(database));
    expect(dump.length).toBeGreaterThan(100);
  });
});

const WORDS: readonly MentionWords[] = [
  { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
  { text: "ASPIRIN", type: "Chemical", ids: ["D001241"] },
  { text: "ASA", type: "Gene", ids: ["D001241"] },
  { text: "IL6", type: "Gene", ids: ["3569"] },
  { text: "interleukin", type: "Gene", ids: ["3569"] },
  { text: "gout", type: "Disease", ids: ["D006073"] },
  { text: "R175H", type: "Variant", ids: ["p|SUB|R|175|H;CorrespondingGene:7157"] },
  { text: "V600E", type: "Variant", ids: ["tmVar:p|SUB|V|600|E;CorrespondingGene:673;RS#:113488022"] },
];

/** A version of one of a few documents: papers and parts of papers, in several corpora, with a model's reading. */
function inventedVersion(random: () => number): DocumentWrite {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const mentions = WORDS.filter(() => random() < 0.5);
  const curies = mentions.flatMap(({ ids }) => ids);
  const pmid = pick(["1", "2", "p1", "p2", "p3"]);
  const corpus = pick(["a", "b", undefined]);
  const document: Document = {
    ...aDocument({
      pmid,
      title: pick(["One title", "Another title", "A title"]),
      abstract: WORDS.map(({ text }) => `We saw ${text}.`).join(" "),
      mentions,
      relations: Array.from({ length: 4 }, () => ({
        subject: pick(curies) ?? "",
        object: pick(curies) ?? "",
        type: pick(["Association", "Bind", "CID"]),
      })),
      year: pick([1980, 1990, 2000]),
      journal: pick(["J A", "J B"]),
      retracted: random() < 0.2,
      ...(corpus === undefined ? {} : { corpus }),
    }),
    // A part may turn out to belong to another paper.
    publication: pmid.startsWith("p") ? pick(["1", "2", "3"]) : pmid,
  };
  return readBy("model@1", gold(document), 0.4 + random() / 2);
}
