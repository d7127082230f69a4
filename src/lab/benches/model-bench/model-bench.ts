/**
 * `bioweft bench model`: the same documents through the original tool's way (PyTorch, a sequence a pair, padded), and
 * through each engine here with the pair and the document network, all on an encoder of the same size. The ways take
 * turns, so that whatever else the machine does disturbs all of them; each one's fastest round counts.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { PACKAGE_ROOT, readConfig } from "../../../core/config.js";
import { BioWeftError, messageOf } from "../../../core/errors.js";
import { ENGINES, engineByName } from "../../../model/engines/registry.js";
import { printJson, printLines } from "../../../terminal/report.js";
import type { EngineTask } from "./engine-process.js";
import { type Round, type Runner, type RunnerSpec, startRunner } from "./runner.js";
import { type Measurement, toRows, toTable } from "./table.js";
import {
  documentOperations,
  networkConfig,
  pairOperations,
  readWorkload,
  SIZES,
  type Size,
  type Workload,
  type WorkloadOptions,
} from "./workload.js";

const PADDED = "pair, PyTorch, padded to 512";
const DYNAMIC = "pair, PyTorch, padded to the batch";
const PEERS = join(PACKAGE_ROOT, ".bioweft-tools", "peers");
/** Words and tags: rows of PyTorch's word table. */
const VOCABULARY = 30_622;

const NETWORKS = [
  { network: "pair", name: "pair" },
  { network: "document", name: "document" },
  { network: "text", name: "document from text" },
] as const;

/** What the command line says of this bench. */
interface ModelBenchOptions {
  readonly from: readonly string[];
  readonly documents: number;
  readonly pairs: number;
  readonly size: Size;
  readonly engines?: string;
  readonly rounds: number;
  /** Undefined: if it is there. */
  readonly peers?: boolean;
  readonly json: boolean;
}

/** Measures and prints the rows. */
export async function benchModel(options: ModelBenchOptions): Promise<void> {
  const from: WorkloadOptions = {
    files: options.from,
    documents: options.documents,
    pairs: options.pairs,
    modelDir: readConfig().modelDir,
  };
  const workload = await readWorkload(from);
  note(
    `${workload.documents.length} documents with ${workload.candidates} pairs, ${workload.sequences.length} of them for the pair network; encoder: ${options.size}`,
  );
  if (options.peers === true) setUpPeers();
  const peers = options.peers === false ? [] : peerSpecs(options.size, workload);
  const specs = [...peers, ...(await engineSpecs(options, from))];
  const found = await measure(specs, options.rounds);
  const measurements = await withShares(found, options.size, workload);
  if (options.json) printJson({ rows: toRows(measurements) });
  else printLines(...toTable(measurements, [PADDED, DYNAMIC]));
}

