/**
 * One form for whatever is refused or fails over HTTP, at every status: an error with a code, whether to try again, and the
 * request's id, which the headers have too. (Over WebSocket: limits/sockets.it.test.ts.)
 */
import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiServer } from "../../../src/api/server/server.js";
import { BioWeftError } from "../../../src/core/errors.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { startApi } from "../../support/api-client.js";
import { testDatabase } from "../../support/database.js";
import { faultyDatabase } from "../../support/faulty-database.js";
import { idleJobs } from "../../support/idle-jobs.js";
import { send } from "../../support/wire-client.js";

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  api = await startApi(database, idleJobs());
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

const JSON_TYPE = { "content-type": "application/json" };
const posted = (body: string, headers: Record<string, string> = JSON_TYPE): RequestInit => ({
  method: "POST",
  headers,
  body,
});
const operation = (query: unknown, more = {}) => posted(JSON.stringify({ query, ...more }));
const PREFLIGHT = { "apollo-require-preflight": "yes" };
const MUTATION = encodeURIComponent("mutation { pauseExtractions }");

describe("what is refused over HTTP", () => {
  it.each<[string, number, string, string, RequestInit]>([
    ["an address without anything", 404, "NOT_FOUND", "/nothing/here", {}],
    ["a method without anything", 404, "NOT_FOUND", "/graphql", { method: "PUT" }],
    ["a body that is too large", 413, "PAYLOAD_TOO_LARGE", "/graphql", operation("x".repeat(1_000_001))],
    [
      "a body of an unknown kind",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      "/graphql",
      posted("<a/>", { "content-type": "application/xml" }),
    ],
    [
      "a form, which any page can send",
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      "/graphql",
      posted("query={a}", { "content-type": "application/x-www-form-urlencoded" }),
    ],
    [
      "a text, which any page can send",
      400,
      "BAD_REQUEST",
      "/graphql",
      posted('{"query":"{ graphStats { entities } }"}', { "content-type": "text/plain" }),
    ],
    ["no JSON", 400, "BAD_REQUEST", "/graphql", posted("{ not json")],
    ["an empty body", 400, "BAD_REQUEST", "/graphql", posted("")],
    ["a body without a document", 400, "BAD_REQUEST", "/graphql", posted("{}")],
    ["a document that is no text", 400, "BAD_REQUEST", "/graphql", operation({ a: 1 })],
    [
      "several operations in one body",
      400,
      "BAD_REQUEST",
      "/graphql",
      posted('[{"query":"{ graphStats { entities } }"}]'),
    ],
    [
      "variables that are no object",
      400,
      "BAD_REQUEST",
      "/graphql",
      operation("{ graphStats { entities } }", { variables: "x" }),
    ],
    ["a poisoned body", 400, "BAD_REQUEST", "/graphql", posted('{"query":"{ a }","__proto__":{"a":1}}')],
    ["a syntax error", 400, "GRAPHQL_PARSE_FAILED", "/graphql", operation("{ broken")],
    ["an unknown field", 400, "GRAPHQL_VALIDATION_FAILED", "/graphql", operation("{ nonsense }")],
    [
      "a variable that is missing",
      400,
      "BAD_USER_INPUT",
      "/graphql",
      operation("query ($id: ID!) { node(id: $id) { id } }"),
    ],
    [
      "a variable of a wrong type",
      400,
      "BAD_USER_INPUT",
      "/graphql",
      operation("query ($id: ID!) { node(id: $id) { id } }", { variables: { id: [] } }),
    ],
    [
      "an operation that is not there",
      400,
      "OPERATION_RESOLUTION_FAILURE",
      "/graphql",
      operation("query A { graphStats { entities } }", { operationName: "B" }),
    ],
    [
      "an unknown persisted query",
      200,
      "PERSISTED_QUERY_NOT_FOUND",
      "/graphql",
      posted(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } })),
    ],
    ["a query that a page's image could ask", 400, "BAD_REQUEST", "/graphql?query=%7B__typename%7D", {}],
    ["a change by GET", 405, "BAD_REQUEST", `/graphql?query=${MUTATION}`, { headers: PREFLIGHT }],
    [
      "a page of another origin",
      403,
      "FORBIDDEN",
      "/graphql",
      posted("{}", { ...JSON_TYPE, origin: "https://evil.example.org" }),
    ],
    [
      "a wrong key",
      401,
      "UNAUTHENTICATED",
      "/graphql",
      posted("{}", { ...JSON_TYPE, authorization: "Bearer bw_wrong" }),
    ],
    [
      "a wrong key for the meters",
      401,
      "UNAUTHENTICATED",
      "/metrics",
      { headers: { "x-api-key": "bw_wrong" } },
    ],
    ["a path with odd escapes", 400, "BAD_REQUEST", "/%E0%A4%A", {}],
    ["a path that leads out", 404, "NOT_FOUND", "/assets/..%2f..%2fpackage.json", {}],
  ])("%s is %i %s", async (_what, status, code, path, init) => {
    const answer = await send(api, path, init);
    expect([answer.status, answer.errors[0]?.extensions?.["code"]]).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toContain("application/json");
    expect(answer.errors).toEqual(answer.errors.map(() => errorShape()));
    const ids = new Set(answer.errors.map(({ extensions }) => extensions?.["requestId"]));
    expect(ids).toEqual(new Set([answer.headers.get("x-request-id")]));
    expect(answer.text).not.toMatch(/stacktrace|node_modules|\.ts:|at Object|bolt:/);
  });

  it.each([
    ["what is no HTTP", "rubbish\r\n\r\n", 400, "BAD_REQUEST"],
    [
      "headers without end",
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${"y".repeat(20_000)}\r\n\r\n`,
      431,
      "HEADERS_TOO_LARGE",
    ],
    ["a request without a host", "GET /health HTTP/1.1\r\n\r\n", 400, "BAD_REQUEST"],
    [
      "two lengths",
      "POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na",
      400,
      "BAD_REQUEST",
    ],
  ])("%s has the form too, and the connection ends", async (_what, bytes, status, code) => {
    const socket = connect(api.port, "127.0.0.1");
    let said = "";
    socket.on("data", (data) => {
      said += data;
    });
    socket.write(bytes);
    await once(socket, "close");
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const { errors } = JSON.parse(said.slice(said.indexOf("\r\n\r\n") + 4));
    expect(errors).toMatchObject([{ message: expect.any(String), extensions: { code, retryable: false } }]);
  });
});

describe("a socket that is refused", () => {
  it.each([
    ["for its origin", "/graphql", "origin: https://evil.example.org\r\n", 403],
    ["for its host", "/graphql", "x-forwarded-host: a\r\n", 403],
    ["where there is none", "/nothing", "", 404],
    ["where there is no other than a request", "/health", "", 404],
  ])("%s leaves no connection behind", async (what, path, more, status) => {
    const server = await startApi(database, idleJobs());
    const socket = connect(server.port, "127.0.0.1");
    let said = "";
    socket.on("data", (data) => {
      said += data;
    });
    const host = what === "for its host" ? "evil.example.org" : "localhost";
    const upgrade = "upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n";
    const key = "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n${upgrade}${key}${more}\r\n`);
    await once(socket, "close");
    expect(said).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    await server.close();
  });
});

