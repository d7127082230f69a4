/** `bioweft evaluate mechanisms`: which share of DrugMechDB's mechanisms is among the first explanations of their pairs. */
import { Command } from "commander";
import { type DrugMechanism, readDrugMechanisms } from "../../../../ingest/formats/tables/drug-mechanisms.js";
import { type CuratedMechanism, evaluateMechanisms } from "../../../discovery/mechanism-share.js";
import { printJson, printLines } from "../../../terminal/report.js";
import {
  type GraphSourceOptions,
  type SourcedGraph,
  withGraph,
  withGraphSource,
} from "../../options/graph-source.js";
import { atLeastOne } from "../../options/number-options.js";

interface Options extends GraphSourceOptions {
  readonly mechanisms: string;
  readonly first: number;
  readonly json: boolean;
}

/** Declares the subcommand. */
export function mechanismsCommand(): Command {
  const command = new Command("mechanisms")
    .description("share of DrugMechDB's curated mechanisms among the first explanations")
    .requiredOption("--mechanisms <file>", "DrugMechDB's indication_paths.yaml, or the same in JSON")
    .option("--first <count>", "explanations that count", atLeastOne, 10)
    .option("--json", "print the figures as JSON", false);
  return withGraphSource(command).action((options: Options) =>
    withGraph(options, (graph) => evaluate(graph, options)),
  );
}

async function evaluate(graph: SourcedGraph, { mechanisms: file, first, json }: Options): Promise<void> {
  const mechanisms = await readDrugMechanisms(file);
  const find = await finder(graph);
  const figures = evaluateMechanisms(
    graph.adjacency,
    mechanisms.map((one) => toCurated(one, find)),
    first,
  );
  if (json) return printJson({ first, ...figures });
  const share = (count: number) => `${count} (${((100 * count) / Math.max(1, figures.known)).toFixed(1)}%)`;
  printLines(
    ...graph.notes,
    `${figures.known} of ${figures.mechanisms} mechanisms have ends and a term between that the graph knows; of these`,
    `${share(figures.linked)} have a term that is related to both ends`,
    `${share(figures.found)} have one among the first ${first} explanations`,
    `${share(figures.foundByDegree)} have one among the first ${first} by degree`,
    `${share(figures.foundOnPaths)} have one on one of the first ${first} paths of two and three hops`,
  );
}

type Find = (node: DrugMechanism["drug"]) => string | undefined;

/** Finds an entity of the graph by its CURIE, else by its name: DrugMechDB names proteins by UniProt. */
async function finder({ adjacency, names }: SourcedGraph): Promise<Find> {
  const byName = new Map<string, string>();
  for (const [curie, name] of await names(adjacency.curies)) byName.set(name.toLowerCase(), curie);
  return ({ curie, name }) => {
    if (adjacency.indexOf(curie) !== undefined) return curie;
    const named = byName.get(name.toLowerCase());
    return named !== undefined && adjacency.indexOf(named) !== undefined ? named : undefined;
  };
}

function toCurated({ drug, disease, between }: DrugMechanism, find: Find): CuratedMechanism {
  return {
    from: find(drug),
    to: find(disease),
    between: new Set(between.flatMap((node) => find(node) ?? [])),
  };
}
