/** The server's copy of the graph: brought up to date by deltas, kept in a file, and always what the graph says. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { KeptAdjacency } from "../../src/api/platform/kept-adjacency.js";
import type { Adjacency } from "../../src/discovery/adjacency/adjacency.js";
import { buildAdjacency } from "../../src/discovery/adjacency/build-adjacency.js";
import { GraphView } from "../../src/discovery/adjacency/graph-view.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { readAdjacency } from "../../src/graph/read/read-adjacency.js";
import { deleteDocuments } from "../../src/graph/write/write-documents.js";
import { writeGold } from "../support/api-client.js";
import { testDatabase, wipe } from "../support/database.js";
import { FISH_OIL_IN_RAYNAUD, LITERATURE, TWO_RELATIONS } from "../support/literature.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-kept-"));
const file = join(folder, "discovery", "graph.adjacency");
let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
beforeEach(async () => {
  await wipe(database);
  await writeGold(database, LITERATURE);
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
});

/** Everything an adjacency says, whatever its numbering, now and as of a year. */
function said(adjacency: Adjacency): string[] {
  return [undefined, 1985].flatMap((asOf) => {
    const view = new GraphView(adjacency, { asOf });
    return adjacency.curies
      .flatMap((curie, entity) =>
        view.links(entity).map(({ target, types, belief }) => {
          return [asOf, curie, adjacency.curies[target], types.join(), belief.toFixed(12)].join(" ");
        }),
      )
      .sort();
  });
}
const whole = async () => said(await buildAdjacency(() => readAdjacency(database)));
const statementsOf = async (work: () => Promise<unknown>): Promise<string[]> => {
  const sent: string[] = [];
  const stop = database.onQuery(({ statement }) => sent.push(statement));
  await work();
  stop();
  return sent;
};

describe("the kept adjacency", () => {
  it("follows what is written and taken out by deltas, without reading everything again", async () => {
    const kept = new KeptAdjacency(database);
    expect(said(await kept.now())).toEqual(await whole());
    const sent = await statementsOf(async () => {
      await writeGold(database, [FISH_OIL_IN_RAYNAUD, TWO_RELATIONS]);
      await kept.now();
      await deleteDocuments(database, [
        {
          document: TWO_RELATIONS.pmid,
          ...(TWO_RELATIONS.corpus === undefined ? {} : { corpus: TWO_RELATIONS.corpus }),
        },
      ]);
      await kept.now();
    });
    expect(sent.filter((statement) => statement === "adjacency")).toEqual([]);
    expect(sent).toContain("adjacency-of-relations");
    expect(said(await kept.now())).toEqual(await whole());
  });

  it("is read from its file at the next start, and brought up to date from there", async () => {
    const first = new KeptAdjacency(database, file);
    await first.now();
    await first.save();
    expect(statSync(file).size).toBeGreaterThan(1_024);
    await writeGold(database, [FISH_OIL_IN_RAYNAUD]);
    const second = new KeptAdjacency(database, file);
    const sent = await statementsOf(() => second.now());
    expect(sent).not.toContain("adjacency");
    expect(said(await second.now())).toEqual(await whole());
    await Promise.all([first.dispose(), second.dispose()]);
  });

  it("does not take another graph's file or versions for this one's", async () => {
    const kept = new KeptAdjacency(database, file);
    await kept.now();
    await kept.save();
    await wipe(database);
    await writeGold(database, [TWO_RELATIONS]);
    await writeGold(database, [FISH_OIL_IN_RAYNAUD]);
    expect(said(await kept.now())).toEqual(await whole());
    const next = new KeptAdjacency(database, file);
    expect(said(await next.now())).toEqual(await whole());
    await Promise.all([kept.dispose(), next.dispose()]);
  });
});
