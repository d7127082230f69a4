/**
 * How commands speak: data on stdout, everything else on stderr; one line for a failure that we understand.
 */
import { BioWeftError, messageOf } from "../core/errors.js";

/** Writes the one JSON value of a `--json` run. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Writes lines for people. */
export function printLines(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** Says how many pairs were read only in part; nothing where there are none. */
export function truncationNote(pairs: number): string[] {
  return pairs === 0
    ? []
    : [
        `${pairs} pairs were read only in part: their text is longer than the model takes, and its end was left out`,
      ];
}

/** Writes a failure and sets the exit code: one line for ours, the stack for what nobody foresaw. */
export function reportFailure(fault: unknown): void {
  process.exitCode = 1;
  if (fault instanceof BioWeftError && fault.code !== "INTERNAL") {
    process.stderr.write(`error: ${fault.message}\n`);
    return;
  }
  const stack = fault instanceof Error ? (fault.stack ?? fault.message) : messageOf(fault);
  process.stderr.write(`error: a fault of BioWeft's own; please report it with these lines\n${stack}\n`);
}
