/** Reads one file of test/fixtures/cases as every command does, and keeps what it gives, refuses and warns of. */
import { fileURLToPath } from "node:url";
import { readDocuments } from "../../ingest/formats/read-documents.js";
import type { Document } from "../../src/core/document.js";
import type { BioWeftError } from "../../src/core/errors.js";
import type { ReadWarningKind } from "../../src/core/read-options.js";

/** What became of a file. */
export interface CaseReading {
  readonly documents: readonly Document[];
  readonly rejected: readonly BioWeftError[];
  /** How often each kind of warning came. */
  readonly warnings: Readonly<Partial<Record<ReadWarningKind, number>>>;
}

/** The path of a case. */
export function casePath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/cases/${name}`, import.meta.url));
}

/** Reads a file with broken documents left out; throws for a file that is refused as a whole. */
export async function readCase(file: string): Promise<CaseReading> {
  const documents: Document[] = [];
  const rejected: BioWeftError[] = [];
  const warnings: Partial<Record<ReadWarningKind, number>> = {};
  const reading = readDocuments(file, {
    skipBad: true,
    onRejected: (fault) => rejected.push(fault),
    onWarning: ({ kind }) => {
      warnings[kind] = (warnings[kind] ?? 0) + 1;
    },
  });
  for await (const document of reading) documents.push(document);
  return { documents, rejected, warnings };
}

/** Every identifier of a document's mentions once, in order. */
export function idsOf({ mentions }: Document): string[] {
  return [...new Set(mentions.flatMap(({ ids }) => ids))].sort();
}

/** A document's relations, one word each. */
export function relationsOf({ relations }: Document): string[] {
  return relations.map(({ type, subject, object, novel }) =>
    [type, subject, object, ...(novel === undefined ? [] : [novel ? "Novel" : "No"])].join(" "),
  );
}
