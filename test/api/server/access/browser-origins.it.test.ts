/**
 * Pages of other origins in a real Chromium: one that is on the list asks, changes and follows, over HTTP and WebSocket; one
 * that is not gets nothing, and changes nothing, however it tries.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiServer } from "../../../../src/api/server/server.js";
import type { Database } from "../../../../src/graph/neo4j/database.js";
import { startApi, writeGold } from "../../../support/api-client.js";
import { CHROMIUM, startChromium } from "../../../support/browser/chromium.js";
import { testDatabase, wipe } from "../../../support/database.js";
import { idleJobs } from "../../../support/idle-jobs.js";
import { LITERATURE } from "../../../support/literature.js";

const QUERY = `{ entity(curie: "MESH:D005395") { name } }`;
const CHANGE = "mutation { resumeExtractions }";

let database: Database;
let api: ApiServer;
let browser: Browser;
const sites: Server[] = [];
/** The origins of two sites that differ in their ports alone, and a page of each. */
let allowed: string;
let foreign: string;
/** How often jobs were resumed. */
let changes = 0;

describe.skipIf(CHROMIUM === undefined)("a page of another origin", () => {
  beforeAll(async () => {
    database = await testDatabase();
    await wipe(database);
    await writeGold(database, LITERATURE);
    [allowed, foreign] = [await startSite(), await startSite()];
    const resume = async () => {
      changes += 1;
      return 0;
    };
    api = await startApi(database, { ...idleJobs(), resume }, { origins: [allowed] });
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await api?.close();
    for (const site of sites) site.close();
    await wipe(database);
    await database?.close();
  });

  it("that is allowed asks over HTTP, with a key or without, and reads the request's id", async () => {
    const page = await openPage(allowed);
    expect(await posted(page, QUERY)).toMatchObject({ data: { entity: { name: "Fish oil" } } });
    expect(await posted(page, QUERY, { "x-api-key": "bw_wrong" })).toMatchObject({
      errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
    });
    const before = changes;
    expect(await posted(page, CHANGE)).toMatchObject({ data: { resumeExtractions: 0 } });
    expect(changes).toBe(before + 1);
    const id = await page.evaluate(
      `fetch(${JSON.stringify(`${api.url}/health`)}).then((answer) => answer.headers.get("x-request-id"))`,
    );
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await page.context().close();
  });

  it("that is allowed follows over WebSocket", async () => {
    const page = await openPage(allowed);
    expect(await socketed(page, QUERY)).toMatchObject({
      payload: { data: { entity: { name: "Fish oil" } } },
    });
    await page.context().close();
  });

  it("that is not allowed is refused over HTTP, and what it sends without asking first changes nothing", async () => {
    const page = await openPage(foreign);
    const before = changes;
    expect(await posted(page, QUERY)).toBe("refused");
    expect(await posted(page, CHANGE)).toBe("refused");
    // No browser asks first whether a page may send these.
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const init = {
        method: "POST",
        mode: "no-cors",
        headers: { "content-type": type },
        body: JSON.stringify({ query: CHANGE }),
      };
      await page.evaluate(
        `fetch(${JSON.stringify(`${api.url}/graphql`)}, ${JSON.stringify(init)}).catch(() => undefined)`,
      );
    }
    await submitForm(page);
    await page.goto(`${foreign}/`);
    const image = `${api.url}/graphql?query=${encodeURIComponent(CHANGE)}`;
    await page.evaluate(
      `new Promise((done) => { const image = new Image(); image.onload = image.onerror = done; image.src = ${JSON.stringify(image)}; })`,
    );
    expect(changes).toBe(before);
    await page.context().close();
  });

  it("that is not allowed is refused over WebSocket", async () => {
    const page = await openPage(foreign);
    const before = changes;
    expect(await socketed(page, CHANGE)).toBe("refused");
    expect(changes).toBe(before);
    await page.context().close();
  });
});

/** An empty page on a port of its own; gives its origin. */
async function startSite(): Promise<string> {
  const site = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>A page</title><body></body>");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => site.once("listening", resolve));
  sites.push(site);
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

async function openPage(origin: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${origin}/`);
  return page;
}

/** What the page gets for an operation; "refused" where the browser lets it see nothing. */
function posted(page: Page, query: string, headers: Record<string, string> = {}): Promise<unknown> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  };
  return page.evaluate(
    `fetch(${JSON.stringify(`${api.url}/graphql`)}, ${JSON.stringify(init)}).then((answer) => answer.json(), () => "refused")`,
  );
}

/** The first answer on a socket of the page, or "refused". */
function socketed(page: Page, query: string): Promise<unknown> {
  const subscribe = JSON.stringify({ type: "subscribe", id: "1", payload: { query } });
  return page.evaluate(`new Promise((resolve) => {
    const socket = new WebSocket(${JSON.stringify(`${api.url.replace("http", "ws")}/graphql`)}, "graphql-transport-ws");
    socket.onopen = () => socket.send('{"type":"connection_init"}');
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === "connection_ack") socket.send(${JSON.stringify(subscribe)});
      if (message.id === "1") resolve(message);
    };
    socket.onclose = () => resolve("refused");
  })`);
}

/** Sends a form as a page's visitor would, and waits until the browser shows what came of it. */
async function submitForm(page: Page): Promise<void> {
  await page.evaluate(`
    const form = document.createElement("form");
    form.method = "post";
    form.enctype = "text/plain";
    form.action = ${JSON.stringify(`${api.url}/graphql`)};
    const field = document.createElement("input");
    field.name = '{"query":"${CHANGE}","x":"';
    field.value = '"}';
    form.append(field);
    document.body.append(form);
    form.submit();`);
  await page.waitForURL(/\/graphql/);
}
