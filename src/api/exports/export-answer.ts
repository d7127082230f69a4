/**
 * An export over HTTP: which file of which format is asked for, with which filter and from where on, and its pieces. Knows
 * neither roles nor sockets.
 */
import { BioWeftError } from "../../core/errors.js";
import { EXPORT_WORDS, toExportFilter } from "../../graph/export/export-filter.js";
import type { ExportForm } from "../../graph/export/export-form.js";
import type { Database, QueryOptions } from "../../graph/neo4j/database.js";
import { askedWords } from "./asked-words.js";

/** A long answer that is sent as it is made. */
export interface StreamedAnswer {
  readonly mediaType: string;
  readonly fileName: string;
  readonly pieces: AsyncGenerator<string | Uint8Array>;
}

/** What is asked for; `part` may be absent where a format is one file. */
interface WantedExport {
  readonly format: string;
  readonly part: string | undefined;
  readonly query: URLSearchParams;
}

/** The answer. Throws NOT_FOUND for no such format or part, BAD_INPUT for what it is asked with. */
export function exportAnswer(
  forms: readonly ExportForm[],
  { format, part: wanted, query }: WantedExport,
  database: Database,
  options: QueryOptions,
): StreamedAnswer {
  const form = forms.find(({ name }) => name === format);
  if (form === undefined) {
    const known = forms.map(({ name }) => name).join(", ");
    throw new BioWeftError("NOT_FOUND", `"${format}" is no format of exports; there are ${known}`);
  }
  const names = form.parts.map(({ name }) => name).join(" or ");
  if (wanted === undefined && form.parts.length > 1) {
    throw new BioWeftError("BAD_INPUT", `${format} is several files; ask for /export/${format}/${names}`);
  }
  const part = form.parts.find(({ name }) => wanted === undefined || name === wanted);
  if (part === undefined)
    throw new BioWeftError("NOT_FOUND", `${format} has no "${wanted}"; it has ${names}`);
  const { after, ...words } = askedWords(query, [...EXPORT_WORDS, "after"]);
  const source = { database, filter: toExportFilter(form, words), options };
  const { mediaType, suffix } = part;
  return { mediaType, fileName: `bioweft${suffix}`, pieces: contents(part.pieces(source, after)) };
}

async function* contents(
  pieces: AsyncIterable<{ readonly content: string | Uint8Array }>,
): AsyncGenerator<string | Uint8Array> {
  for await (const { content } of pieces) if (content.length > 0) yield content;
}

/** What can be exported, for whoever looks. */
export function listedForms(forms: readonly ExportForm[]) {
  return forms.map(({ name, description, shows, parts }) => ({
    ...{ name, description, shows },
    parts: parts.map(({ name: part, mediaType, isResumable }) => ({
      ...{ name: part, mediaType, isResumable },
      url: parts.length === 1 ? `/export/${name}` : `/export/${name}/${part}`,
    })),
  }));
}
