/**
 * The schema as a client sees it that throws on faults: what is null for a fault alone (`@semanticNonNull`) is never null to
 * it. A loader for @graphql-codegen, named in schema/codegen.yml and web/codegen.yml.
 */
import { readFileSync } from "node:fs";
import { Kind, parse, visit } from "graphql";

/** Reads the schema at a path. */
export default function loadForThrowingClient(path) {
  return visit(parse(readFileSync(path, "utf8")), {
    FieldDefinition: (field) =>
      field.directives.some(({ name }) => name.value === "semanticNonNull")
        ? { ...field, type: { kind: Kind.NON_NULL_TYPE, type: field.type } }
        : undefined,
  });
}
