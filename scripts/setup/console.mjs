/**
 * What every setup step shares: progress lines on stderr, failures that name a cure, and running programs.
 * Plain Node with no packages, because it runs before there are any.
 */
import { spawn, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What setup fetches or builds, beside node_modules; ignored by git, safe to delete. */
export const TOOLS = join(ROOT, ".bioweft-tools");

/** A step that cannot be done, with what to do about it in the same line. */
export class SetupError extends Error {}

/** Writes one progress line. */
export function say(message) {
  process.stderr.write(`setup: ${message}\n`);
}

/** Runs a program to its end and gives { code, output }; code is undefined where there is no such program. */
export function probe(program, args) {
  const done = spawnSync(program, args, { encoding: "utf8", shell: process.platform === "win32" });
  if (done.error !== undefined) return { code: undefined, output: "" };
  return { code: done.status ?? 1, output: `${done.stdout}${done.stderr}` };
}

/** Runs a program with its output kept, shown only if it fails; throws SetupError with `cure` then. */
export async function run(program, args, { cure, cwd = ROOT, env = process.env }) {
  const { code, output } = await collect(program, args, { cwd, env });
  if (code === 0) return output;
  const tail = output.trimEnd().split("\n").slice(-25).join("\n");
  if (tail !== "") process.stderr.write(`${tail}\n`);
  throw new SetupError(`${[program, ...args].join(" ")} failed${code === null ? "" : ` (${code})`}; ${cure}`);
}

function collect(program, args, { cwd, env }) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
    });
    const parts = [];
    child.stdout.on("data", (part) => parts.push(part));
    child.stderr.on("data", (part) => parts.push(part));
    child.on("error", (fault) => resolve({ code: null, output: fault.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts).toString("utf8") }));
  });
}

/** Runs a script's main function; a SetupError becomes one line and exit code 1. */
export async function main(body) {
  try {
    await body();
  } catch (fault) {
    if (!(fault instanceof SetupError)) throw fault;
    process.stderr.write(`setup: ${fault.message}\n`);
    process.exitCode = 1;
  }
}
