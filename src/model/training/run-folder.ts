/**
 * A training run on disk. `state.json` names the newest checkpoint and, with early stopping, the best weights;
 * `curve.jsonl` holds one line a report, `curve.svg` its picture; `config.json`, `corpora.json` and
 * `environment.json` say what is run on what. A run can be killed at any moment; what is there is always whole,
 * and belongs to the plan that it names.
 */
import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { writeJsonFile } from "../../core/files/json-file.js";
import { isUnfinished, writeWholeFile } from "../../core/files/whole-file.js";
import { readSafetensors } from "../checkpoints/safetensors-file.js";
import { writeSafetensors } from "../checkpoints/write-safetensors.js";
import type { Parameters } from "../ops/parameters.js";
import { type CurveLine, curvePicture, parseCurve } from "./curve-picture.js";

const CURVE = "curve.jsonl";
const BEST = "best.safetensors";

const progressSchema = z.object({
  /** Updates done. */
  step: z.number().int(),
  /** Epochs of the last phase since its best held-out score. */
  staleEpochs: z.number().int().default(0),
  /** That score; undefined before the first. */
  bestScore: z.number().optional(),
  /** Running mean of the loss; undefined before the first update. */
  loss: z.number().optional(),
});
const stateSchema = progressSchema.extend({ plan: z.string(), checkpoint: z.string() });

/** How far a run has come, beside its weights. */
export type RunProgress = z.infer<typeof progressSchema>;

/** Where a run stands: its progress, and weights and optimiser moments after it. */
interface RunState extends RunProgress {
  readonly parameters: Parameters;
}

/** An open run folder. */
export type RunFolder = Awaited<ReturnType<typeof openRunFolder>>;

/** Opens or makes a run folder for a plan, described by a string that must stay the same over the run. */
export async function openRunFolder(dir: string, plan: string) {
  await mkdir(dir, { recursive: true });
  // Weights that a killed run was writing are as large as a checkpoint.
  for (const name of await readdir(dir)) if (isUnfinished(name)) await rm(join(dir, name));
  const stateFile = join(dir, "state.json");
  const readState = async () => {
    const text = await readFile(stateFile, "utf8").catch(() => undefined);
    return text === undefined ? undefined : stateSchema.parse(JSON.parse(text));
  };
  const readCurve = async () => parseCurve(await readFile(join(dir, CURVE), "utf8").catch(() => ""));
  return {
    /** The state to resume from; undefined for a new run. Throws CONFIG where another plan was begun here. */
    async resume(): Promise<RunState | undefined> {
      const state = await readState();
      if (state !== undefined && state.plan !== plan) throw anotherPlan(stateFile, state.plan, plan);
      // What was reported after the last checkpoint, and a run's outcome, will be reported again.
      const last = state?.step ?? 0;
      const isKept = (line: CurveLine) => line.step <= last && line["calibration"] === undefined;
      await writeCurve(dir, (await readCurve()).filter(isKept));
      if (state === undefined) return undefined;
      const { plan: _, checkpoint, ...progress } = state;
      return { ...progress, parameters: await readSafetensors(join(dir, checkpoint)) };
    },
    /** Keeps a state and drops the one before. */
    async save({ parameters, ...progress }: RunState): Promise<void> {
      const before = await readState();
      const checkpoint = `step-${progress.step}.safetensors`;
      await writeSafetensors(join(dir, checkpoint), parameters, "fp32");
      await writeWholeFile(stateFile, JSON.stringify({ plan, checkpoint, ...progress }));
      if (before !== undefined && before.checkpoint !== checkpoint) {
        await rm(join(dir, before.checkpoint), { force: true });
      }
    },
    /** Keeps the best weights so far. */
    saveBest: (parameters: Parameters) => writeSafetensors(join(dir, BEST), parameters, "fp32"),
    readBest: () => readSafetensors(join(dir, BEST)),
    /** Adds a line to the curve; `step` places it. */
    async report(line: CurveLine): Promise<void> {
      await appendFile(join(dir, CURVE), `${JSON.stringify(line)}\n`);
    },
    /** Writes what the run is made of: a JSON file of that name. */
    describe: (name: string, value: unknown) => writeJsonFile(join(dir, `${name}.json`), value),
    /** Draws the curve anew. */
    async draw(): Promise<void> {
      await writeWholeFile(join(dir, "curve.svg"), curvePicture(await readCurve()));
    },
  };
}

function anotherPlan(file: string, theirs: string, ours: string): BioWeftError {
  const reason = `holds a run with another plan (${theirs}) than this one (${ours}); give another --run folder or the same options`;
  return new BioWeftError("CONFIG", reason, { place: { file } });
}

async function writeCurve(dir: string, lines: readonly CurveLine[]): Promise<void> {
  await writeWholeFile(join(dir, CURVE), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}
