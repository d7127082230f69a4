/**
 * axe-core's rules on a page as it stands.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** What the browser runs is text. */
const RUN_AXE = `axe.run().then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ": " + nodes.slice(0, 2).map(({ html }) => html.slice(0, 160)).join(" | ")))`;

/** Rules that the page breaks, with the first places of each. */
export async function axeFaults(page: Page): Promise<string[]> {
  // Evaluated by the debugger, which the page's own policy does not forbid.
  await page.evaluate(AXE);
  return page.evaluate<string[]>(RUN_AXE);
}
