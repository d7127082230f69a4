/**
 * Relations that some tool predicted, as its files have them: relation lines of PubTator files (PMID, type,
 * identifier, identifier, a score behind them or not; the texts around them are passed over), the original BioREx
 * tool's scores beside its rows, or our own JSON Lines. `toAssertedRelations` finds the documents' entities in them.
 */
import { z } from "zod";
import type { Document, GoldRelation } from "../../../src/core/document.js";
import { BioWeftError } from "../../../src/core/errors.js";
import { relationTypeOf } from "../reading/gold-relations.js";
import { relationEnds } from "../reading/relation-ends.js";
import { parseJson } from "../reading/schema-faults.js";
import { readLines, type TextLine } from "../reading/text-lines.js";

/** A predicted relation with its ends as the file spells them. */
export interface WrittenRelation {
  readonly one: string;
  readonly other: string;
  readonly type: string;
}

/** What a file predicts of each document that it names; a document without relations has an empty list. */
export type WrittenPredictions = ReadonlyMap<string, readonly WrittenRelation[]>;

type Collected = Map<string, WrittenRelation[]>;

/** Reads a prediction file, told by its content. Throws BAD_INPUT with file and line, NOT_FOUND for no file. */
export async function readPredictedRelations(file: string): Promise<WrittenPredictions> {
  const predictions: Collected = new Map();
  let json: boolean | undefined;
  for await (const line of readLines(file)) {
    const place = { file, line: line.number };
    if (line.fault !== undefined) throw new BioWeftError("BAD_INPUT", line.fault, { place });
    if (line.text.trim() === "") continue;
    json ??= /^\s*\{/.test(line.text);
    if (json) collectJson(line, file, predictions);
    else collectPubTator(line, file, predictions);
  }
  if (predictions.size > 0) return predictions;
  throw new BioWeftError("BAD_INPUT", `no predictions in it; give ${FORMS}`, { place: { file } });
}

/**
 * A file's relations in a document's own identifiers, and how many of them name an end that the document does
 * not. An identifier may stand for several at once (`7157;3569`), as the official scorer reads it.
 */
export function toAssertedRelations(
  document: Document,
  written: readonly WrittenRelation[],
): { readonly relations: readonly GoldRelation[]; readonly unplaced: number } {
  const endsOf = relationEnds(document.mentions);
  let unplaced = 0;
  const relations = written.flatMap(({ one, other, type }) => {
    const pairs = endsOf(one).known.flatMap((subject) =>
      endsOf(other).known.map((object) => ({ subject, object, type: relationTypeOf(type) })),
    );
    if (pairs.length === 0) unplaced += 1;
    return pairs;
  });
  return { relations, unplaced };
}

/** Adds a relation to its document's, except one of a negative class. */
export function collect(predictions: Collected, pmid: string, relation: WrittenRelation | undefined): void {
  const relations = predictions.get(pmid) ?? [];
  predictions.set(pmid, relations);
  if (relation !== undefined && !/^none\b/i.test(relation.type)) relations.push(relation);
}

const FORMS =
  "PubTator relation lines (PMID, type, identifier, identifier), the JSON Lines of `bioweft predict`, or the original tool's scores with --rows";

function collectPubTator({ text, number: line }: TextLine, file: string, predictions: Collected): void {
  const textOf = /^([^|\t]+)\|[a-z]\|/.exec(text)?.[1];
  const columns = text.split("\t");
  const [pmid = "", type = "", one = "", other = ""] = columns;
  const annotation = columns.length >= 5 && /^\d+$/.test(type) && /^\d+$/.test(one);
  const relation = (columns.length === 4 || columns.length === 5) && Number.isNaN(Number(type));
  const direction = columns.length === 4 && other.startsWith("Subject:");
  if (direction) return;
  if (textOf !== undefined) collect(predictions, textOf, undefined);
  else if (annotation) collect(predictions, pmid, undefined);
  else if (relation) collect(predictions, pmid, { type, one: one.trim(), other: other.trim() });
  else throw new BioWeftError("BAD_INPUT", `no relation line; give ${FORMS}`, { place: { file, line } });
}

const lineSchema = z.object({
  pmid: z.string().min(1),
  predictions: z.array(
    z.object({ subject: z.string().min(1), object: z.string().min(1), type: z.string().min(1) }),
  ),
});

function collectJson({ text, number: line }: TextLine, file: string, predictions: Collected): void {
  const { pmid, predictions: found } = parseJson(lineSchema, text, { file, line });
  collect(predictions, pmid, undefined);
  for (const { subject, object, type } of found) {
    collect(predictions, pmid, { type, one: subject, other: object });
  }
}
