/** `bioweft discovery fit` and `bioweft evaluate discovery` as processes, on a graph drawn by the test. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { runBioweft } from "../../support/command.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-discovery-"));
const graph = ["--edges", join(folder, "edges.tsv"), "--nodes", join(folder, "nodes.tsv")];
const pair = ["--from-type", "disease", "--target", "GENE"];
const weights = join(folder, "weights.json");

beforeAll(() => {
  const random = seededRandom(3);
  const edges = new Set<string>();
  for (let disease = 0; disease < 40; disease++) {
    for (let link = 0; link < 16; link++) {
      const gene = (disease % 4) * 20 + Math.floor(20 * random.next());
      edges.add(`D:${disease}\tG:${gene}\tgene_associated_with_disease\tX\t${1990 + link}\t${1990 + link}`);
    }
  }
  const header = "source_id\ttarget_id\trelation\tfrom\tfirst_year\tlast_year";
  writeFileSync(join(folder, "edges.tsv"), [header, ...edges].join("\n"));
  const nodes = Array.from({ length: 80 }, (_, at) => `G:${at}\tGene\tg${at}\nD:${at}\tDisease\td${at}`);
  writeFileSync(join(folder, "nodes.tsv"), ["id\ttype\tname", ...nodes].join("\n"));
});
afterAll(() => rmSync(folder, { recursive: true }));

test("fits weights and judges every ranker beside degree", async () => {
  const fit = await runBioweft(["discovery", "fit", ...graph, ...pair, "--cutoff", "2000", "--out", weights]);
  expect(fit).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(readFileSync(weights, "utf8"))).toMatchObject({ cutoff: 1995, until: 2000 });
  const slice = ["evaluate", "discovery", ...graph, ...pair, "--cutoff", "2000", "--until", "2005"];
  const judged = await runBioweft([...slice, "--weights", weights, "--rankers", "Learned,Jaccard", "--json"]);
  expect(judged.code).toBe(0);
  const { queries, rankers } = JSON.parse(judged.stdout);
  expect(queries).toBe(39);
  expect(rankers.map(({ ranker }: { ranker: string }) => ranker)).toEqual(["Degree", "Learned", "Jaccard"]);
  expect(rankers[1].all.figures.auc.aboveDegree.interval[0]).toBeGreaterThan(0);
  const picture = join(folder, "slice.svg");
  const table = await runBioweft([...slice, "--rankers", "PageRank", "--picture", picture]);
  const drawn = readFileSync(picture, "utf8");
  expect(drawn).toContain("Disease → Gene, graph until 2000, gold 2001 to 2005");
  // Two rankers in two panels, each with its point.
  expect(drawn.match(/<circle/g)).toHaveLength(4);
  expect(drawn).not.toContain("NaN");
  expect(table.stdout).toContain("Disease → Gene, graph until 2000, gold 2001 to 2005, among all candidates");
});

test("refuses a random split, weights of later years, and years without new pairs, with the reason", async () => {
  const slice = (cutoff: string, ...more: string[]) =>
    runBioweft(["evaluate", "discovery", ...graph, ...pair, "--cutoff", cutoff, "--until", "2005", ...more]);
  expect((await slice("2000", "--split", "random")).stderr).toContain("a random split shows a ranker");
  expect((await slice("1998", "--weights", weights)).stderr).toContain("after the cutoff 1998");
  expect((await slice("2005")).stderr).toContain("not after the cutoff");
  const early = await runBioweft(["evaluate", "--corpus", "biored"]);
  expect(early).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("required option '--from <path>'"),
  });
});
