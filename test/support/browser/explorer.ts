/**
 * The explorer over the sample literature, as a reader has it after `npm start` (annotators' relations alone, so that
 * no model has to be loaded), and pages of it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import type { ApiServer } from "../../../src/api/server/server.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import type { Document } from "../../../src/core/document.js";
import { goldEvidence } from "../../../src/core/evidence.js";
import type { ExtractionService } from "../../../src/core/extraction-job.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { type DocumentWrite, writeDocuments } from "../../../src/graph/write/write-documents.js";
import { startApi } from "../api-client.js";
import { testDatabase, wipe } from "../database.js";
import { idleJobs } from "../idle-jobs.js";
import { readBy } from "../synthetic-literature.js";
import { startChromium } from "./chromium.js";

const SAMPLES = ["fish-oil-raynaud", "magnesium-migraine", "modern-topics"];

/** A running explorer. */
export interface Explorer {
  readonly url: string;
  readonly database: Database;
  /** A page of a new context (no memory of the last). */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Loads the samples, by what annotators say of them or by what a model does; starts the server and the browser. */
export async function startExplorer(
  from: "annotators" | "model" = "annotators",
  jobsOf: (database: Database) => Promise<ExtractionService> = async () => idleJobs(),
): Promise<Explorer> {
  const database: Database = await testDatabase();
  await wipe(database);
  const documents: Document[] = [];
  for (const sample of SAMPLES) {
    const file = join(PACKAGE_ROOT, "samples", `${sample}.pubtator`);
    for await (const document of readDocuments(file)) documents.push(document);
  }
  const gold = documents.map((document) => ({ document, evidence: goldEvidence(document) }));
  await writeDocuments(database, from === "annotators" ? gold : gold.map(asRead));
  const folder = await mkdtemp(join(tmpdir(), "bioweft-explorer-"));
  const graph = join(folder, "graph.adjacency");
  const api: ApiServer = await startApi(database, await jobsOf(database), {}, undefined, graph);
  const browser: Browser = await startChromium();
  return {
    url: api.url,
    database,
    open: async (path, options = {}) => {
      const context = await browser.newContext({ acceptDownloads: true, ...options });
      const page = await context.newPage();
      await page.goto(`${api.url}${path}`);
      await settled(page);
      return page;
    },
    close: async () => {
      await browser.close();
      await api.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** The same as a model reads it, surer of some documents than of others. */
function asRead(write: DocumentWrite, index: number): DocumentWrite {
  const read = readBy("model@1", write, 0.5 + (index % 5) / 10);
  return { ...read, evidence: read.evidence.filter(({ sourceKind }) => sourceKind === "model") };
}

/** Waits until nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.locator("main h1, main .notice").first().waitFor();
}
