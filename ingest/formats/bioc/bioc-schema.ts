/**
 * The shape of a BioC document, in JSON's spelling, as BioRED's files, PubTator3 and the tools of its family write it.
 * Only what a document cannot do without is asked for: null stands for what is absent, numbers may be strings (as they
 * are in XML), and fields that we don't use are not looked at, so that additions of a service break nothing.
 */
import { z } from "zod";

const text = z.union([z.string(), z.number().transform(String)]);
const absentText = z
  .unknown()
  .optional()
  .transform((value, context): string | undefined => {
    if (typeof value === "string") return value;
    if (typeof value === "number" && Number.isFinite(value)) return String(value);
    if (value !== undefined && value !== null) context.addIssue("Invalid input");
    return undefined;
  });
const infons = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

/** A whole number from 0, or a string of its digits. */
const count = z
  .unknown()
  .transform((value, context) => {
    if (typeof value === "number") return value;
    if (typeof value === "string" && /^\s*\d+\s*$/.test(value)) return Number(value);
    context.addIssue(typeof value === "string" ? "a whole number" : "Invalid input");
    return z.NEVER;
  })
  .pipe(z.int().nonnegative());

function listOf<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
}

const annotation = z.object({
  id: absentText,
  infons,
  text,
  locations: listOf(
    z.object({ offset: count, length: count.refine((length) => length > 0, "an empty mention") }),
  ).refine((locations) => locations.length > 0, "an annotation without a location"),
});

const relation = z.object({
  infons,
  nodes: listOf(z.object({ refid: absentText })),
});

const sentence = z.object({
  offset: count,
  text: absentText,
  annotations: listOf(annotation),
  relations: listOf(relation),
});

const passage = z.object({
  infons,
  offset: count,
  text: absentText,
  sentences: listOf(sentence),
  annotations: listOf(annotation),
  relations: listOf(relation),
});

/** A document of a BioC collection or of a PubTator3 answer. */
export const bioCDocument = z.object({
  id: absentText,
  _id: absentText,
  pmid: absentText,
  pmcid: absentText,
  journal: absentText,
  date: absentText,
  infons,
  passages: z.array(passage).min(1, "a document without passages"),
  relations: listOf(relation),
});

/** A paper as BioC JSON has it, checked in form; offsets are still code points. */
export type BioCDocument = z.infer<typeof bioCDocument>;
/** A mention: `infons` name its type and identifier in the source's spelling. */
export type BioCAnnotation = z.infer<typeof annotation>;
/** A stretch of text with the mentions that begin in it. */
export type BioCPassage = z.infer<typeof passage>;
/** A relation whose ends are roles or annotations; `relationEnd` reads either. */
export type BioCRelation = z.infer<typeof relation>;
