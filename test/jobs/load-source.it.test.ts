/** PubMed's update files into a real graph: twice, in parts, broken off and out of order, it is the graph of the last versions. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildRecognizer } from "../../ingest/lexicon/recognizer.js";
import { annotatedItems } from "../../ingest/sources/pubmed/annotated-items.js";
import { pubMedSource } from "../../ingest/sources/pubmed/pubmed-source.js";
import { BioWeftError } from "../../src/core/errors.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import type { SourceItem } from "../../src/core/sources/source-item.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { loadSource } from "../../src/jobs/load-source.js";
import { writeSyntheticBaseline } from "../../src/lab/benches/pubmed-bench/synthetic-baseline.js";
import { loadReleasedModel } from "../../src/model/released-model.js";
import { runBioweft } from "../support/command.js";
import { graphDump, testAddress, testDatabase, wipe } from "../support/database.js";
import { writeTinyModel } from "../support/tiny/tiny-model.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-load-"));
const RECORDS = 80;
const recognizer = buildRecognizer([
  { curie: "MESH:C900001", type: "Chemical", name: "Quenolide", synonyms: ["Zorbamide"] },
  { curie: "NCBIGene:900", type: "Gene", name: "TNFX", synonyms: ["IRX7"] },
]);
const made = writeSyntheticBaseline(folder, { files: 1, recordsPerFile: RECORDS, updates: 3 });
const [baseline = "", ...updates] = made.files;
let database: Database;
let classifier: RelationClassifier;
let model: string;
let undisturbed: string[];

beforeAll(async () => {
  database = await testDatabase();
  model = await writeTinyModel("tiny@1", 0.5);
  classifier = await loadReleasedModel(model);
  undisturbed = await graphOf(async () => {
    await apply({ baseline, updates });
  });
});
beforeEach(() => wipe(database));
afterAll(async () => {
  await classifier.dispose();
  await database.close();
  for (const each of [folder, model]) rmSync(each, { recursive: true, force: true });
});

/** The graph that the work makes of an empty one. */
async function graphOf(work: () => Promise<void>): Promise<string[]> {
  await wipe(database);
  await work();
  return graphDump(database);
}

/** Applies files, in a folder of their own; `stopAfter` so many items it fails. */
async function apply(
  files: { baseline?: string; updates?: readonly string[] },
  stopAfter = Number.POSITIVE_INFINITY,
) {
  const parts = mkdtempSync(join(folder, "part-"));
  const updatesFolder = join(parts, "updates");
  mkdirSync(updatesFolder);
  for (const file of files.updates ?? []) {
    for (const name of [file, `${file}.md5`])
      writeFileSync(join(updatesFolder, basename(name)), readFileSync(name));
  }
  const source = pubMedSource({
    ...(files.baseline === undefined ? {} : { baseline: files.baseline }),
    ...(files.updates === undefined ? {} : { updates: updatesFolder }),
  });
  const state = {
    reading: {},
    signal: new AbortController().signal,
    showProgress: () => ({ update() {}, stop() {} }),
  };
  await source.check(state);
  const items = annotatedItems(source.items(state), { recognizer, onAnnotated() {} }, {}, state.signal);
  const counts = await loadSource({
    items: broken(items, stopAfter),
    database,
    classifier,
    gold: true,
    groupSize: 10,
    deletedFrom: ["PubMed", null],
  });
  return { counts, read: source.counts?.() ?? {} };
}

async function* broken(items: AsyncIterable<SourceItem>, after: number): AsyncGenerator<SourceItem> {
  let given = 0;
  for await (const item of items) {
    if (given === after) throw new BioWeftError("INTERNAL", "power failure");
    given += 1;
    yield item;
  }
}

