/** Closed discovery over HTTP and a real graph: linking terms with sentences, directions, rankers and what is known directly. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import type { EntityType, RelationType } from "../../src/core/relation-types.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { ask, dataOf, type Json, operation, startApi, writeGold } from "../support/api-client.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";

type End = readonly [name: string, type: EntityType, id: string, curie: string];
const DRUG: End = ["Aspirin", "Chemical", "D001241", "MESH:D001241"];
const DISEASE: End = ["Asthma", "Disease", "D001249", "MESH:D001249"];
const IL6: End = ["IL6", "Gene", "3569", "NCBIGene:3569"];
const TNF: End = ["TNF", "Gene", "7124", "NCBIGene:7124"];

let pmids = 85_000_000;
const paper = (year: number, one: End, other: End, type: RelationType, acts?: End) =>
  aDocument({
    pmid: String(++pmids),
    year,
    corpus: "fixture",
    title: `${one[0]} and ${other[0]}`,
    abstract: null,
    mentions: [one, other].map(([text, entityType, id]) => ({ text, type: entityType, ids: [id] })),
    relations: [
      { subject: one[3], object: other[3], type, ...(acts === undefined ? {} : { directedFrom: acts[3] }) },
    ],
  });
const PAPERS = [
  // By way of IL6 aspirin lowers asthma; on TNF both act, which says nothing of the two.
  paper(2000, DRUG, IL6, "Negative_Correlation", DRUG),
  paper(2001, IL6, DISEASE, "Positive_Correlation", IL6),
  paper(2000, DRUG, TNF, "Positive_Correlation", DRUG),
  paper(2001, DISEASE, TNF, "Positive_Correlation", DISEASE),
  paper(2009, DRUG, DISEASE, "Negative_Correlation"),
];

const folder = mkdtempSync(join(tmpdir(), "bioweft-explain-"));
let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, PAPERS);
  api = await startApi(database, idleJobs(), {}, undefined, join(folder, "graph.adjacency"));
});
afterAll(async () => {
  await api?.close();
  await database?.close();
  rmSync(folder, { recursive: true });
});

const explain = async (more: Record<string, unknown> = {}): Promise<Json> =>
  (await dataOf(api, operation("explain"), { from: DRUG[3], to: DISEASE[3], ...more })).explain;

describe("explain", () => {
  it("gives the linking terms with the sentences of both sides, as of a year", async () => {
    const { linkingTerms, linkingCount, metapaths, isDirect, directSince } = await explain({ asOf: 2008 });
    expect(linkingCount).toBe(2);
    const term = linkingTerms.nodes.filter(({ entity }) => entity.curie === IL6[3])[0] as Json;
    expect(term).toMatchObject({ degree: 2, predictedSign: "NEGATIVE", chainDirection: "FORWARD" });
    expect(term.fromRelations[0].evidence.nodes[0].sentence).toContain("Aspirin and IL6");
    expect(term.toRelations[0].evidence.nodes[0].sentence).toContain("IL6 and Asthma");
    expect(metapaths).toMatchObject([{ name: "C-G-D", hops: 2, paths: 2 }]);
    expect([isDirect, directSince]).toEqual([false, 2009]);
    expect((await explain({ asOf: 2000 })).linkingTerms.nodes).toEqual([]);
  });

  it("has p-values once the permuted graphs are made, and none as of a year", async () => {
    const first = await explain();
    expect(first).toMatchObject({
      significance: { state: "BEING_MADE", permutations: null },
      metapaths: [{ name: "C-G-D", pValue: null }],
    });
    // Four links can't be permuted but among two genes: chance does as well.
    await expect
      .poll(() => explain(), { timeout: 60_000, interval: 200 })
      .toMatchObject({
        significance: { state: "READY", permutations: 20 },
        metapaths: [{ name: "C-G-D", pValue: 1 }],
      });
    expect(await explain({ asOf: 2008 })).toMatchObject({ significance: { state: "WHOLE_GRAPH_ONLY" } });
  });

  it("shows the direct relation with its sentences where there is one", async () => {
    const { isDirect, directBelief, directRelations } = await explain();
    expect([isDirect, directBelief]).toEqual([true, expect.closeTo(0.95, 6)]);
    expect(directRelations).toMatchObject([{ type: "NEGATIVE_CORRELATION", papers: 1, firstYear: 2009 }]);
    expect(directRelations[0].evidence.nodes[0].sentence).toContain("Aspirin and Asthma");
  });

  it("composes signs by type, and by direction where papers say who acts", async () => {
    const { predictedSign, contradicted, effect } = await explain();
    expect([predictedSign, contradicted]).toEqual(["UNKNOWN", true]);
    expect(effect).toMatchObject({ sign: "NEGATIVE", contradicted: false, negativeTerms: 1, setAside: 1 });
  });

  it("ranks the end among the candidates, and has no contributions without weights", async () => {
    const { scores, contributions } = await explain({ asOf: 2008, rankers: ["DWPC", "DEGREE"] });
    expect(scores).toMatchObject([
      { ranker: "DEGREE", rank: 1, candidates: 1 },
      { ranker: "DWPC", rank: 1 },
    ]);
    expect(contributions).toBeNull();
    expect((await explain()).scores).toHaveLength(13);
  });

  it("says NOT_FOUND for an unknown end", async () => {
    const { errors } = await ask(api, operation("explain"), { from: DRUG[3], to: "MESH:D000001" });
    expect(errors[0]?.extensions).toMatchObject({ code: "NOT_FOUND" });
  });
});
