/**
 * The columns of an entity's relations in files.
 */
import type { WebEntityRelationsQuery } from "../../../generated/documents.js";
import type { Column } from "../../files/table-text.js";
import { otherEnd } from "../../words/vocabulary.js";

/** A relation with its best sentence. */
export type RelationRow = NonNullable<WebEntityRelationsQuery["entity"]>["relations"]["nodes"][number];

/** The columns, seen from an entity. */
export function columnsFrom(curie: string): Column<RelationRow>[] {
  return [
    { name: "entity", value: () => curie },
    { name: "other", value: (row) => otherEnd(row, curie).curie },
    { name: "other_name", value: (row) => otherEnd(row, curie).name },
    { name: "other_type", value: (row) => otherEnd(row, curie).type },
    { name: "relation_type", value: (row) => row.type },
    { name: "belief", value: (row) => row.belief },
    { name: "papers", value: (row) => row.papers },
    { name: "first_year", value: (row) => row.firstYear },
    { name: "last_year", value: (row) => row.lastYear },
    { name: "contradicted", value: (row) => row.contradicted },
    { name: "acts", value: (row) => row.direction?.subject?.curie },
    { name: "best_sentence", value: (row) => row.evidence.nodes[0]?.sentence },
    { name: "best_pmid", value: (row) => row.evidence.nodes[0]?.pmid },
    { name: "best_source", value: (row) => row.evidence.nodes[0]?.source },
    { name: "relation_id", value: (row) => row.id },
  ];
}
