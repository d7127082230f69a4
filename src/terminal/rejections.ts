/**
 * `--skip-bad`: broken documents are left out, each named on stderr, and counted; and what was left out of the others is
 * summed up.
 */
import type { Command } from "commander";
import type { ReadOptions } from "../core/read-options.js";
import { tallyWarnings, type WarningTally } from "./warnings.js";

/** What was left out of a reading. */
export interface Rejections {
  /** For the readers. */
  readonly options: ReadOptions;
  /** Documents left out so far. */
  count(): number;
  /** What was left out of the documents that were kept. */
  readonly warnings: WarningTally;
}

/** Adds `--skip-bad` to a command. */
export function withSkipBad(command: Command): Command {
  return command.option("--skip-bad", "leave out broken documents, name and count them", false);
}

/** Reading options that report each broken document on stderr when they are to be skipped. */
export function countRejections(skipBad: boolean): Rejections {
  let rejected = 0;
  const warnings = tallyWarnings();
  return {
    warnings,
    options: {
      skipBad,
      onWarning: warnings.onWarning,
      onRejected: (fault) => {
        rejected += 1;
        process.stderr.write(`left out: ${fault.message}\n`);
      },
    },
    count: () => rejected,
  };
}
