/**
 * The relations of each entity of a list, one entity after the other in the order of the list, as a table or as lines of
 * JSON: for scripts that would otherwise ask a thousand times. However many relations an entity has, they are read in pages.
 */
import { canonicalCurie } from "../../core/curie.js";
import { toCsvLine } from "../../core/files/csv-rows.js";
import { required } from "../../core/required.js";
import { entitiesByCuries } from "../read/read-entities.js";
import { type ExportedRelation, type ExportSource, exportedRelations } from "./exported-graph.js";

/** In which form the rows are written. */
export const LIST_FORMS = ["csv", "jsonl"] as const;
export type ListForm = (typeof LIST_FORMS)[number];

// `status` is found, none (no relation passes the filter) or unknown (no such entity in the graph).
const COLUMNS = [
  ...["entity", "status", "relation", "type", "other", "belief", "papers", "first_year", "last_year"],
  ...["acting_end", "sources", "pmids"],
];
/** Entities that are looked up together. */
const LOOKED_UP = 200;

/** Pieces of the list's relations; `asked` are CURIEs in any known spelling. An entity without any has one row that says so. */
export async function* relationsOfList(
  source: ExportSource,
  asked: readonly string[],
  form: ListForm,
  onEntity: (done: number) => void = () => undefined,
): AsyncGenerator<string> {
  if (form === "csv") yield toCsvLine(COLUMNS);
  for (let start = 0; start < asked.length; start += LOOKED_UP) {
    const curies = asked.slice(start, start + LOOKED_UP).map((text) => canonicalCurie(text) ?? text);
    const known = await entitiesByCuries(source.database, curies);
    for (const [index, curie] of curies.entries()) {
      yield* relationsOf(source, curie, known[index] !== undefined, form);
      onEntity(start + index + 1);
    }
  }
}

async function* relationsOf(
  source: ExportSource,
  curie: string,
  isKnown: boolean,
  form: ListForm,
): AsyncGenerator<string> {
  let count = 0;
  for await (const { rows } of isKnown ? exportedRelations(source, "", curie) : []) {
    count += rows.length;
    if (rows.length > 0) yield rows.map((relation) => toLine(curie, relation, form)).join("");
  }
  if (count > 0) return;
  const status = isKnown ? "none" : "unknown";
  const empty = COLUMNS.slice(2).map(() => null);
  yield form === "csv"
    ? toCsvLine([curie, status, ...empty])
    : `${JSON.stringify({ entity: curie, status })}\n`;
}

function toLine(entity: string, relation: ExportedRelation, form: ListForm): string {
  const { id, type, subject, object, belief, papers, firstYear, lastYear, sources, acting, evidence } =
    relation;
  const other = subject === entity ? object : subject;
  const pmids = [...new Set(evidence.flatMap(({ negated, pmid }) => (negated ? [] : [pmid])))];
  const values = [entity, "found", id, type, other, belief, papers, firstYear, lastYear, acting];
  if (form === "csv") return toCsvLine([...values, sources.join("|"), pmids.join("|")]);
  const told = [...values, sources, pmids].map((value, index) => [
    required(COLUMNS[index], "a column"),
    value,
  ]);
  return `${JSON.stringify(Object.fromEntries(told))}\n`;
}
