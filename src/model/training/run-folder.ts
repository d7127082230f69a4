/**
 * A training run on disk: `state.json` names the newest checkpoint, `curve.jsonl` holds one line a report. A run
 * can be killed at any moment; what is there is always whole, and belongs to the plan that it names.
 */
import { appendFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { BioWeftError } from "../../core/errors.js";
import { type Parameters, readSafetensors, writeSafetensors } from "../parameters.js";

const stateSchema = z.object({ plan: z.string(), step: z.number().int(), checkpoint: z.string() });

/** Where a run stands: updates done, weights and optimiser moments after them. */
export interface RunState {
  readonly step: number;
  readonly parameters: Parameters;
}

/** An open run folder. */
export type RunFolder = Awaited<ReturnType<typeof openRunFolder>>;

/** Opens or makes a run folder for a plan, described by a string that must stay the same over the run. */
export async function openRunFolder(dir: string, plan: string) {
  await mkdir(dir, { recursive: true });
  const stateFile = join(dir, "state.json");
  return {
    /** The state to resume from; undefined for a new run. Throws CONFIG where another plan was begun here. */
    async resume(): Promise<RunState | undefined> {
      const text = await readFile(stateFile, "utf8").catch(() => undefined);
      if (text === undefined) return undefined;
      const state = stateSchema.parse(JSON.parse(text));
      if (state.plan !== plan) {
        throw new BioWeftError(
          "CONFIG",
          `holds a run with another plan (${state.plan}) than this one (${plan}); give another --run folder or the same options`,
          { place: { file: stateFile } },
        );
      }
      return { step: state.step, parameters: await readSafetensors(join(dir, state.checkpoint)) };
    },
    /** Keeps a state and drops the one before. */
    async save({ step, parameters }: RunState): Promise<void> {
      const before = await readFile(stateFile, "utf8").catch(() => undefined);
      const checkpoint = `step-${step}.safetensors`;
      await writeSafetensors(join(dir, checkpoint), parameters, "F32");
      await writeFile(`${stateFile}.partial`, JSON.stringify({ plan, step, checkpoint }));
      await rename(`${stateFile}.partial`, stateFile);
      const old = before === undefined ? undefined : stateSchema.parse(JSON.parse(before)).checkpoint;
      if (old !== undefined && old !== checkpoint) await rm(join(dir, old), { force: true });
    },
    /** Adds a line to the curve. */
    async report(line: Readonly<Record<string, unknown>>): Promise<void> {
      await appendFile(join(dir, "curve.jsonl"), `${JSON.stringify(line)}\n`);
    },
  };
}
