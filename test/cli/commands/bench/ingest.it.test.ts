/** `bioweft bench ingest` as a process, on a corpus of our own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runBioweft } from "../../../support/command.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("bioweft bench ingest", () => {
  it("prints documents per second of each corpus that is here, and nothing else", async () => {
    mkdirSync(join(folder, "bc5cdr"));
    writeFileSync(
      join(folder, "bc5cdr", "CDR_TrainingSet.PubTator.txt"),
      "1|t|Zinc caused anaemia.\n1|a|\n1\t0\t4\tZinc\tChemical\tD015032\n1\t12\t19\tanaemia\tDisease\tD000740\n",
    );
    const { code, stdout, stderr } = await runBioweft([
      "bench",
      "ingest",
      "--from",
      folder,
      "--python",
      "/no/such/python",
      "--files",
      "1",
      "--records",
      "100",
      "--papers",
      "0",
      "--json",
    ]);
    expect(code).toBe(0);
    expect(stderr).toMatch(/PubMed: 1 synthetic files, 102 records/);
    expect(stderr).toMatch(/Python's pubmed_parser: not measured: .*pip install pubmed_parser/);
    expect(stderr).toMatch(/Python's bioc: not measured: .*\/no\/such\/python.*pip install bioc/);
    const { rows } = JSON.parse(stdout);
    expect(rows).toMatchObject([
      { name: "read bc5cdr", unit: "documents/s", ratio: 1, against: "read bc5cdr" },
      { name: "harmonize bc5cdr", unit: "documents/s", against: "read bc5cdr" },
      { name: "read PubMed baseline", unit: "records/s of one core", ratio: 1 },
    ]);
    for (const { value } of rows) expect(value).toBeGreaterThan(0);
  });

  it("says so where no corpus is", async () => {
    const { code, stderr } = await runBioweft(["bench", "ingest", "--from", tmpdir(), "--json"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/holds no folder of a corpus \(aimed, .*biored/);
  });
});
