/**
 * A miniature of every experiment that `bioweft reproduce` knows: corpora of our own in the published layouts, a
 * tiny encoder, one epoch, tfjs's portable backend.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import type { Document } from "../../../src/core/document.js";
import { ablation, encoders, table3 } from "../../../src/lab/experiments/biored-experiments.js";
import type { Experiment } from "../../../src/lab/experiments/experiment.js";
import { table4, table5, table6 } from "../../../src/lab/experiments/other-tables.js";
import { table2 } from "../../../src/lab/experiments/table2.js";
import { TRAINING_DEFAULTS } from "../../../src/model/training/plan.js";
import { DISTILLATION_DEFAULTS } from "../../../src/model/training/teacher.js";
import { percent, type ResultTable, tableLines } from "../../../src/terminal/result-table.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";
import { letterDocument } from "../../support/tiny/tiny-training.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-reproduce-"));
const at = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Letter documents whose PMIDs begin at a number, in PubTator; `label` is what the corpus calls a relation. */
function letters(from: number, count: number, label?: string): string {
  const documents = Array.from({ length: count }, (_, index): Document => {
    const document = letterDocument(from + index);
    const relations = document.relations.map((relation) => ({ ...relation, type: label ?? relation.type }));
    return { ...document, relations };
  });
  return documents.map((document) => toPubTator(document)).join("");
}

/** A document of HPRD50 in the unified XML: two proteins of one sentence, which interact where `related`. */
function proteins(id: number, related: boolean): string {
  const entity = (name: string, start: number) =>
    `<entity id="s${id}.${name}" charOffset="${start}-${start + 1}" type="protein" text="${name}"/>`;
  const pair = related ? `<interaction id="i${id}" e1="s${id}.a" e2="s${id}.b" type="PPI"/>` : "";
  return `<document id="HPRD50.d${id}" origId="${9_300_000 + id}"><sentence id="s${id}" text="a ${related ? "x" : "z"} b." charOffset="0-6">${entity("a", 0)}${entity("b", 4)}${pair}</sentence></document>`;
}

function combination(id: number): string {
  const sentence = id % 2 === 0 ? "ab with cd cured" : "ab or cd cured";
  const span = (text: string, start: number, index: number) => ({
    ...{ span_id: index, text, start, end: start + 2 },
    ...{ token_start: 2 * index, token_end: 2 * index + 1 },
  });
  const spans = [span("ab", 0, 0), span("cd", sentence.indexOf("cd"), 1)];
  const rels = id % 2 === 0 ? [{ class: "POS", spans: [0, 1], is_context_needed: false }] : [];
  const source = `https://pubmed.ncbi.nlm.nih.gov/${9_400_000 + id}/`;
  return `${JSON.stringify({ doc_id: `n${id}`, sentence, paragraph: `${sentence} .`, spans, rels, source })}\n`;
}

const CORPORA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  biored: { "Train.PubTator": letters(0, 12), "Dev.PubTator": letters(20, 2) },
  bc5cdr: {
    "CDR_TrainingSet.PubTator.txt": letters(40, 2, "CID"),
    "CDR_DevelopmentSet.PubTator.txt": letters(60, 2, "CID"),
  },
  hprd50: {
    "HPRD50-train.xml": `<corpus source="HPRD50">${proteins(1, true)}${proteins(2, false)}</corpus>`,
    "HPRD50-test.xml": `<corpus source="HPRD50">${proteins(3, true)}${proteins(4, false)}</corpus>`,
  },
  "nary-drug-combo": { "final_train_set.jsonl": [1, 2, 3, 4, 5].map(combination).join("") },
};

