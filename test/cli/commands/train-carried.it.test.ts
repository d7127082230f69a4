/**
 * `bioweft train --carry` as a process: laid down, waited for, taken back. Where this machine has PyTorch set up, a
 * teacher and then the network are really trained there, killed and gone on with.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toPubTator } from "../../../ingest/formats/pubtator/pubtator-writer.js";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { readSafetensors } from "../../../src/model/checkpoints/safetensors-file.js";
import { aDocument } from "../../support/builders.js";
import { runBioweft } from "../../support/command.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";

const PYTHON = join(PACKAGE_ROOT, ".bioweft-tools/peers/bin/python");
/** What `train --carry` says to copy, in one folder. */
const TRAINER = ["train-gpu/train.py", "train-gpu/batches.py", "torch/network.py"];
let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bioweft-train-carried-"));
  await writeTinyCheckpoint(at("encoder"));
  const documents = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      toPubTator(aDocument({ pmid: String(90050000 + from + index) })),
    ).join("");
  writeFileSync(at("Train.PubTator"), documents(0, 6));
  mkdirSync(at("trainer"));
  for (const file of TRAINER) {
    copyFileSync(join(PACKAGE_ROOT, "scripts", file), join(at("trainer"), basename(file)));
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const train = (run: string, ...more: string[]) =>
  runBioweft([
    ...["train", "--corpus", "biored", "--from", folder, "--encoder", at("encoder"), "--backend", "portable"],
    ...[
      "--epochs",
      "3",
      "--held",
      "2",
      "--mention-pairs",
      "2",
      "--run",
      at("run"),
      "--out",
      at(`${run}-model`),
    ],
    ...["--average-decay", "0.9", "--learning-rate", "0.01", "--carry", at(run), ...more],
  ]);

async function python(...args: string[]) {
  const child = spawn(PYTHON, [at("trainer/train.py"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, "close");
  return { code, output };
}

test("a run is laid down, waited for, and taken back", async () => {
  const laid = await train("carried");
  expect(laid).toMatchObject({ code: 0 });
  expect(laid.stdout).toMatch(/python3 train\.py .*carried\n/);
  const named = laid.stdout.split("\n").filter((line) => line.endsWith(".py"));
  expect(named.map((line) => line.trim())).toEqual(
    TRAINER.map((file) => join(PACKAGE_ROOT, "scripts", file)),
  );
  expect(existsSync(at("carried-model"))).toBe(false);
  expect((await train("carried", "--json")).stdout).toMatch(/"carried"/);
  copyFileSync(at("carried/initial.safetensors"), at("carried/trained.safetensors"));
  const back = await train("carried", "--json");
  expect(back).toMatchObject({ code: 0 });
  expect(JSON.parse(back.stdout)).toMatchObject({ out: at("carried-model"), held: { pair: { gold: 4 } } });
  expect(JSON.parse(readFileSync(at("carried-model/bioweft.json"), "utf8"))).toMatchObject({
    mentionPairs: 2,
  });
});

test("what PyTorch's trainer does not do is refused, and so is another run's folder", async () => {
  expect((await train("refused", "--patience", "2", "--focal-gamma", "2")).stderr).toMatch(
    /a carried run knows no --patience, no --focal-gamma/,
  );
  expect((await train("carried", "--seed", "7")).stderr).toMatch(/holds another run .*give the same options/);
});

test("a trained model's answers are laid down beside the run", async () => {
  const laid = await train("distilled", "--teacher", at("carried-model"));
  expect(laid).toMatchObject({ code: 0 });
  expect(laid.stdout).toMatch(/train\.py .*distilled --answers .*distilled\/answers\.safetensors\n/);
  const answers = (await readSafetensors(at("distilled/answers.safetensors"))).get("answers");
  const [pairs = 0, classes = 0] = answers?.shape ?? [];
  // Four documents are learned, of as many pairs each.
  expect([pairs % 4, pairs > 0, classes]).toEqual([0, true, 9]);
  for (let row = 0; row < pairs; row++) {
    const probabilities = [...(answers?.data.slice(row * classes, (row + 1) * classes) ?? [])];
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 2);
  }
});

test("unlabelled texts without --carry are refused", async () => {
  const args = ["train", "--corpus", "biored", "--from", folder, "--unlabelled", "bc5cdr"];
  expect((await runBioweft(args)).stderr).toMatch(
    /--unlabelled is of use to a carried run alone: give --carry/,
  );
});

test.skipIf(!existsSync(PYTHON))(
  "a teacher answers, the network learns from it and comes back",
  { timeout: 300_000 },
  async () => {
    const longer = ["--epochs", "40"];
    expect(await train("taught", ...longer)).toMatchObject({ code: 0 });
    expect((await python(at("nowhere"))).output).toMatch(/run\.json is not there; `bioweft train --carry`/);
    expect(await python(at("taught"), "--teacher")).toMatchObject({ code: 0 });
    expect(await python(at("taught"), "--answers", at("taught/answers.safetensors"))).toMatchObject({
      code: 0,
    });
    // Killed after its last checkpoint, it has nothing left to do but to write.
    rmSync(at("taught/trained.safetensors"));
    const again = await python(at("taught"), "--answers", at("taught/answers.safetensors"));
    expect(again.output).toMatch(/goes on at step 40/);
    const alone = await python(at("taught"));
    expect(alone.output).toMatch(/network\.state is of a run with other answers/);
    const back = await train("taught", ...longer, "--json");
    // Four documents of the same words as the held-out ones: learned by heart.
    expect(JSON.parse(back.stdout)).toMatchObject({ held: { pair: { f1: 1 } } });
  },
);
