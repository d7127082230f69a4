/**
 * Run as a process of its own by `bioweft bench model` (runner.ts says how they speak): one engine and one network,
 * or the matrix products that they are measured against.
 */

import { createInterface } from "node:readline";
import type { NetworkKind } from "../../../core/prediction.js";
import { documentClassifier } from "../../../model/document-classifier.js";
import type { Engine } from "../../../model/engines/engine.js";
import { presentEngine } from "../../../model/engines/registry.js";
import { pairBatches } from "../../../model/networks/pair-batches.js";
import { pairGraph } from "../../../model/networks/pair-network.js";
import { loadViewRunner } from "../../../model/view-runner.js";
import { timed } from "./clock.js";
import { matrixPeak } from "./matrix-peak.js";
import type { Round } from "./runner.js";
import {
  networkConfig,
  randomModel,
  randomParameters,
  readWorkload,
  type Size,
  type WorkloadOptions,
} from "./workload.js";

/** What the process is to do. */
export type EngineTask =
  | {
      /** `text` is the document network with all that goes before it and after. */
      readonly network: NetworkKind | "text";
      readonly engine: string;
      readonly size: Size;
      readonly workload: WorkloadOptions;
    }
  /** `pairs` of a round are then operations. */
  | { readonly network: "matrix"; readonly precision: "fp32" | "int8" };

/** One round, ready to be done again and again. */
type Work = () => Promise<Round>;

async function prepare(task: EngineTask): Promise<Work> {
  if (task.network === "matrix") {
    return async () => ({ documents: 0, ...(await matrixPeak(task.precision)) });
  }
  const engine = await presentEngine(task.engine);
  return { pair: pairWork, document: documentWork, text: textWork }[task.network](engine, task);
}

type NetworkTask = Exclude<EngineTask, { readonly network: "matrix" }>;

async function pairWork(engine: Engine, { size, workload }: NetworkTask): Promise<Work> {
  const { sequences, candidates, documents } = await readWorkload(workload);
  const config = networkConfig(size);
  const network = await engine.load(pairGraph(config), randomParameters(config));
  const done = { pairs: sequences.length, documents: (sequences.length * documents.length) / candidates };
  const work = async () => {
    for (const { feeds } of pairBatches(sequences, 0, engine.passRows)) await network.logits(feeds);
  };
  return async () => ({ ...done, ...(await timed(work)) });
}

async function documentWork(engine: Engine, { size, workload }: NetworkTask): Promise<Work> {
  const { views, candidates, documents } = await readWorkload(workload);
  const runner = await loadViewRunner(randomModel(size, workload.modelDir), engine);
  const work = () => runner.run(views);
  return async () => ({ pairs: candidates, documents: documents.length, ...(await timed(work)) });
}

/** The whole classifier: text in, probabilities out. */
async function textWork(engine: Engine, { size, workload }: NetworkTask): Promise<Work> {
  const { candidates, documents } = await readWorkload(workload);
  const model = randomModel(size, workload.modelDir);
  const classifier = await documentClassifier(model, await loadViewRunner(model, engine));
  const work = async () => {
    for await (const { predictions } of classifier.predictAll(documents)) predictions.length;
  };
  return async () => ({ pairs: candidates, documents: documents.length, ...(await timed(work)) });
}

let work: Work | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const message: unknown = JSON.parse(line);
  if (message === "end") {
    answer({ peakMegabytes: process.resourceUsage().maxRSS / 1024 });
    break;
  }
  if (work === undefined) {
    work = await prepare(message as EngineTask);
    // Once without a clock: memory is allotted, kernels are chosen.
    await work();
    answer("ready");
    continue;
  }
  answer(await work());
}
process.exit(0);

function answer(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