beforeAll(async () => {
  await writeTinyCheckpoint(at("tiny"));
  for (const [corpus, files] of Object.entries(CORPORA)) {
    mkdirSync(at(`corpora/${corpus}`), { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(at(`corpora/${corpus}/${name}`), text);
  }
});

function anExperiment(out: string, parts: Partial<Experiment> = {}): Experiment {
  return {
    from: at("corpora"),
    out: at(out),
    epochs: 1,
    learning: {
      encoder: at("tiny"),
      held: 1,
      heldOthers: 0,
      fraction: 1,
      settings: { ...TRAINING_DEFAULTS, learningRate: 0.01 },
      classWeights: "none",
      distillation: DISTILLATION_DEFAULTS,
      backend: "portable",
      precision: "fp32",
      checkpointSeconds: 300,
    },
    encoders: [at("tiny")],
    folds: 2,
    signal: new AbortController().signal,
    ...parts,
  };
}

/** The table has these columns, and each figure of ours is one that so few pairs can give; typed is at most pair. */
function expectFigures(
  table: ResultTable,
  columns: string,
  ours: readonly number[],
  possible = [0, 66.7, 100],
) {
  expect(table.columns.join(" | ")).toBe(columns);
  expect(table.rows.length).toBeGreaterThan(0);
  for (const row of table.rows) {
    expect(row).toHaveLength(table.columns.length);
    for (const column of ours) expect(possible).toContain(row[column]);
  }
}

/** What a cell keeps of its evaluation. */
function kept(path: string): unknown {
  return (JSON.parse(readFileSync(at(`${path}/outcome.json`), "utf8")) as { figures: unknown }).figures;
}

/** A cell's scores as fractions of 1. */
const scoresOf = (path: string) => kept(path) as { readonly pair: number; readonly typed: number };
const inPercent = ({ pair, typed }: { readonly pair: number; readonly typed: number }) => [
  percent(pair),
  percent(typed),
];

describe("the experiments of the paper, in miniature", { timeout: 120_000 }, () => {
  it("table 2 counts the corpora that are there, and names those that are not", async () => {
    const table = await table2(anExperiment("2"));
    expectFigures(
      table,
      "corpus | adjustments | abstracts | paper | relations | paper | dropped as leaks",
      [6],
      [0],
    );
    const counts = table.rows.map(([corpus, , abstracts, , relations]) => [corpus, abstracts, relations]);
    expect(counts).toEqual([
      ["biored", 14, 7],
      ["hprd50", 4, 2],
      ["bc5cdr", 4, 2],
    ]);
    expect(table.notes.at(-1)).toMatch(/without aimed, drugprot/);
  });

  it("table 3 trains by each method, keeps finished cells and cleans up after them", async () => {
    const experiment = anExperiment("3");
    const table = await table3(experiment);
    // Two papers of one pair each, of which one is related: all, none or right.
    expectFigures(table, "method | pair | typed | paper", [1, 2]);
    for (const [method, pair, typed] of table.rows) {
      expect([pair, typed]).toEqual(inPercent(scoresOf(`3/${method}`)));
      expect(typed).toBeLessThanOrEqual(Number(pair));
    }
    const evaluate = [
      "evaluate",
      "--corpus",
      "biored",
      "--from",
      at("corpora/biored/Dev.PubTator"),
      "--json",
    ];
    const { stdout } = await runBioweft([
      ...evaluate,
      "--model",
      at("3/single/model"),
      "--engine",
      "onnx-fp32",
    ]);
    const { pair, typed } = JSON.parse(stdout) as Record<"pair" | "typed", { f1: number; gold: number }>;
    expect([pair.gold, inPercent({ pair: pair.f1, typed: typed.f1 })]).toEqual([
      1,
      table.rows[0]?.slice(1, 3),
    ]);
    expect(table.rows.map(([method, , , paper]) => [method, paper])).toEqual([
      ["single", 74.4],
      ["transfer", 77.6],
      ["multitask", 78.0],
      ["biorex", 79.6],
    ]);
    const counts = (method: string) =>
      JSON.parse(readFileSync(at(`3/${method}/run/corpora.json`), "utf8")) as {
        corpus: string;
        pairs: object;
      }[];
    expect(counts("single")).toHaveLength(1);
    expect(counts("multitask")[2]).toMatchObject({ corpus: "bc5cdr", pairs: { CID: 2, None: 2 } });
    expect(counts("biorex")[2]).toMatchObject({ pairs: { Positive_Correlation: 2, "None-CID": 2 } });
    expect(readdirSync(at("3/biorex/run")).sort()).toEqual([
      "config.json",
      "corpora.json",
      "curve.jsonl",
      "curve.svg",
      "environment.json",
      "held.json",
      "state.json",
    ]);
    const trained = statSync(at("3/biorex/model/model.safetensors")).mtimeMs;
    expect(await table3(experiment)).toEqual(table);
    expect(statSync(at("3/biorex/model/model.safetensors")).mtimeMs).toBe(trained);
    await expect(table3({ ...experiment, epochs: 2 })).rejects.toThrow(/other options; give another --out/);
    expect(tableLines(table).join("\n")).toMatch(
      /^Table 3.*\nmethod +pair +typed +paper\nsingle +\d.* 74\.4\n/,
    );
  });

  it("the ablation and the comparison of encoders", async () => {
    const sizes = await ablation(anExperiment("a"));
    const [ours, papers] = ["alone: pair | typed | with others: pair | typed", "alone | with others"];
    expectFigures(sizes, `of BioRED | ${ours} | paper: documents | ${papers}`, [1, 2, 3, 4]);
    expect(sizes.rows.map(([share, , , , , ...paper]) => [share, ...paper])).toEqual([
      ["20 %", "100", 59.1, 68.4],
      ["40 %", "200", 64.1, 72.4],
      ["60 %", "300", 72.0, 75.8],
      ["80 %", "400", 74.0, 77.8],
      ["100 %", "500", 74.4, 79.6],
    ]);
    for (const row of sizes.rows) {
      const share = String(row[0]).replace(" %", "");
      const cells = [`a/single-${share}`, `a/biorex-${share}`].map(scoresOf);
      expect(row.slice(1, 5)).toEqual(cells.flatMap(inPercent));
    }
    // All of BioRED is what Table 3 learns.
    const whole = [scoresOf("3/single"), scoresOf("3/biorex")].flatMap(inPercent);
    expect(sizes.rows.at(-1)?.slice(1, 5)).toEqual(whole);
    const learned = (cell: string) =>
      (JSON.parse(readFileSync(at(`a/${cell}/run/corpora.json`), "utf8")) as { documents: number }[]).map(
        ({ documents }) => documents,
      );
    expect([learned("single-20"), learned("biorex-60")]).toEqual([[2], [7, 4, 4]]);
    const compared = await encoders(anExperiment("e"));
    expectFigures(compared, "encoder | pair | typed | s/1,000 pairs", [1, 2]);
    expect(compared.rows).toEqual([["tiny", ...inPercent(scoresOf("3/biorex")), expect.any(Number)]]);
    const { secondsPer1000Pairs } = kept("e/tiny") as { readonly secondsPer1000Pairs: number };
    expect(compared.rows[0]?.[3]).toBe(secondsPer1000Pairs);
    expect(secondsPer1000Pairs).toBeGreaterThan(0);
  });

  it("table 4 scores every corpus on what its model has not seen", async () => {
    const table = await table4(anExperiment("4"));
    const means = [0, 33.3, 50, 66.7, 83.3, 100];
    expectFigures(table, "corpus | pair | typed | paper | paper's figure", [1, 2], means);
    type Fold = Readonly<Record<string, { readonly pair: number; readonly typed: number }>>;
    const folds = [kept("4/fold-1"), kept("4/fold-2")] as Fold[];
    expect(folds.map((fold) => Object.keys(fold))).toEqual([["hprd50", "bc5cdr"], ["hprd50"]]);
    for (const [corpus, ...figures] of table.rows) {
      const own = folds.flatMap((fold) => fold[String(corpus)] ?? []);
      const mean = (of: (scores: Fold[string]) => number) =>
        own.reduce((sum, scores) => sum + of(scores), 0) / own.length;
      const both = { pair: mean(({ pair }) => pair), typed: mean(({ typed }) => typed) };
      expect(figures.slice(0, 2)).toEqual(inPercent(both));
    }
    expect(table.rows.map(([corpus, , , paper, figure]) => [corpus, paper, figure])).toEqual([
      ["hprd50", 86.2, "pair"],
      ["bc5cdr", 69.9, "typed"],
    ]);
    const leaks = (fold: number) =>
      (JSON.parse(readFileSync(at(`4/fold-${fold}/run/corpora.json`), "utf8")) as { leaks: number }[]).map(
        (corpus) => corpus.leaks,
      );
    expect([leaks(1), leaks(2)]).toEqual([
      [0, 2, 2],
      [0, 2, 0],
    ]);
  });

  it("table 5 puts drug combinations together again, table 6 scores a list", async () => {
    const combinations = await table5(anExperiment("5"));
    expectFigures(combinations, "combinations | exact | partial | paper: exact | partial", [1, 2], [0, 100]);
    expect(combinations.rows.map(([name, , , ...paper]) => [name, ...paper])).toEqual([
      ["positive", 66.2, 71.4],
      ["any", 75.8, 81.8],
    ]);
    // Of two drugs, what is partly right is all right.
    for (const [, exact, partial] of combinations.rows) expect(partial).toBe(exact);
    const paper = aDocument({
      pmid: "90300001",
      title: "ab x cd",
      abstract: null,
      mentions: [
        { text: "ab", type: "Gene", ids: ["7157"] },
        { text: "cd", type: "Disease", ids: ["D000002"] },
      ],
      relations: [],
    });
    writeFileSync(at("papers.pubtator"), toPubTator(paper));
    writeFileSync(at("pairs.tsv"), "pmid\tgeneId\tdiseaseId\tlabel\n90300001\t7157\tD000002\t1\n");
    const listed = anExperiment("6", { pairs: at("pairs.tsv"), documents: at("papers.pubtator") });
    const table = await table6(listed);
    expectFigures(table, " | P | R | F1 | paper: P | R | F1", [1, 2, 3], [0, 100]);
    const [name, precision, recall, f1, ...theirs] = table.rows[0] ?? [];
    expect([name, ...theirs]).toEqual(["BioREx", 81.8, 86.8, 84.2]);
    // One listed pair, which is related: found or not.
    expect([precision, recall]).toEqual([f1, f1]);
    expect(kept("6/listed")).toMatchObject({ f1: Number(f1) / 100, listed: 1, absent: 0 });
    expect(table.notes[0]).toMatch(/^1 listed pairs, 0 more/);
    await expect(table6(anExperiment("6b"))).rejects.toThrow(/give --pairs .* and --documents/);
  });

  it("is a command, whose mistakes are one clear line each", async () => {
    const from = ["--from", at("corpora"), "--encoder", at("tiny"), "--backend", "portable", "--held", "1"];
    const counted = await runBioweft(["reproduce", "table2", ...from, "--json"]);
    expect(JSON.parse(counted.stdout)).toMatchObject({ title: expect.stringMatching(/Table 2/) });
    const wrong = await runBioweft(["reproduce", "table9", ...from]);
    expect(wrong.stderr).toMatch(/table9.*Allowed choices are table2, table3/);
    const nothing = await runBioweft(["reproduce", "table3", ...from, "--fraction", "0"]);
    expect(nothing.stderr).toMatch(/--fraction.*give a number above 0/);
    const nowhere = await runBioweft(["reproduce", "table3", "--from", at("tiny")]);
    expect(nowhere.stderr).toMatch(/error: .*biored/);
  });
});
