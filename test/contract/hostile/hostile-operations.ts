/**
 * Operations that a hostile client asks, made from the schema as it is, so that a field that is new is asked too: hostile values in every
 * argument, and documents that are deep, wide, aliased, circular, doubled, or no documents at all.
 */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import { HOSTILE_TEXTS, type HostileValues } from "./hostile-values.js";

/** What goes into a body, or into a message of a socket. */
export interface HostileOperation {
  readonly query?: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
  readonly extensions?: unknown;
}

type Root = "query" | "mutation" | "subscription";
type Field = GraphQLField<unknown, unknown>;

/** Makes operations. */
export class HostileOperations {
  readonly #schema: GraphQLSchema;
  readonly #values: HostileValues;

  constructor(schema: GraphQLSchema, values: HostileValues) {
    this.#schema = schema;
    this.#values = values;
  }

  /** One of all kinds. */
  any(): HostileOperation {
    const values = this.#values;
    if (values.happens(70)) return this.ofField(values.one(["query", "query", "query", "mutation"]));
    return values.one([
      () => this.#deep(),
      () => this.#wide(),
      () => this.#circular(),
      () => this.#doubling(),
      () => this.#noDocument(),
      () => this.#hugeVariables(),
      () => this.#odd(),
    ])();
  }

  /** A root field with a value in each of its arguments, as variables or in the document. */
  ofField(root: Root): HostileOperation {
    const field = this.#values.one(Object.values(this.#rootType(root).getFields()));
    return this.#values.happens(60) ? this.#byVariables(root, field) : this.#byLiterals(root, field);
  }

