/**
 * Arguments mean the same wherever they stand, by the schema itself: every page size, cursor, year, identifier and name of an entity
 * that any field takes is tried with what is absent, null, zero, negative, blank or of another list.
 */
import {
  buildSchema,
  type GraphQLArgument,
  type GraphQLField,
  getNamedType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emitSchema } from "../../src/api/server/schema.js";
import type { ApiServer } from "../../src/api/server/server.js";
import type { Database } from "../../src/graph/neo4j/database.js";
import { ask, startApi, writeGold } from "../support/api-client.js";
import { testDatabase, wipe } from "../support/database.js";
import { idleJobs } from "../support/idle-jobs.js";
import { crowd, LITERATURE } from "../support/literature.js";

const FISH_OIL = "MESH:D005395";
const RAYNAUD = "MESH:D011928";
const schema = buildSchema(emitSchema());

let database: Database;
let api: ApiServer;
let relation: string;
beforeAll(async () => {
  database = await testDatabase();
  await wipe(database);
  await writeGold(database, [...LITERATURE, ...crowd(30)]);
  api = await startApi(database, idleJobs());
  const { data } = await ask(api, `{ relations(first: 1) { nodes { id } } }`);
  relation = data.relations.nodes[0].id;
});
afterAll(async () => {
  await api?.close();
  await database?.close();
});

/** Where things of a type are reached, `…` standing for what is asked of them. */
const routes: Readonly<Record<string, () => string>> = {
  Query: () => "{ … }",
  Entity: () => `{ entity(curie: "${FISH_OIL}") { … } }`,
  Relation: () => `{ relation(id: "${relation}") { … } }`,
  Publication: () => `{ publication(pmid: "81000001") { … } }`,
  DiscoveryCandidate: () => `{ discover(from: "${FISH_OIL}", first: 1) { nodes { … } } }`,
  Explanation: () => `{ explain(from: "${FISH_OIL}", to: "${RAYNAUD}") { … } }`,
  Impact: () => `{ impactOf(pmid: "81000001") { … } }`,
};
/** What a required argument is given while another one is tried. */
const GIVEN: Readonly<Record<string, () => string>> = {
  from: () => `"${FISH_OIL}"`,
  to: () => `"${RAYNAUD}"`,
  curie: () => `"${FISH_OIL}"`,
  curies: () => `["${FISH_OIL}"]`,
  id: () => `"${relation}"`,
  pmid: () => `"81000001"`,
  text: () => `"oil"`,
  cutoff: () => "1983",
  until: () => "2002",
  fromType: () => "CHEMICAL",
  targetType: () => "GENE",
};

type Field = GraphQLField<unknown, unknown>;
interface Taken {
  readonly type: string;
  readonly field: Field;
  readonly argument: GraphQLArgument;
}
const taken: Taken[] = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !["Mutation", "Subscription"].includes(type.name))
  .flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields()).flatMap((field) =>
          field.args.map((argument) => ({ type: type.name, field, argument })),
        )
      : [],
  );
const named = (names: readonly string[]): [string, Taken][] =>
  taken
    .filter(({ argument }) => names.includes(argument.name))
    .map((each) => [`${each.type}.${each.field.name}(${each.argument.name})`, each]);

/** Asks a field with one argument as given, the others as they must be. */
function asking({ type, field, argument }: Taken, value: string | undefined): string {
  const others = field.args
    .filter(
      ({ name, type: of, defaultValue }) =>
        name !== argument.name && isNonNullType(of) && defaultValue === undefined,
    )
    .map(({ name }) => `${name}: ${GIVEN[name]?.()}`);
  const given = [...others, ...(value === undefined ? [] : [`${argument.name}: ${value}`])];
  const selection = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
  const call = `${field.name}${given.length > 0 ? `(${given.join(", ")})` : ""}${selection}`;
  return (routes[type]?.() ?? "").replace("…", call);
}
const refusal = async (text: string): Promise<unknown> => {
  const { errors, status } = await ask(api, text);
  return { text, status, code: errors[0]?.extensions["code"] };
};
const refused = (text: string) => ({ text, status: expect.any(Number), code: "BAD_USER_INPUT" });

