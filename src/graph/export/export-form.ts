/**
 * What a file format is to an export: its parts, each a file of its own, and the pieces of a part one after the other,
 * each with a cursor behind which the same part goes on. Writes to no file and no socket.
 */
import { BioWeftError } from "../../core/errors.js";
import type { ExportSource } from "./exported-graph.js";

/** Some of a part's text or bytes. Where a part can be resumed, the pieces behind `cursor` are all that is missing. */
export interface ExportPiece {
  readonly content: string | Uint8Array;
  /** How many entities, relations or documents it shows. */
  readonly rows: number;
  readonly cursor?: string;
}

/** One file of a format. */
export interface ExportPart {
  /** As it is asked for: `nodes`, `edges`; formats of one file have one part, which is named after its things. */
  readonly name: string;
  /** What a file's name gets behind it, where a format has several. */
  readonly suffix: string;
  readonly mediaType: string;
  readonly isResumable: boolean;
  /** The pieces behind a cursor. Throws BAD_INPUT for one that is not of this part. */
  pieces(source: ExportSource, after?: string): AsyncGenerator<ExportPiece>;
}

/** A format by the name that it is asked for. */
export interface ExportForm {
  readonly name: string;
  readonly description: string;
  /** Whether it shows the graph, or documents with what is said of them. */
  readonly shows: "graph" | "documents";
  readonly parts: readonly [ExportPart, ...ExportPart[]];
}

/** One kind of thing in a part: what comes behind a key. */
export interface ExportStage {
  readonly name: string;
  readonly pieces: (
    source: ExportSource,
    after: string,
  ) => AsyncGenerator<{ readonly text: string; readonly rows: number; readonly last: string }>;
}

/** A part that is text: what stands first, its stages one after the other, and what stands last. */
export interface TextShape {
  readonly opening: string;
  readonly stages: readonly ExportStage[];
  readonly closing: string;
}

/** A stage that gives each row a text of its own, from pages of them; behind the first, `between` stands before each. */
export function rowStage<T>(
  name: string,
  pages: (
    source: ExportSource,
    after: string,
  ) => AsyncGenerator<{ readonly rows: readonly T[]; readonly last: string }>,
  toText: (row: T) => string,
  between = "",
): ExportStage {
  return {
    name,
    async *pieces(source, after) {
      let isFirst = after === "";
      for await (const { rows, last } of pages(source, after)) {
        const texts = rows.map((row, index) => (isFirst && index === 0 ? "" : between) + toText(row));
        isFirst &&= rows.length === 0;
        yield { text: texts.join(""), rows: rows.length, last };
      }
    },
  };
}

/** The pieces of a text part; cursors are `STAGE:KEY`. */
export async function* textPieces(
  { opening, stages, closing }: TextShape,
  source: ExportSource,
  after?: string,
): AsyncGenerator<ExportPiece> {
  const start = after === undefined ? undefined : startOf(stages, after);
  if (start === undefined && opening !== "") yield { content: opening, rows: 0 };
  for (const [index, stage] of stages.entries()) {
    if (start !== undefined && index < start.index) continue;
    const key = start?.index === index ? start.key : "";
    for await (const { text, rows, last } of stage.pieces(source, key)) {
      yield { content: text, rows, cursor: `${stage.name}:${last}` };
    }
  }
  if (closing !== "") yield { content: closing, rows: 0 };
}

function startOf(stages: readonly ExportStage[], cursor: string): { index: number; key: string } {
  const index = stages.findIndex(({ name }) => cursor.startsWith(`${name}:`));
  const key = cursor.slice(cursor.indexOf(":") + 1);
  if (index >= 0 && key !== "") return { index, key };
  const known = stages.map(({ name }) => `${name}:KEY`).join(" or ");
  throw new BioWeftError(
    "BAD_INPUT",
    `"${cursor}" is no place in this export; give ${known}, the last that you have`,
  );
}
