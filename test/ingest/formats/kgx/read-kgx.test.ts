/** KGX of other graphs: what comes of their edges, and what is refused. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readKgx } from "../../../../ingest/formats/kgx/read-kgx.js";
import type { BioWeftError } from "../../../../src/core/errors.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-kgx-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NODES = [
  "id\tcategory\tname\tsynonym",
  "MESH:D000900\tbiolink:SmallMolecule|biolink:NamedThing\tmadeupine\tmade-upine|MUP",
  "NCBIGene:7157\tbiolink:Gene\tTP53\t",
  "DBSNP:rs1\tbiolink:SequenceVariant\t\t",
];

function files(nodes: readonly string[], edges: readonly string[]) {
  const paths = { nodes: join(folder, "n.tsv"), edges: join(folder, "e.tsv") };
  writeFileSync(paths.nodes, `${nodes.join("\n")}\n`);
  writeFileSync(
    paths.edges,
    `${["subject\tpredicate\tobject\tpublications\tprimary_knowledge_source", ...edges].join("\n")}\n`,
  );
  return paths;
}

async function all(edges: readonly string[], nodes = NODES, options = {}) {
  const papers = [];
  for await (const paper of readKgx(files(nodes, edges), options)) papers.push(paper);
  return papers;
}

test("an edge is said by each of its publications, by the word of its source", async () => {
  const papers = await all([
    "NCBIGene:7157\tbiolink:negatively_correlated_with\tMESH:D000900\tPMID:11|PMID:12\tinfores:others",
    "DBSNP:rs1\tbiolink:associated_with\tMESH:D000900\tPMID:12\tinfores:others",
  ]);
  expect(papers.map(({ document, evidence }) => [document.pmid, evidence.length])).toEqual([
    ["11", 1],
    ["12", 2],
  ]);
  expect(papers[0]?.evidence[0]).toMatchObject({
    ...{ type: "Negative_Correlation", source: "others", sourceKind: "corpus", probability: 1, pmid: "11" },
    subject: { curie: "MESH:D000900", type: "Chemical", names: ["madeupine", "made-upine", "MUP"] },
    object: { curie: "NCBIGene:7157", type: "Gene" },
  });
  expect(papers[1]?.evidence[1]).toMatchObject({ object: { curie: "dbSNP:rs1", type: "Variant" } });
});

test.each([
  ["MESH:D000900\tbiolink:treats\tNCBIGene:7157\tPMID:1\tx", /biolink:treats is no relation/],
  ["MESH:D000900\tbiolink:related_to\tNCBIGene:7157\tPMID:1\tx", /biolink:related_to is no relation/],
  ["MESH:D000900\tbiolink:associated_with\tMESH:D000901\tPMID:1\tx", /MESH:D000901 is among no nodes/],
  ["MESH:D000900\tbiolink:associated_with\tMESH:D000900\tPMID:1\tx", /between a node and itself/],
  ["MESH:D000900\tbiolink:associated_with\tNCBIGene:7157\t\tx", /names no publications/],
  ["MESH:D000900\tbiolink:associated_with\tNCBIGene:7157", /3 cells, the header 5/],
])("%s is refused with its line, or counted", async (edge, why) => {
  await expect(all([edge])).rejects.toMatchObject({
    code: "BAD_INPUT",
    message: expect.stringMatching(why),
    place: { line: 2 },
  });
  const rejected: BioWeftError[] = [];
  const good = "MESH:D000900\tbiolink:associated_with\tNCBIGene:7157\tPMID:1\tx";
  const options = { skipBad: true, onRejected: (fault: BioWeftError) => rejected.push(fault) };
  expect(await all([edge, good], NODES, options)).toHaveLength(1);
  expect(rejected).toHaveLength(1);
});

test("a node of no known kind is refused", async () => {
  await expect(all([], ["id\tcategory", "X:1\tbiolink:City"])).rejects.toThrow(
    /biolink:City is no kind of entity/,
  );
});
