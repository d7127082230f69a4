/** Exports and lists over real HTTP: what they give, what they refuse, who may have them, and that a slow reader is waited for. */
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiServer } from "../../../src/api/server/server.js";
import { makeApiKey } from "../../../src/core/api/access.js";
import { goldEvidence } from "../../../src/core/evidence.js";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { writeApiKey } from "../../../src/graph/write/write-api-keys.js";
import { writeDocuments } from "../../../src/graph/write/write-documents.js";
import { startApi } from "../../support/api-client.js";
import { testDatabase, wipe } from "../../support/database.js";
import { idleJobs } from "../../support/idle-jobs.js";
import { LITERATURE } from "../../support/literature.js";
import { inventedWrites } from "../../support/synthetic-literature.js";

const FISH_OIL = "MESH:D005395";
const RAYNAUD = "MESH:D011928";

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeDocuments(
    database,
    LITERATURE.map((document) => ({ document, evidence: goldEvidence(document) })),
  );
  await writeDocuments(database, inventedWrites({ documents: 100, entities: 150 }));
  // What is charged has a test of its own.
  api = await startApi(database, idleJobs(), { costAMinute: 0 });
});
afterAll(async () => {
  await api?.close();
  await wipe(database);
  await database?.close();
});

const get = (path: string, headers = {}) => fetch(`${api.url}${path}`, { headers });
const post = (path: string, body: string, type = "text/csv") =>
  fetch(`${api.url}${path}`, { method: "POST", headers: { "content-type": type }, body });

/** More than a socket's buffers take, so that an export to a reader that does nothing does not end. */
async function writeLargePapers(): Promise<void> {
  await Promise.all(
    Array.from({ length: 12 }, (_, index) => index).map(async (index) => {
      const padding = "x".repeat(400_000);
      await database.runText(
        "CREATE (p:Publication {pmid: $pmid, title: $title}) CREATE (:Document {id: $pmid + '|', document: $pmid, title: $title, curies: [], types: [], spellings: [], names: [], counts: [], variants: [], genes: [], models: [], digests: [], merged: false})-[:PART_OF]->(p)",
        { pmid: `99${index}`, title: padding },
      );
    }),
  );
}

function removeLargePapers() {
  return database.runText(
    "MATCH (n) WHERE n.pmid STARTS WITH '99' OR n.document STARTS WITH '99' DETACH DELETE n",
  );
}

describe("exports", () => {
  test("are listed with their addresses, each of which answers", async () => {
    const { formats } = (await (await get("/export")).json()) as {
      formats: { parts: { url: string; mediaType: string }[] }[];
    };
    const parts = formats.flatMap((format) => format.parts);
    expect(parts.map(({ url }) => url)).toContain("/export/kgx-tsv/edges");
    for (const { url, mediaType } of parts) {
      const answer = await get(url);
      expect([url, answer.status, answer.headers.get("content-type")]).toEqual([url, 200, mediaType]);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(1000);
    }
  });

  test("take filters, and go on behind a row", async () => {
    const whole = await (await get("/export/kgx-jsonl/edges?types=Association&minBelief=0.9")).text();
    const lines = whole.split("\n");
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.slice(0, -1).every((line) => JSON.parse(line).original_predicate === "Association")).toBe(
      true,
    );
    const { id } = JSON.parse(lines[9] ?? "");
    const after = encodeURIComponent(`relations:${id}`);
    const rest = await get(`/export/kgx-jsonl/edges?types=Association&minBelief=0.9&after=${after}`);
    expect(await rest.text()).toBe(lines.slice(10).join("\n"));
    expect(rest.headers.get("x-graph-version")).toMatch(/^\d+$/);
  });

  test.each([
    ["/export/excel", 404, "NOT_FOUND", /no format of exports/],
    ["/export/kgx-tsv", 400, "BAD_USER_INPUT", /several files/],
    ["/export/kgx-tsv/leaves", 404, "NOT_FOUND", /it has nodes or edges/],
    ["/export/graphml?minBelief=much", 400, "BAD_USER_INPUT", /minBelief is "much"/],
    ["/export/graphml?min_belief=0.5", 400, "BAD_USER_INPUT", /no parameter of this address/],
    ["/export/graphml?types=Bind&types=Association", 400, "BAD_USER_INPUT", /given twice/],
    ["/export/graphml?after=9", 400, "BAD_USER_INPUT", /no place in this export/],
    ["/export/parquet/nodes?after=entities:x", 400, "BAD_USER_INPUT", /cannot be gone on with/],
  ])("%s is refused", async (path, status, code, why) => {
    const answer = await get(path);
    const { errors } = (await answer.json()) as {
      errors: { message: string; extensions: Record<string, unknown> }[];
    };
    expect([answer.status, errors[0]?.extensions["code"], errors[0]?.extensions["retryable"]]).toEqual([
      status,
      code,
      false,
    ]);
    expect(errors[0]?.message).toMatch(why);
    expect(errors[0]?.extensions["requestId"]).toBe(answer.headers.get("x-request-id"));
  });

  test("a reader that does nothing is waited for, without reading on; one that goes ends the export", async () => {
    let pages = 0;
    const stop = database.onQuery(({ statement }) => {
      if (statement === "export-publications" || statement === "export-documents") pages += 1;
    });
    await writeLargePapers();
    const socket = connect(api.port, "127.0.0.1");
    socket.pause();
    socket.write("GET /export/cypher HTTP/1.1\r\nhost: localhost\r\n\r\n");
    await once(socket, "connect");
    for (let quiet = 0, before = -1; quiet < 5; ) {
      await setTimeout(200);
      quiet = pages === before ? quiet + 1 : 0;
      before = pages;
    }
    const held = pages;
    socket.destroy();
    await setTimeout(500);
    expect([held, pages]).toEqual([held, held]);
    expect(held).toBeGreaterThan(0);
    // All of it would be more statements than those that a socket's buffer made room for.
    expect(held).toBeLessThan(4);
    stop();
    await removeLargePapers();
  });

  test("only four are sent at a time", async () => {
    await writeLargePapers();
    const sockets = Array.from({ length: 4 }, () => connect(api.port, "127.0.0.1"));
    for (const socket of sockets) {
      socket.pause();
      socket.write("GET /export/cypher HTTP/1.1\r\nhost: localhost\r\n\r\n");
    }
    let answer: Response;
    do {
      await setTimeout(50);
      answer = await get("/export/cypher");
      if (answer.status === 200) await answer.text();
    } while (answer.status === 200 && sockets.every(({ readyState }) => readyState !== "closed"));
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([429, "10"]);
    for (const socket of sockets) socket.destroy();
    await removeLargePapers();
    for (let status = 429; status === 429; ) {
      await setTimeout(50);
      const again = await get("/export/kgx-tsv/nodes");
      status = again.status;
      await again.text();
    }
  });
});

