/** The table to Biolink: every type has its term, and identifiers come back. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  BIOLINK_CATEGORIES,
  BIOLINK_PREDICATES,
  entityTypeOfCategories,
  fromBiolinkCurie,
  publicationCurie,
  relationTypeOfPredicate,
  toBiolinkCurie,
  withBars,
  withoutBars,
} from "../../../src/core/biolink/biolink.js";
import { ENTITY_TYPES, RELATION_TYPES } from "../../../src/core/relation-types.js";

test("every type has a term, from which entities' types come back", () => {
  for (const type of ENTITY_TYPES) expect(entityTypeOfCategories([BIOLINK_CATEGORIES[type]])).toBe(type);
  for (const type of RELATION_TYPES) expect(BIOLINK_PREDICATES[type]).toMatch(/^biolink:[a-z_]+$/);
  expect(relationTypeOfPredicate("biolink:associated_with")).toBe("Association");
  expect(relationTypeOfPredicate("biolink:related_to")).toBeUndefined();
  expect(entityTypeOfCategories(["biolink:NamedThing", "biolink:SmallMolecule"])).toBe("Chemical");
});

test.each([
  ["MESH:D000900", "MESH:D000900"],
  ["dbSNP:rs1", "DBSNP:rs1"],
  ["CVCL_0031", "Cellosaurus:CVCL_0031"],
  ["T1", "bioweft:T1"],
  ["MESH:D1|MESH:D2", "MESH:D1%7CMESH%3AD2"],
  ["tmVar:p|SUB|R|175|H;CorrespondingGene:7157", "tmVar:p%7CSUB%7CR%7C175%7CH;CorrespondingGene%3A7157"],
])("%s is %s, and back", (curie, spelled) => {
  expect(toBiolinkCurie(curie)).toBe(spelled);
  expect(fromBiolinkCurie(spelled)).toBe(curie);
});

test("no identifier is lost", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (text) => {
      const id = `MESH:${text}|x`;
      expect(withBars(withoutBars(id))).toBe(id);
      expect(withoutBars(id)).not.toContain("|");
      expect(fromBiolinkCurie(toBiolinkCurie(id))).toBe(id);
    }),
  );
});

test("publications are PubMed's, or a corpus's own", () => {
  expect([publicationCurie("29630580"), publicationCurie("doc-1")]).toEqual([
    "PMID:29630580",
    "bioweft:doc-1",
  ]);
});
