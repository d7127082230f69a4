/**
 * `bioweft train` and `bioweft evaluate` as processes, on a corpus of our own in BioRED's layout and a tiny
 * encoder, on tfjs's portable backend: the whole path, a kill -9 in the middle included.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { readCheckpoint } from "../../../src/model/checkpoints/read-checkpoint.js";
import { loadTokenizer } from "../../../src/model/text/tokenizer.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft, startBioweft } from "../../support/command.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-train-"));
  await writeTinyCheckpoint(at("encoder"));
  const documents = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      toPubTator(aDocument({ pmid: String(90030000 + from + index) })),
    );
  writeFileSync(at("Train.PubTator"), documents(0, 10).join(""));
  writeFileSync(at("Dev.PubTator"), documents(50, 3).join(""));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trainArguments = (run: string) => [
  ...["train", "--corpus", "biored", "--from", folder, "--encoder", at("encoder"), "--backend", "portable"],
  ...[
    "--epochs",
    "6",
    "--held",
    "2",
    "--average-decay",
    "0.9",
    "--mention-dropout",
    "0.2",
    "--learning-rate",
    "0.01",
    "--checkpoint-seconds",
    "0",
  ],
  ...["--id", "tiny-trained@1", "--run", at(`${run}-run`), "--out", at(run), "--json"],
];

test("a killed run goes on where it was and ends in the model of an undisturbed one", async () => {
  const whole = await runBioweft(trainArguments("whole"));
  expect(whole).toMatchObject({ code: 0 });
  expect(JSON.parse(whole.stdout)).toMatchObject({ out: at("whole"), held: { pair: { gold: 4 } } });

  const killed = startBioweft(trainArguments("killed"), {});
  while (!existsSync(at("killed-run/state.json"))) await new Promise((resolve) => setTimeout(resolve, 5));
  killed.child.kill("SIGKILL");
  expect((await killed.ended).code).toBeNull();
  expect(existsSync(at("killed"))).toBe(false);
  const before = JSON.parse(readFileSync(at("killed-run/state.json"), "utf8")) as { step: number };
  expect(before.step).toBeLessThan(12);
  expect(await runBioweft(trainArguments("killed"))).toMatchObject({ code: 0 });
  const weights = (name: string) => readFileSync(join(at(name), "model.safetensors"));
  expect(weights("killed").equals(weights("whole"))).toBe(true);
});

test("each model has a run folder of its own unless told otherwise, and people read what came of it", async () => {
  const corpus = ["--corpus", "biored", "--from", folder];
  const once = ["--epochs", "1", "--held", "2", "--backend", "portable", "--encoder", at("encoder")];
  const train = (seed: string) =>
    runBioweft(["train", ...corpus, ...once, "--seed", seed, "--out", at(`own-${seed}`)]);
  for (const seed of ["1", "2"]) {
    const { code, stdout } = await train(seed);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /wrote .*\n.*calibrated:\n {2}pair {3}precision .*F1 .*\n {2}typed {2}precision .*F1/,
    );
    expect(existsSync(at(`own-${seed}.run/curve.svg`))).toBe(true);
  }
});

test("evaluate scores the trained model on the development part, as JSON and for people", async () => {
  const args = ["evaluate", "--corpus", "biored", "--from", folder, "--model", at("whole")];
  const { code, stdout } = await runBioweft([...args, "--json"]);
  expect(code).toBe(0);
  const figures = JSON.parse(stdout);
  expect(figures).toMatchObject({
    model: "tiny-trained@1",
    documents: 3,
    pair: { gold: 6 },
    typed: { gold: 6 },
  });
  for (const score of [figures.pair, figures.typed]) {
    for (const name of ["precision", "recall", "f1"]) {
      expect(score[name]).toBeGreaterThanOrEqual(0);
      expect(score[name]).toBeLessThanOrEqual(1);
    }
  }
  expect((await runBioweft(args)).stdout).toMatch(/tiny-trained@1 on 3 documents of biored.*\npair .*F1/s);
});

test("the pair network is trained, written and evaluated the same way; it has one head only", async () => {
  const pair = [...trainArguments("pair"), "--network", "pair", "--max-pairs", "2", "--epochs", "1"];
  expect(await runBioweft(pair)).toMatchObject({ code: 0 });
  const args = ["evaluate", "--corpus", "biored", "--from", folder, "--model", at("pair"), "--json"];
  const { code, stdout } = await runBioweft(args);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ model: "tiny-trained@1", documents: 3, pair: { gold: 6 } });
  const heads = await runBioweft([...pair, "--method", "multitask"]);
  expect(heads.stderr).toMatch(/error: .*one head.*--network document/);
  const readings = await runBioweft([...pair, "--mention-pairs", "2"]);
  expect(readings.stderr).toMatch(/error: .*--mention-pairs needs --network document/);
});

test("a run goes on from a trained model, which it reads pairs with at two pairs of mentions", async () => {
  // Steps too small for half precision: what is written is what was read.
  const still = ["--epochs", "1", "--learning-rate", "1e-12", "--freeze", "embeddings,markers,1"];
  const onwards = [...trainArguments("onwards"), ...still, "--encoder", at("whole"), "--mention-pairs", "2"];
  expect(await runBioweft(onwards)).toMatchObject({ code: 0 });
  const file = (model: string, name: string) => readFileSync(join(at(model), name));
  expect(file("onwards", "model.safetensors").equals(file("whole", "model.safetensors"))).toBe(true);
  const description = JSON.parse(file("onwards", "bioweft.json").toString());
  expect(description).toMatchObject({ encoder: "encoder", mentionPairs: 2 });
  const unknown = await runBioweft([...onwards, "--freeze", "embeddings,head"]);
  expect(unknown.stderr).toMatch(/--freeze.*embeddings, markers, a number of layers/);
});

test("pretrain writes an encoder that train starts from, of training texts only", async () => {
  const pretrain = ["pretrain", "--corpus", "biored", "--from", folder, "--encoder", at("encoder")];
  const out = ["--epochs", "1", "--backend", "portable", "--out", at("warm")];
  const { code, stdout, stderr } = await runBioweft([...pretrain, ...out, "--json"]);
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ out: at("warm"), texts: 10 });
  expect(existsSync(at("warm.run/curve.svg"))).toBe(true);
  const warm = await readCheckpoint(at("warm"));
  const cold = await readCheckpoint(at("encoder"));
  expect([...warm.parameters.keys()].sort()).toEqual([...cold.parameters.keys()].sort());
  expect(warm.parameters).not.toEqual(cold.parameters);
  expect((await loadTokenizer(at("warm"))).tokenize("gene")).toEqual(
    (await loadTokenizer(at("encoder"))).tokenize("gene"),
  );
  const itself = await runBioweft([...pretrain, ...out, "--out", at("encoder")]);
  expect(itself.stderr).toMatch(/error: --out is the encoder's own folder/);
});

test("another plan in the same run folder, a missing encoder and a missing corpus are one clear line each", async () => {
  const other = await runBioweft([...trainArguments("whole"), "--seed", "7"]);
  expect(other).toMatchObject({ code: 1, stdout: "" });
  expect(other.stderr).toMatch(/error: .*state\.json: holds a run with another plan/);
  const config = () => readFileSync(at("whole-run/config.json"), "utf8");
  expect(JSON.parse(config())).toMatchObject({ method: "biorex", settings: { seed: 42 } });
  const mixture = await runBioweft([...trainArguments("x"), "--weights", "ddi2013=2"]);
  expect(mixture.stderr).toMatch(/error: --weights names ddi2013, which is not mixed; there are biored/);
  const patience = await runBioweft([...trainArguments("x"), "--held", "0", "--patience", "1"]);
  expect(patience.stderr).toMatch(/error: --patience goes by held-out documents/);
  const weights = await runBioweft([...trainArguments("x"), "--class-weights", "Bindd=2"]);
  expect(weights.stderr).toMatch(/error: class weights "Bindd=2".*the classes are None, Association/);
  const encoder = await runBioweft([...trainArguments("x"), "--encoder", at("nowhere")]);
  expect(encoder.stderr).toMatch(/error: .*nowhere.*checkpoint folder/);
  const corpus = await runBioweft([...trainArguments("x"), "--from", at("encoder")]);
  expect(corpus.stderr).toMatch(/error: .*Train\.PubTator/);
});
