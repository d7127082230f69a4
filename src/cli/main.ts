/**
 * The `bioweft` command: finds the subcommand and runs it. Each subcommand is one file here, loaded only when it
 * is asked for, so that `bioweft predict` does not load a database driver.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { PACKAGE_ROOT } from "../core/config.js";
import { endWhenNobodyReads } from "./interrupt.js";
import { reportFailure } from "./report.js";

/** What every subcommand's file exports. */
interface CommandFile {
  command(): Command;
}

const COMMANDS: Readonly<Record<string, () => Promise<CommandFile>>> = {
  up: () => import("./up.js"),
  serve: () => import("./serve.js"),
  ingest: () => import("./ingest.js"),
  convert: () => import("./convert.js"),
  join: () => import("./join.js"),
  harmonize: () => import("./harmonize.js"),
  predict: () => import("./predict.js"),
  pretrain: () => import("./pretrain.js"),
  train: () => import("./train.js"),
  reproduce: () => import("./reproduce.js"),
  evaluate: () => import("./evaluate.js"),
  calibrate: () => import("./calibrate.js"),
  annotate: () => import("./annotate.js"),
  lexicon: () => import("./lexicon.js"),
  model: () => import("./model.js"),
  corpora: () => import("./corpora.js"),
  bench: () => import("./bench.js"),
  doctor: () => import("./doctor.js"),
  schema: () => import("./schema.js"),
};

async function main(args: readonly string[]): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8"));
  const program = new Command("bioweft")
    .description(
      "Biomedical literature in, an evidenced knowledge graph out, questions answered over GraphQL.",
    )
    .version(String(version))
    .showHelpAfterError()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  const wanted = COMMANDS[args[0] ?? ""];
  const files = wanted === undefined ? Object.values(COMMANDS) : [wanted];
  for (const load of files) program.addCommand((await load()).command());
  await program.parseAsync([...args], { from: "user" });
}

endWhenNobodyReads(process.stdout, process.stderr);
main(process.argv.slice(2)).catch(reportFailure);
