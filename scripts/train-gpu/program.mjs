/**
 * What pack.mjs bundles: `bioweft train` alone. Runs only as part of a bundle.
 */

import { command } from "../../src/cli/commands/train.ts";
import { reportFailure } from "../../src/terminal/report.ts";

command().parseAsync(process.argv.slice(2), { from: "user" }).catch(reportFailure);
