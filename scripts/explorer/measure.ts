/**
 * What the explorer costs a reader on a large graph, in a real Chromium: loads an invented graph into a folder of its own,
 * serves it, and opens each view as a first visit. Prints JSON as the benches do.
 *
 *   npx tsx scripts/explorer/measure.ts [--relations 1000000] [--hub 10000] [--edges 5000] [--home FOLDER]
 *
 * Needs a Chromium and the page built (`npm run build`, or once `npm start`). A folder that is kept is not loaded again.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Browser, chromium, type Page } from "playwright-core";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { BioWeftError } from "../../src/core/errors.js";
import { loadStore } from "../../src/graph/bulk/load-store.js";
import { HUB, inventedPapers } from "./invented-papers.js";

const { values } = parseArgs({
  options: {
    relations: { type: "string", default: "1000000" },
    hub: { type: "string", default: "10000" },
    edges: { type: "string", default: "5000" },
    home: { type: "string" },
    port: { type: "string", default: "4173" },
  },
});
const EDGES_AN_ENTITY = 60;
const START_MILLIS = 600_000;
const FRAMES_MILLIS = 4_000;
/** What the browser runs is text. */
const COUNT_SHIFTS = `
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shift += value;
  }).observe({ type: "layout-shift", buffered: true });`;
const FIGURES = `(() => {
  const entries = performance.getEntriesByType("resource");
  const files = entries.filter(({ name }) => !name.endsWith("/graphql"));
  const bytes = files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  return { shift, bytes };
})()`;
const COUNT_FRAMES = `new Promise((resolve) => {
  const times = [];
  const until = performance.now() + ${FRAMES_MILLIS};
  const step = (now) => { times.push(now); if (now < until) requestAnimationFrame(step); else resolve(times); };
  requestAnimationFrame(step);
})`;

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const url = `http://127.0.0.1:${values.port}`;
const home = values.home ?? mkdtempSync(join(tmpdir(), "explorer-measure-"));
const rows: Row[] = [];
const note = (name: string, value: number, unit: string) => {
  rows.push({ name, value, unit });
  process.stderr.write(`${name}: ${value.toPrecision(4)} ${unit}\n`);
};

if (!existsSync(join(home, "neo4j"))) {
  const began = performance.now();
  const { nodes, relationships } = await loadStore({
    home,
    writes: inventedPapers(Number(values.relations), Number(values.hub)),
    papersOnce: true,
  });
  note("bulk load", (performance.now() - began) / 1000, "s");
  note("nodes", nodes, "nodes");
  note("relationships", relationships, "relationships");
}
const server = spawn(process.execPath, ["scripts/bioweft.mjs", "serve"], {
  cwd: PACKAGE_ROOT,
  env: { ...process.env, BIOWEFT_HOME: home, PORT: values.port, HOST: "127.0.0.1" },
  stdio: ["ignore", "inherit", "inherit"],
});
let browser: Browser | undefined;
try {
  await ready(server);
  browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--enable-unsafe-swiftshader"],
  });
  for (const [name, path, shown] of views()) await measure(browser, name, path, shown);
  await picture(browser, Number(values.edges));
} finally {
  await browser?.close();
  server.kill("SIGTERM");
  await new Promise((resolve) => server.once("exit", resolve));
  if (values.home === undefined) rmSync(home, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify({ rows }, null, 2)}\n`);

function views(): readonly (readonly [name: string, path: string, shown: string])[] {
  return [
    ["start", "/", ".figures dd"],
    ["search", "/search?q=syndrome", ".search-row"],
    ["entity of many relations", `/entity/${HUB}`, ".relation-row"],
    ["entity, filtered", `/entity/${HUB}?types=NEGATIVE_CORRELATION&minPapers=1`, ".relation-row"],
    ["entity as of 1990", `/entity/${HUB}?asOf=1990`, ".relation-row"],
    ["entity of few relations", "/entity/NCBIGene:77", ".relation-row"],
    ["publication", "/publication/10000000", ".evidence"],
    ["paths", `/paths?from=${HUB}&to=MESH:C000042`, ".path"],
    ["open discovery", "/discover?from=NCBIGene:77&target=CHEMICAL", ".candidates tbody tr"],
    ["curation queue", "/curate", "main h1"],
    ["picture", `/graph?of=${HUB}`, ".table-scroll tbody tr"],
  ];
}

/** The first answer of a view, twice: the first of all, and the better of two more, which are other readers'. */
async function measure(from: Browser, name: string, path: string, shown: string): Promise<void> {
  const times: number[] = [];
  for (let visit = 0; visit < 3; visit++) {
    const context = await from.newContext({ viewport: { width: 1280, height: 900 } });
    await context.addInitScript(COUNT_SHIFTS);
    const page = await context.newPage();
    const began = performance.now();
    await page.goto(`${url}${path}`);
    await page.locator(shown).first().waitFor({ timeout: 120_000 });
    times.push(performance.now() - began);
    if (visit === 2) {
      await page.waitForLoadState("networkidle");
      const { shift, bytes } = await page.evaluate<{ shift: number; bytes: number }>(FIGURES);
      note(`${name}: layout shift`, shift, "of 1");
      note(`${name}: files`, bytes / 1000, "kB");
    }
    await context.close();
  }
  const [first = 0, ...others] = times;
  note(`${name}: first visit of all`, first / 1000, "s");
  note(`${name}: first answer`, Math.min(...others) / 1000, "s");
}

/** Frames a second of the picture while it is dragged, once its layout has come to rest. */
async function picture(from: Browser, edges: number): Promise<void> {
  const page = await from.newPage({ viewport: { width: 1280, height: 900 } });
  const others = Array.from(
    { length: Math.ceil(edges / EDGES_AN_ENTITY) },
    (_, index) => `NCBIGene:${index * 7 + 1}`,
  );
  await page.goto(`${url}/graph?of=${HUB}&open=${others.join(",")}`);
  await page.locator(".canvas canvas").first().waitFor();
  await page.waitForLoadState("networkidle");
  note("picture: links drawn", await linksOf(page), "links");
  note("picture: while it lays itself out", await framesOf(page), "frames/s");
  await setTimeout(15_000);
  await page.mouse.move(600, 500);
  await page.mouse.down();
  const drag = (async () => {
    for (let step = 0; step < FRAMES_MILLIS / 20; step++) {
      await page.mouse.move(600 + 150 * Math.sin(step / 10), 500 + 80 * Math.cos(step / 10));
      await setTimeout(10);
    }
  })();
  note("picture: dragged", await framesOf(page), "frames/s");
  await drag;
  await page.close();
}

async function linksOf(page: Page): Promise<number> {
  const text = (await page.locator("main p.muted").first().textContent()) ?? "";
  return Number(/([\d,]+) links?/.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
}

async function framesOf(page: Page): Promise<number> {
  const times = await page.evaluate<number[]>(COUNT_FRAMES);
  const [first = 0] = times;
  return ((times.length - 1) / ((times.at(-1) ?? first) - first)) * 1000;
}

async function ready(process_: ChildProcess): Promise<void> {
  const until = performance.now() + START_MILLIS;
  while (performance.now() < until) {
    if (process_.exitCode !== null)
      throw new BioWeftError("INTERNAL", "the server ended before it was ready; its lines above say why");
    const answer = await fetch(`${url}/health`).catch(() => undefined);
    if (answer?.status === 200) return;
    await setTimeout(500);
  }
  throw new BioWeftError("TIMEOUT", `the server was not ready within ${START_MILLIS / 1000} s`);
}
