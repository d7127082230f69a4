/**
 * `bioweft discovery explain A C`: closed discovery. What stands between two entities, which kinds of way lead from one to the
 * other, what that predicts, where C ranks, and the sentences where the graph is asked.
 */
import { Command } from "commander";
import { relationId } from "../../../core/evidence.js";
import { RANKERS } from "../../../core/ranker.js";
import { required } from "../../../core/required.js";
import { type ClosedDiscovery, closedDiscovery } from "../../../discovery/closed-discovery.js";
import { type PairScores, pairScores } from "../../../discovery/pair-scores.js";
import { printJson, printLines } from "../../../terminal/report.js";
import { type ResultTable, tableLines } from "../../../terminal/result-table.js";
import { knownCurie, type SourcedGraph, withGraph } from "../../options/graph-source.js";
import { atLeastOne } from "../../options/number-options.js";
import { type BestSentences, bestSentences } from "./best-sentences.js";
import { askedPValues } from "./metapath-significance.js";
import {
  askedWeights,
  entityTypeAt,
  type LinkingOptions,
  toLinkingFilter,
  withLinkingOptions,
} from "./question-options.js";

interface Options extends LinkingOptions {
  readonly first: number;
  readonly weights?: string;
  readonly permutations?: number;
}

/** Declares the subcommand. */
export function explainCommand(): Command {
  const command = new Command("explain")
    .description("why two entities may be related, by way of what, and whether they are known to be")
    .argument("<from>", "CURIE of the start")
    .argument("<to>", "CURIE of the end")
    .option("--first <count>", "linking terms to show", atLeastOne, 10)
    .option(
      "--permutations <count>",
      "graphs with permuted links to compare the metapaths with, for p-values; of the whole graph, without filters",
      atLeastOne,
    )
    .option("--weights <file>", "of `bioweft discovery fit`, for the learned ranker's contributions");
  return withLinkingOptions(command).action((from: string, to: string, options: Options) =>
    withGraph(options, (graph) => explain(graph, from, to, options)),
  );
}

async function explain(graph: SourcedGraph, from: string, to: string, options: Options): Promise<void> {
  const ends = { from: knownCurie(graph, from), to: knownCurie(graph, to) };
  const { adjacency } = graph;
  const filter = toLinkingFilter(options);
  const found = closedDiscovery(adjacency, ends.from, ends.to, filter);
  const targetType = entityTypeAt(adjacency, required(adjacency.indexOf(ends.to), ends.to));
  const weights = await askedWeights(options.weights, graph, ends.from, targetType);
  const rankers = RANKERS.filter((ranker) => ranker !== "Learned" || weights !== undefined);
  const ranked = pairScores(adjacency, ends.from, ends.to, { ...filter, targetType, weights, rankers });
  const pValues = await askedPValues(graph, ends, options);
  const shown = { ...found, linking: found.linking.slice(0, options.first) };
  const sentences = await bestSentences(graph, sidesOf(ends, shown), options.asOf);
  if (options.json) {
    const linking = shown.linking.map((term) => ({ ...term, ...sidesSaid(ends, term, sentences) }));
    return printJson({
      ...ends,
      linkingCount: found.linking.length,
      ...shown,
      linking,
      scores: ranked.scores,
      ...(pValues === undefined ? {} : { pValues: Object.fromEntries(pValues) }),
    });
  }
  const names = await graph.names([ends.from, ends.to, ...shown.linking.map(({ curie }) => curie)]);
  const name = (curie: string) => names.get(curie) ?? curie;
  printLines(
    `${name(ends.from)} (${ends.from}) → ${name(ends.to)} (${ends.to})${options.asOf === undefined ? "" : `, as of ${options.asOf}`}`,
    ...directLines(found),
    effectLine(found),
    ...tablesOf(found, { terms: shown.linking, pValues }, ranked, name).flatMap((table) => [
      "",
      ...tableLines(table),
    ]),
    ...sentenceLines(ends, shown.linking, sentences, name),
  );
}

interface Ends {
  readonly from: string;
  readonly to: string;
}
type Term = ClosedDiscovery["linking"][number];

