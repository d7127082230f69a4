/**
 * `bioweft export`: the graph, or its documents, as files in formats that other tools read; or as lines by which two graphs
 * can be compared, or their hash.
 */
import { Command, Option } from "commander";
import { BioWeftError } from "../../core/errors.js";
import { isStandardOutput } from "../../core/files/output-place.js";
import { required } from "../../core/required.js";
import { toExportFilter } from "../../graph/export/export-filter.js";
import type { ExportForm, ExportPart } from "../../graph/export/export-form.js";
import { documentsWithoutText } from "../../graph/export/exported-documents.js";
import type { Database } from "../../graph/neo4j/database.js";
import { readGraphIdentity, readGraphVersion } from "../../graph/read/read-stats.js";
import { reportBeside } from "../../terminal/report.js";
import { EXPORT_FORMS } from "../options/export-forms.js";
import { type FilterOptions, filterWords, withFilterOptions } from "../options/filter-options.js";
import { workOnOwnGraph } from "../own-graph.js";
import { runCanonical } from "./export/canonical.js";
import { writePartialFile } from "./export/partial-file.js";

interface ExportOptions extends FilterOptions {
  readonly format?: string;
  readonly hash: boolean;
  readonly out?: string;
  readonly part?: string;
  readonly corrected: boolean;
  readonly json: boolean;
}

const CANONICAL = "canonical";

/** Declares the command. */
export function command(): Command {
  const names = [...EXPORT_FORMS.map(({ name }) => name), CANONICAL];
  const exporting = new Command("export")
    .description("write the graph or its documents in formats that other tools read, however large they are")
    .addOption(new Option("--format <name>", "what is written; docs/exports.md has each").choices(names))
    .option("--out <path>", "the file; of two files the beginning of their names; - for stdout")
    .option("--part <name>", "only one of the files of kgx-tsv, kgx-jsonl and parquet: nodes or edges")
    .option("--corrected", "documents of which a curator judged something, as training wants them", false)
    .option("--hash", "only print the SHA-256 of the canonical export", false)
    .option("--json", "print the counts as JSON", false);
  return withFilterOptions(exporting).action(run);
}

async function run(options: ExportOptions): Promise<void> {
  const { format, hash, out } = options;
  if (hash === (format !== undefined)) {
    throw new BioWeftError("CONFIG", "give --format for an export, or --hash for a hash alone");
  }
  if (hash || format === CANONICAL) {
    const [word] = Object.keys(wordsOf(options));
    if (word !== undefined) {
      throw new BioWeftError(
        "CONFIG",
        `${word} filters nothing here: the canonical export is of the whole graph`,
      );
    }
    return workOnOwnGraph({ label: "export", unit: "lines" }, (graph) =>
      runCanonical(graph, { hash, out: out ?? "-", json: options.json }),
    );
  }
  const form = required(
    EXPORT_FORMS.find(({ name }) => name === format),
    "the format",
  );
  const filter = toExportFilter(form, wordsOf(options));
  const files = filesOf(form, options);
  await workOnOwnGraph({ label: "export", unit: "rows" }, async ({ database, signal, show }) => {
    const source = { database, filter, options: { signal } };
    const before = await readGraphVersion(database);
    const identity = (await readGraphIdentity(database)) ?? null;
    const written = [];
    for (const { part, file } of files) {
      const outcome = await writePartialFile({
        ...{ file, isResumable: part.isResumable, onRows: show },
        asked: JSON.stringify([identity, form.name, part.name, filter]),
        pieces: (after) => part.pieces(source, after),
      });
      written.push({ part: part.name, file, ...outcome });
    }
    const notes = await notesOn(database, form, before);
    say(options, written, notes);
  });
}

function wordsOf(options: ExportOptions) {
  return { ...filterWords(options), ...(options.corrected ? { corrected: "true" } : {}) };
}

/** Which part goes into which file. */
function filesOf(
  form: ExportForm,
  { out, part: wanted }: ExportOptions,
): { part: ExportPart; file: string }[] {
  if (out === undefined) throw new BioWeftError("CONFIG", "give --out, the file to write, or - for stdout");
  const parts = form.parts.filter(({ name }) => wanted === undefined || name === wanted);
  const [first] = parts;
  const names = form.parts.map(({ name }) => name).join(" or ");
  if (first === undefined)
    throw new BioWeftError("CONFIG", `${form.name} has no part "${wanted}"; it has ${names}`);
  if (parts.length === 1) return [{ part: first, file: out }];
  if (isStandardOutput(out)) {
    throw new BioWeftError("CONFIG", `${form.name} is several files; choose one with --part ${names}`);
  }
  return parts.map((part) => ({ part, file: out + part.suffix }));
}

/** What a reader of the files should know. */
async function notesOn(database: Database, form: ExportForm, versionBefore: string): Promise<string[]> {
  const missing = form.shows === "documents" ? await documentsWithoutText({ database, options: {} }) : 0;
  const version = await readGraphVersion(database);
  return [
    ...(missing === 0 ? [] : [`${missing} documents were left out: the graph has no text of them`]),
    ...(version === versionBefore
      ? []
      : ["the graph was written to meanwhile: what was read late may know more than what was read early"]),
  ];
}

function say(
  { out = "-", json }: ExportOptions,
  files: readonly { file: string; rows: number; resumedAt: number }[],
  notes: readonly string[],
): void {
  const report = reportBeside(out);
  if (json) return void report.printJson({ files, notes });
  for (const { file, rows, resumedAt } of files) {
    const there = resumedAt === 0 ? "" : `, ${resumedAt} of them there already`;
    report.printLines(`${rows} rows${there} → ${file}`);
  }
  report.printLines(...notes);
}
