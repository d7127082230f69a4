/** The loop alone: a learning that only writes down what it is asked, over one small weight. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { TRAINING_DEFAULTS } from "../../../src/model/training/plan.js";
import {
  type KeptRun,
  type Learning,
  type LoopStep,
  openRun,
  takeSteps,
} from "../../../src/model/training/training-loop.js";

const STEPS = 60;
const EPOCH = 40;
let runDir: string;
beforeEach(async () => {
  runDir = await mkdtemp(join(tmpdir(), "bioweft-loop-"));
  return () => rm(runDir, { recursive: true });
});

/** Takes the steps; what was asked for, and how far it came. */
async function walk(parts: Partial<KeptRun> = {}, patience = Number.POSITIVE_INFINITY, stopAfter = 0) {
  const told: number[] = [];
  const scored: number[] = [];
  const keptBefore: (number | undefined)[] = [];
  const stop = new AbortController();
  const learning: Learning<LoopStep, number> = {
    name: "the trial",
    steps: STEPS,
    *planned(from) {
      for (let step = from; step < STEPS; step++)
        yield { examples: [step], endsEpoch: (step + 1) % EPOCH === 0 };
    },
    async update(_, step) {
      keptBefore.push(await keptStep());
      return step;
    },
    score(_, at) {
      scored.push(at.step);
      return Promise.resolve({ score: at.step, at: { ...at, staleEpochs: at.staleEpochs + 1 } });
    },
    isOver: ({ staleEpochs }) => staleEpochs >= patience,
    report(progress, _, score) {
      told.push(progress.step);
      if (progress.step === stopAfter) stop.abort();
      return score === undefined ? progress : { ...progress, score };
    },
  };
  const run = {
    ...{ runDir, settings: TRAINING_DEFAULTS, checkpointSeconds: 1e9, signal: stop.signal },
    ...parts,
  };
  const opened = await openRun(run, "plan", new Map([["w", { shape: [1], data: new Float32Array(1) }]]));
  const from = opened.progress.step;
  const reached = await takeSteps(run, opened, learning).catch((fault: unknown) => fault);
  return { from, told, scored, keptBefore, reached };
}

/** The step that the folder's checkpoint is of; undefined before the first. */
async function keptStep(): Promise<number | undefined> {
  const text = await readFile(join(runDir, "state.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).step;
}

async function curveSteps(): Promise<number[]> {
  const text = await readFile(join(runDir, "curve.jsonl"), "utf8");
  return text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).step]));
}

/** The steps after one, up to another. */
function steps(after: number, last: number): number[] {
  return Array.from({ length: last - after }, (_, index) => after + index + 1);
}

describe("the training loop", () => {
  it("takes every step, scores after epochs, draws every 25th and keeps the end, once", async () => {
    const { told, scored, keptBefore, reached } = await walk();
    const loss = steps(0, STEPS - 1).reduce((mean, step) => 0.98 * mean + 0.02 * step, 0);
    expect(reached).toEqual({ step: STEPS, staleEpochs: 1, loss: expect.closeTo(loss, 10) });
    expect(told).toEqual(steps(0, STEPS));
    expect(scored).toEqual([EPOCH]);
    expect(await curveSteps()).toEqual([25, EPOCH, 50]);
    expect(new Set(keptBefore)).toEqual(new Set([undefined]));
    expect(await keptStep()).toBe(STEPS);
    const { mtimeMs } = await stat(join(runDir, "state.json"));
    expect((await walk()).reached).toEqual(reached);
    expect((await stat(join(runDir, "state.json"))).mtimeMs).toBe(mtimeMs);
  });

  it("stops with a checkpoint, and goes on from it to the same end", async () => {
    const first = await walk({}, undefined, 30);
    const reason = `the trial stopped at step 30 of ${STEPS}; the same command resumes it`;
    expect(first.reached).toMatchObject({ code: "CANCELLED", reason });
    expect(first.told).toEqual(steps(0, 30));
    expect(await keptStep()).toBe(30);
    const second = await walk();
    expect([second.from, second.told]).toEqual([30, steps(30, STEPS)]);
    expect(await curveSteps()).toEqual([25, EPOCH, 50]);
    await rm(runDir, { recursive: true });
    expect(second.reached).toEqual((await walk()).reached);
  });

  it("keeps a checkpoint whenever one is due", async () => {
    const { keptBefore } = await walk({ checkpointSeconds: -1 });
    expect(keptBefore).toEqual([undefined, ...steps(0, STEPS - 1)]);
  });

  it("ends early where the score says so", async () => {
    const { told } = await walk({}, 1);
    expect(told).toEqual(steps(0, EPOCH));
    expect(await keptStep()).toBe(EPOCH);
    expect((await walk({}, 1)).told).toEqual([]);
  });
});