describe("update files", () => {
  it("leave the last version of every paper, and none that was deleted", async () => {
    const { counts, read } = await apply({ baseline, updates });
    expect(counts).toMatchObject({ documents: made.papers.size, olderPassedBy: 0 });
    expect(read).toMatchObject({ records: made.records, deletions: made.deleted.length });
    expect(counts.modelEvidence).toBeGreaterThan(0);
    const stored = await database.runText(
      "MATCH (p:Publication) RETURN p.pmid AS pmid, p.retracted AS retracted",
    );
    expect(stored.map(({ pmid }) => pmid).sort()).toEqual([...made.papers.keys()].sort());
    expect(stored.filter(({ retracted }) => retracted === true).length).toBeGreaterThan(0);
  });

  it("applied twice change nothing, and are read by the model once", async () => {
    const graph = await graphOf(async () => {
      await apply({ baseline, updates });
      const { counts } = await apply({ baseline, updates });
      expect(counts.alreadyExtracted).toBe(counts.documents);
    });
    expect(graph).toEqual(undisturbed);
  });

  it.each([
    ["in parts", [[0], [1], [2]]],
    ["in two halves", [[0, 1], [2]]],
    ["out of order", [[2], [0], [1]]],
    ["the first again behind the last", [[0, 1, 2], [0]]],
  ])("%s make the same graph", async (_, parts) => {
    const graph = await graphOf(async () => {
      await apply({ baseline });
      for (const part of parts) await apply({ updates: part.map((index) => updates[index] ?? "") });
    });
    expect(graph).toEqual(undisturbed);
  });

  it("with the baseline once more behind them make the same graph", async () => {
    const graph = await graphOf(async () => {
      await apply({ baseline, updates });
      const { counts } = await apply({ baseline });
      expect(counts.olderPassedBy).toBeGreaterThan(0);
    });
    expect(graph).toEqual(undisturbed);
  });

  it("that broke off and are applied again make the same graph", async () => {
    for (const after of [1, 25, 50]) {
      const graph = await graphOf(async () => {
        await expect(apply({ baseline, updates }, after)).rejects.toThrow("power failure");
        await apply({ baseline, updates });
      });
      expect(graph).toEqual(undisturbed);
    }
  });
});

describe("bioweft ingest pubmed", () => {
  const settings = () => {
    const { uri, user, password } = testAddress();
    return { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password, BIOWEFT_HOME: join(folder, "home") };
  };

  it("loads files and says what came of every record", async () => {
    const args = ["ingest", "pubmed", "--baseline", baseline, "--no-names", "--json"];
    const { stdout } = await runBioweft(args, settings());
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ documents: RECORDS, rejected: 0, deleted: 0 });
    expect(told.read).toMatchObject({
      records: RECORDS + 2,
      superseded: 2,
      retracted: 2,
      book: 2,
      "foreign-abstract": 2,
    });
  });

  it.each([
    [
      "a file whose md5 differs",
      (xml: Buffer) => gzipSync(Buffer.concat([gunzipSync(xml), Buffer.from(" ")])),
      true,
      /md5 is .*copy both again/,
    ],
    [
      "a record that is broken",
      (xml: Buffer) => gzipSync(gunzipSync(xml).toString().replace("</ArticleTitle>", "</Title>")),
      false,
      /:\d+, PMID 991\d+: no well-formed PubMed XML/,
    ],
    [
      "a file that is cut",
      (xml: Buffer) => xml.subarray(0, xml.length / 2),
      false,
      /gzip that is broken or was cut/,
    ],
  ])("tells of %s before it opens the database", async (_, breaking, withMd5, reason) => {
    const broken = mkdtempSync(join(folder, "broken-"));
    const file = join(broken, basename(baseline));
    writeFileSync(file, breaking(readFileSync(baseline)));
    if (withMd5) writeFileSync(`${file}.md5`, readFileSync(`${baseline}.md5`));
    const nowhere = { ...settings(), NEO4J_URI: "bolt://127.0.0.1:1" };
    const { code, stderr } = await runBioweft(["ingest", "pubmed", "--baseline", broken], nowhere);
    expect(code).toBe(1);
    expect(stderr).toMatch(reason);
  });
});
