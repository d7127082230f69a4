/**
 * What a client may want of WebSockets: so many of them, so many operations on each, and so much left unread; and what is
 * wrong with one operation, which never ends the others.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { toGlobalId } from "../../../../src/api/platform/global-id.js";
import type { ApiServer } from "../../../../src/api/server/server.js";
import type { ExtractionJob } from "../../../../src/core/extraction-job.js";
import type { Database } from "../../../../src/graph/neo4j/database.js";
import { startApi } from "../../../support/api-client.js";
import { testDatabase } from "../../../support/database.js";
import { idleJobs } from "../../../support/idle-jobs.js";
import { openSocket, send, type WireSocket } from "../../../support/wire-client.js";

const MAX = 50;
const QUERY = "{ graphStats { entities } }";
const FOLLOW = `subscription { extractionProgress(id: "${toGlobalId("ExtractionJob", "1")}") { stage } }`;
/** Some hundred thousand letters. */
const LARGE =
  "{ __schema { types { name description fields { name description args { name description } } } } }";

let database: Database;
let api: ApiServer;
/** Jobs that are followed now. */
let followed = 0;
const open: WireSocket[] = [];

beforeAll(async () => {
  database = await testDatabase();
  api = await startApi(database, { ...idleJobs(), progress: async () => silentFeed() }, { costAMinute: 0 });
});
afterEach(async () => {
  for (const wire of open.splice(0)) wire.end();
  await vi.waitUntil(async () => (await meter("bioweft_sockets")) === 0);
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** A job in which nothing ever happens. */
function silentFeed(): AsyncIterableIterator<ExtractionJob> {
  followed++;
  let end = (): void => undefined;
  const over = new Promise<IteratorResult<ExtractionJob>>((resolve) => {
    end = () => resolve({ done: true, value: undefined });
  });
  const feed: AsyncIterableIterator<ExtractionJob> = {
    [Symbol.asyncIterator]: () => feed,
    next: () => over,
    return: async () => {
      followed--;
      end();
      return { done: true, value: undefined };
    },
  };
  return feed;
}

async function connect(): Promise<WireSocket> {
  const wire = await openSocket(api);
  open.push(wire);
  return wire;
}

async function meter(name: string): Promise<number> {
  const { text } = await send(api, "/metrics");
  return Number(new RegExp(`^${name} (\\d+)`, "m").exec(text)?.[1]);
}

const subscribe = (id: string, query: unknown, more = {}) => ({
  type: "subscribe",
  id,
  payload: { query, ...more },
});
const codesOf = ({ payload }: { payload?: unknown }) =>
  (payload as { extensions: { code: string } }[]).map(({ extensions }) => extensions.code);

describe("sockets of a client", () => {
  it("are so many at most, and others can be opened when they are closed", async () => {
    for (let count = 0; count < MAX; count++) await connect();
    expect(await meter("bioweft_sockets")).toBe(MAX);
    const late = await openSocket(api, { greets: false });
    expect(await late.closed).toEqual({ code: 1008, reason: `at most ${MAX} sockets a client` });
    open.pop()?.end();
    await vi.waitFor(() => connect());
  });

  it("have so many operations at a time, of which one more is refused and the others go on", async () => {
    const wire = await connect();
    for (let id = 1; id <= MAX + 1; id++) wire.say(subscribe(String(id), FOLLOW));
    const refused = await wire.heard(({ type }) => type === "error");
    expect(refused.id).toBe(String(MAX + 1));
    expect(codesOf(refused)).toEqual(["RATE_LIMITED"]);
    await vi.waitUntil(() => followed === MAX);
    expect(wire.messages.filter(({ type }) => type === "error")).toHaveLength(1);
    wire.say({ type: "complete", id: "1" });
    wire.say(subscribe("again", QUERY));
    await wire.heard(({ id, type }) => id === "again" && type === "next");
    wire.end();
    await vi.waitUntil(() => followed === 0);
  });

  it("are cut off when they leave unread what they are sent", async () => {
    const wire = await connect();
    wire.socket.pause();
    // Each answer waits for the one before to be taken; what is refused and what is pinged is answered at once.
    for (let id = 0; id < 500; id++) wire.say(subscribe(String(id), LARGE));
    let isOver = false;
    void wire.closed.then(() => {
      isOver = true;
    });
    await vi.waitUntil(
      async () => {
        if (!isOver && wire.socket.readyState === wire.socket.OPEN)
          wire.say({ type: "ping", payload: { text: "x".repeat(200_000) } });
        return (await meter("bioweft_sockets")) === 0;
      },
      { timeout: 20_000 },
    );
    expect(await meter("bioweft_operations_under_way")).toBe(0);
  });
});

describe("what is wrong on a socket", () => {
  it.each([
    ["a syntax error", "{ broken", {}, "GRAPHQL_PARSE_FAILED"],
    ["an unknown field", "{ nonsense }", {}, "GRAPHQL_VALIDATION_FAILED"],
    ["no document", "", {}, "GRAPHQL_PARSE_FAILED"],
    ["a variable that is missing", "query ($id: ID!) { node(id: $id) { id } }", {}, "BAD_USER_INPUT"],
    [
      "a variable of a wrong type",
      "query ($id: ID!) { node(id: $id) { id } }",
      { variables: { id: [] } },
      "BAD_USER_INPUT",
    ],
    [
      "an operation that is not there",
      "query A { graphStats { entities } }",
      { operationName: "B" },
      "OPERATION_RESOLUTION_FAILURE",
    ],
    [
      "two operations and no name",
      "query A { graphStats { entities } } query B { graphStats { entities } }",
      {},
      "OPERATION_RESOLUTION_FAILURE",
    ],
    [
      "a subscription to nothing",
      `subscription { extractionProgress(id: "rubbish") { stage } }`,
      {},
      "BAD_USER_INPUT",
    ],
  ])("%s ends one operation, with its code, and the socket stays", async (_what, query, more, code) => {
    const wire = await connect();
    wire.say(subscribe("other", FOLLOW));
    wire.say(subscribe("bad", query, more));
    const answer = await wire.heard(({ id, type }) => id === "bad" && type !== "complete");
    const errors = Array.isArray(answer.payload)
      ? answer.payload
      : (answer.payload as { errors: unknown[] }).errors;
    expect(errors[0]).toMatchObject({
      message: expect.any(String),
      extensions: { code, retryable: false, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    wire.say(subscribe("good", QUERY));
    expect(await wire.heard(({ id }) => id === "good")).toMatchObject({ type: "next" });
    expect(wire.messages.some(({ id }) => id === "other")).toBe(false);
  });

  it.each([
    ["no JSON", "rubbish", 4400],
    ["a message of no kind", '{"type":"dance"}', 4400],
    ["an operation without a document", '{"type":"subscribe","id":"1","payload":{}}', 4400],
    ["a text that is too large", `{"type":"ping","payload":{"a":"${"x".repeat(1_000_001)}"}}`, 1009],
  ])("%s is no protocol, and closes it with its code", async (_what, text, code) => {
    const wire = await connect();
    wire.say(text);
    expect((await wire.closed).code).toBe(code);
  });

  it("operations before the greeting, or under an id that is taken, close it", async () => {
    const unknown = await openSocket(api, { greets: false });
    unknown.say(subscribe("1", QUERY));
    expect((await unknown.closed).code).toBe(4401);
    const twice = await connect();
    twice.say(subscribe("1", FOLLOW));
    twice.say(subscribe("1", FOLLOW));
    expect((await twice.closed).code).toBe(4409);
  });
});
