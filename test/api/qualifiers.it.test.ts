/**
 * Direction and novelty from annotated papers through the graph to the API, alone and together, and nothing where
 * nobody says them.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ApiServer } from "../../src/api/server/server.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { dataOf, startApi, writeGold } from "../support/api-client.js";
import { aDocument } from "../support/builders.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";

const [ASPIRIN, IL6] = ["MESH:D001241", "NCBIGene:3569"];
const FIELDS = `type direction { subject { curie } confidence papers }
  evidence { nodes { pmid subject { curie } subjectProbability novelty { novel probability } } }`;
const NOW = `{ relations(filter: { entity: "${ASPIRIN}" }) { nodes { ${FIELDS} } } }`;
const THEN = `query ($asOf: Int) { paths(from: "${ASPIRIN}", to: "${IL6}", asOf: $asOf) {
  paths { hops { relations { ${FIELDS} } } } } }`;

const paper = (pmid: string, year: number, more: { directedFrom?: string; novel?: boolean }) =>
  aDocument({
    pmid,
    year,
    corpus: "fixture",
    title: "Aspirin lowers IL6",
    abstract: null,
    mentions: [
      { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
      { text: "IL6", type: "Gene", ids: ["3569"] },
    ],
    relations: [{ subject: IL6, object: ASPIRIN, type: "Negative_Correlation", ...more }],
  });
const PAPERS = [
  paper("84000001", 2001, {}),
  paper("84000002", 2002, { directedFrom: ASPIRIN, novel: true }),
  paper("84000003", 2003, { directedFrom: ASPIRIN, novel: false }),
  paper("84000004", 2004, { directedFrom: IL6 }),
];

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, PAPERS);
  api = await startApi(database, idleJobs());
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

const relation = async () => (await dataOf(api, NOW, {})).relations.nodes[0];
const relationAsOf = async (asOf: number) =>
  (await dataOf(api, THEN, { asOf })).paths.paths[0].hops[0].relations[0];

it("each paper's word is shown, and null where it says nothing", async () => {
  const nodes = [...(await relation()).evidence.nodes];
  const said = (probability: number | null, curie: string | null, novelty: object | null) => ({
    subject: curie === null ? null : { curie },
    subjectProbability: probability,
    novelty,
  });
  expect(nodes.sort((a, b) => (String(a["pmid"]) < String(b["pmid"]) ? -1 : 1))).toEqual([
    { pmid: "84000001", ...said(null, null, null) },
    { pmid: "84000002", ...said(1, ASPIRIN, { novel: true, probability: 1 }) },
    { pmid: "84000003", ...said(1, ASPIRIN, { novel: false, probability: 1 }) },
    { pmid: "84000004", ...said(1, IL6, null) },
  ]);
});

it("the papers together say who acts, as of a year those of until then, and nothing where none does", async () => {
  const confidence = expect.closeTo(2 / 3, 5);
  expect(await relation()).toMatchObject({
    direction: { subject: { curie: ASPIRIN }, confidence, papers: 2 },
  });
  expect(await relationAsOf(2003)).toMatchObject({
    direction: { subject: { curie: ASPIRIN }, confidence: 1, papers: 2 },
  });
  expect(await relationAsOf(2001)).toMatchObject({ direction: null });
});
