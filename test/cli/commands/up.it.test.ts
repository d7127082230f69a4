/** `bioweft up` from an empty data folder to a clean end, as a process with a database of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { embeddedAddress } from "../../../src/graph/embedded/embedded-address.js";
import { openDatabase } from "../../../src/graph/neo4j/database.js";
import { aDocument } from "../../support/builders.js";
import { type Running, runBioweft, startBioweft } from "../../support/command.js";
import { type Pubtator3Server, startPubtator3Server } from "../../support/servers/pubtator3-server.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";
import { writeTinyOfficial } from "../../support/tiny/tiny-official.js";

const DISCOVER = `{ discover(from: "MESH:D005395", targetType: DISEASE, first: 5) { candidates {
  entity { curie } linking { entity { name }
    fromRelations { evidence(first: 1) { edges { node { sentence } } } }
    toRelations { evidence(first: 1) { edges { node { sentence } } } } } } } }`;
let home: string;
let model: string;
let pubtator3: Pubtator3Server;
let settings: Record<string, string>;
let up: Running;
let url: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "bioweft-up-"));
  // Relates few pairs: what this test asks of the graph is in the samples' own relations.
  model = await writeTinyModel("tiny@1", 0.9);
  pubtator3 = await startPubtator3Server({ documents: [aDocument({ pmid: "90010001" })] });
  settings = { BIOWEFT_HOME: home, BIOWEFT_MODEL: model, BIOWEFT_PUBTATOR3: pubtator3.url, PORT: "0" };
});
afterAll(async () => {
  up?.child.kill("SIGKILL");
  await pubtator3.close();
  for (const each of [home, model]) rmSync(each, { recursive: true, force: true });
});

/** Starts and waits until it says where it is. */
async function start(...args: string[]): Promise<{ running: Running; address: string }> {
  const running = startBioweft(args, settings);
  let printed = "";
  const address = await new Promise<string>((resolve, reject) => {
    running.child.stdout?.on("data", (text: string) => {
      printed += text;
      const found = /ready: {2}(\S+)\/graphql/.exec(printed)?.[1];
      if (found !== undefined) resolve(found);
    });
    void running.ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { running, address };
}

async function ask(query: string) {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return JSON.parse(await answer.text());
}

async function health() {
  return JSON.parse(await (await fetch(`${url}/health`)).text());
}

test("an empty data folder is filled with the samples, which lead from fish oil to Raynaud's disease", async () => {
  ({ running: up, address: url } = await start("up"));
  expect(await health()).toMatchObject({ status: "ready", model: { id: "tiny@1" } });
  const { data } = await ask(DISCOVER);
  const raynaud = data.discover.candidates.find(
    (candidate: { entity: { curie: string } }) => candidate.entity.curie === "MESH:D011928",
  );
  expect(raynaud.linking.length).toBeGreaterThan(2);
  for (const { fromRelations, toRelations } of raynaud.linking) {
    for (const { evidence } of [...fromRelations, ...toRelations]) {
      expect(evidence.edges[0].node.sentence).not.toBe("");
    }
  }
});

test("a second start on the same data folder says so and stops", async () => {
  const { code, stderr } = await runBioweft(["up"], settings);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: .*already runs BioWeft on this data folder/m);
});

test("a port in use is named before anything starts", async () => {
  const { code, stderr } = await runBioweft(["up"], { ...settings, PORT: new URL(url).port });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^error: .*set PORT to a free port, HOST to an address of this machine\n$/);
});

test("ingest uses the running database, from files and from PubTator3", async () => {
  const before = (await health()).graph.publications;
  const file = join(home, "mine.pubtator");
  writeFileSync(file, toPubTator(aDocument({ pmid: "90010009" })));
  const files = await runBioweft(["ingest", "file", file, "--json"], settings);
  expect(JSON.parse(files.stdout)).toMatchObject({ documents: 1, goldEvidence: 2, modelEvidence: 0 });
  const pmids = await runBioweft(["ingest", "pmid", "90010001", "90019999", "--json"], settings);
  expect(JSON.parse(pmids.stdout)).toMatchObject({ documents: 1, rejected: 1, model: "tiny@1" });
  expect(pmids.stderr).toContain("PMID 90019999: PubTator3 does not know this publication");
  expect((await health()).graph.publications).toBe(before + 2);
});

test("doctor sees the running database and the model", async () => {
  const { code, stdout } = await runBioweft(["doctor", "--json"], settings);
  const { ok, findings } = JSON.parse(stdout);
  expect({ code, ok }).toEqual({ code: 0, ok: true });
  const found = Object.fromEntries(
    findings.map((one: { name: string; found: string }) => [one.name, one.found]),
  );
  expect(found["embedded server"]).toContain("runs at bolt://");
  expect(found["model"]).toBe("tiny@1 on onnx");
});

test("serve answers on the running database with another model, an official checkpoint", async () => {
  const official = await writeTinyOfficial();
  const { running, address } = await start("serve", "--model", official);
  const answer = await fetch(`${address}/health`);
  expect(await answer.json()).toMatchObject({ status: "ready", model: { id: "tiny_biorex" } });
  running.child.kill("SIGTERM");
  expect((await running.ended).code).toBe(0);
  rmSync(dirname(official), { recursive: true });
});

test("Ctrl-C ends it within two seconds, the database soon after; the next start keeps the graph", async () => {
  const { graph } = await health();
  const server = embeddedAddress(home);
  const began = performance.now();
  up.child.kill("SIGINT");
  expect((await up.ended).code).toBe(0);
  expect(performance.now() - began).toBeLessThan(2_000);
  if (server === undefined) throw new Error("no address of the embedded server");
  await expect(openDatabase(server)).rejects.toMatchObject({ code: "DATABASE" });
  // The database may still be stopping, which the next start waits for.
  ({ running: up, address: url } = await start("up"));
  expect((await health()).graph).toEqual(graph);
  up.child.kill("SIGTERM");
  const { code, stderr } = await up.ended;
  expect(code).toBe(0);
  expect(stderr).not.toContain("loading the sample literature");
  const log = () => readFileSync(join(home, "neo4j", "logs", "neo4j.log"), "utf8").trimEnd();
  await expect.poll(log, { timeout: 20_000 }).toMatch(/Stopped\.$/);
});