it("every type that takes pages, years or names can be reached here", () => {
  const types = new Set(named(["first", "after", "asOf"]).map(([, { type }]) => type));
  expect([...types].filter((type) => routes[type] === undefined)).toEqual([]);
});

describe("a page's size", () => {
  it.each(named(["first"]))("%s: zero and less are refused, null is the default", async (_, each) => {
    for (const value of ["0", "-1", "-2147483648"]) {
      const text = asking(each, value);
      expect(await refusal(text)).toEqual(refused(text));
    }
    const [absent, none] = [await ask(api, asking(each, undefined)), await ask(api, asking(each, "null"))];
    expect(none.errors).toEqual([]);
    expect(none.data).toEqual(absent.data);
  });
});

describe("a cursor", () => {
  it.each(named(["after"]))(
    "%s: what is none, or of another list, is refused; null is the beginning",
    async (_, each) => {
      const { data } = await ask(api, `{ relations(order: ID, first: 1) { pageInfo { endCursor } } }`);
      const other = data.relations.pageInfo.endCursor;
      const forged = Buffer.from(`["${each.field.name}","",{}]`).toString("base64url");
      for (const cursor of ["", " ", "x", "bm9uZQ", "W10", other, `${other}x`, forged]) {
        const text = asking(each, JSON.stringify(cursor));
        expect(await refusal(text)).toEqual(refused(text));
      }
      expect((await ask(api, asking(each, "null"))).errors).toEqual([]);
    },
  );
});

describe("a year", () => {
  it.each(named(["asOf"]))("%s: what is none is refused, null is now", async (_, each) => {
    for (const year of ["0", "-1", "10000", "2147483647"]) {
      const text = asking(each, year);
      expect(await refusal(text)).toEqual(refused(text));
    }
    expect((await ask(api, asking(each, "null"))).errors).toEqual([]);
  });
});

describe("a name of something", () => {
  it.each(named(["curie", "from", "to", "id", "pmid", "entity", "evidence"]))(
    "%s: blanks and words for nothing are refused",
    async (_, each) => {
      for (const name of ["", "  ", "\\n\\t", "-", "null", "None", "N/A"]) {
        const text = asking(each, `"${name}"`);
        expect(await refusal(text)).toEqual(refused(text));
      }
    },
  );

  it.each([
    `curate(evidence: $name, verdict: REJECT, curator: "ada") { id }`,
    `undoCuration(id: $name, curator: "ada") { id }`,
    `retract(pmid: $name, curator: "ada") { pmid }`,
    `saveQuestion(from: $name) { id }`,
    `saveQuestion(from: "${FISH_OIL}", to: $name) { id }`,
    `removeQuestion(id: $name)`,
  ])("%s: a blank is refused, and changes nothing", async (field) => {
    const type = /(evidence|removeQuestion\(id): \$name/.test(field) ? "ID!" : "String!";
    for (const name of ["", " ", "\n"]) {
      const { errors } = await ask(api, `mutation ($name: ${type}) { ${field} }`, { name });
      expect(["BAD_USER_INPUT", "NOT_FOUND"]).toContain(errors[0]?.extensions["code"]);
    }
  });

  it.each([
    ["MESH:D005395", "mesh:D005395", "MeSH:d005395", " MESH:D005395 ", "msh:D005395", "D005395"],
    [
      "NCBIGene:5742",
      "ncbigene:5742",
      "EGID:5742",
      "entrezgene:5742",
      "GENE:5742",
      "NCBI Gene:5742",
      "geneid:5742",
    ],
  ])("%s is meant by every spelling", async (...spellings) => {
    for (const spelling of spellings) {
      const { data, errors } = await ask(api, `query ($curie: String!) { entity(curie: $curie) { curie } }`, {
        curie: spelling,
      });
      expect([spelling, errors, data.entity?.curie]).toEqual([spelling, [], spellings[0]]);
    }
  });
});
