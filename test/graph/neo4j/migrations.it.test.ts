import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../../src/graph/neo4j/database.js";
import { migrate, readMigrations } from "../../../src/graph/neo4j/migrations.js";
import { testDatabase } from "../../support/database.js";

describe("migrate", () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it("has applied every migration once, and applies none again", async () => {
    expect(await migrate(database)).toEqual([]);
    const rows = await database.read("applied-migrations", {});
    expect(rows.map((row) => row["id"])).toEqual(readMigrations().map(({ id }) => id));
  });

  it("leaves all indexes online", async () => {
    const rows = await database.runText("SHOW INDEXES YIELD name, state RETURN name, state");
    expect(rows.map((row) => row["name"])).toEqual(
      expect.arrayContaining(["entity_curie", "entity_names", "relation_belief", "evidence_year"]),
    );
    expect(new Set(rows.map((row) => row["state"]))).toEqual(new Set(["ONLINE"]));
  });

  it("finds synonyms with a typing error", async () => {
    await database.runText(
      "CREATE (:Entity {curie: 'MESH:T1', name: 'aspirin', synonyms: ['acetylsalicylic acid', 'aspirin']})",
    );
    const rows = await database.runText(
      "CALL db.index.fulltext.queryNodes('entity_names', 'acetylsalycilic~') YIELD node RETURN node.curie AS curie",
    );
    expect(rows).toEqual([{ curie: "MESH:T1" }]);
    await database.runText("MATCH (e:Entity {curie: 'MESH:T1'}) DELETE e");
  });

  it("refuses a migration that was changed after it was applied", async () => {
    const changed = readMigrations().map((migration, index) =>
      index === 0 ? { ...migration, checksum: "another" } : migration,
    );
    await expect(migrate(database, changed)).rejects.toMatchObject({
      code: "CONFIG",
      message: expect.stringContaining("0001-constraints-and-indexes"),
    });
  });

  it("refuses a database from a newer version", async () => {
    await expect(migrate(database, readMigrations().slice(0, 1))).rejects.toMatchObject({
      code: "CONFIG",
      message: expect.stringContaining("0002-entity-names"),
    });
  });
});
