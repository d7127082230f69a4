/** `bioweft harmonize` and `bioweft convert` as processes, on files of our own. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDocumentLines } from "../../../ingest/formats/jsonl/document-jsonl.js";
import { runBioweft } from "../../support/command.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-harmonize-"));
afterAll(() => rmSync(folder, { recursive: true }));

const block = (pmid: string) =>
  `${pmid}|t|Zinc caused anaemia.\n${pmid}|a|Iron did not.\n` +
  `${pmid}\t0\t4\tZinc\tChemical\tD015032\n${pmid}\t12\t19\tanaemia\tDisease\tD000740\n` +
  `${pmid}\t21\t25\tIron\tChemical\tD007501\n${pmid}\tCID\tD015032\tD000740\n\n`;
const out = join(folder, "out.jsonl");

beforeAll(() => {
  mkdirSync(join(folder, "bc5cdr"));
  // 15036754 is one of BioRED's test abstracts.
  writeFileSync(
    join(folder, "bc5cdr", "CDR_TrainingSet.PubTator.txt"),
    ["90000001", "90000002", "15036754"].map(block).join(""),
  );
  writeFileSync(join(folder, "evaluation.txt"), "90000002\n");
});

describe("bioweft harmonize", () => {
  it("writes documents with classes, drops the papers of evaluation sets and counts them", async () => {
    const { code, stdout } = await runBioweft([
      ...["harmonize", "--corpus", "bc5cdr", "--from", folder, "--out", out],
      ...["--without", join(folder, "evaluation.txt"), "--json"],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      documents: 1,
      corpora: [
        {
          corpus: "bc5cdr",
          adjustments: "a1 b1 c1 d1 e1",
          relations: 1,
          candidates: { "None-CID": 1, Positive_Correlation: 1 },
          leaks: 2,
        },
      ],
    });
    const [line = ""] = readFileSync(out, "utf8").split("\n");
    expect(JSON.parse(line)).toMatchObject({ prompt: "BC5CDR", markers: "BC5CDR", pairs: [{}, {}] });
    for await (const document of readDocumentLines(out)) expect(document.pmid).toBe("90000001");
  });

  it("leaves nothing behind when a document is broken, and counts it when told to go on", async () => {
    writeFileSync(
      join(folder, "broken.txt"),
      `${block("90000003")}90000004|t|Cut\n90000004\t0\t9\tCut\tDisease\tD1\n`,
    );
    const args = ["harmonize", "--corpus", "bc5cdr", "--from", join(folder, "broken.txt")];
    const target = join(folder, "broken.jsonl");
    const failed = await runBioweft([...args, "--out", target, "--json"]);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/90000004/);
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
    const kept = await runBioweft([...args, "--out", target, "--skip-bad", "--json"]);
    expect(JSON.parse(kept.stdout)).toMatchObject({ documents: 1, corpora: [{ rejectedDocuments: 1 }] });
  });
});

describe("bioweft convert", () => {
  it("writes the original tool's rows", async () => {
    const { stdout } = await runBioweft(["convert", "--corpus", "bc5cdr", "--from", join(folder, "bc5cdr")]);
    const rows = stdout.trimEnd().split("\n");
    expect(rows).toHaveLength(6);
    expect(rows[0]?.split("\t")).toEqual([
      ...["90000001", "Chemical", "Disease", "D015032", "D000740", "True", "0"],
      "What is [CID] between @ChemicalSrc$ Zinc @/ChemicalSrc$ and @DiseaseTgt$ anaemia @/DiseaseTgt$ ? [SEP] " +
        "@ChemicalSrc$ Zinc @ChemicalSrc/$ caused @DiseaseTgt$ anaemia @DiseaseTgt/$. Iron did not.",
      ...["", "CID"],
    ]);
    // Iron and anaemia meet in no passage.
    expect(rows[1]?.split("\t").slice(3, 7)).toEqual(["D007501", "D000740", "False", "1"]);
  });
});