describe("lists", () => {
  test("best paths of pairs, a row for each in their order", async () => {
    const body = `from,to\n${FISH_OIL},${RAYNAUD}\nMESH:D000001,mesh:D000001\n"tmVar:a,b",${RAYNAUD}\n`;
    const answer = await post("/batch/path-scores?maxHops=2", body);
    const [header, ...rows] = (await answer.text()).trimEnd().split("\n");
    expect(header).toBe("from,to,status,rank,score,hops,path,types,exact");
    expect(rows[0]).toMatch(/^MESH:D005395,MESH:D011928,found,1,0\.\d+,2,MESH:D005395 > .* > MESH:D011928,/);
    expect(rows.slice(1)).toEqual([
      "MESH:D000001,MESH:D000001,none,,0,,,,true",
      '"tmVar:a,b",MESH:D011928,unknown,,0,,,,true',
    ]);
  });

  test("relations of entities, as a table and as JSON", async () => {
    const body = `${FISH_OIL}\nMESH:D999999\n`;
    const table = (await (await post("/batch/relations", body)).text()).trimEnd().split("\n");
    const lines = (await (await post("/batch/relations?format=jsonl", body)).text()).trimEnd().split("\n");
    const objects = lines.map((line) => JSON.parse(line));
    expect(table.length).toBe(objects.length + 1);
    expect(objects[0]).toMatchObject({ entity: FISH_OIL, status: "found" });
    expect(objects.at(-1)).toEqual({ entity: "MESH:D999999", status: "unknown" });
    const [row] = await database.runText(
      "MATCH (:Entity {curie: $curie})<-[:SUBJECT|OBJECT]-(r:Relation) WHERE r.papers > 0 RETURN count(r) AS count",
      { curie: FISH_OIL },
    );
    expect(objects.length - 1).toBe(row?.["count"]);
  });

  test.each([
    ["an empty list", "", "text/csv", 400, /the list is empty/],
    ["a line of three", "a,b,c\n", "text/csv", 400, /no line of from,to/],
    ["an open quote", '"a,b\n', "text/csv", 400, /a quote is not closed/],
    ["a long list", "a,b\n".repeat(10_001), "text/csv", 400, /one request takes 10000/],
    ["JSON", "{}", "application/json", 400, /send the list as a table/],
    ["another type", "a,b", "application/x-thing", 415, /./],
    ["a large body", "a".repeat(4_000_001), "text/csv", 413, /./],
  ])("%s is refused", async (_what, body, type, status, why) => {
    const answer = await post("/batch/path-scores", body, type);
    const { errors } = (await answer.json()) as { errors: { message: string }[] };
    expect([answer.status, errors[0]?.message]).toEqual([status, expect.stringMatching(why)]);
  });
});

test("roles and rates hold", async () => {
  const { text, key } = makeApiKey("reader", "READER");
  await writeApiKey(database, key);
  const strict = await startApi(database, idleJobs(), { costAMinute: 60_000, maxCost: 50_000 });
  try {
    const asked = (headers = {}) => fetch(`${strict.url}/export/kgx-tsv/nodes`, { headers });
    expect((await asked({ "x-api-key": "bw_wrong" })).status).toBe(401);
    const first = await asked({ "x-api-key": text });
    expect(first.status).toBe(200);
    await first.text();
    expect((await asked({ "x-api-key": text })).status).toBe(429);
  } finally {
    await strict.close();
  }
});
