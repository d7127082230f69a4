/**
 * `bioweft bench training`: how long one update of the document network takes, its parts, and the same update in
 * PyTorch where `node scripts/bench/peers.mjs` put one: the same weights and inputs, in turns, so that what else
 * the machine does meets both.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { childEnvironment, type MatrixPrecision, PACKAGE_ROOT } from "../../core/config.js";
import { BioWeftError } from "../../core/errors.js";
import { required } from "../../core/required.js";
import { writeSafetensors } from "../../model/checkpoints/write-safetensors.js";
import { loadTensorflow, type TensorflowName } from "../../model/ops/tensorflow.js";
import { type BenchRow, printRows } from "./bench-rows.js";
import { type BenchStep, benchStep } from "./bench-step.js";

/** What the command line says of this bench. */
interface TrainingBenchOptions {
  readonly encoder: string;
  readonly documents: number;
  readonly tokens: number;
  readonly pairs: number;
  readonly rounds: number;
  readonly backend: TensorflowName;
  readonly precision: MatrixPrecision;
  readonly python: string;
  readonly json: boolean;
}

/** How long the parts of one update took, in seconds, and its loss. */
interface StepTimes {
  readonly loss: number;
  readonly gradients: number;
  readonly update: number;
}

/** A PyTorch that takes the same updates. */
interface Peer {
  step(): Promise<{ readonly loss: number; readonly seconds: number }>;
  end(): Promise<void>;
}

/** The Python that `node scripts/bench/peers.mjs` sets up. */
export const PEERS = join(PACKAGE_ROOT, ".bioweft-tools/peers/bin/python");

/** Measures and prints the rows. */
export async function benchTraining(options: TrainingBenchOptions): Promise<void> {
  const { tf, name } = await loadTensorflow(options.backend, options.precision);
  const step = await benchStep(tf, options.encoder, options);
  const peer = await startPeer(step, options);
  const ours: StepTimes[] = [];
  const theirs: { readonly loss: number; readonly seconds: number }[] = [];
  try {
    // The first of each is not counted: libraries and compilers warm up.
    for (let round = 0; round <= options.rounds; round++) {
      ours.push(await takeStep(step));
      if (peer !== undefined) theirs.push(await peer.step());
      process.stderr.write(`round ${round} of ${options.rounds}\n`);
    }
  } finally {
    await peer?.end();
  }
  checkSameStep(ours, theirs, options.precision);
  printRows(toRows(name, ours.slice(1), theirs.slice(1)), options.json);
}

async function takeStep({ gradients, update }: BenchStep): Promise<StepTimes> {
  const began = performance.now();
  const found = await gradients();
  const middle = performance.now();
  update(found);
  const seconds = (from: number, to: number) => (to - from) / 1000;
  return { loss: found.loss, gradients: seconds(began, middle), update: seconds(middle, performance.now()) };
}

/** Speeds mean nothing where the two compute different things. */
function checkSameStep(
  ours: readonly { loss: number }[],
  theirs: readonly { loss: number }[],
  precision: string,
): void {
  const { loss: first } = required(ours[0], "the first update");
  // No loss where PyTorch is not there.
  const other = theirs[0]?.loss ?? first;
  const allowed = precision === "bf16" ? 0.03 : 1e-3;
  if (Math.abs(first - other) > allowed * Math.abs(first)) {
    throw new BioWeftError("INTERNAL", `the first update's loss is ${first} here and ${other} in PyTorch`);
  }
}

function toRows(
  backend: string,
  ours: readonly StepTimes[],
  theirs: readonly { readonly seconds: number }[],
): BenchRow[] {
  const best = (values: readonly number[]) => 1000 * Math.min(...values);
  const whole = best(ours.map(({ gradients, update }) => gradients + update));
  const against = theirs.length > 0 ? "PyTorch" : `update on ${backend}`;
  const base = theirs.length > 0 ? best(theirs.map(({ seconds }) => seconds)) : whole;
  const row = (name: string, value: number) => ({ name, value, unit: "ms", ratio: value / base, against });
  return [
    row(`update on ${backend}`, whole),
    row("of it forward and backward", best(ours.map(({ gradients }) => gradients))),
    row("of it AdamW", best(ours.map(({ update }) => update))),
    ...(theirs.length > 0 ? [row("PyTorch", base)] : []),
  ];
}

/** Starts PyTorch on the same step; undefined, with the reason on stderr, where there is none. */
async function startPeer(
  step: BenchStep,
  { python, precision }: TrainingBenchOptions,
): Promise<Peer | undefined> {
  if (python === PEERS && !existsSync(python)) {
    process.stderr.write("PyTorch is not measured: it is not there; run: node scripts/bench/peers.mjs\n");
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "bioweft-bench-"));
  const weights = join(folder, "weights.safetensors");
  await writeSafetensors(weights, step.parameters, "fp32");
  const child = spawn(python, [join(PACKAGE_ROOT, "scripts/bench/train_with_torch.py")], {
    env: childEnvironment({ PYTHONDONTWRITEBYTECODE: "1" }),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const failed = new Promise<never>((_, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new BioWeftError("MISSING_DEPENDENCY", `it ended with ${code}`)));
  });
  failed.catch(() => undefined);
  child.stdin.on("error", () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (message: unknown): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const { value } = await Promise.race([lines.next(), failed]).catch((cause: unknown) => {
      const reason = `${python} cannot take the step in PyTorch (see above); run node scripts/bench/peers.mjs`;
      throw new BioWeftError("MISSING_DEPENDENCY", reason, { cause });
    });
    return JSON.parse(value ?? "null");
  };
  const { sizes, passes, rate } = step;
  await ask({ sizes, passes, rate, weights, bf16: precision === "bf16" });
  return {
    step: async () => z.object({ loss: z.number(), seconds: z.number() }).parse(await ask("round")),
    async end() {
      const ended = once(child, "close");
      child.stdin.end(`${JSON.stringify("end")}\n`);
      if (child.exitCode === null) await ended;
      await rm(folder, { recursive: true });
    },
  };
}