function sidesOf(ends: Ends, { linking }: ClosedDiscovery): string[] {
  return linking.flatMap((term) => [
    ...sideKeys(ends.from, term, "fromTypes"),
    ...sideKeys(ends.to, term, "toTypes"),
  ]);
}

function sideKeys(end: string, term: Term, side: "fromTypes" | "toTypes"): string[] {
  return term[side].map((type) => relationId(end, term.curie, type));
}

function sidesSaid(ends: Ends, term: Term, sentences: BestSentences) {
  const said = (keys: readonly string[]) => keys.flatMap((key) => sentences.get(key) ?? []);
  return {
    fromSentences: said(sideKeys(ends.from, term, "fromTypes")),
    toSentences: said(sideKeys(ends.to, term, "toTypes")),
  };
}

function directLines({ direct: { types, belief, papers, since } }: ClosedDiscovery): string[] {
  if (types.length > 0) {
    return [
      `known: ${types.join(", ")}, belief ${belief.toFixed(2)}, ${papers} papers, since ${since ?? "no known year"}`,
    ];
  }
  return [since === undefined ? "no direct relation" : `not known then; first paper on it ${since}`];
}

function effectLine({ effect: { sign, contradicted, positive, negative } }: ClosedDiscovery): string {
  const word =
    sign === 0
      ? contradicted
        ? "contradicted"
        : "unknown"
      : sign > 0
        ? "they rise together"
        : "one lowers the other";
  return `predicted effect: ${word} (${positive.terms} terms for, ${negative.terms} against)`;
}

/** What of the linking terms is shown, and p-values of the metapaths where they were asked for. */
interface Shown {
  readonly terms: readonly Term[];
  readonly pValues: ReadonlyMap<string, number> | undefined;
}

function tablesOf(
  found: ClosedDiscovery,
  { terms: shown, pValues }: Shown,
  { scores }: PairScores,
  name: (curie: string) => string,
): ResultTable[] {
  return [
    {
      title: `linking terms: ${shown.length} of ${found.linking.length}`,
      columns: ["term", "CURIE", "degree", "belief", "score", "sign", "start side", "end side"],
      rows: shown.map((term) => [
        name(term.curie),
        term.curie,
        String(term.degree),
        term.belief.toFixed(2),
        term.score.toFixed(4),
        ["-", "?", "+"][term.predictedSign + 1],
        term.fromTypes.join(", "),
        term.toTypes.join(", "),
      ]),
      notes: found.truncated === undefined ? [] : [`incomplete: ${found.truncated}`],
    },
    {
      title: "kinds of way",
      columns: ["metapath", "paths", "DWPC", ...(pValues === undefined ? [] : ["p"])],
      rows: found.metapaths.map(({ name: path, paths, dwpc }) => [
        path,
        paths,
        dwpc.toExponential(2),
        ...(pValues === undefined
          ? []
          : [required(pValues.get(path), "a metapath's p-value").toPrecision(2)]),
      ]),
      notes: [],
    },
    {
      title: "rankers",
      columns: ["ranker", "score", "rank", "of"],
      rows: scores.map(({ ranker, score, rank, candidates }) => [
        ranker,
        score.toPrecision(3),
        String(rank),
        candidates,
      ]),
      notes: contributionNotes(scores),
    },
  ];
}

function contributionNotes(scores: PairScores["scores"]): string[] {
  const learned = scores.find(({ ranker }) => ranker === "Learned");
  if (learned === undefined) return [];
  const parts = Object.entries(learned.numbers).sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return [`learned: ${parts.map(([feature, part]) => `${feature} ${part.toFixed(2)}`).join(", ")}`];
}

function sentenceLines(
  ends: Ends,
  shown: readonly Term[],
  sentences: BestSentences,
  name: (curie: string) => string,
): string[] {
  if (sentences.size === 0) return [];
  return shown.flatMap((term) => {
    const { fromSentences, toSentences } = sidesSaid(ends, term, sentences);
    const said = [...fromSentences, ...toSentences].map(
      ({ sentence, pmid, year }) => `  ${pmid} (${year ?? "no year"}): ${sentence}`,
    );
    return ["", name(term.curie), ...said];
  });
}
