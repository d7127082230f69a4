/**
 * The server itself: before it is ready, what it refuses, what it hides, and how it ends.
 */
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { toGlobalId } from "../../../src/api/platform/global-id.js";
import { type ApiServer, listenApiServer } from "../../../src/api/server/server.js";
import type { ExtractionJob } from "../../../src/core/extraction-job.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { ask, operation, startApi } from "../../support/api-client.js";
import { testDatabase, wipe } from "../../support/database.js";
import { idleJobs } from "../../support/idle-jobs.js";
import { aJob as anyJob } from "../../support/jobs.js";

/** A job under way. */
function aJob(id: string): ExtractionJob {
  return anyJob({ id, pmid: "90030001", model: "rules@1", stage: "ANNOTATED", pairs: 3 });
}

let database: Database;
let api: ApiServer;

beforeAll(async () => {
  database = await testDatabase();
  // Other files leave their graphs, and keys in them, with which nothing is open to everybody.
  await wipe(database);
  api = await startApi(database, idleJobs());
});

afterAll(async () => {
  await api?.close();
  await database?.close();
});

describe("a server that starts", () => {
  it("answers 503 with its stage until it is ready", async () => {
    const starting = await listenApiServer({ port: 0, host: "127.0.0.1" });
    try {
      starting.stage("loading the model");
      const health = await fetch(`${starting.url}/health`);
      expect([health.status, await health.json()]).toEqual([
        503,
        { status: "starting", stage: "loading the model" },
      ]);
      expect(await ask(starting, "{ graphStats { entities } }")).toMatchObject({
        status: 503,
        errors: [{ extensions: { code: "NOT_READY", retryable: true } }],
      });
      const versions = { bioweft: "1", neo4j: "5", node: "20" };
      const findMentions = async () => [];
      await starting.ready({ database, jobs: idleJobs(), models: [], versions, findMentions });
      const ready = await fetch(`${starting.url}/health`);
      expect([ready.status, await ready.json()]).toMatchObject([
        200,
        { status: "ready", versions, model: null },
      ]);
    } finally {
      await starting.close();
    }
  });

  it("names the port that is taken", async () => {
    await expect(listenApiServer({ port: api.port, host: "127.0.0.1" })).rejects.toThrow(/set PORT/);
  });
});

describe("requests", () => {
  it("show browsers a page", async () => {
    for (const path of ["/", "/graphql"]) {
      const page = await fetch(`${api.url}${path}`, { headers: { accept: "text/html" } });
      expect(page.headers.get("content-type")).toContain("text/html");
      expect(await page.text()).toContain("BioWeft");
    }
    const endpoint = await fetch(`${api.url}/graphql`, { headers: { accept: "text/html" } });
    expect(await endpoint.text()).toContain(`${api.url}/graphql`);
  });

  it("are refused where another site could have sent them", async () => {
    const query = encodeURIComponent("{ graphStats { entities } }");
    expect((await fetch(`${api.url}/graphql?query=${query}`)).status).toBe(400);
    const plain = await fetch(`${api.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ query: "{ graphStats { entities } }" }),
    });
    expect(plain.status).toBe(400);
  });

  it("are refused beyond 15 levels, before anything is asked of the graph", async () => {
    let asked = 0;
    const stop = database.onQuery(() => {
      asked++;
    });
    const nested = "neighbours { nodes { entity { ".repeat(5);
    const { errors } = await ask(api, `{ entity(curie: "MESH:D1") { ${nested} name ${"} } }".repeat(5)} } }`);
    stop();
    expect(errors[0]?.message).toContain("limit of 15");
    expect(asked).toBe(0);
  });

  it.each([
    ["{ relations(first: 0) { totalCount } }", "BAD_USER_INPUT"],
    [`{ relations(after: "rubbish") { totalCount } }`, "BAD_USER_INPUT"],
    [`{ relation(id: "rubbish") { type } }`, "BAD_USER_INPUT"],
    [`{ paths(from: "MESH:D1", to: "MESH:D2", maxHops: 9) { paths { score } } }`, "BAD_USER_INPUT"],
    ["{ nonsense }", "GRAPHQL_VALIDATION_FAILED"],
    ["{ nonsense", "GRAPHQL_PARSE_FAILED"],
    [`mutation { extractText(abstract: "x") { model } }`, "INTERNAL_SERVER_ERROR"],
  ])("%s: %s", async (query, code) => {
    const { errors } = await ask(api, query);
    expect(errors[0]?.extensions).toMatchObject({ code, retryable: false });
    expect(errors[0]?.extensions["requestId"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("hide what goes wrong inside", async () => {
    const closed = await testDatabase();
    const broken = await startApi(closed, idleJobs());
    await closed.close();
    try {
      const { errors } = await ask(broken, "{ graphStats { entities } }");
      expect(errors[0]?.extensions["code"]).toBe("INTERNAL_SERVER_ERROR");
      expect(JSON.stringify(errors)).not.toMatch(/bolt|neo4j|pool|stack/i);
      const health = await fetch(`${broken.url}/health`);
      expect([health.status, await health.text()]).toEqual([503, expect.not.stringContaining("bolt")]);
    } finally {
      await broken.close();
    }
  });
});

describe("WebSockets", () => {
  const connect = () =>
    createClient({
      url: `${api.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });

  it("keep the same limits and hide the same faults", async () => {
    const client = connect();
    const first = async (query: string): Promise<unknown> => {
      for await (const result of client.iterate({ query })) return result;
      return undefined;
    };
    const nested = "neighbours { nodes { entity { ".repeat(5);
    const deep = `{ entity(curie: "MESH:D1") { ${nested} name ${"} } }".repeat(5)} } }`;
    await expect(first(deep)).rejects.toMatchObject([{ message: expect.stringContaining("limit of 15") }]);
    expect(await first(`mutation { extractText(abstract: "x") { model } }`)).toMatchObject({
      errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }],
    });
    await client.dispose();
  });

  it("let go of a job when the client goes away, though nothing happens in it", async () => {
    let letGo = (): void => undefined;
    const gone = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const events = [aJob("1")][Symbol.iterator]();
    const feed: AsyncIterableIterator<ExtractionJob> = {
      [Symbol.asyncIterator]: () => feed,
      next: async () => {
        const { value, done } = events.next();
        return done === true ? new Promise(() => undefined) : { done: false, value };
      },
      return: async () => {
        letGo();
        return { done: true, value: undefined };
      },
    };
    const server = await startApi(database, { ...idleJobs(), progress: async () => feed });
    const client = createClient({
      url: `${server.url.replace("http", "ws")}/graphql`,
      webSocketImpl: WebSocket,
    });
    const id = toGlobalId("ExtractionJob", "1");
    for await (const { data } of client.iterate({
      query: operation("extraction-progress"),
      variables: { id },
    })) {
      expect(data).toMatchObject({ extractionProgress: { id, stage: "ANNOTATED" } });
      break;
    }
    await gone;
    await client.dispose();
    await server.close();
  });

  it("end with the server, also those that do not answer its farewell", async () => {
    const server = await startApi(database, idleJobs());
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await new Promise((resolve) => socket.once("open", resolve));
    const closed = new Promise((resolve) => socket.once("close", resolve));
    const mute = new WebSocket(`${server.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
    await new Promise((resolve) => mute.once("open", resolve));
    mute.pause();
    const began = performance.now();
    await server.close();
    await closed;
    // Left to itself, it would have half a minute.
    expect(performance.now() - began).toBeLessThan(10_000);
    mute.terminate();
  });
});
