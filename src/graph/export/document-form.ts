/**
 * A format of documents from what writes one of them; who can write documents is joined with the graph elsewhere.
 */
import type { Document } from "../../core/document.js";
import { type ExportForm, rowStage, textPieces } from "./export-form.js";
import { exportedDocuments } from "./exported-documents.js";

/** What a format of documents is made of. */
interface DocumentWriter {
  readonly name: string;
  readonly description: string;
  readonly suffix: string;
  readonly mediaType: string;
  readonly opening: string;
  /** What stands between two documents. */
  readonly between: string;
  readonly closing: string;
  readonly toText: (document: Document) => string;
}

/** The format as exports take it: one file, which can be gone on with. */
export function documentForm(writer: DocumentWriter): ExportForm {
  const { name, description, suffix, mediaType, opening, between, closing, toText } = writer;
  const shape = { opening, stages: [rowStage("documents", exportedDocuments, toText, between)], closing };
  return {
    ...{ name, description, shows: "documents" },
    parts: [
      {
        ...{ name: "documents", suffix, mediaType, isResumable: true },
        pieces: (source, after) => textPieces(shape, source, after),
      },
    ],
  };
}
