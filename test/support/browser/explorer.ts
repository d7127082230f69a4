/**
 * The explorer over the sample literature, as a reader has it after `npm start` (annotators' relations alone, so that
 * no model has to be loaded), and pages of it.
 */
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { readDocuments } from "../../../ingest/formats/read-documents.js";
import type { ApiServer } from "../../../src/api/server/server.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import type { Document } from "../../../src/core/document.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { startApi, writeGold } from "../api-client.js";
import { testDatabase, wipe } from "../database.js";
import { idleJobs } from "../idle-jobs.js";
import { startChromium } from "./chromium.js";

const SAMPLES = ["fish-oil-raynaud", "magnesium-migraine", "modern-topics"];

/** A running explorer. */
export interface Explorer {
  readonly url: string;
  /** A page of a new context (no memory of the last). */
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Loads the samples, starts the server and the browser. */
export async function startExplorer(): Promise<Explorer> {
  const database: Database = await testDatabase();
  await wipe(database);
  const documents: Document[] = [];
  for (const sample of SAMPLES) {
    const file = join(PACKAGE_ROOT, "samples", `${sample}.pubtator`);
    for await (const document of readDocuments(file)) documents.push(document);
  }
  await writeGold(database, documents);
  const api: ApiServer = await startApi(database, idleJobs());
  const browser: Browser = await startChromium();
  return {
    url: api.url,
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
    },
  };
}

/** Waits until nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("networkidle");
  await page.locator("main h1, main .notice").first().waitFor();
}
