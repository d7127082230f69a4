/**
 * `bioweft model info`: what a model folder holds, without reading its weights.
 */
import { Command } from "commander";
import { type ModelFacts, readModelFacts } from "../../../model/checkpoints/model-facts.js";
import { printJson, printLines } from "../../../terminal/report.js";

/** The `info` subcommand. */
export function infoCommand(): Command {
  return new Command("info")
    .description("say what a model folder is: network, encoder, size, labels, calibration, licence")
    .argument("<folder>", "model folder, or a published checkpoint's")
    .option("--json", "print it as JSON", false)
    .action(async (folder: string, { json }: { readonly json: boolean }) => {
      const facts = await readModelFacts(folder);
      if (json) printJson(facts);
      else printLines(...toLines(facts));
    });
}

function toLines(facts: ModelFacts): string[] {
  const { encoder, calibration, prompts = {} } = facts;
  const sizes = `${encoder.layers} layers of ${encoder.hiddenSize}, ${encoder.heads} heads, ${encoder.maxPositions} tokens`;
  const name = encoder.name?.startsWith(encoder.family) === false ? `${encoder.name}: ` : "";
  const words = encoder.vocabulary === undefined ? "" : `, ${encoder.vocabulary} words`;
  const rows: [string, string][] = [
    ["model", facts.id ?? "a published checkpoint"],
    ["network", facts.network === "none" ? "none: an encoder, for `bioweft train --encoder`" : facts.network],
    ["encoder", `${name}${encoder.family}, ${sizes}${words}`],
    ["parameters", `${facts.parameters} (${facts.format}, ${facts.precision})`],
    ["labels", facts.labels.length === 0 ? "none" : `${facts.labels.length}: ${facts.labels.join(", ")}`],
    ["trained on", facts.corpora.length === 0 ? "not known" : facts.corpora.join(", ")],
    ["calibration", calibration === undefined ? "none" : shownNumbers(calibration)],
    ...Object.entries(prompts).map(([prompt, own]): [string, string] => [prompt, shownNumbers(own)]),
    ["licence", facts.licence ?? "not known"],
  ];
  return rows.map(([label, value]) => `${label.padEnd(12)}${value}`);
}

function shownNumbers(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}
