/**
 * Curation in a real Chromium, by keyboard alone: verdicts move belief, fixes say what the paper says instead, everything
 * can be taken back, the trail says who did what, and where keys exist nobody judges without one.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeApiKey } from "../../src/core/api/access.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { writeApiKey } from "../../src/graph/write/write-api-keys.js";
import { axeFaults } from "../support/browser/axe.js";
import { CHROMIUM } from "../support/browser/chromium.js";
import { type Explorer, startExplorer } from "../support/browser/explorer.js";

const PICTURES = join(PACKAGE_ROOT, "coverage", "explorer");

let explorer: Explorer;
const said = (page: Page) => page.locator(".said").innerText();
const claim = (page: Page) => page.locator(".claim").innerText();
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** The queue, with a name given once. */
async function openNamed(path = "/curate"): Promise<Page> {
  const page = await explorer.open(path);
  await page.locator(".task").waitFor();
  await page.evaluate(`localStorage.setItem("bioweft.curator", "ada")`);
  await page.reload();
  await page.locator(".task").waitFor();
  await page.locator(".verdict-accept:enabled").waitFor();
  return page;
}

describe.skipIf(CHROMIUM === undefined)("curation", () => {
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    explorer = await startExplorer("model");
  });
  afterAll(() => explorer?.close());

  it("judges by single keys: a first verdict asks who one is, then belief moves and the next row comes", async () => {
    const page = await explorer.open("/curate");
    await page.locator(".task").waitFor();
    const first = await claim(page);
    await press(page, "a");
    await page.getByText("Say who you are first").waitFor();
    await page.keyboard.type("ada");
    await press(page, "Enter");
    await page.getByText(/^Accepted: /).waitFor();
    expect(await said(page)).toMatch(/Belief 0\.\d\d → (> )?0\.99\. U takes it back\./);
    await expect.poll(() => claim(page), { timeout: 10_000 }).not.toBe(first);
    const second = await claim(page);
    await press(page, "r");
    await page.getByText(/^Rejected: /).waitFor();
    expect(await page.locator(".queue strong").allInnerTexts()).toEqual(["accepted", "rejected"]);
    await press(page, "u");
    await page.getByText(/^Taken back/).waitFor();
    expect(await claim(page)).toBe(second);
    await page.locator(".judgement-ended", { hasText: "taken back" }).waitFor();
    await page.context().close();
  });

  it("fixes type, ends and direction by keyboard, and the relation that the paper now supports has it", async () => {
    const page = await openNamed();
    await press(page, "j", "j", "f");
    await page.locator(".fix").waitFor();
    const before = page.url();
    const again = async () => {
      await page.goto(before);
      await page.locator(".verdict-accept:enabled").waitFor();
    };
    const typed = await page.locator(".claim .badge").innerText();
    await press(page, /Binding/.test(typed) ? "3" : "4");
    await press(page, "Enter");
    await page.getByText(/^Fixed: /).waitFor();
    await again();
    await page.locator(".judgement", { hasText: "fixed" }).waitFor();
    expect(await page.locator(".judgement").first().innerText()).toMatch(/instead:\s*(Binding|Association)/);
    // The direction, then another end by its name.
    await press(page, "f");
    await page.locator(".fix").waitFor();
    await page
      .getByLabel(/ acts on /)
      .first()
      .focus();
    await press(page, "Space", "Enter");
    await page.getByText(/^Fixed: /).waitFor();
    await again();
    await press(page, "f");
    await page.getByLabel(/^Second end/).focus();
    await page.keyboard.type("migraine");
    await page.locator('.fix [role="option"]').first().waitFor();
    await press(page, "ArrowDown", "Enter");
    await page.getByLabel(/^Second end: migraine/i).waitFor();
    await press(page, "Enter");
    await page.getByText(/^Fixed: /).waitFor();
    await again();
    await page.locator(".judgement", { hasText: "second end" }).waitFor();
    await page.context().close();
  });

  it("keeps why, and shows in the trail who did what, by curator, paper and what holds; undoes there", async () => {
    const page = await openNamed();
    await press(page, "j", "j", "j", "c");
    await page.keyboard.type("only named together");
    await press(page, "Enter", "r");
    await page.getByText(/^Rejected: /).waitFor();
    await page.goto(`${explorer.url}/curate/trail?curator=ada&held=yes`);
    const line = page.locator(".judgement", { hasText: "only named together" });
    await line.waitFor();
    expect(await line.innerText()).toMatch(/^ada rejected/);
    const held = await page.locator(".judgement").count();
    await line.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => page.locator(".judgement").count(), { timeout: 10_000 }).toBe(held - 1);
    await page.locator("main select").selectOption("no");
    await page.locator(".judgement-ended", { hasText: "only named together" }).waitFor();
    expect(page.url()).toContain("held=no");
    await page.reload();
    await page.locator(".judgement-ended", { hasText: "only named together" }).waitFor();
    await page.goto(`${explorer.url}/curate/trail?curator=nobody`);
    await page.getByText("No judgement passes the filter.").waitFor();
    await page.context().close();
  });

  it("narrows the queue to one entity, and says when nothing waits", async () => {
    const page = await explorer.open("/curate?entity=MESH:D005395");
    await page.locator(".task").waitFor();
    for (const pair of await page.locator(".queue-pair").allInnerTexts()) expect(pair).toMatch(/fish oil/i);
    await page.goto(`${explorer.url}/curate?evidence=RXZpZGVuY2U6bm9uZQ`);
    await page.getByText(/not in the graph any more|That did not work/).waitFor();
    await page.context().close();
  });

  it("breaks none of axe's rules in any dress, with the form open", async () => {
    for (const [dress, options] of [
      ["light", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
      ["dark", { colorScheme: "dark", viewport: { width: 1280, height: 900 } }],
      ["phone", { colorScheme: "light", viewport: { width: 390, height: 844 } }],
    ] as const) {
      const page = await explorer.open("/curate", options);
      await page.locator(".task").waitFor();
      await page.screenshot({ path: join(PICTURES, `curate-task-${dress}.png`), fullPage: true });
      await press(page, "f");
      await page.locator(".fix").waitFor();
      await page.screenshot({ path: join(PICTURES, `curate-fix-${dress}.png`), fullPage: true });
      expect(await axeFaults(page), dress).toEqual([]);
      const width = await page.evaluate<number>("document.documentElement.scrollWidth");
      expect(width, dress).toBeLessThanOrEqual(options.viewport.width);
      await page.goto(`${explorer.url}/curate/trail`);
      await page.locator(".judgement").first().waitFor();
      await page.screenshot({ path: join(PICTURES, `curate-trail-${dress}.png`), fullPage: true });
      expect(await axeFaults(page), `${dress}, trail`).toEqual([]);
      await page.context().close();
    }
  });

  it("refuses clearly without a curator's key where keys exist, and judges in the key's name with one", async () => {
    const curator = makeApiKey("grace", "CURATOR");
    const reader = makeApiKey("robin", "READER");
    await writeApiKey(explorer.database, curator.key);
    await writeApiKey(explorer.database, reader.key);
    await new Promise((resolve) => setTimeout(resolve, 2200));
    const page = await explorer.open("/curate");
    await page.getByText("This server takes judgements from curators only.").waitFor();
    expect(await page.getByRole("button", { name: "Accept" }).isDisabled()).toBe(true);
    const field = page.locator("main").getByLabel("Key that your administrator gave you");
    await field.fill(reader.text);
    await press(page, "Enter");
    await page.getByText("The key “robin” may read, but not judge.").waitFor();
    await field.fill("bw_000000000000_wrong");
    await press(page, "Enter");
    await page
      .getByText(/who asks is not accepted/)
      .first()
      .waitFor();
    await field.fill(curator.text);
    await press(page, "Enter");
    await page.getByText("You judge as grace, by your key.").waitFor();
    await page.locator(".task").waitFor();
    await page.locator(".task .verdict-accept").focus();
    await press(page, "a");
    await page.getByText(/^Accepted: /).waitFor();
    await page.goto(`${explorer.url}/curate/trail`);
    await page.locator(".judgement", { hasText: "grace accepted" }).waitFor();
    await page.context().close();
  });
});
