/** The thread that makes adjacencies: the same as made here, while this thread is free; faults come as they were thrown. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Adjacency, AdjacencyRow } from "../../src/discovery/adjacency/adjacency.js";
import { writeAdjacency } from "../../src/discovery/adjacency/adjacency-file.js";
import { buildAdjacency } from "../../src/discovery/adjacency/build-adjacency.js";
import { storedArrays } from "../../src/discovery/adjacency/compress.js";
import { withDelta } from "../../src/discovery/adjacency/delta.js";
import { AdjacencyThread } from "../../src/discovery/adjacency-thread.js";
import { syntheticRelations } from "../../src/discovery/evaluation/synthetic-graph.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-thread-"));
const thread = new AdjacencyThread(0);
afterAll(async () => {
  await thread.dispose();
  rmSync(folder, { recursive: true });
});

async function* relations(): AsyncGenerator<AdjacencyRow> {
  yield* syntheticRelations(500, 20_000, 3);
}

/** Everything in the arrays that is in use. */
function said(adjacency: Adjacency) {
  const { edgesUsed, papersUsed, size, relations, curies } = adjacency;
  const arrays = Object.entries(storedArrays(adjacency)).map(([name, array]) => {
    const isOfPapers = ["paperYears", "paperWeights", "paperSources"].includes(name);
    const used = isOfPapers ? papersUsed : array.length === size ? size : edgesUsed;
    return [name, Buffer.from(array.slice(0, used).buffer).toString("base64")];
  });
  return { arrays, relations, curies: [...curies], index: curies.map((curie) => adjacency.indexOf(curie)) };
}

describe("the thread that makes adjacencies", () => {
  it("builds, updates and loads as is done here, and leaves this thread free", async () => {
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    const built = await thread.build(relations);
    // The source is read here without a pause: what turned, turned while the other thread worked.
    expect(turns).toBeGreaterThan(3);
    clearInterval(turning);
    const here = await buildAdjacency(relations);
    expect(said(built)).toEqual(said(here));
    const row = (subject: string, object: string, belief: number): AdjacencyRow => ({
      ...{ subject, subjectType: "Gene", object, objectType: "Gene", type: "Bind", belief, firstYear: 2001 },
    });
    const first = [row("SYNTH:1", "new:1", 0.4), row("SYNTH:4", "SYNTH:5", 0.2)];
    const second = [row("new:1", "new:0", 0.5), row("SYNTH:1", "new:1", 0)];
    const updated = await thread.delta(await thread.delta(built, first), second);
    expect(said(updated)).toEqual(said(withDelta(withDelta(here, first), second)));
    expect(updated.indexOf("new:0")).toBe(updated.size - 1);
    expect(built.indexOf("new:0")).toBeUndefined();
    const file = join(folder, "graph.adjacency");
    await writeAdjacency(file, { graph: "5", adjacency: updated });
    const loaded = await thread.load(file);
    expect(loaded.graph).toBe("5");
    expect(said(loaded.adjacency)).toEqual(said(updated));
  });

  it("says what is wrong with a file as it is said here", async () => {
    const file = join(folder, "none");
    await expect(thread.load(file)).rejects.toMatchObject({ code: "NOT_FOUND", place: { file } });
    writeFileSync(file, "x".repeat(2_000));
    await expect(thread.load(file)).rejects.toMatchObject({ code: "BAD_INPUT", place: { file } });
  });
});
