/**
 * Spans as a collector of OpenTelemetry gets them, over real HTTP: one for each request and operation, below it the statements
 * of the graph and the searches; none where no collector is set.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { context, propagation, trace } from "@opentelemetry/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { ApiServer } from "../../../src/api/server/server.js";
import { startTracing } from "../../../src/cli/tracing.js";
import { readConfig } from "../../../src/core/config.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { inSpan } from "../../../src/core/telemetry/spans.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { startApi, writeGold } from "../../support/api-client.js";
import { testDatabase, wipe } from "../../support/database.js";
import { idleJobs } from "../../support/idle-jobs.js";
import { LITERATURE } from "../../support/literature.js";
import { openSocket, post } from "../../support/wire-client.js";

/** What of a span the tests look at. */
const spanShape = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  status: z.object({ code: z.number().optional() }),
  attributes: z.array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })),
});
const bodyShape = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(z.unknown()) }),
      scopeSpans: z.array(z.object({ spans: z.array(spanShape) })),
    }),
  ),
});
type Span = z.infer<typeof spanShape>;

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const CALLER = "b7ad6b7169203331";

let database: Database;
let api: ApiServer;
let collector: Server;
let collectorUrl: string;
const bodies: string[] = [];

beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, LITERATURE);
  api = await startApi(database, idleJobs());
  collector = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    bodies.push(`${request.url} ${body}`);
    response.setHeader("content-type", "application/json").end("{}");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => collector.once("listening", resolve));
  collectorUrl = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterAll(async () => {
  collector?.close();
  await api?.close();
  await wipe(database);
  await database?.close();
});

/** The spans of some work, once all of them were sent. */
async function spansOf(settings: Record<string, string>, work: () => Promise<unknown>): Promise<Span[]> {
  bodies.length = 0;
  const stop = await startTracing(readConfig(settings).tracing);
  try {
    await work();
    // A request's span ends when its answer has gone out.
    await new Promise((resolve) => setTimeout(resolve, 200));
  } finally {
    await stop();
    for (const part of [trace, context, propagation]) part.disable();
  }
  return bodies
    .map((body) => bodyShape.parse(JSON.parse(body.replace("/v1/traces ", ""))))
    .flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
}

const attribute = (span: Span | undefined, name: string) =>
  Object.values(span?.attributes.find(({ key }) => key === name)?.value ?? {})[0];

describe("spans", () => {
  it("tell of a request, below whom it names, and of what was asked of the graph and the search for it", async () => {
    const query = `query Help { discover(from: "MESH:D005395", targetType: DISEASE) { candidates { entity { name } } } }`;
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01` };
    const spans = await spansOf({ OTEL_EXPORTER_OTLP_ENDPOINT: `${collectorUrl}/` }, () =>
      post(api, { query, operationName: "Help" }, headers),
    );
    const request = spans.find(({ name }) => name === "POST /graphql");
    expect(request).toMatchObject({ traceId: TRACE, parentSpanId: CALLER });
    expect(attribute(request, "http.response.status_code")).toBe(200);
    expect(attribute(request, "graphql.operation.name")).toBe("Help");
    expect(attribute(request, "bioweft.request_id")).toMatch(/^[0-9a-f-]{36}$/);
    const below = spans
      .filter(({ parentSpanId }) => parentSpanId === request?.spanId)
      .map(({ name }) => name);
    expect(below).toContain("search open");
    const statement = spans.find(({ name }) => name === "neo4j entities-by-curies");
    expect(statement).toMatchObject({ traceId: TRACE });
    expect(attribute(statement, "db.system.name")).toBe("neo4j");
    expect(attribute(statement, "db.operation.name")).toBe("entities-by-curies");
    expect(bodies.join()).toContain('"bioweft"');
  });

  it("tell of an operation of a socket, and of what fails, without its words", async () => {
    const spans = await spansOf(
      { OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl, OTEL_SERVICE_NAME: "lab-graph" },
      async () => {
        const wire = await openSocket(api);
        wire.say({
          type: "subscribe",
          id: "1",
          payload: { query: "query Counts { graphStats { entities } }" },
        });
        await wire.heard(({ id }) => id === "1");
        wire.end();
        const failing = inSpan({ name: "what fails", kind: "own" }, async () => {
          throw new BioWeftError("TIMEOUT", "words of a client");
        });
        await expect(failing).rejects.toThrow("words of a client");
      },
    );
    const operation = spans.find(({ name }) => name === "WEBSOCKET /graphql");
    expect(attribute(operation, "graphql.operation.name")).toBe("Counts");
    expect(
      spans.some(
        ({ name, parentSpanId }) => name === "neo4j graph-stats" && parentSpanId === operation?.spanId,
      ),
    ).toBe(true);
    const failed = spans.find(({ name }) => name === "what fails");
    expect([failed?.status.code, attribute(failed, "error.type")]).toEqual([2, "TIMEOUT"]);
    expect(bodies.join()).not.toContain("words of a client");
    expect(bodies.join()).toContain('"lab-graph"');
  });

  it("are not sent where no collector is set, nor for health", async () => {
    expect(await spansOf({}, () => post(api, { query: "{ graphStats { entities } }" }))).toEqual([]);
    const spans = await spansOf({ OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl }, () =>
      fetch(`${api.url}/health`),
    );
    expect(spans.filter(({ name }) => name.includes("health"))).toEqual([]);
  });
});
