/**
 * The filter of an export from words, as a command line or an address gives them. Whatever is no value, or would filter
 * nothing in the format that is asked for, is refused.
 */
import { BioWeftError } from "../../core/errors.js";
import { ENTITY_TYPES, RELATION_TYPES } from "../../core/relation-types.js";
import type { ExportForm } from "./export-form.js";
import type { ExportFilter } from "./exported-graph.js";

/** What can be asked, by the names of the address; lists are parted by commas. */
export const EXPORT_WORDS = [
  ...(["asOf", "types", "entityTypes", "sources", "minBelief", "retracted", "corrected"] as const),
] as const;
/** Words that were given. */
type ExportWords = Readonly<Partial<Record<(typeof EXPORT_WORDS)[number], string>>>;

/** The words that a format of documents understands, and those that a format of the graph does. */
const UNDERSTOOD = {
  documents: ["asOf", "types", "sources", "corrected"],
  graph: ["asOf", "types", "entityTypes", "sources", "minBelief", "retracted"],
} as const;

/** The filter. Throws BAD_INPUT that names the word and what it may be. */
export function toExportFilter(form: Pick<ExportForm, "name" | "shows">, words: ExportWords): ExportFilter {
  const understood: readonly string[] = UNDERSTOOD[form.shows];
  const idle = EXPORT_WORDS.find((word) => words[word] !== undefined && !understood.includes(word));
  if (idle !== undefined) {
    throw new BioWeftError(
      "BAD_INPUT",
      `${idle} filters nothing in ${form.name}; it understands ${understood.join(", ")}`,
    );
  }
  return {
    asOf: year(words.asOf),
    types: oneOf("types", words.types, RELATION_TYPES),
    entityTypes: oneOf("entityTypes", words.entityTypes, ENTITY_TYPES),
    sources: list("sources", words.sources),
    minBelief: share(words.minBelief),
    standing: standing(words.retracted),
    isCorrected: flag(words.corrected),
  };
}

function year(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[12]\d{3}$/.test(text)) return Number(text);
  throw new BioWeftError("BAD_INPUT", `asOf is "${text}"; give a year such as 2010`);
}

function share(text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new BioWeftError("BAD_INPUT", `minBelief is "${text}"; give a number from 0 to 1`);
}

function standing(text: string | undefined): boolean | null {
  if (text === undefined || text === "exclude") return true;
  if (text === "include") return null;
  if (text === "only") return false;
  throw new BioWeftError("BAD_INPUT", `retracted is "${text}"; give exclude, include or only`);
}

function flag(text: string | undefined): boolean {
  if (text === undefined || text === "false") return false;
  if (text === "true") return true;
  throw new BioWeftError("BAD_INPUT", `corrected is "${text}"; give true or false`);
}

function list(word: string, text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => part !== "")) return parts;
  throw new BioWeftError("BAD_INPUT", `${word} is "${text}"; give names parted by commas`);
}

function oneOf<T extends string>(word: string, text: string | undefined, known: readonly T[]): T[] | null {
  return (
    list(word, text)?.map((part) => {
      const found = known.find((one) => one.toLowerCase() === part.toLowerCase());
      if (found !== undefined) return found;
      throw new BioWeftError("BAD_INPUT", `"${part}" in ${word} is none of ${known.join(", ")}`);
    }) ?? null
  );
}
