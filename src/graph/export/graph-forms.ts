/** The formats that show the graph itself. */
import { CYPHER } from "./cypher-form.js";
import type { ExportForm } from "./export-form.js";
import { GRAPHML } from "./graphml.js";
import { JSON_LD } from "./json-ld.js";
import { KGX_JSONL, KGX_TSV } from "./kgx.js";
import { PARQUET } from "./parquet.js";

/** In the order in which they are listed. */
export const GRAPH_FORMS: readonly ExportForm[] = [KGX_TSV, KGX_JSONL, JSON_LD, GRAPHML, CYPHER, PARQUET];
