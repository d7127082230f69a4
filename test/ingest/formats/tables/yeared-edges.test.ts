/** Edge lists with years: rows of one pair and type become one relation, what is left out is counted, what is broken refused. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { readYearedEdges } from "../../../../ingest/formats/tables/yeared-edges.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-edges-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EDGES = "source_id\ttarget_id\trelation\tfrom\tfirst_year\tlast_year";
const NODES = "id\ttype\tname\nNCBIGene:1\tGene\tone\nNCBIGene:2\tGene\ttwo\nMESH:D1\tDisease\tache\n";

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, name.endsWith(".gz") ? gzipSync(content) : content);
  return path;
}

test("joins rows of one pair and type, whichever way round they stand", async () => {
  const rows = [
    "NCBIGene:1\tMESH:D1\tgene_associated_with_disease\tA\t2001\t2003",
    "MESH:D1\tNCBIGene:1\tgene_marker_or_mechanism_of_disease\tB\t1999\t1999",
    "NCBIGene:2\tNCBIGene:1\tgene_represses_gene\tC\t2010\t2010",
    "NCBIGene:2\tNCBIGene:2\tgene_regulates_gene\tC\t2010\t2010",
    "NCBIGene:2\tMESH:D1\tgene_puzzles_disease\tC\t2011\t2011",
  ];
  const edges = file("edges.tsv.gz", [EDGES, ...rows, ""].join("\n"));
  const found = await readYearedEdges(edges, file("nodes.tsv.gz", NODES));
  expect(found).toMatchObject({ selfRelations: 1, unknownKinds: 1 });
  expect(found.names.get("MESH:D1")).toBe("ache");
  expect(found.relations).toMatchObject([
    { subject: "MESH:D1", object: "NCBIGene:1", type: "Association", firstYear: 1999, objectType: "Gene" },
    { subject: "NCBIGene:1", object: "NCBIGene:2", type: "Negative_Correlation", firstYear: 2010 },
    { subject: "MESH:D1", object: "NCBIGene:2", type: "Association", firstYear: 2011 },
  ]);
  expect(found.relations[0]?.papers.map(({ year }) => year)).toEqual([2001, 1999]);
  expect(found.relations[0]?.belief).toBeCloseTo(1 - 0.05 ** 2, 12);
});

test("refuses what breaks the form, or leaves it out and says so", async () => {
  const nodes = file("nodes.tsv", NODES);
  const edges = file(
    "broken.tsv",
    `${EDGES}\nNCBIGene:1\tMESH:D1\tx\tA\tlate\t\nNCBIGene:9\tMESH:D1\tx\tA\t2001\t2001\n`,
  );
  await expect(readYearedEdges(edges, nodes)).rejects.toThrow(
    'broken.tsv:2: a row with the first year "late"',
  );
  const reasons: string[] = [];
  const options = { skipBad: true, onRejected: ({ message }: Error) => reasons.push(message) };
  expect((await readYearedEdges(edges, nodes, options)).relations).toEqual([]);
  expect(reasons[1]).toContain("NCBIGene:9, whose type stands nowhere");
  await expect(readYearedEdges(file("no.tsv", "a\tb\n"), nodes)).rejects.toThrow(
    "the header lacks source_id",
  );
  await expect(readYearedEdges(edges, file("types.tsv", "id\ttype\tname\nx\tPlanet\ty\n"))).rejects.toThrow(
    "Planet",
  );
  const cut = gzipSync("x".repeat(5_000)).subarray(0, 20);
  writeFileSync(join(folder, "cut.tsv.gz"), cut);
  await expect(readYearedEdges(join(folder, "cut.tsv.gz"), nodes)).rejects.toThrow("cannot be unpacked");
});
