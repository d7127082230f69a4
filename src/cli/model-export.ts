/**
 * `bioweft model export`: a model folder in another form. A format is one entry of FORMATS.
 */
import { Command, Option } from "commander";
import { BioWeftError } from "../core/errors.js";
import { exportSafetensors } from "../model/checkpoints/write-model-folder.js";
import { exportOnnx } from "../model/export-onnx.js";
import { PRECISIONS } from "../model/onnx-ops.js";
import { printJson, printLines } from "./report.js";

interface ExportOptions {
  readonly format: string;
  readonly precision: string;
  readonly out: string;
  readonly json: boolean;
}

/** A form in which models are written. */
interface ExportFormat {
  readonly precisions: readonly string[];
  write(from: string, out: string, precision: string): Promise<void>;
}

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  safetensors: {
    precisions: ["fp32", "fp16"],
    write: (from, out, precision) => exportSafetensors(from, out, precision === "fp16" ? "fp16" : "fp32"),
  },
  onnx: {
    precisions: PRECISIONS,
    write: (from, out, precision) =>
      exportOnnx(from, out, PRECISIONS.find((known) => known === precision) ?? "fp32"),
  },
};

/** The `export` subcommand. */
export function exportCommand(): Command {
  const precisions = [...new Set(Object.values(FORMATS).flatMap((format) => format.precisions))];
  return new Command("export")
    .description("write a model folder in another form")
    .argument("<folder>", "model folder, or a published checkpoint's")
    .addOption(new Option("--format <name>", "form").choices(Object.keys(FORMATS)).default("safetensors"))
    .addOption(new Option("--precision <name>", "of the weights").choices(precisions).default("fp32"))
    .requiredOption("--out <path>", "where to write it")
    .option("--json", "print what was written as JSON", false)
    .action(run);
}

async function run(folder: string, { format, precision, out, json }: ExportOptions): Promise<void> {
  const chosen = FORMATS[format];
  if (chosen?.precisions.includes(precision) !== true) {
    const known = chosen?.precisions.join(", ") ?? "";
    throw new BioWeftError("CONFIG", `${format} cannot be written in ${precision}; choose from ${known}`);
  }
  await chosen.write(folder, out, precision);
  if (json) printJson({ from: folder, out, format, precision });
  else printLines(`${folder} → ${out} (${format}, ${precision})`);
}
