/**
 * A small checkout of its own for the scripts that set up and test: the real scripts and packages, a chosen PATH.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PACKAGE_ROOT } from "../../src/core/config.js";

/** A folder that looks like a clone whose packages are installed; the caller removes it. */
export function aCheckout(): string {
  const root = mkdtempSync(join(tmpdir(), "bioweft-checkout-"));
  for (const name of ["scripts", "package.json", "package-lock.json"]) {
    cpSync(join(PACKAGE_ROOT, name), join(root, name), { recursive: true });
  }
  symlinkSync(join(PACKAGE_ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}

/** Adds a program of the given shell script to a folder that then serves as the PATH. */
export function aProgram(folder: string, name: string, script: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** Runs a script of the checkout with nothing on the PATH but `programs` and the system's own shell. */
export function runScript(root: string, args: readonly string[], programs: string) {
  const done = spawnSync(process.execPath, [...args], {
    cwd: root,
    encoding: "utf8",
    timeout: 60_000,
    env: { HOME: dirname(root), PATH: programs },
  });
  return { code: done.status, stdout: done.stdout, stderr: done.stderr };
}
