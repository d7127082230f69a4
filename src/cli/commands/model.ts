/**
 * `bioweft model`: brings checkpoints in, says what a model folder is, writes it in other forms. Each part is a file
 * of its own.
 */
import { Command } from "commander";
import { averageCommand } from "./model/average.js";
import { exportCommand } from "./model/export.js";
import { importCommand } from "./model/import.js";
import { infoCommand } from "./model/info.js";

/** Declares the command. */
export function command(): Command {
  return new Command("model")
    .description("import a published checkpoint, describe a model folder, export it, average two")
    .addCommand(importCommand())
    .addCommand(infoCommand())
    .addCommand(exportCommand())
    .addCommand(averageCommand());
}
