/** `bioweft discovery open`, `explain`, `paths` and `fit` as processes, on an edge list and on the graph in the database. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeGold } from "../../support/api-client.js";
import { runBioweft } from "../../support/command.js";
import { testAddress, testDatabase, wipe } from "../../support/database.js";
import { LITERATURE } from "../../support/literature.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-questions-"));
const list = ["--edges", join(folder, "edges.tsv"), "--nodes", join(folder, "nodes.tsv")];
beforeAll(() => {
  const edges = [
    ["MESH:D1", "NCBIGene:1", "chemical_inhibits_gene", 1980],
    ["NCBIGene:1", "MESH:D2", "gene_associated_with_disease", 1982],
    ["MESH:D1", "NCBIGene:2", "chemical_activates_gene", 1983],
    ["NCBIGene:2", "NCBIGene:1", "gene_activates_gene", 1984],
    ["MESH:D1", "MESH:D2", "chemical_induces_disease", 1990],
  ].map(([from, to, kind, year]) => [from, to, kind, "X", year, year].join("\t"));
  const header = "source_id\ttarget_id\trelation\tfrom\tfirst_year\tlast_year";
  writeFileSync(join(folder, "edges.tsv"), [header, ...edges].join("\n"));
  const nodes = [
    "MESH:D1\tChemical\tOil",
    "MESH:D2\tDisease\tPain",
    "NCBIGene:1\tGene\tONE",
    "NCBIGene:2\tGene\tTWO",
  ];
  writeFileSync(join(folder, "nodes.tsv"), ["id\ttype\tname", ...nodes].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("explains a pair of an edge list, as of a year and now", async () => {
  const then = await runBioweft([
    "discovery",
    "explain",
    "MESH:D1",
    "MESH:D2",
    ...list,
    "--as-of",
    "1989",
    "--json",
  ]);
  expect(then).toMatchObject({ code: 0, stderr: "" });
  const { direct, linking, metapaths, scores } = JSON.parse(then.stdout);
  expect(direct).toEqual({ types: [], belief: 0, papers: 0, since: 1990 });
  expect(linking).toMatchObject([{ curie: "NCBIGene:1", degree: 3, fromTypes: ["Negative_Correlation"] }]);
  expect(metapaths.map(({ name, paths }: { name: string; paths: number }) => [name, paths])).toEqual([
    ["C-G-D", 1],
    ["C-G-G-D", 1],
  ]);
  expect(scores[0]).toMatchObject({ ranker: "Degree", rank: 1, candidates: 1 });
  const permuted = [...list, "--permutations", "3"];
  const { stdout } = await runBioweft(["discovery", "explain", "MESH:D1", "MESH:D2", ...permuted]);
  // Nothing can be exchanged here: by chance it would be the same.
  expect(stdout).toMatch(/metapath +paths +DWPC +p\n.*C-G-D +1 .* 1\.0\n/s);
  expect(stdout).toContain(
    "Oil (MESH:D1) → Pain (MESH:D2)\nknown: Positive_Correlation, belief 0.95, 1 papers, since 1990",
  );
});

test("tells where cases stand, and which curated mechanisms are among the first explanations", async () => {
  const cases = join(folder, "cases.tsv");
  const rows = [
    ["one", "MESH:D1", "NCBIGene:1", "MESH:D2", "1989"],
    ["two", "MESH:D1", "", "MESH:D9", "1989"],
    ["three", "MESH:D1", "", "MESH:D2", "1995"],
  ];
  const header = ["case", "a_id", "b_id", "c_id", "cutoff_year"];
  writeFileSync(cases, [header, ...rows].map((row) => row.join("\t")).join("\n"));
  const placed = await runBioweft([
    ...["evaluate", "cases", ...list, "--cases", cases],
    ...["--rankers", "degree,dwpc", "--json"],
  ]);
  expect(placed).toMatchObject({ code: 0, stderr: "" });
  const [one, two, three] = JSON.parse(placed.stdout).cases;
  expect(one).toMatchObject({ candidates: 1, ranks: [{ ranker: "Degree", rank: 1 }, {}], term: 1, terms: 1 });
  expect([two.unknown, three.unknown]).toEqual(["MESH:D9 not in the graph", "related by then"]);
  const mechanism = (between: string) => ({
    graph: { _id: between, drug: "Oil", drug_mesh: "MESH:D1", disease: "Pain", disease_mesh: "MESH:D2" },
    nodes: [{ id: `UniProt:${between}`, name: between }],
  });
  const mechanisms = join(folder, "mechanisms.json");
  // ONE links the two, TWO lies three hops from end to end, both found by their names; nobody knows THREE.
  writeFileSync(mechanisms, JSON.stringify(["one", "TWO", "THREE"].map(mechanism)));
  const judged = await runBioweft(["evaluate", "mechanisms", ...list, "--mechanisms", mechanisms, "--json"]);
  expect(JSON.parse(judged.stdout)).toEqual({
    ...{ first: 10, mechanisms: 3, known: 2, linked: 1, found: 1, foundByDegree: 1, foundOnPaths: 2 },
  });
});

test("finds candidates and paths in an edge list, and refuses what is not in it", async () => {
  const open = await runBioweft([
    "discovery",
    "open",
    "MESH:D1",
    ...list,
    "--as-of",
    "1989",
    "--rankers",
    "dwpc",
  ]);
  expect(open.stdout).toMatch(/Pain +MESH:D2 +1\.00 +1\.00 .*ONE/);
  const paths = await runBioweft(["discovery", "paths", "MESH:D1", "MESH:D2", ...list, "--as-of", "1989"]);
  expect(paths.stdout).toContain("Oil – 0.95 ONE – 0.95 Pain");
  const unknown = await runBioweft(["discovery", "open", "MESH:D9", ...list]);
  expect(unknown).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("MESH:D9 takes part in no relation"),
  });
  const half = await runBioweft(["discovery", "open", "MESH:D9", "--edges", join(folder, "edges.tsv")]);
  expect(half).toMatchObject({ code: 1, stderr: expect.stringContaining("--edges and --nodes go together") });
});

test("asks the graph in the database, with its sentences, and fits on it", async () => {
  const database = await testDatabase();
  await wipe(database);
  await writeGold(database, LITERATURE);
  await database.close();
  const { uri, user, password } = testAddress();
  const settings = { NEO4J_URI: uri, NEO4J_USER: user, NEO4J_PASSWORD: password };
  const ends = ["MESH:D005395", "MESH:D011928"];
  const explained = await runBioweft(["discovery", "explain", ...ends], settings);
  expect(explained).toMatchObject({ code: 0, stderr: "" });
  expect(explained.stdout).toMatch(/Fish oil \(MESH:D005395\) → Raynaud/);
  expect(explained.stdout).toMatch(/\d+ \(19\d\d\): .*Fish oil/);
  const pair = ["--from-type", "chemical", "--target", "disease"];
  const fit = await runBioweft(
    ["discovery", "fit", ...pair, "--cutoff", "1970", "--out", join(folder, "weights.json")],
    settings,
  );
  expect(fit).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing to learn from") });
});
