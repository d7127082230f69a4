/** The search asks for types in the index: one of a rare type is found behind however many nearer hits of another. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { searchQuery } from "../../../src/graph/read/search-words.js";
import { writeGold } from "../../support/api-client.js";
import { aDocument } from "../../support/builders.js";
import { testDatabase, wipe } from "../../support/database.js";
import { crowd } from "../../support/literature.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  const words = "a receptor that a drug binds";
  const rare = aDocument({
    abstract: `This is ${words}.`,
    mentions: [{ text: words, type: "Disease", ids: ["D777777"] }],
  });
  await writeGold(database, [...crowd(30), rare]);
});
afterAll(() => database?.close());

const search = (text: string, types: readonly ("Disease" | "Gene" | "Chemical")[] | null, hits: number) =>
  database.read("search-entities", {
    ...{ query: searchQuery(text, types), text, curie: null, types, hits },
    ...{ afterRank: null, afterScore: null, afterCurie: null, limit: 100 },
  });

it("finds what the nearest hits do not hold", async () => {
  expect((await search("drug", null, 10)).map((row) => row["type"])).toEqual(Array(10).fill("Chemical"));
  expect((await search("drug", ["Disease"], 10)).map((row) => row["curie"])).toEqual(["MESH:D777777"]);
  expect(await search("drug", ["Chemical", "Disease"], 100)).toHaveLength(31);
});

it("takes no type for a name", async () => {
  expect(await search("chemical", null, 100)).toEqual([]);
  expect(await search("gene", ["Chemical"], 100)).toEqual([]);
});
