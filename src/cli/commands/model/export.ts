/**
 * `bioweft model export`: a model folder in another form. A format is one entry of FORMATS; each is written in every
 * precision.
 */
import { Command, Option } from "commander";
import { STORED_PRECISIONS, type StoredPrecision } from "../../../model/checkpoints/write-safetensors.js";
import { exportOnnx } from "../../../model/folder/export-onnx.js";
import { exportSafetensors } from "../../../model/folder/write-model-folder.js";
import { reportBeside } from "../../../terminal/report.js";

const FORMATS = { safetensors: exportSafetensors, onnx: exportOnnx } as const;

interface ExportOptions {
  readonly format: keyof typeof FORMATS;
  readonly precision: StoredPrecision;
  readonly out: string;
  readonly json: boolean;
}

/** The `export` subcommand. */
export function exportCommand(): Command {
  return new Command("export")
    .description("write a model folder in another form: safetensors, a folder again, or onnx, one file")
    .argument("<folder>", "model folder, or a published checkpoint's")
    .addOption(new Option("--format <name>", "form").choices(Object.keys(FORMATS)).default("safetensors"))
    .addOption(
      new Option("--precision <name>", "of the weights").choices([...STORED_PRECISIONS]).default("fp32"),
    )
    .requiredOption("--out <path>", "where to write it")
    .option("--json", "print what was written as JSON", false)
    .action(run);
}

async function run(folder: string, { format, precision, out, json }: ExportOptions): Promise<void> {
  await FORMATS[format](folder, out, precision);
  const report = reportBeside(out);
  if (json) report.printJson({ from: folder, out, format, precision });
  else report.printLines(`${folder} → ${out} (${format}, ${precision})`);
}
