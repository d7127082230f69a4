/**
 * Whoever writes at the same time, and in whatever order, the graph is that of one writer after the other; and writers wait for
 * each other only where they touch the same.
 */
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { goldEvidence } from "../../../src/core/evidence.js";
import { seededRandom } from "../../../src/core/random.js";
import { inGroups } from "../../../src/core/turns/in-groups.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import {
  type DocumentWrite,
  deletePublications,
  writeDocuments,
} from "../../../src/graph/write/write-documents.js";
import { retractPublications } from "../../../src/graph/write/write-retractions.js";
import { aDocument } from "../../support/builders.js";
import { graphDump, testDatabase, wipe } from "../../support/database.js";
import { inventedWrites, readBy } from "../../support/synthetic-literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => wipe(database));

type Task = () => Promise<unknown>;

/** Papers that share few entities, so that writers meet; then other versions of some, retractions and deletions. */
async function stages(seed: number): Promise<readonly Task[][]> {
  const first = inventedWrites({ documents: 24, entities: 9, each: 5, relations: 6, seed });
  const second = inventedWrites({ documents: 8, entities: 9, each: 5, relations: 6, seed: seed + 100 });
  const tasks = async (writes: readonly DocumentWrite[], size: number) => {
    const found: Task[] = [];
    for await (const batch of inGroups(writes, size)) found.push(() => writeDocuments(database, batch));
    return found;
  };
  const pmids = first.map(({ document }) => document.pmid);
  return [
    await tasks(first, 4),
    [
      ...(await tasks(
        second.map((write) => readBy("a@1", write, 0.37)),
        2,
      )),
      () => deletePublications(database, pmids.slice(8, 12)),
      () => retractPublications(database, pmids.slice(12, 18)),
    ],
  ];
}

describe("writers at the same time", () => {
  it.each([1, 2])(
    "make the graph of one after the other (seed %i)",
    async (seed) => {
      for (const tasks of await stages(seed)) for (const task of tasks) await task();
      const lines = await graphDump(database, ["at"]);
      await wipe(database);
      const random = seededRandom(seed);
      for (const tasks of await stages(seed)) await Promise.all(random.shuffle(tasks).map((task) => task()));
      expect(await graphDump(database, ["at"])).toEqual(lines);
    },
    240_000,
  );

  it("don't wait for who holds other papers and relations, and do for who holds the same", async () => {
    const write = (pmid: string, gene: string): DocumentWrite => {
      const mentions = [
        { text: "IL6", type: "Gene" as const, ids: [gene] },
        { text: "gout", type: "Disease" as const, ids: [`D00${gene}`] },
      ];
      const relations = [{ subject: `NCBIGene:${gene}`, object: `MESH:D00${gene}`, type: "Association" }];
      const document = aDocument({ pmid, title: "IL6 and gout", abstract: null, mentions, relations });
      return { document, evidence: goldEvidence(document) };
    };
    await writeDocuments(database, [write("1", "6001"), write("2", "6002")]);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let [isHeld, isDone] = [false, false];
    const holding = database.transact(async (transaction) => {
      await transaction.run("lock-papers", { pmids: ["1"] });
      await transaction.run("lock-relations", { ids: ["MESH:D006001|Association|NCBIGene:6001"] });
      isHeld = true;
      await released;
    });
    await expect.poll(() => isHeld).toBe(true);
    await writeDocuments(database, [write("3", "6002")]);
    const same = writeDocuments(database, [write("4", "6001")]).then(() => {
      isDone = true;
    });
    await setTimeout(500);
    expect(isDone).toBe(false);
    release();
    await Promise.all([holding, same]);
    expect(await database.runText("MATCH (r:Relation) RETURN r.papers AS papers")).toEqual([
      { papers: 2 },
      { papers: 2 },
    ]);
  }, 60_000);
});

describe("a document that two write for the first time, under another paper each", () => {
  it("belongs to one paper, that of who wrote last", async () => {
    const under = (publication: string): DocumentWrite => {
      const document = {
        ...aDocument({ pmid: "twice", title: "IL6 and gout", abstract: null }),
        publication,
      };
      return { document, evidence: [] };
    };
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isWritten = false;
    const first = writeDocuments(database, [under("101")], {
      together: async () => {
        isWritten = true;
        await released;
      },
    });
    await expect.poll(() => isWritten, { timeout: 20_000 }).toBe(true);
    const second = writeDocuments(database, [under("102")]);
    await setTimeout(500);
    release();
    await Promise.all([first, second]);
    expect(
      await database.runText(
        "MATCH (d:Document)-[:PART_OF]->(p) RETURN d.document AS document, collect(p.pmid) AS papers, COUNT { (:Publication) } AS all",
      ),
    ).toEqual([{ document: "twice", papers: ["102"], all: 1 }]);
  }, 60_000);
});

describe("a relation from before tallies were kept", () => {
  it("is worked out from all its evidence when it is next touched", async () => {
    const writes = inventedWrites({ documents: 12, entities: 6, each: 4, relations: 6 });
    for (const write of writes) await writeDocuments(database, [write]);
    const lines = await graphDump(database);
    await wipe(database);
    const [last, ...others] = [...writes].reverse();
    if (last === undefined) throw new Error("no writes");
    await writeDocuments(database, others);
    await database.runText(
      "MATCH (r:Relation) REMOVE r.weights, r.weightPapers, r.years, r.yearPapers, r.sourceRows",
    );
    await writeDocuments(database, [last]);
    const touched = (await graphDump(database)).filter((line) => !line.includes('"belief"'));
    expect(touched).toEqual(lines.filter((line) => !line.includes('"belief"')));
    const beliefs = (dump: readonly string[]) =>
      dump.flatMap((line) => /"belief":[^,]+/.exec(line)?.[0] ?? []);
    expect(beliefs(await graphDump(database)).sort()).toEqual(beliefs(lines).sort());
  }, 60_000);
});
