/**
 * The thread that searches: gets an adjacency, whose arrays it shares, and answers one question after the other. Who asks waits
 * without standing still; see `search-thread.ts`.
 */
import type { Adjacency } from "./adjacency/adjacency.js";
import { GraphView, type LinkFilter } from "./adjacency/graph-view.js";
import { adjacencyFrom } from "./adjacency/shared-adjacency.js";
import { closedDiscovery } from "./closed-discovery.js";
import { judgeRankers } from "./evaluation/judge-rankers.js";
import { openDiscovery } from "./open-discovery.js";
import { pairScores } from "./pair-scores.js";
import { rankedPaths } from "./paths/ranked-paths.js";
import type { SearchAnswer, SearchMessage, SearchQuestion } from "./search-protocol.js";
import { standingAnswer } from "./standing-answer.js";
import { threadFault } from "./thread-fault.js";

/** Views that are kept: their degrees are counted once for a year and a filter. */
const KEPT_VIEWS = 8;

let adjacency: Adjacency | undefined;
const views = new Map<string, GraphView>();

/** Takes a graph, or answers a question on the last one taken. */
export default function handle(message: SearchMessage): SearchAnswer {
  if (message.kind === "graph") {
    adjacency = adjacencyFrom(message.graph, adjacency);
    views.clear();
    return {};
  }
  if (adjacency === undefined) return { lacksGraph: true };
  const { question, deadline, cancelled } = message;
  try {
    const isCancelled = () => Atomics.load(cancelled, 0) === 1;
    return { found: search(adjacency, question, { deadline, isCancelled }) };
  } catch (fault) {
    return { fault: threadFault(fault) };
  }
}

function search(
  graph: Adjacency,
  question: SearchQuestion,
  limits: { readonly deadline: number; readonly isCancelled: () => boolean },
) {
  if (question.kind === "judge") return judgeRankers(graph, { ...question.options, limits });
  if (question.kind === "standing") return standingAnswer(graph, question.standing, limits);
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

function viewOf(graph: Adjacency, { asOf, types, sources, minBelief, minPapers }: LinkFilter): GraphView {
  const sorted = (set: ReadonlySet<string> | undefined) => (set === undefined ? null : [...set].sort());
  const key = JSON.stringify([asOf, sorted(types), sorted(sources), minBelief, minPapers]);
  const view = views.get(key) ?? new GraphView(graph, { asOf, types, sources, minBelief, minPapers });
  // Put at the end again: the one that was used longest ago goes first.
  views.delete(key);
  views.set(key, view);
  for (const oldest of [...views.keys()].slice(0, -KEPT_VIEWS)) views.delete(oldest);
  return view;
}