function setUpPeers(): void {
  const script = join(PACKAGE_ROOT, "scripts", "bench", "peers.mjs");
  const { status } = spawnSync(process.execPath, [script], { stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new BioWeftError("MISSING_DEPENDENCY", "PyTorch could not be set up; see above");
}

/** The two ways of PyTorch; none, with a word on it, where it is not set up. */
function peerSpecs(size: Size, { sequences, documents, candidates }: Workload): RunnerSpec[] {
  const python =
    process.platform === "win32" ? join(PEERS, "Scripts", "python.exe") : join(PEERS, "bin", "python");
  if (!existsSync(python)) {
    note("PyTorch: not measured; --peers sets it up");
    return [];
  }
  const task = {
    sequences: sequences.map((sequence) => [...sequence]),
    sizes: { ...SIZES[size], vocabulary: VOCABULARY, labels: 9 },
    documentsPerPair: documents.length / candidates,
  };
  const args = [join(PACKAGE_ROOT, "scripts", "bench", "classify_with_torch.py")];
  return [
    { name: PADDED, program: python, args, task: { ...task, padding: "full" } },
    { name: DYNAMIC, program: python, args, task: { ...task, padding: "batch" } },
  ];
}

async function engineSpecs(options: ModelBenchOptions, workload: WorkloadOptions): Promise<RunnerSpec[]> {
  const wanted = options.engines?.split(",").map((name) => engineByName(name.trim()));
  const names: string[] = [];
  for (const engine of wanted ?? ENGINES.filter(({ name }) => name !== "tfjs")) {
    const presence = await engine.presence();
    if (presence.present) names.push(engine.name);
    else note(`${engine.name}: not measured: ${presence.reason}${presence.cure ? `; ${presence.cure}` : ""}`);
  }
  return NETWORKS.flatMap(({ network, name }) =>
    names.map((engine) =>
      engineSpec(`${name}, ${engine}`, { network, engine, size: options.size, workload }),
    ),
  );
}

function engineSpec(name: string, task: EngineTask): RunnerSpec {
  const own = fileURLToPath(import.meta.url);
  const program = join(dirname(own), `engine-process${extname(own)}`);
  const loader = extname(own) === ".ts" ? ["--import", "tsx"] : [];
  return { name, program: process.execPath, args: [...loader, program], task };
}

interface Seen {
  readonly name: string;
  readonly rounds: readonly Round[];
  readonly peakMegabytes: number;
}

/** Starts all, lets them take turns, and ends them. One that fails is left out, with a word on why. */
async function measure(specs: readonly RunnerSpec[], rounds: number): Promise<Seen[]> {
  const runners: { readonly runner: Runner; readonly rounds: Round[] }[] = [];
  const seen: Seen[] = [];
  try {
    for (const spec of specs) {
      note(`${spec.name}: loading`);
      const runner = await startRunner(spec).catch((fault: unknown) => {
        note(`${spec.name}: not measured: ${messageOf(fault)}`);
      });
      if (runner !== undefined) runners.push({ runner, rounds: [] });
    }
    for (let round = 1; round <= rounds; round++) {
      for (const { runner, rounds: done } of runners) done.push(await runner.round());
      note(`round ${round} of ${rounds} is done`);
    }
    for (const { runner, rounds: done } of runners) {
      seen.push({ name: runner.name, rounds: done, peakMegabytes: await runner.end() });
    }
    return seen;
  } finally {
    for (const { runner } of runners) runner.kill();
  }
}

/** The best round of each, with the share of the machine's matrix peak where the engine is one of the CPU's. */
async function withShares(seen: readonly Seen[], size: Size, workload: Workload): Promise<Measurement[]> {
  const task = (precision: "fp32" | "int8") => engineSpec(precision, { network: "matrix", precision });
  const peaks = new Map(
    (await measure([task("fp32"), task("int8")], 3)).map(({ name, rounds }) => [name, perCpuSecond(rounds)]),
  );
  for (const [name, peak] of peaks)
    note(`matrix product, ${name}: ${(peak / 1e9).toFixed(0)} billion operations/CPU s`);
  const config = networkConfig(size);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const perPair = {
    pair:
      sum(workload.sequences.map(({ length }) => pairOperations(config, length))) / workload.sequences.length,
    document: sum(workload.views.map((view) => documentOperations(config, view))) / workload.candidates,
  };
  return seen.map(({ name, rounds, peakMegabytes }) => {
    const pairsPerCpuSecond = perCpuSecond(rounds);
    const [network, engine] = name.split(", ");
    const peak = peaks.get(engine === "onnx" ? "int8" : engine === "onnx-fp32" ? "fp32" : "");
    const operations = (network === "pair" ? perPair.pair : perPair.document) * pairsPerCpuSecond;
    return {
      name,
      pairsPerSecond: Math.max(...rounds.map(({ pairs, seconds }) => pairs / seconds)),
      pairsPerCpuSecond,
      documentsPerSecond: Math.max(...rounds.map(({ documents, seconds }) => documents / seconds)),
      peakMegabytes,
      ...(peak === undefined ? {} : { peakShare: operations / peak }),
    };
  });
}

/** Pairs per second of a processor, in the round that took the least. */
function perCpuSecond(rounds: readonly Round[]): number {
  return Math.max(...rounds.map(({ pairs, cpuSeconds }) => pairs / cpuSeconds));
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}
