/**
 * The explorer in a real Chromium: what users of the systems they have today complain of, and first-time tasks by
 * keyboard alone. Each complaint is named by the issue that made it.
 */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { writeDocuments } from "../../src/graph/write/write-documents.js";
import { ask, dataOf } from "../support/api-client.js";
import { CHROMIUM } from "../support/browser/chromium.js";
import { type Explorer, settled, startExplorer } from "../support/browser/explorer.js";
import { aDocument } from "../support/builders.js";

const FISH_OIL = "/entity/MESH:D005395";

let explorer: Explorer;
const open = (path: string, options = {}) => explorer.open(path, options);
const textOf = (page: Page, selector: string) => page.locator(selector).first().innerText();

/** Notes every graphics context that the page makes. What the browser runs is text. */
const COUNT_CONTEXTS = `
  globalThis.made = [];
  const original = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (...args) {
    const context = original.apply(this, args);
    if (String(args[0]).startsWith("webgl") && context !== null) made.push(context);
    return context;
  };`;
const visitOf = (path: string) =>
  `history.pushState({}, "", ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent("popstate"))`;

describe.skipIf(CHROMIUM === undefined)("the explorer", () => {
  beforeAll(async () => {
    explorer = await startExplorer();
    // The first question of all waits for discovery's copy of the graph, on a busy machine longer than one may take.
    const first = `{ explain(from: "MESH:D005395", to: "MESH:D011928") { linkingCount } }`;
    await vi.waitFor(async () => expect((await ask(explorer, first)).errors).toEqual([]), {
      timeout: 60_000,
      interval: 500,
    });
  }, 120_000);
  afterAll(() => explorer?.close());

  it("answers why fish oil might help, and how sure that is, in two keys from the start page", async () => {
    const page = await open("/");
    let interactions = 0;
    for (const key of ["ArrowDown", "Enter"]) {
      await page.keyboard.press(key);
      interactions++;
    }
    await settled(page);
    const answer = await textOf(page, ".answer");
    expect(answer).toMatch(/Why might fish oil be related to Raynaud's disease\?/);
    expect(answer).toMatch(/No paper in this graph relates the two directly/);
    expect(answer).toMatch(/How sure/);
    expect(await page.locator(".linking").count()).toBeGreaterThanOrEqual(8);
    expect(interactions).toBeLessThanOrEqual(4);
    await page.context().close();
  });

  it("says how often chance does as well, once that is worked out, or why it cannot be", async () => {
    const page = await open("/discover?from=MESH:D005395&to=MESH:D011928");
    await page.getByRole("columnheader", { name: "By chance" }).waitFor();
    expect(await page.locator(".chance").innerText()).toMatch(/in \d+ graphs with permuted links/);
    const values = await page.locator('section[aria-labelledby="metapaths"] td:last-child').allInnerTexts();
    expect(values.length).toBeGreaterThan(1);
    for (const value of values) expect(Number(value)).toBeGreaterThan(0);
    await page.goto(`${page.url()}&asOf=1985`);
    await page.getByText(/is known for the whole graph only/).waitFor();
    await page.context().close();
  });

  it("finds by near misses and goes there by keyboard", async () => {
    const page = await open("/");
    await page.keyboard.type("raynauds diseas");
    await page.locator('[role="option"]').first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await settled(page);
    expect(page.url()).toContain("/entity/MESH:D011928");
    await page.context().close();
  });

  it("shows with each relation its belief, papers, years and best sentence, both ends marked (opentargets#3021)", async () => {
    const page = await open(FISH_OIL);
    await page.locator(".relation-row").first().waitFor();
    const rows = page.locator(".relation-row");
    for (let index = 0; index < 5; index++) {
      const row = rows.nth(index);
      expect(await row.locator(".mark-first").count()).toBeGreaterThan(0);
      expect(await row.locator(".mark-second").count()).toBeGreaterThan(0);
      expect(await row.innerText()).toMatch(/\d papers?[\s\S]*(19|20)\d\d[\s\S]*PMID \d+/);
    }
    await page.context().close();
  });

  it("keeps filters over reload and back (monarch-app#1295, amigo#50), and off the next entity (opentargets#1633)", async () => {
    const page = await open(FISH_OIL);
    await page.locator(".choice", { hasText: "Negative correlation" }).click();
    await page.waitForURL(/types=NEGATIVE_CORRELATION/);
    await page.locator(".list-head h2", { hasText: "pass the filter" }).waitFor();
    const filtered = await textOf(page, ".list-head h2");
    const address = page.url();
    await page.reload();
    await page.locator(".list-head h2", { hasText: filtered }).waitFor();
    await page.locator(".relation-main .entity-link").first().click();
    await page.waitForURL((url) => !url.href.includes("D005395"));
    expect(page.url()).not.toContain("types=");
    await page.goBack();
    await page.locator(".relation-row").first().waitFor();
    expect(page.url()).toBe(address);
    expect(await textOf(page, ".list-head h2")).toBe(filtered);
    await page.context().close();
  });

  it("goes back to where one had scrolled", async () => {
    const page = await open(FISH_OIL, { viewport: { width: 1100, height: 500 } });
    await page.locator(".relation-row").first().waitFor();
    await page.evaluate("scrollTo(0, 700)");
    await page.waitForTimeout(300);
    await page.locator(".relation-open").nth(9).click();
    await page.locator(".evidence").first().waitFor();
    await page.goBack();
    await page.locator(".relation-row").first().waitFor();
    await expect
      .poll(() => page.evaluate<number>("Math.abs(scrollY - 700)"), { timeout: 5000 })
      .toBeLessThan(60);
    await page.context().close();
  });

  it("gives every table away whole, with the GraphQL that made it (opentargets#2752, hetionet#53)", async () => {
    const page = await open(FISH_OIL);
    await page.locator(".relation-row").first().waitFor();
    const total = Number(/\d+/.exec(await textOf(page, ".list-head h2"))?.[0]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "TSV" }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\n");
    expect(lines[0]).toMatch(/^# # variables: .*MESH:D005395/);
    expect(lines.some((line) => line.startsWith("# ") && line.includes("query WebEntityRelations"))).toBe(
      true,
    );
    const [header, ...rows] = lines.filter((line) => !line.startsWith("# "));
    expect(header?.split("\t")).toContain("best_sentence");
    expect(rows).toHaveLength(total);
    for (const row of rows) expect(row.split("\t")).toHaveLength(header?.split("\t").length ?? 0);
    await page.context().close();
  });

  it("spells identifiers alike, and says why an answer is empty (indra_cogex#160)", async () => {
    const page = await open("/entity/mesh:D005395");
    expect(await textOf(page, ".copy-code")).toContain("MESH:D005395");
    await page.goto(`${explorer.url}/entity/MESH:D000000`);
    await settled(page);
    expect(await textOf(page, ".notice")).toMatch(/nothing with the identifier MESH:D000000/);
    await page.goto(`${explorer.url}${FISH_OIL}?minPapers=999`);
    await page.getByText("No relation passes the filter.").waitFor();
    await page.context().close();
  });

  it("says who asserts each piece of evidence (dipper#787), and works the belief out", async () => {
    const page = await open(FISH_OIL);
    await page.locator(".relation-open").first().click();
    await page.locator(".evidence").first().waitFor();
    for (const facts of await page.locator(".evidence-facts").allInnerTexts()) {
      expect(facts).toMatch(/Asserted|Extracted|Curated|PubTator3/);
    }
    expect(await page.locator(".ladder tbody tr").count()).toBeGreaterThan(0);
    expect(await page.locator(".ladder .notice").count()).toBe(0);
    const shown = await textOf(page, ".relation-belief .belief-number");
    expect(await page.locator(".ladder .belief-number").last().innerText()).toBe(shown);
    await page.context().close();
  });

  it("asks everything as of a year, and takes the year along", async () => {
    const page = await open(`${FISH_OIL}?asOf=1980`);
    await page.locator(".relation-row").first().waitFor();
    const years = await page.locator(".relation-row .years").allInnerTexts();
    expect(years.every((text) => Number(text.slice(-4)) <= 1980)).toBe(true);
    await page.locator(".relation-open").first().click();
    await page.locator(".evidence").first().waitFor();
    expect(page.url()).toContain("asOf=1980");
    expect(await textOf(page, ".as-of-banner")).toContain("1980");
    await page.context().close();
  });

  it("asks search and entities as of the year too, from the year of the first paper on", async () => {
    const page = await open("/search?q=fish&asOf=1980");
    await page.locator(".search-row").first().waitFor();
    await page
      .locator(".search-row", { hasText: /\d+ relations?/ })
      .first()
      .waitFor();
    const { graphStats } = await dataOf(explorer, "{ graphStats { firstYear } }");
    const slider = page.locator(".year-control input");
    await expect
      .poll(() => slider.getAttribute("min"), { timeout: 10_000 })
      .toBe(String(graphStats["firstYear"]));
    await page.goto(`${explorer.url}/search?q=fish&asOf=1900`);
    await page.getByText("no paper by 1900").first().waitFor();
    await page.goto(`${explorer.url}${FISH_OIL}?asOf=1900`);
    await page.getByText(/No paper of this graph names MESH:D005395 by the end of 1900/).waitFor();
    await page.context().close();
  });

  it("shows what one source says alone, and keeps that over a reload", async () => {
    const page = await open(FISH_OIL);
    await page.locator(".relation-open").first().click();
    await page.locator(".evidence").first().waitFor();
    const choice = page.locator("main .choice").first();
    const source = /: (\S+)/.exec((await choice.textContent()) ?? "")?.[1] ?? "";
    await choice.click();
    await page.waitForURL(/sources=/);
    await page.reload();
    await page.locator(".evidence").first().waitFor();
    for (const facts of await page.locator(".evidence-facts").allTextContents()) {
      expect(facts).toContain(source);
    }
    await page.goto(`${explorer.url}${FISH_OIL}?source=nobody`);
    await page.getByText("No relation passes the filter.").waitFor();
    // The names of corpora can be chosen.
    const document = aDocument({ pmid: "79000001", corpus: "Named" });
    await writeDocuments(explorer.database, [{ document, evidence: [] }]);
    await page.reload();
    await page.locator('#source-names option[value="Named"]').waitFor({ state: "attached" });
    await page.context().close();
  });

  it("keeps its head in one row on every screen that is wide enough for two columns", async () => {
    for (const width of [1100, 1180, 1280]) {
      const page = await open(FISH_OIL, { viewport: { width, height: 800 } });
      expect((await page.locator(".top").boundingBox())?.height, `${width} px`).toBeLessThan(70);
      await page.context().close();
    }
  });

  it("leaves no graphics context behind after 20 visits of the picture (react-sigma#81)", async () => {
    const page = await open("/");
    await page.evaluate(COUNT_CONTEXTS);
    for (let visit = 0; visit < 20; visit++) {
      await page.evaluate(visitOf("/graph?of=MESH:D005395"));
      await page.locator(".canvas canvas").first().waitFor({ state: "attached" });
      await page.evaluate(visitOf("/help"));
      await page.locator(".keys").waitFor();
    }
    const all = await page.evaluate<number>("made.length");
    const alive = await page.evaluate<number>("made.filter((context) => !context.isContextLost()).length");
    expect(all).toBeGreaterThanOrEqual(20);
    expect(alive).toBe(0);
    await page.context().close();
  });

  it("opens neighbours from the picture's table, and keeps them in the address", async () => {
    const page = await open("/graph?of=MESH:D005395");
    await page.locator(".table-scroll tbody tr").first().waitFor();
    const before = await page.locator(".table-scroll tbody tr").count();
    await page.locator(".table-scroll tbody button").first().click();
    await page.waitForURL(/open=/);
    await expect
      .poll(() => page.locator(".table-scroll tbody tr").count(), { timeout: 10_000 })
      .toBeGreaterThan(before);
    await page.context().close();
  });

  it("says what to do where the server is away, and goes on by itself", async () => {
    const page = await open("/");
    await page.route("**/graphql", (route) => route.abort());
    await page.keyboard.type("fish oil");
    await page.keyboard.press("Enter");
    await page.getByText("No connection to the server.").waitFor();
    await page.unroute("**/graphql");
    await page.locator(".search-row").first().waitFor({ timeout: 15_000 });
    await page.context().close();
  });

  it("says what to do where an extraction fails", async () => {
    const page = await open("/extract");
    await page.keyboard.insertText("Fish oil lowers blood viscosity.");
    await page.keyboard.press("Control+Enter");
    await page.locator(".notice-bad").waitFor();
    expect(await textOf(page, ".notice-bad")).toMatch(/Ask again/);
    await page.context().close();
  });
});
