/**
 * Runs that are carried to PyTorch: what is laid down says all that the document network reads, and what comes back is
 * put in its place. Where this machine has PyTorch set up (scripts/bench/peers.mjs), it computes the same logits.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../../src/core/config.js";
import { readSafetensors } from "../../../../src/model/checkpoints/safetensors-file.js";
import { writeSafetensors } from "../../../../src/model/checkpoints/write-safetensors.js";
import { networkConfig } from "../../../../src/model/folder/initial-parameters.js";
import { viewMaker } from "../../../../src/model/inputs/document-input.js";
import { modelLabels } from "../../../../src/model/inputs/labels.js";
import { documentFeeds } from "../../../../src/model/networks/document-graph.js";
import { readEncoderConfig } from "../../../../src/model/networks/encoder-config.js";
import { loadTokenizer } from "../../../../src/model/text/tokenizer.js";
import {
  carriedAnswersFile,
  writeCarriedAnswers,
} from "../../../../src/model/training/carried/carried-answers.js";
import { carriedExamples, carriedPairs } from "../../../../src/model/training/carried/carried-examples.js";
import {
  type CarriedRun,
  readCarriedWeights,
  taughtExamples,
  viewSettings,
  writeCarriedRun,
} from "../../../../src/model/training/carried/carried-run.js";
import { GradientEngine } from "../../../../src/model/training/gradient-engine.js";
import { DISTILLATION_DEFAULTS, type Teacher } from "../../../../src/model/training/teacher.js";
import { WeightStore } from "../../../../src/model/training/weight-store.js";
import { aDocument } from "../../../support/builders.js";
import { writeTinyCheckpoint } from "../../../support/tiny/tiny-checkpoint.js";
import {
  aPhase,
  aTinyRun,
  letterDocument,
  TINY_LABELS,
  TINY_TASK,
  tinyExamples,
} from "../../../support/tiny/tiny-training.js";

const PYTHON = join(PACKAGE_ROOT, ".bioweft-tools/peers/bin/python");
/** Opens the run that is named to it; `logits` are those of all of its documents, in a batch. */
const PYTHON_RUN = [
  "import json, sys; sys.path.insert(0, 'scripts/train-gpu')",
  "from types import SimpleNamespace",
  "import torch; from train import Run; from batches import collate",
  "run = Run(sys.argv[1], SimpleNamespace(teacher=False, answers=None))",
  "network, _ = run.network()",
  "batch = collate(run.views([0, 1, 2]), run.device)",
  "def logits(fused):",
  "    network.fused = fused",
  "    return network.logits(batch).flatten().tolist()",
];
const documents = [aDocument(), letterDocument(1), letterDocument(2)];
const examples = tinyExamples(documents);
let dir: string;
let encoder: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "bioweft-carried-"));
  encoder = await writeTinyCheckpoint(join(dir, "encoder"));
});
afterAll(() => rm(dir, { recursive: true }));

const tinyViews = async () => ({
  tokenizer: await loadTokenizer(encoder),
  labels: TINY_LABELS,
  maxPositions: 128,
  mentionPairs: 2,
});

async function aCarriedRun(plan = "a plan"): Promise<CarriedRun> {
  const run = await aTinyRun(encoder, dir);
  const config = networkConfig(await readEncoderConfig(encoder), TINY_LABELS.classes.length);
  const settings = { ...run.settings, mentionPairs: 2, freezeEmbeddings: true };
  const unlabelled = tinyExamples([letterDocument(3)]);
  return {
    ...run,
    ...{ plan, config, settings, labels: TINY_LABELS, phases: [aPhase(examples, 2)], unlabelled },
    distillation: DISTILLATION_DEFAULTS,
  };
}

/** Says of a document's n-th pair that its class is the n-th, and counts how often it is asked. */
function countingTeacher(): Teacher & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    id: "teacher@1",
    settings: DISTILLATION_DEFAULTS,
    answers({ document, task, candidates }) {
      if (task.prompt !== TINY_TASK.prompt) return Promise.resolve(undefined);
      asked.push(document.pmid);
      const answer = (index: number) => TINY_LABELS.classes.map((_, place) => Number(place === index + 1));
      return Promise.resolve(
        new Map(candidates.map((candidate, index) => [candidate, Float32Array.from(answer(index))])),
      );
    },
  };
}

