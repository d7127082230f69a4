/**
 * `--engine auto`: which of the engines that this machine has is fastest for a model. Each is tried once, in a process
 * of its own, and what came out is remembered; the same model, packages and machine are not measured again.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { cpus } from "node:os";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { PACKAGE_ROOT } from "../core/config.js";
import { messageOf } from "../core/errors.js";
import { writeJsonFile } from "../core/files/json-file.js";
import type { Engine } from "./engines/engine.js";
import { ENGINES } from "./engines/registry.js";

const trialSchema = z.object({
  engine: z.string(),
  /** For one document; absent where the engine failed. */
  seconds: z.number().positive().optional(),
  fault: z.string().optional(),
});
const measurementSchema = z.object({ measured: z.string(), trials: z.array(trialSchema) });
const memorySchema = z.record(z.string(), measurementSchema);

/** How one engine did. */
export type EngineTrial = z.infer<typeof trialSchema>;
/** The trials of all candidates for one model, and the day they were made. */
type Measurement = z.infer<typeof measurementSchema>;

/** Longer than this nobody waits for an engine that is tried for its speed. */
const TRIAL_LIMIT_MILLIS = 60_000;

/** The engines that `auto` chooses from on this machine, and what was measured for this model, if it was. */
interface EngineChoice {
  /** Never empty; the last resort first. */
  readonly candidates: readonly Engine[];
  readonly measurement?: Measurement;
}

/** Looks up the choice without measuring. `memoryFile` keeps measurements between runs. */
export async function lookUpChoice(modelDir: string, memoryFile: string): Promise<EngineChoice> {
  const candidates = await presentCandidates();
  if (candidates.length === 1) return { candidates };
  const measurement = (await readMemory(memoryFile))[await situation(modelDir, candidates)];
  return measurement === undefined ? { candidates } : { candidates, measurement };
}

/** The engines to try for a model, the fastest first, measured now unless they were before. */
export async function enginesBySpeed(
  modelDir: string,
  memoryFile: string,
  onTrial: (engine: string) => void,
): Promise<Engine[]> {
  const { candidates, measurement } = await lookUpChoice(modelDir, memoryFile);
  if (candidates.length === 1) return [...candidates];
  const { trials } = measurement ?? (await measure(modelDir, memoryFile, candidates, onTrial));
  return bySpeed(candidates, trials);
}

/** Candidates that could be measured, by their time; then those that could not, the last resort first. */
export function bySpeed(candidates: readonly Engine[], trials: readonly EngineTrial[]): Engine[] {
  const secondsOf = ({ name }: Engine) =>
    trials.find(({ engine }) => engine === name)?.seconds ?? Number.POSITIVE_INFINITY;
  // Equal times subtract to NaN where both are infinite.
  return [...candidates].sort((a, b) => secondsOf(a) - secondsOf(b) || 0);
}

async function presentCandidates(): Promise<Engine[]> {
  const automatic = ENGINES.filter((engine) => engine.automatic);
  const presences = await Promise.all(automatic.map((engine) => engine.presence()));
  return automatic.filter((_, index) => presences[index]?.present === true);
}

async function measure(
  modelDir: string,
  memoryFile: string,
  candidates: readonly Engine[],
  onTrial: (engine: string) => void,
): Promise<Measurement> {
  const trials: EngineTrial[] = [];
  for (const { name } of candidates) {
    onTrial(name);
    trials.push(await tryEngine(modelDir, name));
  }
  const measurement = { measured: new Date().toISOString().slice(0, 10), trials };
  // Where all failed it is the model that is broken, not the engines.
  if (trials.every(({ seconds }) => seconds === undefined)) return measurement;
  const memory = await readMemory(memoryFile);
  memory[await situation(modelDir, candidates)] = measurement;
  await mkdir(dirname(memoryFile), { recursive: true });
  await writeJsonFile(memoryFile, memory);
  return measurement;
}

/** Measures one engine in a process of its own; whatever goes wrong there is the trial's fault. */
async function tryEngine(modelDir: string, engine: string): Promise<EngineTrial> {
  const own = fileURLToPath(import.meta.url);
  const program = join(dirname(own), `engine-trial${extname(own)}`);
  const loader = extname(own) === ".ts" ? ["--import", "tsx"] : [];
  const child = spawn(process.execPath, [...loader, program, modelDir, engine], {
    cwd: PACKAGE_ROOT,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: TRIAL_LIMIT_MILLIS,
    killSignal: "SIGKILL",
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  try {
    const [code, signal] = (await once(child, "close")) as [number | null, string | null];
    if (signal === "SIGKILL") return { engine, fault: `took longer than ${TRIAL_LIMIT_MILLIS / 1000} s` };
    if (code !== 0)
      return { engine, fault: faultLine(output.stderr) ?? `its process ended with ${signal ?? code}` };
    const last = output.stdout.trimEnd().split("\n").at(-1) ?? "";
    return trialSchema.parse({ engine, ...JSON.parse(last) });
  } catch (fault) {
    return { engine, fault: messageOf(fault) };
  }
}

/** The line of Node's report of an error that says what it was. */
function faultLine(stderr: string): string | undefined {
  return stderr
    .split("\n")
    .find((line) => /^\w*Error: /.test(line))
    ?.replace(/^\w*Error: /, "");
}

/** What a measurement holds for: the model's files, the packages, the machine and its engines. */
async function situation(modelDir: string, candidates: readonly Engine[]): Promise<string> {
  const names = (await readdir(modelDir).catch(() => [])).sort();
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(modelDir, name))).size));
  const manifest = JSON.parse(await readFile(join(PACKAGE_ROOT, "package.json"), "utf8"));
  const presences = await Promise.all(candidates.map((engine) => engine.presence()));
  const parts = [
    names.map((name, index) => [name, sizes[index]]),
    [manifest.version, manifest.dependencies, manifest.optionalDependencies],
    [process.platform, process.arch, process.version, cpus().length, cpus()[0]?.model],
    candidates.map(({ name }, index) => [name, presences[index]]),
  ];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/** What was remembered; nothing where the file is missing or not ours: then it is measured again. */
async function readMemory(file: string): Promise<Record<string, Measurement>> {
  try {
    return memorySchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
}
