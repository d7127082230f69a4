/**
 * The N-ary drug combination data set: JSON Lines, a tokenised sentence with drug spans in its paragraph, and
 * relations of two or more drugs; and the rows of its scorer (gold and predicted). It gives drugs no identifiers,
 * so each span is an entity of its own. Source: Tiktinsky et al. 2022.
 */
import { z } from "zod";
import type { Document, Mention, NaryRelation } from "../../../src/core/document.js";
import { BioWeftError, type ErrorPlace } from "../../../src/core/errors.js";
import { toPairRelations } from "../../../src/core/nary-relation.js";
import { offsetMap } from "../../../src/core/offsets.js";
import { type ReadOptions, reject } from "../../../src/core/read-options.js";
import { parseJson } from "../reading/schema-faults.js";
import { readLines } from "../reading/text-lines.js";

const index = z.int().nonnegative();
const sentenceSchema = z.object({
  doc_id: z.string().min(1),
  sentence: z.string().min(1),
  paragraph: z.string(),
  source: z.string().nullish(),
  spans: z.array(
    z.object({ span_id: index, start: index, end: index, token_start: index, token_end: index }),
  ),
  rels: z.array(z.object({ class: z.string().min(1), spans: z.array(index).min(2) })),
});
type Sentence = z.infer<typeof sentenceSchema>;

const rowSchema = z.object({
  doc_id: z.union([z.string(), z.int()]),
  drug_idxs: z.array(index).min(2),
  relation_label: z.union([z.enum(["POS", "NEG", "COMB", "NO_COMB"]), z.literal([0, 1, 2])]),
});
// A classifier's rows may carry the numbers of the published label2idx.json, where NEG and COMB share one.
const LABEL_OF_NUMBER = ["NO_COMB", "COMB", "POS"] as const;

/** Streams the sentences as documents, their combinations also as pairs. Throws BAD_INPUT with file and line. */
export async function* readDrugCombinations(
  file: string,
  options: ReadOptions = {},
): AsyncGenerator<Document> {
  for await (const { text, place } of jsonLines(file, options)) {
    try {
      yield toDocument(parseJson(sentenceSchema, text, place), place);
    } catch (fault) {
      reject(fault, options);
    }
  }
}

/**
 * The scorer's rows (`doc_id`, `drug_idxs`, `relation_label`) by document, ids being the drugs' numbers; rows
 * that say NO_COMB relate nothing and are left out. Throws BAD_INPUT with file and line.
 */
export async function readCombinationRows(file: string): Promise<Map<string, NaryRelation[]>> {
  const byDocument = new Map<string, NaryRelation[]>();
  for await (const { text, place } of jsonLines(file, {})) {
    const row = parseJson(rowSchema, text, place);
    const label = row.relation_label;
    const type = typeof label === "number" ? LABEL_OF_NUMBER[label] : label;
    if (type === "NO_COMB") continue;
    const id = String(row.doc_id);
    byDocument.set(id, [...(byDocument.get(id) ?? []), { ids: row.drug_idxs.map(String), type }]);
  }
  return byDocument;
}

async function* jsonLines(file: string, options: ReadOptions) {
  for await (const { number: line, text, fault } of readLines(file)) {
    const place = { file, line };
    if (fault !== undefined) reject(new BioWeftError("BAD_INPUT", fault, { place }), options);
    else if (text.trim() !== "") yield { text, place };
  }
}

function toDocument(row: Sentence, place: ErrorPlace): Document {
  // A sentence's paragraph is its context; where the two do not meet, the sentence stands alone.
  const found = row.paragraph.indexOf(row.sentence);
  const text = found === -1 ? row.sentence : row.paragraph;
  const mentions = parseSpans(row, Math.max(found, 0), place);
  const naryRelations = row.rels.map(({ class: type, spans }) => ({
    type,
    ids: [...new Set(spans)].map((span) => {
      const id = mentions.get(span)?.ids[0];
      return id ?? refuse(`a relation names drug ${span}, which is no span`, row, place);
    }),
  }));
  const publication = /pubmed\D*\/(\d+)\/?$/.exec(row.source ?? "")?.[1];
  return {
    pmid: row.doc_id,
    ...(publication === undefined ? {} : { publication }),
    passages: [{ kind: "abstract", offset: 0, text }],
    mentions: [...mentions.values()],
    relations: toPairRelations(naryRelations),
    naryRelations,
  };
}

/**
 * Mentions by span number. A span says its place twice, in characters and in tokens, and both must meet; its own
 * words are not trusted, as four spans of the published file carry wrong ones.
 */
function parseSpans(row: Sentence, offset: number, place: ErrorPlace): Map<number, Mention> {
  const map = offsetMap(row.sentence);
  const tokens = row.sentence.split(" ");
  const mentions = new Map<number, Mention>();
  for (const span of row.spans) {
    const [start, end] = [map.toUtf16(span.start), map.toUtf16(span.end)];
    const text = row.sentence.slice(start, end);
    const words = tokens.slice(span.token_start, span.token_end).join(" ");
    if (text === "" || text !== words) {
      refuse(`drug ${span.span_id} is "${text}" by its offsets and "${words}" by its tokens`, row, place);
    }
    mentions.set(span.span_id, {
      type: "Chemical",
      ids: [`DrugCombo:${row.doc_id}.${span.span_id}`],
      sourceIds: [String(span.span_id)],
      start: offset + start,
      end: offset + end,
      text,
    });
  }
  return mentions;
}

function refuse(reason: string, row: Sentence, place: ErrorPlace): never {
  throw new BioWeftError("BAD_INPUT", reason, { place: { ...place, pmid: row.doc_id } });
}