describe("carried examples", () => {
  it("hold what the network reads of each document", async () => {
    const settings = await tinyViews();
    const { arrays, firstViews } = carriedExamples(examples, settings);
    const make = viewMaker(settings.tokenizer, TINY_LABELS, TINY_TASK, { ...settings, maxRows: 100 });
    const views = examples.flatMap(({ document, candidates }) => make(document, candidates));
    expect(firstViews).toEqual([0, 1, 2, 3]);
    expect([...arrays.tokens]).toEqual(views.flatMap(({ tokens }) => [...tokens]));
    expect([...arrays.subjects]).toEqual(views.flatMap(({ subjects }) => [...subjects]));
    expect([...arrays.objectPositions]).toEqual(
      views.flatMap(({ markerPositions }) => [...markerPositions.subarray(markerPositions.length / 2)]),
    );
    expect([...arrays.targets]).toEqual(examples.flatMap(({ targets }) => targets));
    const firstFeatures = [...(views[0]?.features ?? [])].slice(0, 26);
    expect(firstFeatures.map((_, bit) => ((arrays.features[0] ?? 0) >> bit) & 1)).toEqual(firstFeatures);
  });

  it("know which words name which entity, and where its mentions begin", async () => {
    const settings = await tinyViews();
    const { arrays } = carriedExamples(examples.slice(1, 2), settings);
    // [CLS] a ##b x y y y y y c ##d [SEP]; the prompt is row 0 and [CLS] row 1.
    const owners = [-1, 0, 0, -1, -1, -1, -1, -1, -1, 1, 1, -1];
    expect([...arrays.owners]).toEqual(owners);
    expect([[...arrays.linkEntities], [...arrays.linkRows]]).toEqual([
      [0, 1],
      [owners.indexOf(0) + 1, owners.indexOf(1) + 1],
    ]);
    expect([...arrays.roles]).toEqual([0, 1]);
  });
});

