/**
 * Answers to whole lists, for scripts: the best paths of many pairs, the relations of many entities. The list is the body,
 * a table; the answer is one, sent row after row as it is found.
 */
import { canonicalCurie } from "../../core/curie.js";
import { BioWeftError } from "../../core/errors.js";
import { parseCsv, toCsvLine } from "../../core/files/csv-rows.js";
import { PATH_COLUMNS, toPathRows } from "../../discovery/paths/path-rows.js";
import { EXPORT_WORDS, toExportFilter } from "../../graph/export/export-filter.js";
import { LIST_FORMS, type ListForm, relationsOfList } from "../../graph/export/relations-of-list.js";
import type { Database } from "../../graph/neo4j/database.js";
import { entitiesByCuries } from "../../graph/read/read-entities.js";
import type { DiscoverySearch } from "../platform/discovery-search.js";
import { askedWords } from "./asked-words.js";
import type { StreamedAnswer } from "./export-answer.js";

/** What answers, and within which limits. */
interface BatchServices {
  readonly database: Database;
  readonly discovery: DiscoverySearch;
  readonly signal: AbortSignal;
  /** How long one page, or the search of one pair, may take. */
  readonly millis: number;
}

/** The longest list. */
const MOST_ROWS = 10_000;
const MOST_HOPS = 4;
const MOST_PATHS = 100;
const BATCH_FORM = { name: "relations", shows: "graph" } as const;

/** Best paths of pairs: `from,to` a line. Throws BAD_INPUT for a list or a parameter that is none. */
export function pathScores(services: BatchServices, body: string, query: URLSearchParams): StreamedAnswer {
  const words = askedWords(query, ["maxHops", "first", "asOf", "types", "minBelief"]);
  const { asOf, types, minBelief } = toExportFilter(BATCH_FORM, {
    ...(words.asOf === undefined ? {} : { asOf: words.asOf }),
    ...(words.types === undefined ? {} : { types: words.types }),
    ...(words.minBelief === undefined ? {} : { minBelief: words.minBelief }),
  });
  const options = {
    maxHops: wholeNumber("maxHops", words.maxHops, 3, MOST_HOPS),
    first: wholeNumber("first", words.first, 1, MOST_PATHS),
    asOf: asOf ?? undefined,
    types: types === null ? undefined : new Set(types),
    minBelief: minBelief ?? undefined,
  };
  const pairs = listOf(body, ["from", "to"]);
  return { mediaType: "text/csv; charset=utf-8", fileName: "path-scores.csv", pieces: rows() };

  async function* rows(): AsyncGenerator<string> {
    yield toCsvLine(PATH_COLUMNS);
    for (const [from = "", to = ""] of pairs) {
      const known = await entitiesByCuries(services.database, [from, to]);
      const isKnown = known.every((entity) => entity !== undefined);
      const { signal, millis: leftMillis } = services;
      const found = isKnown
        ? await services.discovery.paths({ from, to, options }, { signal, leftMillis })
        : undefined;
      yield toPathRows({ from, to, isKnown }, found).map(toCsvLine).join("");
    }
  }
}

/** Relations of entities: a CURIE a line. Throws BAD_INPUT for a list or a parameter that is none. */
export function relationsOfEntities(
  services: BatchServices,
  body: string,
  query: URLSearchParams,
): StreamedAnswer {
  const { format = "csv", ...words } = askedWords(query, [...EXPORT_WORDS, "format"]);
  const form = LIST_FORMS.find((one) => one === format);
  if (form === undefined) {
    throw new BioWeftError("BAD_INPUT", `format is "${format}"; give ${LIST_FORMS.join(" or ")}`);
  }
  const { database, signal, millis: timeoutMillis } = services;
  const source = { database, filter: toExportFilter(BATCH_FORM, words), options: { signal, timeoutMillis } };
  const curies = listOf(body, ["entity"]).map(([curie = ""]) => curie);
  const pieces = relationsOfList(source, curies, form);
  return { mediaType: MEDIA_TYPES[form], fileName: `relations.${form}`, pieces };
}

const MEDIA_TYPES: Readonly<Record<ListForm, string>> = {
  csv: "text/csv; charset=utf-8",
  jsonl: "application/x-ndjson",
};

/** The rows of a list, CURIEs in one spelling; a first line that names the columns is passed over. */
function listOf(body: string, columns: readonly string[]): string[][] {
  const rows = parseCsv(body);
  const [first] = rows;
  const hasHeader = columns.every((name, index) => first?.fields[index]?.toLowerCase() === name);
  const list = hasHeader ? rows.slice(1) : rows;
  const shape = columns.join(",");
  if (list.length === 0) throw new BioWeftError("BAD_INPUT", `the list is empty; send ${shape}, one a line`);
  if (list.length > MOST_ROWS) {
    const reason = `the list has ${list.length} lines, one request takes ${MOST_ROWS}; send it in parts`;
    throw new BioWeftError("BAD_INPUT", reason);
  }
  return list.map(({ line, fields }) => {
    if (fields.length !== columns.length || fields.includes("")) {
      const reason = `"${fields.join(",")}" is no line of ${shape}; give CURIEs, those with a comma in quotes`;
      throw new BioWeftError("BAD_INPUT", reason, { place: { line } });
    }
    return fields.map((field) => canonicalCurie(field) ?? field);
  });
}

function wholeNumber(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual;
  const value = /^\d+$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= most) return value;
  throw new BioWeftError("BAD_INPUT", `${name} is "${text}"; give 1 to ${most}`);
}
