/**
 * The thread that searches: gets an adjacency, whose arrays it shares, and answers one question after the other. Who asks waits
 * without standing still; see `search-thread.ts`.
 */
import { BioWeftError, messageOf } from "../core/errors.js";
import type { Adjacency } from "./adjacency/adjacency.js";
import { toAdjacency } from "./adjacency/compress.js";
import { GraphView, type LinkFilter } from "./adjacency/graph-view.js";
import { closedDiscovery } from "./closed-discovery.js";
import { judgeRankers } from "./evaluation/judge-rankers.js";
import { openDiscovery } from "./open-discovery.js";
import { pairScores } from "./pair-scores.js";
import { rankedPaths } from "./paths/ranked-paths.js";
import type { SearchAnswer, SearchMessage, SearchQuestion } from "./search-protocol.js";

/** Views that are kept: their degrees are counted once for a year and a filter. */
const KEPT_VIEWS = 8;

let adjacency: Adjacency | undefined;
const views = new Map<string, GraphView>();

/** Takes a graph, or answers a question on the last one taken. */
export default function handle(message: SearchMessage): SearchAnswer {
  if (message.kind === "graph") {
    adjacency = toAdjacency(message.arrays, message.known);
    views.clear();
    return {};
  }
  if (adjacency === undefined) return { lacksGraph: true };
  const { question, deadline, cancelled } = message;
  try {
    const isCancelled = () => Atomics.load(cancelled, 0) === 1;
    return { found: search(adjacency, question, { deadline, isCancelled }) };
  } catch (fault) {
    // A thrown error would arrive as a plain one, without its code.
    const code = fault instanceof BioWeftError ? fault.code : "INTERNAL";
    return { fault: { code, reason: fault instanceof BioWeftError ? fault.reason : messageOf(fault) } };
  }
}

function search(
  graph: Adjacency,
  question: SearchQuestion,
  limits: { readonly deadline: number; readonly isCancelled: () => boolean },
) {
  if (question.kind === "judge") return judgeRankers(graph, { ...question.options, limits });
  const view = viewOf(graph, question.options);
  const { from } = question;
  switch (question.kind) {
    case "open":
      return openDiscovery(graph, from, { ...question.options, limits }, view);
    case "closed":
      return closedDiscovery(graph, from, question.to, { ...question.options, limits }, view);
    case "scores":
      return pairScores(graph, from, question.to, { ...question.options, limits }, view);
    case "paths":
      return rankedPaths(graph, from, question.to, { ...question.options, limits }, view);
  }
}

function viewOf(graph: Adjacency, { asOf, types, minBelief, minPapers }: LinkFilter): GraphView {
  const key = JSON.stringify([asOf, types === undefined ? null : [...types].sort(), minBelief, minPapers]);
  const view = views.get(key) ?? new GraphView(graph, { asOf, types, minBelief, minPapers });
  // Put at the end again: the one that was used longest ago goes first.
  views.delete(key);
  views.set(key, view);
  for (const oldest of [...views.keys()].slice(0, -KEPT_VIEWS)) views.delete(oldest);
  return view;
}
