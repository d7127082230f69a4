/**
 * Extraction in a real Chromium with the released model: from a pasted text to an accepted relation by keyboard in at most
 * six interactions; what a text and a paper would add before anything is written; verdicts, undoing, writing a paper.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pubTator3Client } from "../../ingest/sources/pubtator3/client.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import type { ExtractionService } from "../../src/core/extraction-job.js";
import type { RelationClassifier } from "../../src/core/prediction.js";
import { createExtractionService } from "../../src/jobs/live.js";
import { dataOf } from "../support/api-client.js";
import { axeFaults } from "../support/browser/axe.js";
import { CHROMIUM } from "../support/browser/chromium.js";
import { type Explorer, settled, startExplorer } from "../support/browser/explorer.js";
import { aDocument } from "../support/builders.js";
import { loadPacedClassifier } from "../support/paced-classifier.js";
import { type Pubtator3Server, startPubtator3Server } from "../support/servers/pubtator3-server.js";

const PICTURES = join(PACKAGE_ROOT, "coverage", "explorer");
const TEXT = [
  "Fish oil lowers interleukin-6 in gout",
  "We gave fish oil to forty patients with gout. Fish oil reduced IL6, and gout attacks became rare. High IL6 worsened gout.",
].join("\n");
const PMID = "90020001";
const PAPER = aDocument({
  pmid: PMID,
  title: "Fish oil lowers IL6 in gout",
  abstract: "We gave fish oil to many. It was well borne, and IL6 fell.",
  mentions: [
    { text: "Fish oil", type: "Chemical", ids: ["D005395"] },
    { text: "IL6", type: "Gene", ids: ["3569"] },
    { text: "gout", type: "Disease", ids: ["D006073"] },
  ],
});

let explorer: Explorer;
let source: Pubtator3Server;
let classifier: RelationClassifier;
let jobs: ExtractionService;
const counts = async () =>
  (await dataOf(explorer, "{ graphStats { publications relations evidence } }")).graphStats;
const row = (page: Page) => page.locator(".found-row").first();

describe.skipIf(CHROMIUM === undefined)("extraction", () => {
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    source = await startPubtator3Server({ documents: [PAPER] });
    classifier = await loadPacedClassifier(async () => {});
    explorer = await startExplorer("annotators", async (database) => {
      const client = pubTator3Client({
        ...{
          baseUrl: source.url,
          requestsPerSecond: 200,
          retries: 1,
          retryDelayMillis: 5,
          timeoutMillis: 500,
        },
      });
      jobs = await createExtractionService({ source: client, classifier, database });
      return jobs;
    });
  });
  afterAll(async () => {
    // The jobs hand back what they hold, so the database goes after them.
    await jobs?.close();
    await explorer?.close();
    await classifier?.dispose();
    await source?.close();
  });

  it("comes from a pasted text to an accepted relation in six interactions at most, by keyboard", async () => {
    const page = await explorer.open("/extract");
    const before = await counts();
    let interactions = 0;
    const act = async (work: () => Promise<void>) => {
      await work();
      interactions++;
    };
    await page.locator("textarea:focus").waitFor();
    await act(() => page.keyboard.insertText(TEXT));
    await act(() => page.keyboard.press("Control+Enter"));
    // The first text of all waits for the recogniser and the model.
    await row(page).waitFor({ timeout: 90_000 });
    await expect
      .poll(() => page.evaluate<string>("document.activeElement.textContent"), { timeout: 20_000 })
      .toMatch(/Accept/);
    expect(await counts()).toEqual(before);
    await page.screenshot({ path: join(PICTURES, "extract-text-light.png"), fullPage: true });
    await act(() => page.keyboard.press("a"));
    await page.getByText("Say who you are first").waitFor();
    await act(() => page.keyboard.type("ada"));
    await act(() => page.keyboard.press("Enter"));
    await row(page).getByText("It is in the graph.").waitFor();
    expect(interactions).toBeLessThanOrEqual(6);
    expect(await row(page).textContent()).toMatch(/accepted/);
    const after = await counts();
    expect(Number(after["publications"]) - Number(before["publications"])).toBe(1);
    // The model's row and the curator's.
    expect(Number(after["evidence"]) - Number(before["evidence"])).toBe(2);
    expect(await axeFaults(page)).toEqual([]);
    await row(page)
      .getByRole("link", { name: /^belief/ })
      .click();
    await page.locator(".evidence", { hasText: "Curated" }).first().waitFor();
    expect(await page.locator(".evidence", { hasText: "ada" }).first().textContent()).toMatch(/a text/);
    await page.context().close();
  });

  it("rejects without writing, fixes with what it says instead, and takes back", async () => {
    const page = await explorer.open("/extract");
    await page.evaluate(`localStorage.setItem("bioweft.curator", "ada")`);
    await page.reload();
    await page.locator("textarea:focus").waitFor();
    await page.keyboard.insertText(`${TEXT} Twice.`);
    await page.keyboard.press("Control+Enter");
    await row(page).locator("button:enabled", { hasText: "Accept" }).waitFor();
    const before = await counts();
    await row(page)
      .getByRole("button", { name: /^Reject/ })
      .press("r");
    await row(page).getByText("It is not written.").waitFor();
    expect(await counts()).toEqual(before);
    await page.keyboard.press("u");
    await row(page).getByRole("button", { name: /^Fix/ }).press("f");
    const typed = (await row(page).locator(".badge").first().textContent()) ?? "";
    await page.keyboard.press(/Association/.test(typed) ? "1" : "3");
    await page.keyboard.press("Enter");
    await row(page).getByText("It is in the graph.").waitFor();
    expect(await row(page).textContent()).toMatch(/fixed/);
    await page.goto(`${explorer.url}/curate/trail?curator=ada&held=yes`);
    await page.locator(".judgement", { hasText: "fixed" }).waitFor();
    await page.context().close();
  });

  it("shows what a paper would add before it is written, restores that, and writes it when asked to", async () => {
    const page = await explorer.open("/extract");
    const before = await counts();
    await page.keyboard.insertText(PMID);
    await page.keyboard.press("Control+Enter");
    await row(page).waitFor();
    expect(page.url()).toContain(`pmids=${PMID}`);
    expect(await row(page).textContent()).toMatch(/new to the graph|known|contradicts/);
    expect(await counts()).toEqual(before);
    const found = await page.locator(".found-row").count();
    await page.reload();
    await row(page).waitFor();
    expect(await page.locator(".found-row").count()).toBe(found);
    await page.screenshot({ path: join(PICTURES, "extract-paper-light.png"), fullPage: true });
    await page.getByRole("button", { name: "Write all of it" }).click();
    await page.getByText(/relations? written/).waitFor();
    expect(Number((await counts())["evidence"])).toBe(Number(before["evidence"]) + found);
    await page.goto(`${explorer.url}/extract?pmids=${PMID}`);
    await settled(page);
    await page.getByText("the graph has it from this paper").first().waitFor();
    await page.context().close();
  });

  it("says what to do with a PMID that is unknown, and with one that is none", async () => {
    const page = await explorer.open("/extract?pmids=99999999");
    await page.locator(".notice-bad").waitFor();
    expect(await page.locator(".notice-bad").textContent()).toMatch(/no publication with PMID 99999999/);
    await page.context().close();
  });
});
