/**
 * What pack.mjs bundles: `bioweft train` alone. Runs only as part of a bundle.
 */
import { reportFailure } from "../../src/cli/report.ts";
import { command } from "../../src/cli/train.ts";

command().parseAsync(process.argv.slice(2), { from: "user" }).catch(reportFailure);
