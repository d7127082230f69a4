/**
 * `bioweft doctor`: what this machine has of what BioWeft needs, and what to do about the rest. It changes
 * nothing. Exit code 1 when something that `npm start` needs is missing.
 */
import { Command } from "commander";
import { readConfig } from "../../core/config.js";
import { printJson, printLines } from "../../terminal/report.js";
import { databaseFindings } from "../doctor/database.js";
import { type Finding, programFindings } from "../doctor/machine.js";
import { modelFindings } from "../doctor/model.js";

/** Declares the command. */
export function command(): Command {
  return new Command("doctor")
    .description("say what this machine has, what is missing and how to get it")
    .option("--json", "print the findings as JSON", false)
    .action(run);
}

async function run({ json }: { readonly json: boolean }): Promise<void> {
  const config = readConfig();
  const findings = [
    ...programFindings(),
    ...(await databaseFindings(config)),
    ...(await modelFindings(config)),
  ];
  const ok = findings.every((finding) => finding.ok || finding.optional === true);
  if (json) printJson({ ok, findings });
  else printLines(...findings.map(toLine));
  if (!ok) process.exitCode = 1;
}

function toLine({ name, ok, optional, found, cure }: Finding): string {
  const mark = ok ? "ok      " : optional === true ? "optional" : "MISSING ";
  return `${mark} ${name}: ${found}${cure === undefined ? "" : `\n         → ${cure}`}`;
}
