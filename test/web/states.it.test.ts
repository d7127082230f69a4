/**
 * What every view does when it is left and come back to, while it waits, where it fails, where there is nothing, on paper,
 * and as files.
 */
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM } from "../support/browser/chromium.js";
import { type Explorer, settled, startExplorer } from "../support/browser/explorer.js";

const FISH_OIL = "/entity/MESH:D005395";
const VIEWS = {
  search: "/search?q=fish&types=CHEMICAL",
  entity: `${FISH_OIL}?types=NEGATIVE_CORRELATION&asOf=1985`,
  publication: "/publication/90000001",
  closed: "/discover?from=MESH:D005395&to=MESH:D011928&minBelief=0.5",
  open: "/discover?from=MESH:D005395&target=DISEASE&asOf=1985",
  paths: "/paths?from=MESH:D005395&to=MESH:D011928&hops=2",
  graph: "/graph?of=MESH:D005395&open=MESH:D011928",
  extract: "/extract",
  trail: "/curate/trail?held=yes",
  help: "/help",
};

let explorer: Explorer;
/** What is to be read of the view, once it has come to rest. */
const read = async (page: Page): Promise<string> => {
  await settled(page);
  await page.waitForFunction(`document.querySelector("main .asking") === null`);
  return ((await page.locator("main").textContent()) ?? "").replaceAll(/\s+/g, " ");
};
const download = async (page: Page, name: string): Promise<Buffer> => {
  const button = page.getByRole("button", { name, exact: true }).first();
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return readFileSync(await file.path());
};

describe.skipIf(CHROMIUM === undefined)("every view", () => {
  beforeAll(async () => {
    explorer = await startExplorer();
  });
  afterAll(() => explorer?.close());

  it.each(Object.entries(VIEWS))(
    "%s is the same after a reload, and after going on and back",
    async (_, path) => {
      const page = await explorer.open(path);
      const before = await read(page);
      const address = page.url();
      await page.reload();
      expect(await read(page)).toBe(before);
      await page.getByRole("link", { name: "BioWeft, start page" }).click();
      await page.locator(".hero").waitFor();
      await page.goBack();
      await page.waitForURL(address);
      await page.waitForFunction(`document.querySelector(".hero") === null`);
      expect(await read(page)).toBe(before);
      await page.context().close();
    },
  );

  it("says that it waits, and what failed, and asks again when told to", async () => {
    const page = await explorer.open("/help");
    let answer: "wait" | "fail" | "go" = "wait";
    await page.route("**/graphql", async (route) => {
      while (answer === "wait") await new Promise((resolve) => setTimeout(resolve, 50));
      if (answer === "go") return route.continue();
      const error = {
        message: "The graph is being mended; ask again soon.",
        extensions: { code: "DATABASE" },
      };
      return route.fulfill({ status: 200, json: { errors: [error] } });
    });
    await page.goto(`${explorer.url}${FISH_OIL}`);
    await page.getByText("Loading the entity …").waitFor({ state: "attached" });
    answer = "fail";
    await page.getByText("The graph is being mended").first().waitFor();
    expect(await page.locator(".notice-bad").first().textContent()).toContain("DATABASE");
    answer = "go";
    await page.getByRole("button", { name: "Ask again" }).first().click();
    await page.locator(".relation-row").first().waitFor();
    await page.context().close();
  });

  it.each([
    ["/search?q=zzqqxxy", /Nothing in this graph is called “zzqqxxy”/],
    ["/publication/1", /no paper with the PMID 1/],
    ["/relation/nothing", /not in the graph|did not work/],
    ["/graph", /Nothing is drawn yet/],
    ["/curate", /Nothing waits to be judged/],
    ["/curate/trail", /Nobody has judged anything yet/],
    ["/paths?from=MESH:D005395&to=MESH:D011928&hops=1", /no way from one to the other/],
  ])("%s says what is not there, and what to do", async (path, words) => {
    const page = await explorer.open("/");
    await page.goto(`${explorer.url}${path}`);
    await page.getByText(words).first().waitFor();
    await page.context().close();
  });

  it("prints the answer without what only a screen can use", async () => {
    const page = await explorer.open(FISH_OIL);
    await page.locator(".relation-row").first().waitFor();
    await page.emulateMedia({ media: "print" });
    for (const part of [".top", ".foot", ".tools", ".side"]) {
      expect(await page.locator(part).first().isVisible(), part).toBe(false);
    }
    expect(await page.locator("h1").isVisible()).toBe(true);
    expect(await page.locator(".relation-row").first().isVisible()).toBe(true);
    expect((await page.pdf()).subarray(0, 5).toString()).toBe("%PDF-");
    await page.context().close();
  });

  it("gives the papers behind what is shown as RIS and BibTeX (opentargets#3021)", async () => {
    const page = await explorer.open(FISH_OIL);
    await page.locator(".relation-open").first().click();
    await page.locator(".evidence").first().waitFor();
    const pmids = new Set(
      (await page.locator(".evidence-facts").allTextContents()).map((text) => /PMID (\d+)/.exec(text)?.[1]),
    );
    const ris = (await download(page, "RIS")).toString();
    expect(ris.match(/^TY {2}- JOUR/gm)).toHaveLength(pmids.size);
    expect(ris.match(/^ER {2}- /gm)).toHaveLength(pmids.size);
    const bibtex = (await download(page, "BibTeX")).toString();
    for (const pmid of pmids) expect(bibtex).toContain(`@article{pmid${pmid},`);
    await page.context().close();
  });

  it("gives the picture as PNG and as SVG", async () => {
    const page = await explorer.open("/graph?of=MESH:D005395");
    await page.getByRole("button", { name: "PNG" }).waitFor();
    const png = await download(page, "PNG");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(300);
    const svg = (await download(page, "SVG")).toString();
    expect(svg).toMatch(/^<svg|^<\?xml/);
    expect(svg).toMatch(/fish oil/i);
    await page.context().close();
  });

  it("gives scores of all candidates by every ranker as a file (hetionet#53)", async () => {
    const page = await explorer.open("/discover?from=MESH:D005395&target=DISEASE");
    await page.locator(".candidates tbody tr").first().waitFor();
    const lines = (await download(page, "TSV")).toString().trimEnd().split("\n");
    const [header = "", ...rows] = lines.filter((line) => !line.startsWith("# "));
    expect(header).toMatch(/degree/i);
    expect(rows.length).toBe(await page.locator(".candidates tbody tr").count());
    await page.context().close();
  });

  it("shows no evidence that is of something else (biolink-api#376)", async () => {
    const page = await explorer.open(FISH_OIL);
    await page.locator(".relation-row").first().waitFor();
    const names = await page.locator(".relation-main .entity-link").allTextContents();
    for (const [index, name] of names.slice(0, 3).entries()) {
      await page.locator(".relation-open").nth(index).click();
      await page.locator(".evidence").first().waitFor();
      expect(await page.locator("h1").textContent()).toContain(name);
      for (const row of await page.locator(".evidence").all()) {
        if ((await row.locator(".sentence.muted").count()) > 0) continue;
        expect(await row.locator(".mark-first").count()).toBeGreaterThan(0);
        expect(await row.locator(".mark-second").count()).toBeGreaterThan(0);
      }
      await page.goBack();
      await page.locator(".relation-row").first().waitFor();
    }
    await page.context().close();
  });
});
