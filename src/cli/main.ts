/**
 * The `bioweft` command: finds the subcommand and runs it. Each subcommand is one file here, loaded only when it
 * is asked for, so that `bioweft predict` does not load a database driver.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { PACKAGE_ROOT } from "../core/config.js";
import { endWhenNobodyReads, endWhenWritten } from "../terminal/interrupt.js";
import { reportFailure } from "../terminal/report.js";

/** What every subcommand's file exports. */
interface CommandFile {
  command(): Command;
}

const COMMANDS: Readonly<Record<string, () => Promise<CommandFile>>> = {
  up: () => import("./commands/up.js"),
  serve: () => import("./commands/serve.js"),
  worker: () => import("./commands/worker.js"),
  jobs: () => import("./commands/jobs.js"),
  extract: () => import("./commands/extract.js"),
  retract: () => import("./commands/papers/retract.js"),
  delete: () => import("./commands/papers/delete.js"),
  ingest: () => import("./commands/ingest.js"),
  convert: () => import("./commands/convert.js"),
  join: () => import("./commands/join.js"),
  harmonize: () => import("./commands/harmonize.js"),
  predict: () => import("./commands/predict.js"),
  pretrain: () => import("./commands/pretrain.js"),
  train: () => import("./commands/train.js"),
  reproduce: () => import("./commands/reproduce.js"),
  evaluate: () => import("./commands/evaluate.js"),
  calibrate: () => import("./commands/calibrate.js"),
  annotate: () => import("./commands/annotate.js"),
  lexicon: () => import("./commands/lexicon.js"),
  model: () => import("./commands/model.js"),
  corpora: () => import("./commands/corpora.js"),
  keys: () => import("./commands/keys.js"),
  relations: () => import("./commands/export/relations.js"),
  export: () => import("./commands/export.js"),
  discovery: () => import("./commands/discovery.js"),
  bench: () => import("./commands/bench.js"),
  doctor: () => import("./commands/doctor.js"),
  schema: () => import("./commands/schema.js"),
};

async function main(args: readonly string[]): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8"));
  const program = new Command("bioweft")
    .description(
      "Biomedical literature in, an evidenced knowledge graph out, questions answered over GraphQL.",
    )
    .version(String(version))
    .showHelpAfterError()
    // What stands after a command's name is the command's to read, and after its subcommand's the subcommand's.
    .enablePositionalOptions()
    .configureOutput({ writeErr: (text) => process.stderr.write(text) });
  const [name = ""] = args;
  const wanted = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  const files = wanted === undefined ? Object.values(COMMANDS) : [wanted];
  for (const load of files) program.addCommand((await load()).command());
  await program.parseAsync([...args], { from: "user" });
}

endWhenNobodyReads(process.stdout, process.stderr);
main(process.argv.slice(2)).catch(reportFailure).finally(endWhenWritten);
