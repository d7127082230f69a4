/** Rankers judged over HTTP on a real graph: time slices only, and random splits refused with the reason. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import { seededRandom } from "../../src/core/random.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { ask, dataOf, operation, startApi, writeGold } from "../support/api-client.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";

/** Two communities of diseases and genes; every year each disease is found to be related to another gene of its own. */
function papers() {
  const random = seededRandom(4);
  return Array.from({ length: 240 }, (_, at) => {
    const disease = at % 12;
    const gene = (disease % 2) * 10 + Math.floor(10 * random.next()) + 1;
    const [name, id] = [`Disease${disease}`, `D9000${10 + disease}`];
    return aDocument({
      pmid: String(86_000_000 + at),
      year: 1990 + Math.floor(at / 12),
      corpus: "fixture",
      title: `${name} and GENE${gene}`,
      abstract: null,
      mentions: [
        { text: name, type: "Disease", ids: [id] },
        { text: `GENE${gene}`, type: "Gene", ids: [String(gene)] },
      ],
      relations: [{ subject: `MESH:${id}`, object: `NCBIGene:${gene}`, type: "Association" }],
    });
  });
}

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, papers());
  api = await startApi(database, idleJobs());
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

const SLICE = { cutoff: 1996, until: 2009, fromType: "DISEASE", targetType: "GENE" };

it("judges rankers on what became known after the cutoff, degree beside them", async () => {
  const { evaluateDiscovery } = await dataOf(api, operation("evaluate-discovery"), {
    ...SLICE,
    rankers: ["PAGE_RANK", "LEARNED"],
  });
  expect(evaluateDiscovery).toMatchObject({
    notLearned: null,
    rankers: [{ ranker: "DEGREE" }, { ranker: "PAGE_RANK" }, { ranker: "LEARNED" }],
    completeness: { exact: true },
  });
  const [degree, walk] = evaluateDiscovery["rankers"] as {
    all: { figures: { name: string; value: number }[] };
  }[];
  const auc = (one: typeof degree) => one?.all.figures.find(({ name }) => name === "auc")?.value ?? 0;
  expect(auc(walk)).toBeGreaterThan(auc(degree) + 0.1);
});

it("refuses a random split and years in the wrong order, with the reason", async () => {
  const refused = async (more: object) =>
    (await ask(api, operation("evaluate-discovery"), { ...SLICE, ...more })).errors[0];
  expect(await refused({ split: "RANDOM" })).toMatchObject({
    message: expect.stringContaining("a random split shows a ranker"),
    extensions: { code: "BAD_USER_INPUT" },
  });
  expect((await refused({ until: 1996 }))?.message).toContain("not after the cutoff");
  expect((await refused({ cutoff: 2020, until: 2021 }))?.message).toContain("nothing became known");
});
