/**
 * Tools of Python that read what we export, where this machine has them: `BIOWEFT_PYTHON` names a Python that does, else it is
 * `python3`. A test that needs a package it lacks is skipped, and counted as such.
 */
import { execFileSync, spawnSync } from "node:child_process";

const PYTHON = process.env["BIOWEFT_PYTHON"] ?? "python3";

/** Whether Python has a package. */
export function hasPython(name: string): boolean {
  return canRunPython(`import ${name}`);
}

/** Whether a script runs to its end. */
export function canRunPython(script: string): boolean {
  return spawnSync(PYTHON, ["-c", script], { stdio: "ignore" }).status === 0;
}

/** What a script prints, as JSON; throws with what it complains of. */
// biome-ignore lint/suspicious/noExplicitAny: answers of many shapes, which the assertions check
export function askPython(script: string, ...args: readonly string[]): any {
  const out = execFileSync(PYTHON, ["-c", script, ...args], { encoding: "utf8", maxBuffer: 1 << 28 });
  return JSON.parse(out.trim().split("\n").at(-1) ?? "");
}
