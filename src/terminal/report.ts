/**
 * How commands speak: data on stdout, everything else on stderr; one line for a failure that we understand.
 */
import { BioWeftError, messageOf } from "../core/errors.js";
import { isStandardOutput } from "../core/files/output-place.js";
import { hasReaderGone, READER_GONE_STATUS } from "./interrupt.js";

/** How a command says what came of it. */
interface Report {
  /** Writes the one JSON value of a `--json` run. */
  printJson(value: unknown): void;
  /** Writes lines for people. */
  printLines(...lines: readonly string[]): void;
}

/** Writes the one JSON value of a `--json` run on stdout. */
export function printJson(value: unknown): void {
  reportOn(process.stdout).printJson(value);
}

/** Writes lines for people on stdout. */
export function printLines(...lines: readonly string[]): void {
  reportOn(process.stdout).printLines(...lines);
}

/** Speaks on stdout, or on stderr where the data itself goes to stdout. */
export function reportBeside(out: string): Report {
  return reportOn(isStandardOutput(out) ? process.stderr : process.stdout);
}

function reportOn(stream: NodeJS.WriteStream): Report {
  return {
    printJson: (value) => void stream.write(`${JSON.stringify(value)}\n`),
    printLines: (...lines) => lines.forEach((line) => void stream.write(`${line}\n`)),
  };
}

/** Says how many pairs were read only in part; nothing where there are none. */
export function truncationNote(pairs: number): string[] {
  return pairs === 0
    ? []
    : [
        `${pairs} pairs were read only in part: their text is longer than the model takes, and its end was left out`,
      ];
}

/** Says how many pairs were not asked; nothing where all were. */
export function unaskedNote(pairs: number): string[] {
  return pairs === 0
    ? []
    : [
        `${pairs} pairs were not asked: their documents have more than are asked of one, and those nearest in the text come first`,
      ];
}

/** Writes a failure and sets the exit code: one line for ours, the stack for what nobody foresaw. */
export function reportFailure(fault: unknown): void {
  // What a command says of itself when nobody reads on is of no use: it ends as `head` ends others.
  if (hasReaderGone() || isClosedPipe(fault)) {
    process.exitCode = READER_GONE_STATUS;
    return;
  }
  process.exitCode = 1;
  if (fault instanceof BioWeftError && fault.code !== "INTERNAL") {
    process.stderr.write(`error: ${fault.message}\n`);
    return;
  }
  const stack = fault instanceof Error ? (fault.stack ?? fault.message) : messageOf(fault);
  process.stderr.write(`error: a fault of BioWeft's own; please report it with these lines\n${stack}\n`);
}

function isClosedPipe(fault: unknown): boolean {
  const cause = fault instanceof BioWeftError ? fault.cause : fault;
  return cause instanceof Error && "code" in cause && cause.code === "EPIPE";
}
