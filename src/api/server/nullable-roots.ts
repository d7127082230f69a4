/**
 * Every field of a query or a mutation may be null, so that one that fails takes nothing from the others beside it. The
 * printed schema says with `@semanticNonNull` which of them are null for a fault alone: a client that throws on faults
 * need not think of null there. Source of the directive: the nullability proposals of the GraphQL working group.
 */
import {
  type GraphQLObjectType,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  parse,
  type TypeNode,
} from "graphql";
import { required } from "../../core/required.js";

const DIRECTIVE = "semanticNonNull";
const DEFINITION = `"""Null only where the field failed; an error with its path says why."""
directive @${DIRECTIVE} on FIELD_DEFINITION

`;

/** Makes the fields of queries and mutations nullable, and notes which of them were not. */
export function loosenRoots(schema: GraphQLSchema): void {
  for (const field of rootFields(schema)) {
    if (!isNonNullType(field.type)) continue;
    field.type = field.type.ofType;
    field.extensions = { ...field.extensions, [DIRECTIVE]: true };
  }
}

/** The printed form of a schema, with the directive at the fields that were noted. */
export function withSemanticNonNull(printed: string, schema: GraphQLSchema): string {
  const noted = new Set(
    rootFields(schema).flatMap(({ name, extensions }) => (extensions[DIRECTIVE] === true ? [name] : [])),
  );
  const names = roots(schema).map(({ name }) => name);
  const ends = parse(printed).definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION && names.includes(type.name.value)
      ? (type.fields ?? []).flatMap((field) => (noted.has(field.name.value) ? endOf(field.type) : []))
      : [],
  );
  const marked = ends
    .sort((a, b) => b - a)
    .reduce((text, end) => `${text.slice(0, end)} @${DIRECTIVE}${text.slice(end)}`, printed);
  return DEFINITION + marked;
}

function endOf(node: TypeNode): number {
  return required(node.loc, "where a type stands in the printed schema").end;
}

function rootFields(schema: GraphQLSchema) {
  return roots(schema).flatMap((root) => Object.values(root.getFields()));
}

function roots(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((root) => root ?? []);
}
