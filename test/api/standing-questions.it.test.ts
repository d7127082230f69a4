/** Saved questions over HTTP and a socket on a real graph: asked again when papers come, followers told what moved. */
import { createClient } from "graphql-ws";
import { afterAll, beforeAll, expect, it } from "vitest";
import WebSocket from "ws";
import type { ApiServer } from "../../src/api/server/server.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { dataOf, type Json, operation, startApi, writeGold } from "../support/api-client.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";
import { FISH_OIL_IN_RAYNAUD, LITERATURE } from "../support/literature.js";

const [FISH_OIL, RAYNAUD] = ["MESH:D005395", "MESH:D011928"];

let database: Database;
let api: ApiServer;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, LITERATURE);
  api = await startApi(database, idleJobs());
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** The next change of each question. */
function follow(ids: readonly string[]) {
  const client = createClient({
    url: api.url.replace("http", "ws").concat("/graphql"),
    webSocketImpl: WebSocket,
  });
  const first = async (id: string): Promise<Json> => {
    for await (const { data, errors } of client.iterate({
      query: operation("standing-changes"),
      variables: { id },
    })) {
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return (data as { standingChanges: Json }).standingChanges;
    }
    throw new Error("the subscription ended without a change");
  };
  return { changes: Promise.all(ids.map(first)), close: () => client.dispose() };
}

it("tells who follows what moved, and that a first direct paper has come", async () => {
  const save = async (more: object) =>
    (await dataOf(api, operation("save-question"), { from: FISH_OIL, ...more }))["saveQuestion"] as Json;
  const open = await save({ targetType: "DISEASE" });
  const closed = await save({ to: RAYNAUD });
  expect(closed["ranks"]).toMatchObject([{ entity: { curie: RAYNAUD } }]);
  const { changes, close } = follow([open.id, closed.id]);
  // The subscriptions must stand before the paper comes.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  await writeGold(database, [FISH_OIL_IN_RAYNAUD]);
  const [ofOpen, ofClosed] = await changes;
  await close();
  expect(ofOpen).toMatchObject({ question: open.id, firstDirect: [{ curie: RAYNAUD }] });
  expect(ofOpen?.["moved"]).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ rank: null, entity: expect.objectContaining({ curie: RAYNAUD }) }),
    ]),
  );
  expect(ofClosed).toMatchObject({ question: closed.id, firstDirect: [{ curie: RAYNAUD }] });
  const kept = (await dataOf(api, operation("standing-questions")))["standingQuestions"];
  expect(kept).toMatchObject([
    { id: open.id, to: null, direct: [{ curie: RAYNAUD }] },
    { id: closed.id, to: { curie: RAYNAUD } },
  ]);
});

it("forgets a question when asked to, and refuses to follow one that is not there", async () => {
  const questions = async () =>
    (await dataOf(api, operation("standing-questions")))["standingQuestions"] as Json[];
  for (const { id } of await questions()) {
    expect(await dataOf(api, operation("remove-question"), { id })).toEqual({ removeQuestion: true });
  }
  expect(await questions()).toEqual([]);
  const { changes, close } = follow(["none"]);
  await expect(changes).rejects.toThrow("no saved question has this id");
  await close();
});
