/**
 * The `bioweft` command as a process of its own, straight from the sources, with settings of the test's making.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { childEnvironment, PACKAGE_ROOT } from "../../src/core/config.js";

/** Commands have a database of their own unless told: the embedded one, whatever the tests share. */
const OWN_DATABASE = { NEO4J_URI: "", BIOWEFT_DATABASE: "embedded" };

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<Ended>;
}

/** Starts a command; end it and await `ended`. `nodeArgs` are for Node itself. */
export function startBioweft(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  nodeArgs: readonly string[] = [],
): Running {
  const main = join(PACKAGE_ROOT, "src", "cli", "main.ts");
  const program = [...nodeArgs, "--import", "tsx", main, ...args];
  const child = spawn(process.execPath, program, {
    cwd: PACKAGE_ROOT,
    env: childEnvironment({ ...OWN_DATABASE, ...settings }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return { child, ended: collected(child) };
}

async function collected(child: ChildProcess): Promise<Ended> {
  const parts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      parts[name] += text;
    });
  }
  const [code] = await once(child, "close");
  return { code: code as number | null, ...parts };
}

/** Runs a command to its end. */
export function runBioweft(
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startBioweft(args, settings).ended;
}

/** Runs a script of bash in which `bioweft` is the command: for pipes, redirections and `<(…)`. */
export async function runShell(
  script: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const bioweft = `bioweft() { "${process.execPath}" --import tsx "${join(PACKAGE_ROOT, "src", "cli", "main.ts")}" "$@"; }`;
  const child = spawn("bash", ["-c", `set -o pipefail\n${bioweft}\n${script}`], {
    cwd: PACKAGE_ROOT,
    env: childEnvironment({ ...OWN_DATABASE, ...settings }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  return collected(child);
}
