/**
 * The shape of a BioC document, in JSON's spelling, as BioRED's files and PubTator3 write it. Fields that we don't use are not
 * looked at, so that additions of the service break nothing.
 */
import { z } from "zod";

const text = z.union([z.string(), z.number().transform(String)]);
const infons = z.record(z.string(), z.unknown()).default({});

const annotation = z.object({
  infons: z.object({ type: z.string(), identifier: text.nullish(), CompositeRole: z.string().optional() }),
  text: z.string(),
  locations: z
    .array(z.object({ offset: z.int().nonnegative(), length: z.int().positive() }))
    .min(1, "an annotation without a location"),
});

const passage = z.object({
  infons,
  offset: z.int().nonnegative(),
  text: z.string().default(""),
  annotations: z.array(annotation).default([]),
});

/** One end of a relation: an identifier, PubTator3's `Chemical|MESH:D000001`, or an object that holds it. */
const end = z.union([text, z.object({ identifier: text })]);

const relation = z.object({
  infons: z.object({
    type: z.string().min(1),
    novel: z.string().optional(),
    entity1: end.optional(),
    entity2: end.optional(),
    role1: end.optional(),
    role2: end.optional(),
  }),
});

/** A document of a BioC collection or of a PubTator3 answer. */
export const bioCDocument = z.object({
  id: text.nullish(),
  pmid: text.nullish(),
  journal: z.string().nullish(),
  date: z.string().nullish(),
  infons,
  passages: z.array(passage).min(1, "a document without passages"),
  relations: z.array(relation).default([]),
});

export type BioCDocument = z.infer<typeof bioCDocument>;
export type BioCAnnotation = z.infer<typeof annotation>;
export type BioCPassage = z.infer<typeof passage>;
export type BioCRelation = z.infer<typeof relation>;

/** The source's identifier at one end of a relation, in whichever form it comes. */
export function relationEnd(relation: BioCRelation, which: 1 | 2): string | undefined {
  const { entity1, entity2, role1, role2 } = relation.infons;
  const value = which === 1 ? (entity1 ?? role1) : (entity2 ?? role2);
  const id = typeof value === "object" ? value.identifier : value;
  // Not every bar separates a type: `c|DEL|1314_1328|` is an identifier.
  return id?.replace(/^(?:Gene|Disease|Chemical|Variant|Species|CellLine|\w*Mutation|SNP)\|/, "");
}