function errorShape() {
  return expect.objectContaining({
    message: expect.stringMatching(/./),
    extensions: expect.objectContaining({
      code: expect.stringMatching(/^[A-Z_]+$/),
      retryable: false,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    }),
  });
}

describe("a deadline that passes before an operation begins", () => {
  it("is told as that, to be tried again, whatever is asked", async () => {
    let isSlow = true;
    const slow = faultyDatabase(database, {
      read: (statement) =>
        isSlow && statement === "api-keys"
          ? new BioWeftError("TIMEOUT", "the keys came too late")
          : undefined,
    });
    const hurried = await startApi(slow, idleJobs());
    try {
      const key = { ...JSON_TYPE, "x-api-key": "bwk_1_x" };
      const asked = [
        send(hurried, "/graphql", posted('{"query":"{ __typename }"}', key)),
        send(hurried, `/graphql?query=${encodeURIComponent("{ __typename }")}`, { headers: key }),
        send(hurried, "/metrics", { headers: key }),
        send(hurried, "/export/kgx-tsv", { headers: key }),
      ];
      for (const { status, errors, headers } of await Promise.all(asked)) {
        expect(status).toBe(503);
        expect(errors).toMatchObject([{ extensions: { code: "TIMEOUT", retryable: true } }]);
        expect(errors[0]?.extensions?.["requestId"]).toBe(headers.get("x-request-id"));
      }
      isSlow = false;
      expect((await send(hurried, "/graphql", operation("{ __typename }"))).status).toBe(200);
    } finally {
      await hurried.close();
    }
  });
});
