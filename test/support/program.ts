/**
 * A TypeScript file of the tests as a process of its own, in an environment of the test's making.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { childEnvironment, PACKAGE_ROOT } from "../../src/core/config.js";

/** Runs it to its end. `file` is relative to the checkout. */
export async function runProgram(
  file: string,
  args: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: PACKAGE_ROOT,
    env: childEnvironment(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const parts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      parts[name] += text;
    });
  }
  const [code] = await once(child, "close");
  return { code: code as number | null, ...parts };
}