describe("a carried run", () => {
  it("is taken back when its weights are there, the word table's rows in their places", async () => {
    const folder = join(dir, "there");
    const run = await aCarriedRun();
    expect(await readCarriedWeights(folder, run)).toBeUndefined();
    await writeCarriedRun(folder, run);
    expect(await readCarriedWeights(folder, run)).toBe("untrained");
    await copyFile(join(folder, "initial.safetensors"), join(folder, "trained.safetensors"));
    const back = await readCarriedWeights(folder, run);
    if (back === undefined || back === "untrained") throw new Error("nothing came back");
    for (const [name, { shape, data }] of run.initial) {
      const found = back.get(name);
      expect(found?.shape).toEqual(shape);
      const largest = Math.max(...data.map(Math.abs));
      // 8-bit integers a row: half a step of the row's largest number, and so of the matrix's.
      expect(
        Math.max(...data.map((value, i) => Math.abs(value - (found?.data[i] ?? 0)))),
      ).toBeLessThanOrEqual(largest / 200);
    }
  });

  it("lists the rates of what learns alone, and the taught documents first", async () => {
    const folder = join(dir, "listed");
    await writeCarriedRun(folder, await aCarriedRun());
    const written = JSON.parse(await readFile(join(folder, "run.json"), "utf8")) as Record<string, unknown>;
    expect(written).toMatchObject({
      taught: 4,
      unlabelled: [3],
      phases: [{ epochs: 2, sources: [{ examples: [0, 1, 2] }] }],
    });
    const rates = written["rates"] as Record<string, number>;
    expect(rates["embeddings.word_embeddings.weight"]).toBeUndefined();
    expect(rates["head.output.bias"]).toBeCloseTo(0.02);
  });

  it("refuses another run's folder, and weights of another size", async () => {
    const folder = join(dir, "other");
    const run = await aCarriedRun();
    await writeCarriedRun(folder, run);
    await expect(readCarriedWeights(folder, { ...run, plan: "another" })).rejects.toThrow(
      /holds another run \(a plan\)/,
    );
    const wrong = new Map([["head.output.bias", { shape: [2], data: new Float32Array(2) }]]);
    await writeSafetensors(join(folder, "trained.safetensors"), wrong, "fp32");
    await expect(readCarriedWeights(folder, run)).rejects.toThrow(/head\.output\.bias has 2 numbers/);
  });

  it("has a teacher's answers beside it, asked for once though the asking is stopped", async () => {
    const folder = join(dir, "answered");
    const run = await aCarriedRun();
    await writeCarriedRun(folder, run);
    const taught = taughtExamples(run);
    const teacher = countingTeacher();
    const stop = new AbortController();
    const onAnswered = (documents: number) => documents === 2 && stop.abort();
    const asking = { ...viewSettings(run), teacher, onAnswered };
    await expect(
      writeCarriedAnswers(folder, taught, { ...asking, signal: stop.signal }),
    ).rejects.toMatchObject({ code: "CANCELLED", message: expect.stringMatching(/2 of 4 documents/) });
    expect(existsSync(carriedAnswersFile(folder))).toBe(false);
    // As after a kill in the midst of a document.
    await appendFile(join(folder, "answers.part"), "half");
    await writeCarriedAnswers(folder, taught, asking);
    expect(teacher.asked).toEqual(taught.map(({ document }) => document.pmid));
    const answers = (await readSafetensors(carriedAnswersFile(folder))).get("answers");
    const pairs = taught.map((example) => carriedPairs(example, asking));
    expect(answers?.shape).toEqual([pairs.flat().length, TINY_LABELS.classes.length]);
    const said = pairs.flatMap((own, index) => own.map((pair) => taught[index]?.candidates.indexOf(pair)));
    const rows = said.flatMap((index = -1) =>
      TINY_LABELS.classes.map((_, place) => Number(place === index + 1)),
    );
    expect([...(answers?.data ?? [])]).toEqual(rows);
  });

  it("cannot have answers of a teacher that knows nothing of its task, or of a pair", async () => {
    const folder = join(dir, "unanswered");
    const run = await aCarriedRun();
    await writeCarriedRun(folder, run);
    const asking = { ...viewSettings(run), onAnswered: () => undefined };
    const task = { ...TINY_TASK, prompt: "DrugProt" };
    const elsewhere = examples.map((one) => ({ ...one, task }));
    const labels = modelLabels([TINY_TASK, task]);
    await expect(
      writeCarriedAnswers(folder, elsewhere, { ...asking, labels, teacher: countingTeacher() }),
    ).rejects.toThrow(/teacher@1 answers as BioRED would, and the task asks as DrugProt/);
    const silent = { ...countingTeacher(), answers: () => Promise.resolve(new Map()) };
    await expect(writeCarriedAnswers(folder, examples, { ...asking, teacher: silent })).rejects.toThrow(
      /PMID 90010001: teacher@1 said nothing of \S+ and \S+; take another teacher/,
    );
  });

  it.skipIf(!existsSync(PYTHON))("gives the same logits in PyTorch", { timeout: 120_000 }, async () => {
    const folder = join(dir, "torch");
    const run = await aCarriedRun();
    await writeCarriedRun(folder, run);
    await copyFile(join(folder, "initial.safetensors"), join(folder, "trained.safetensors"));
    const parameters = await readCarriedWeights(folder, run);
    if (parameters === undefined || parameters === "untrained") throw new Error("nothing came back");
    const { tf, learner } = await aTinyRun(encoder, dir);
    const settings = await tinyViews();
    const make = viewMaker(settings.tokenizer, TINY_LABELS, TINY_TASK, { ...settings, maxRows: 100 });
    const feeds = examples.flatMap(({ document, candidates }) =>
      make(document, candidates).map(documentFeeds),
    );
    const expected = await new GradientEngine(tf, learner.network, new WeightStore(parameters)).logits(feeds);
    const script = [...PYTHON_RUN, "print(json.dumps([logits(fused) for fused in (True, False)]))"].join(
      "\n",
    );
    const { stdout } = await promisify(execFile)(PYTHON, ["-c", script, folder], { cwd: PACKAGE_ROOT });
    const wanted = expected.flatMap((row) => [...row]);
    for (const found of JSON.parse(stdout) as number[][]) {
      expect(found.length).toBe(wanted.length);
      for (const [i, value] of wanted.entries()) expect(found[i]).toBeCloseTo(value, 4);
    }
  });

  it.skipIf(!existsSync(PYTHON))("has the same logits however scores are computed", async () => {
    const folder = join(dir, "torch-biased");
    await writeCarriedRun(folder, await aCarriedRun());
    const script = [
      ...PYTHON_RUN,
      "torch.manual_seed(1)",
      "network.buckets = torch.randint(32, (2 * 128 - 1,))",
      "name = 'encoder.relative_attention_bias.weight'",
      "network.weights[name.replace('.', '/')] = torch.nn.Parameter(torch.randn(32, network.sizes['heads']))",
      "print(json.dumps([logits(fused) for fused in (True, False)]))",
    ].join("\n");
    const { stdout } = await promisify(execFile)(PYTHON, ["-c", script, folder], { cwd: PACKAGE_ROOT });
    const [fused = [], needed = []] = JSON.parse(stdout) as number[][];
    expect(fused.length).toBeGreaterThan(0);
    for (const [i, value] of fused.entries()) expect(needed[i]).toBeCloseTo(value, 4);
  });
});
