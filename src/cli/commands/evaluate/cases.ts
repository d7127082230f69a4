/**
 * `bioweft evaluate cases`: where known cases of discovery stand as of the years before them: the end among all candidates, by
 * each ranker, and the linking term among all linking terms. Examples, never evidence: a handful of cases ranks no method.
 */
import { Command, Option } from "commander";
import { readDiscoveryCases } from "../../../../ingest/formats/tables/discovery-cases.js";
import { RANKERS, type Ranker } from "../../../core/ranker.js";
import { ENTITY_TYPES } from "../../../core/relation-types.js";
import { required } from "../../../core/required.js";
import { closedDiscovery } from "../../../discovery/closed-discovery.js";
import { pairScores } from "../../../discovery/pair-scores.js";
import { countRejections } from "../../../terminal/rejections.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { tableLines } from "../../../terminal/result-table.js";
import {
  type GraphSourceOptions,
  type SourcedGraph,
  withGraph,
  withGraphSource,
} from "../../options/graph-source.js";
import { rankerNames } from "../../options/ranker-option.js";

interface Options extends GraphSourceOptions {
  readonly cases: string;
  readonly rankers: readonly Ranker[];
  readonly json: boolean;
}

const UNFITTED = RANKERS.filter((ranker) => ranker !== "Learned");

/** Declares the subcommand. */
export function casesCommand(): Command {
  const command = new Command("cases")
    .description("where known cases of discovery stand, as of the years before them")
    .requiredOption("--cases <file>", "a table with case, a_id, b_id, c_id and cutoff_year, as LION's")
    .addOption(
      new Option("--rankers <names>", "only these, with commas (default: all that need no fitting)")
        .argParser(rankerNames)
        .default(UNFITTED, "all that need no fitting"),
    )
    .option("--json", "print the places as JSON", false);
  return withGraphSource(command).action((options: Options) =>
    withGraph(options, (graph) => evaluate(graph, options)),
  );
}

type Case = Awaited<ReturnType<typeof readDiscoveryCases>>[number];

async function evaluate(graph: SourcedGraph, options: Options): Promise<void> {
  const rejections = countRejections(options.skipBad);
  const cases = await readDiscoveryCases(options.cases, rejections.options);
  const places = cases.map((one) => placesOf(graph, one, options.rankers));
  if (options.json) return printJson({ cases: places, rejected: rejections.count() });
  const table = {
    title: "places of the end by each ranker, and of the linking term",
    columns: ["case", "until", "of", ...options.rankers, "term", "of"],
    rows: places.map(({ name, cutoff, unknown, candidates, ranks, term, terms }) => [
      name,
      String(cutoff),
      ...(unknown === undefined
        ? [candidates, ...ranks.map(({ rank }) => String(rank)), term ?? "none", terms]
        : [unknown]),
    ]),
    notes: rejections.count() === 0 ? [] : [`${rejections.count()} rows rejected`],
  };
  printLines(...graph.notes, "", ...tableLines(table));
}

/** One case's places; `unknown` says why there are none. */
function placesOf({ adjacency }: SourcedGraph, asked: Case, rankers: readonly Ranker[]) {
  const { name, from, by, to, cutoff } = asked;
  const nothing = { name, cutoff, candidates: 0, ranks: [], term: undefined, terms: 0 };
  const end = adjacency.indexOf(to);
  const missing = [from, to].filter((curie) => adjacency.indexOf(curie) === undefined);
  if (end === undefined || missing.length > 0)
    return { ...nothing, unknown: `${missing.join(", ")} not in the graph` };
  const { direct, linking } = closedDiscovery(adjacency, from, to, { asOf: cutoff });
  if (direct.types.length > 0) return { ...nothing, unknown: "related by then" };
  const targetType = required(
    ENTITY_TYPES[required(adjacency.entityTypes[end], "an entity's type")],
    "an entity type",
  );
  const { scores } = pairScores(adjacency, from, to, { asOf: cutoff, targetType, rankers });
  const place = linking.findIndex(({ curie }) => curie === by);
  return {
    ...{ name, cutoff, unknown: undefined, candidates: scores[0]?.candidates ?? 0 },
    ranks: scores.map(({ ranker, rank }) => ({ ranker, rank })),
    term: place < 0 ? undefined : place + 1,
    terms: linking.length,
  };
}
