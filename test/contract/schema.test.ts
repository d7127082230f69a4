/**
 * The contract: the committed schema is the emitted one, everything in it is described, and every operation that
 * clients use is valid against it.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  parse,
  validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import { emitSchema } from "../../src/api/server/schema.js";
import { PACKAGE_ROOT } from "../../src/core/config.js";

const sdl = emitSchema();
const schema = buildSchema(sdl);
const folder = join(PACKAGE_ROOT, "schema", "operations");
const operations = readdirSync(folder).filter((name) => name.endsWith(".graphql"));

describe("the schema", () => {
  it("is the committed one; after a wanted change run `npm run bioweft schema`", () => {
    expect(sdl).toBe(readFileSync(join(PACKAGE_ROOT, "schema", "schema.graphql"), "utf8"));
  });

  it("describes every type, field, argument and enum value", () => {
    const bare: string[] = [];
    const note = (name: string, description: string | null | undefined) => {
      if (description == null || description.trim() === "") bare.push(name);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue;
      if (!["Query", "Mutation", "Subscription"].includes(type.name)) note(type.name, type.description);
      if (isEnumType(type))
        for (const value of type.getValues()) note(`${type.name}.${value.name}`, value.description);
      if (isInputObjectType(type) || isObjectType(type) || isInterfaceType(type)) {
        for (const field of Object.values(type.getFields())) {
          note(`${type.name}.${field.name}`, field.description);
          const args = "args" in field ? field.args : [];
          for (const arg of args) note(`${type.name}.${field.name}(${arg.name})`, arg.description);
        }
      }
    }
    expect(bare).toEqual([]);
  });

  it("lets no root null the others, and says which are null for a fault alone", () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    expect(roots.filter(({ type }) => isNonNullType(type)).map(({ name }) => name)).toEqual([]);
    const unmarked = roots.filter(
      ({ astNode }) => !astNode?.directives?.some(({ name }) => name.value === "semanticNonNull"),
    );
    expect(unmarked.map(({ name }) => name).sort()).toEqual([
      "cancelExtraction",
      "entity",
      "extractionJob",
      "impactOf",
      "node",
      "publication",
      "relation",
    ]);
  });

  it("keeps the shapes that others script against", () => {
    const scripted = [
      `query ($t: String!) { searchEntities(text: $t, types: [CHEMICAL], first: 5, after: null) { edges { node { curie name type } } } }`,
      `{ discover(from: "MESH:D005395", targetType: DISEASE, first: 5, asOf: 1985) { candidates { entity { curie name } linking { entity { name } } } } }`,
      `mutation { extractPublication(pmid: "1") { __typename } }`,
    ];
    for (const text of scripted) expect(validate(schema, parse(text))).toEqual([]);
  });
});

describe("the operations", () => {
  const text = (name: string) => readFileSync(join(folder, name), "utf8");
  const isWebs = (name: string) => name.startsWith("web-");

  it.each(operations.filter((name) => !isWebs(name)))("%s is valid by itself", (name) => {
    expect(validate(schema, parse(text(name)))).toEqual([]);
  });

  it("the explorer's are valid together, as they share fragments", () => {
    const all = operations.filter(isWebs).map(text).join("\n");
    expect(validate(schema, parse(all))).toEqual([]);
  });

  it("are listed in docs/api.md with what they are for", () => {
    const docs = readFileSync(join(PACKAGE_ROOT, "docs", "api.md"), "utf8");
    const rows = operations
      .filter((name) => !name.startsWith("web-"))
      .map((name) => {
        const lines = readFileSync(join(folder, name), "utf8").split("\n");
        const said = lines.slice(
          0,
          lines.findIndex((line) => !line.startsWith("# ")),
        );
        return `| \`${name.replace(".graphql", "")}\` | ${said.map((line) => line.slice(2)).join(" ")} |`;
      });
    expect(rows.filter((row) => !docs.includes(row))).toEqual([]);
    expect(rows.length).toBeGreaterThanOrEqual(40);
  });

  it("cover every query, mutation and subscription", () => {
    const used = operations.flatMap((name) =>
      parse(readFileSync(join(folder, name), "utf8")).definitions.flatMap((definition) =>
        definition.kind === "OperationDefinition"
          ? definition.selectionSet.selections.map((field) =>
              field.kind === "Field" ? field.name.value : "",
            )
          : [],
      ),
    );
    const offered = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap(
      (type) => Object.values(type?.getFields() ?? {}),
    );
    const current = offered.filter(({ deprecationReason }) => deprecationReason == null);
    expect(current.map(({ name }) => name).filter((name) => !used.includes(name))).toEqual([]);
  });
});
