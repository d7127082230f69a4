/**
 * The columns of discovery's tables in files.
 */
import type { Ranker, WebDiscoverQuery, WebExplainQuery } from "../../../generated/documents.js";
import type { Column } from "../../files/table-text.js";

/** A candidate of open discovery. */
export type Candidate = WebDiscoverQuery["discover"]["candidates"][number];
type Term = WebExplainQuery["explain"]["linking"]["nodes"][number];

/** Linking terms with the best sentence on either side. */
export const LINKING_COLUMNS: readonly Column<Term>[] = [
  { name: "linking_term", value: ({ entity }) => entity.curie },
  { name: "linking_name", value: ({ entity }) => entity.name },
  { name: "degree", value: ({ degree }) => degree },
  { name: "weaker_belief", value: ({ belief }) => belief },
  { name: "score", value: ({ score }) => score },
  { name: "predicted_sign", value: ({ predictedSign }) => predictedSign },
  { name: "from_types", value: ({ fromRelations }) => fromRelations.map(({ type }) => type).join("|") },
  { name: "from_sentence", value: ({ fromRelations }) => fromRelations[0]?.evidence.nodes[0]?.sentence },
  { name: "from_pmid", value: ({ fromRelations }) => fromRelations[0]?.evidence.nodes[0]?.pmid },
  { name: "to_types", value: ({ toRelations }) => toRelations.map(({ type }) => type).join("|") },
  { name: "to_sentence", value: ({ toRelations }) => toRelations[0]?.evidence.nodes[0]?.sentence },
  { name: "to_pmid", value: ({ toRelations }) => toRelations[0]?.evidence.nodes[0]?.pmid },
];

/** What a ranker makes of a candidate. */
export function scoreOf(candidate: Candidate, ranker: Ranker): number | undefined {
  return candidate.scores.find((score) => score.ranker === ranker)?.score;
}

/** Candidates with all their scores. */
export function candidateColumns(from: string, rankers: readonly Ranker[]): Column<Candidate>[] {
  return [
    { name: "from", value: () => from },
    { name: "candidate", value: ({ entity }) => entity.curie },
    { name: "candidate_name", value: ({ entity }) => entity.name },
    { name: "candidate_type", value: ({ entity }) => entity.type },
    { name: "linking_terms", value: ({ linkingCount }) => linkingCount },
    { name: "predicted_sign", value: ({ predictedSign }) => predictedSign },
    { name: "contradicted", value: ({ contradicted }) => contradicted },
    ...rankers.map((ranker) => ({
      name: ranker.toLowerCase(),
      value: (row: Candidate) => scoreOf(row, ranker),
    })),
  ];
}
