/**
 * `bioweft model import`: a published checkpoint, from a folder or by its name on the Hugging Face hub, becomes a
 * model folder.
 */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { Command } from "commander";
import { fetchCheckpoint } from "../../../../ingest/download/fetch-checkpoint.js";
import { readConfig } from "../../../core/config.js";
import { importCheckpoint } from "../../../model/folder/write-model-folder.js";
import { onInterrupt } from "../../../terminal/interrupt.js";
import { startProgress } from "../../../terminal/progress.js";
import { printJson, printLines } from "../../../terminal/report.js";

interface ImportOptions {
  readonly out: string;
  readonly id?: string;
  readonly json: boolean;
}

/** The `import` subcommand. */
export function importCommand(): Command {
  return new Command("import")
    .description("make a model folder of a published checkpoint (h5, safetensors or PyTorch)")
    .argument("<source>", "its folder, or its name on the hub: OWNER/NAME, or OWNER/NAME@REVISION")
    .requiredOption("--out <folder>", "the model folder to write")
    .option("--id <name>", "the model's name and version (default: the source's name)")
    .option("--json", "print what it is as JSON", false)
    .action(run);
}

async function run(source: string, { out, id, json }: ImportOptions): Promise<void> {
  const isFolder = existsSync(source);
  const name = isFolder ? basename(resolve(source)) : basename(source.replace(/@.*/, ""));
  const imported = await importCheckpoint(isFolder ? source : await fetched(source), out, id ?? name);
  if (json) return printJson({ source, out, ...imported });
  const { network, format, unused } = imported;
  const what = network === "pair" ? "a pair model" : "an encoder to train on";
  printLines(`${source} (${format}) → ${out}: ${what}`);
  if (unused.length > 0) printLines(`left out, as nothing here uses it: ${unused.join(", ")}`);
}

/** Downloads a checkpoint into BIOWEFT_HOME, where a second import finds it. */
async function fetched(name: string): Promise<string> {
  const { home, hubUrl } = readConfig();
  const interrupt = onInterrupt();
  const progress = startProgress(name, "kB");
  try {
    return await fetchCheckpoint(name, join(home, "hub"), {
      signal: interrupt.signal,
      ...(hubUrl === undefined ? {} : { hubUrl }),
      onProgress: (file, bytes, total) =>
        progress.update(Math.round(bytes / 1000), `of ${Math.round(total / 1000)}, ${file}`),
    });
  } finally {
    progress.stop();
    interrupt.release();
  }
}