  /** Each hostile text in each argument of each root field that takes texts, one at a time. */
  *everyText(): Generator<HostileOperation> {
    for (const root of ["query", "mutation"] as const) {
      for (const field of Object.values(this.#rootType(root).getFields())) {
        for (const argument of field.args) {
          const name = getNamedType(argument.type).name;
          if (name !== "String" && name !== "ID") continue;
          for (const text of HOSTILE_TEXTS) yield this.#withText(root, field, argument.name, text);
        }
      }
    }
  }

  #withText(root: Root, field: Field, argument: string, text: string): HostileOperation {
    const given = field.args.filter(({ name, type, defaultValue }) => {
      return name === argument || (isNonNullType(type) && defaultValue === undefined);
    });
    const variables = Object.fromEntries(
      given.map(({ name, type }) => {
        if (name !== argument) return [name, this.#values.of(type, true)];
        return [name, isListType(isNonNullType(type) ? type.ofType : type) ? [text] : text];
      }),
    );
    return { query: this.#document(root, field, given), variables };
  }

  #byVariables(root: Root, field: Field): HostileOperation {
    const given = field.args.filter(({ type }) => isNonNullType(type) || this.#values.happens(50));
    const variables = Object.fromEntries(given.map(({ name, type }) => [name, this.#values.of(type, false)]));
    return { query: this.#document(root, field, given), variables };
  }

  #byLiterals(root: Root, field: Field): HostileOperation {
    const given = field.args.filter(({ type }) => isNonNullType(type) || this.#values.happens(50));
    const args = given.map(({ name, type }) => `${name}: ${literal(type, this.#values.of(type, true))}`);
    const call = args.length === 0 ? field.name : `${field.name}(${args.join(", ")})`;
    return { query: `${root} { ${call} ${this.selection(field.type, 3)} }` };
  }

  #document(root: Root, field: Field, given: Field["args"]): string {
    const declared = given.map(({ name, type }) => `$${name}: ${type}`).join(", ");
    const passed = given.map(({ name }) => `${name}: $${name}`).join(", ");
    const head = declared === "" ? root : `${root} (${declared})`;
    const call = passed === "" ? field.name : `${field.name}(${passed})`;
    return `${head} { ${call} ${this.selection(field.type, 3)} }`;
  }

  /** Fields of a type, some of them nested; nothing for a value. */
  selection(type: Field["type"], levels: number): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return "";
    if (isUnionType(named) || isInterfaceType(named)) {
      const parts = this.#schema
        .getPossibleTypes(named)
        .map((one) => `... on ${one.name} ${this.#fields(one, levels)}`);
      return `{ __typename ${parts.join(" ")} }`;
    }
    return this.#fields(named, levels);
  }

  #fields(type: GraphQLNamedType, levels: number): string {
    if (!isObjectType(type)) return "{ __typename }";
    const parts = Object.values(type.getFields()).flatMap((field) => {
      if (field.args.some(({ type: one, defaultValue }) => isNonNullType(one) && defaultValue === undefined))
        return [];
      // In the parts of a union, fields of one name may be of different types.
      const name = `${type.name}_${field.name}: ${field.name}`;
      if (isLeafType(getNamedType(field.type))) return this.#values.happens(60) ? [name] : [];
      if (levels <= 0 || !this.#values.happens(25)) return [];
      return [`${name}${this.#page(field)} ${this.selection(field.type, levels - 1)}`];
    });
    return `{ __typename ${parts.slice(0, 12).join(" ")} }`;
  }

  #page(field: Field): string {
    const isPaged = field.args.some(({ name }) => name === "first");
    return isPaged && this.#values.happens(60)
      ? `(first: ${this.#values.one([1, 2, 5, 100, 0, -1, 1_000_000])})`
      : "";
  }

  #deep(): HostileOperation {
    const levels = this.#values.one([5, 14, 16, 60, 400]);
    const step = this.#values.one(["neighbours { nodes { entity", "relations { nodes { subject"]);
    const curie = JSON.stringify(this.#values.text());
    return {
      query: `{ entity(curie: ${curie}) { ${`${step} { `.repeat(levels)} name ${"} } }".repeat(levels)} } }`,
    };
  }

  #wide(): HostileOperation {
    const count = this.#values.one([10, 49, 51, 300, 1_000]);
    const field = this.#values.one([
      `searchEntities(text: "fish", first: 100) { nodes { name } }`,
      `relations(first: 100) { nodes { belief evidence(first: 100) { nodes { sentence } } } }`,
      "graphStats { entities }",
      "__schema { types { name } }",
    ]);
    return { query: `{ ${Array.from({ length: count }, (_, n) => `a${n}: ${field}`).join(" ")} }` };
  }

  #circular(): HostileOperation {
    return {
      query: this.#values.one([
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "{ ...A } fragment A on Query { ...A }",
        `{ entity(curie: "MESH:D005395") { ...E } } fragment E on Entity { neighbours { nodes { entity { ...E } } } }`,
        "{ ...Missing }",
        "fragment A on Query { __typename }",
      ]),
    };
  }

  #doubling(): HostileOperation {
    const levels = this.#values.one([5, 12, 25, 100]);
    const parts = Array.from(
      { length: levels },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ... on Query { ...F${n + 1} } }`,
    );
    return { query: `{ ...F0 } ${parts.join(" ")} fragment F${levels} on Query { graphStats { entities } }` };
  }

  #noDocument(): HostileOperation {
    return {
      query: this.#values.one<unknown>([
        "",
        "{",
        "}".repeat(500),
        "{ ".repeat(5_000),
        `{ ${"graphStats @include(if: true) ".repeat(60)} { entities } }`,
        "query Q($a: Q) { a }",
        "type Query { a: Int }",
        `"""${"x".repeat(50_000)}"""`,
        '{ entity(curie: "\\uD800") { name } }',
        "#".repeat(100_000),
        this.#values.text(),
        null,
        1,
        [],
        {},
      ]),
    };
  }

  #hugeVariables(): HostileOperation {
    const query =
      "query ($curies: [String!]!) { entities(curies: $curies) { name neighbours(first: 100) { nodes { belief } } } }";
    let nested: unknown = 1;
    for (let level = 0; level < 700; level++) nested = this.#values.happens(50) ? [nested] : { a: nested };
    return {
      query,
      variables: this.#values.one<unknown>([
        { curies: Array.from({ length: 20_000 }, (_, n) => `NCBIGene:${n}`) },
        { curies: Array.from({ length: 999 }, (_, n) => `NCBIGene:${n}`) },
        { curies: ["x".repeat(500_000)] },
        { curies: nested },
        { curies: ["MESH:D005395"], more: nested },
        Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`v${n}`, n])),
        "text",
        [],
        1,
      ]),
    };
  }

  #odd(): HostileOperation {
    const query = "query A { graphStats { entities } } query B { graphStats { relations } }";
    return this.#values.one<HostileOperation>([
      { query },
      { query, operationName: "" },
      { query, operationName: "C" },
      { query, operationName: {} },
      { query: "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }" },
      { query: `{ __type(name: "Query") { ${"ofType { ".repeat(100)} name ${"} ".repeat(100)} } }` },
      { extensions: { persistedQuery: { version: 1, sha256Hash: "x" } } },
      {
        query: "{ graphStats { entities } }",
        extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } },
      },
      { query: "{ graphStats { entities } }", extensions: "x" },
      {
        query:
          'subscription { a: extractionProgress(id: "x") { stage } b: extractionProgress(id: "y") { stage } }',
      },
      { query: "mutation { a: pauseExtractions b: resumeExtractions }" },
      {
        query: "query ($a: Boolean!) { graphStats @include(if: $a) @skip(if: $a) { entities } }",
        variables: { a: true },
      },
    ]);
  }

  #rootType(root: Root): GraphQLObjectType {
    const type = {
      query: this.#schema.getQueryType(),
      mutation: this.#schema.getMutationType(),
      subscription: this.#schema.getSubscriptionType(),
    }[root];
    if (type == null) throw new Error(`the schema has no ${root}`);
    return type;
  }
}

/** A value as a document writes it. */
function literal(type: GraphQLInputType, value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (isNonNullType(type)) return literal(type.ofType, value);
  if (isListType(type)) {
    const items = Array.isArray(value) ? value : [value];
    return `[${items.map((item) => literal(type.ofType, item)).join(", ")}]`;
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    const entries = Object.entries(value).flatMap(([name, one]) => {
      const field = fields[name];
      return field === undefined ? [] : [`${name}: ${literal(field.type, one)}`];
    });
    return `{${entries.join(", ")}}`;
  }
  return isEnumType(type) ? String(value) : JSON.stringify(value);
}
