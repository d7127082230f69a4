/** LION LBD's graph and cases, and DrugMechDB's mechanisms: small files of their forms, in our own words. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readDiscoveryCases } from "../../../../ingest/formats/tables/discovery-cases.js";
import { readDrugMechanisms } from "../../../../ingest/formats/tables/drug-mechanisms.js";
import { isLionEdges, readLionGraph } from "../../../../ingest/formats/tables/lion-graph.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-gold-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, ...lines: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
};

const NODES = [
  ":ID,text,type,year:int,:LABEL",
  'MESH:D1,"oil, of fish",Chemical,1980,Entity',
  "PR:1,one,Gene,1981,Entity",
  'rs7,"the ""seventh""",Mutation,1990,Entity',
  "HOC:1,growth,Hallmark,1980,Entity",
];
const EDGES = [
  ":START_ID,year:int,metric_count:int[],:END_ID,:TYPE",
  "PR:1,1984,1;2;2,MESH:D1,COOCCURS",
  "rs7,1991,1,PR:1,COOCCURS",
  "PR:1,1990,1,HOC:1,COOCCURS",
  "PR:1,1990,1,PR:1,COOCCURS",
];

describe("LION's graph", () => {
  it("is read from Neo4j's CSV with its years; what is no entity of relations is counted", async () => {
    const [nodes, edges] = [file("nodes.csv", ...NODES), file("edges.csv", ...EDGES)];
    expect(await isLionEdges(edges)).toBe(true);
    expect(await isLionEdges(file("edges.tsv", "source_id\ttarget_id"))).toBe(false);
    const { relations, names, selfRelations, otherTypes } = await readLionGraph(edges, nodes);
    const named = relations.map(({ subject, object, firstYear, objectType }) => [
      subject,
      object,
      firstYear,
      objectType,
    ]);
    expect(named).toEqual([
      ["MESH:D1", "PR:1", 1984, "Gene"],
      ["PR:1", "rs7", 1991, "Variant"],
    ]);
    expect([names.get("MESH:D1"), names.get("rs7")]).toEqual(["oil, of fish", 'the "seventh"']);
    expect([selfRelations, otherTypes]).toEqual([1, 1]);
  });

  it("says where a file breaks the form", async () => {
    const nodes = file("nodes.csv", ...NODES);
    const edges = (...rows: readonly string[]) => file("bad.csv", EDGES[0] ?? "", ...rows);
    await expect(readLionGraph(edges("PR:1,soon,1,MESH:D1,X"), nodes)).rejects.toThrow(/bad.csv:2: .*"soon"/);
    await expect(readLionGraph(edges("PR:1,1990,1,MESH:D2,X"), nodes)).rejects.toThrow("MESH:D2");
    await expect(readLionGraph(edges('"PR:1,1990'), nodes)).rejects.toThrow("do not close");
    await expect(readLionGraph(file("none.csv", ":START_ID,x"), nodes)).rejects.toThrow(
      /lacks :END_ID, year/,
    );
  });
});

describe("cases of discovery", () => {
  it("are read by their columns, ids in canonical form", async () => {
    const table = file(
      "cases.tsv",
      "set\tcase\ta_id\tb_id\tc_id\tcutoff_year",
      "x\tone\tmesh:D005395\t\tMESH:D011928\t1985",
      "x\ttwo\tPR:1\tPR:2\t\t1985",
    );
    const rejected: string[] = [];
    const cases = await readDiscoveryCases(table, {
      skipBad: true,
      onRejected: ({ message }) => rejected.push(message),
    });
    expect(cases).toEqual([
      { name: "one", from: "MESH:D005395", by: undefined, to: "MESH:D011928", cutoff: 1985 },
    ]);
    expect(rejected).toEqual([expect.stringContaining("cases.tsv:3")]);
    await expect(readDiscoveryCases(file("other.tsv", "a\tb"))).rejects.toThrow("lacks case, a_id");
  });
});

describe("DrugMechDB's mechanisms", () => {
  const yaml = `
- directed: true
  graph:
    _id: DB1_MESH_D2_1
    disease: Pain
    disease_mesh: MESH:D010146
    drug: Oil
    drug_mesh: MESH:D005395
    drugbank: DB:DB00001
  links:
  - key: decreases activity of
    source: MESH:D005395
    target: UniProt:P1
  multigraph: true
  nodes:
  - id: MESH:D005395
    label: Drug
    name: Oil
  - id: UniProt:P1
    label: Protein
    name: ONE
  - id: MESH:D010146
    label: Disease
    name: Pain
`;
  it("are read with their ends and what lies between, in YAML and in JSON", async () => {
    const [one] = await readDrugMechanisms(file("paths.yaml", yaml));
    expect(one).toMatchObject({
      id: "DB1_MESH_D2_1",
      drug: { curie: "MESH:D005395" },
      disease: { curie: "MESH:D010146", name: "Pain" },
      between: [{ name: "ONE" }],
    });
    const json = [{ graph: { _id: "x", disease: "P", disease_mesh: "MESH:D010146", drug: "O" }, nodes: [] }];
    expect(await readDrugMechanisms(file("paths.json", JSON.stringify(json)))).toMatchObject([
      { id: "x", drug: { curie: "O" }, between: [] },
    ]);
  });

  it("are refused where they are something else", async () => {
    await expect(readDrugMechanisms(file("a.yaml", "- graph: 1"))).rejects.toThrow(/a.yaml: no mechanisms/);
    await expect(readDrugMechanisms(file("b.yaml", "- [1"))).rejects.toThrow("cannot be read as YAML");
    await expect(readDrugMechanisms(join(folder, "none"))).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
