/**
 * What operations cost: every row of every page, nested ones times each other, whatever way the sizes come.
 */
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { CostModel } from "../../../../src/api/server/limits/cost.js";
import { buildApiSchema } from "../../../../src/api/server/schema.js";

const model = new CostModel(buildApiSchema());
const cost = (text: string, variables = {}) => model.of(parse(text), undefined, variables);

describe("the cost of an operation", () => {
  it("is multiplied by the page's size, as a literal, a variable, its default or nothing", () => {
    const page = (size: string) =>
      `{ relations(first: ${size}) { nodes { subject { name } object { name } } } }`;
    const asked =
      "query ($n: Int = 50) { relations(first: $n) { nodes { subject { name } object { name } } } }";
    expect(cost(asked)).toBe(cost(page("50")));
    expect(cost(asked, { n: 100 })).toBe(cost(page("100")));
    expect(cost("{ relations { nodes { subject { name } object { name } } } }")).toBe(cost(page("25")));
    expect(cost(page("100"))).toBeGreaterThan(1.9 * cost(page("50")));
    expect(cost(page("1000000"))).toBe(cost(page("100")));
  });

  it("is multiplied again at each level", () => {
    const level = (inner: string) => `neighbours(first: 100) { nodes { entity { curie ${inner} } } }`;
    const one = cost(`{ entity(curie: "MESH:D1") { ${level("")} } }`);
    const two = cost(`{ entity(curie: "MESH:D1") { ${level(level(""))} } }`);
    expect(one).toBeGreaterThan(100);
    expect(two).toBeGreaterThan(100 * one * 0.9);
  });

  it("is reckoned anew for other numbers, lengths and choices of a document that comes again, and not for other texts", () => {
    const document = parse(
      `query ($of: [String!]!, $n: Int, $all: Boolean!) {
         entities(curies: $of) { relations(first: $n) { nodes { id } } synonyms @include(if: $all) } }`,
    );
    const of = (variables: Record<string, unknown>) => model.of(document, undefined, variables);
    const alike = (variables: Record<string, unknown>) =>
      new CostModel(buildApiSchema()).of(document, undefined, variables);
    const asked = [
      { of: ["a"], n: 1, all: true },
      { of: ["b"], n: 1, all: true },
      { of: ["a"], n: 50, all: true },
      { of: ["a", "b"], n: 50, all: true },
      { of: ["a", "b"], n: 50, all: false },
    ];
    const costs = asked.map(of);
    expect(costs).toEqual(asked.map(alike));
    expect(costs[0]).toBe(costs[1]);
    expect(new Set(costs.slice(1, 4)).size).toBe(3);
  });

  it("counts the keys of a batch, and aliases and fragments each time", () => {
    const curies = Array.from({ length: 500 }, (_, n) => `NCBIGene:${n}`);
    const batch = "query ($curies: [String!]!) { entities(curies: $curies) { name } }";
    expect(cost(batch, { curies })).toBeGreaterThan(500);
    const search = `searchEntities(text: "x") { nodes { name } }`;
    const once = cost(`{ ${search} }`);
    expect(cost(`{ a: ${search} b: ${search} }`)).toBeGreaterThan(1.9 * once);
    expect(
      cost(
        `{ ...F a: __typename ...G } fragment F on Query { a1: ${search} } fragment G on Query { a2: ${search} }`,
      ),
    ).toBeGreaterThanOrEqual(2 * once);
  });

  it("refuses what cannot be reckoned, and leaves wrong variables to execution", () => {
    const doubling = Array.from(
      { length: 16 },
      (_, n) => `fragment F${n} on Query { ...F${n + 1} ... on Query { ...F${n + 1} } }`,
    );
    const bomb = `{ ...F0 } ${doubling.join(" ")} fragment F16 on Query { graphStats { entities } }`;
    expect(() => cost(bomb)).toThrow(/more than 20000 fields/);
    expect(cost("query ($n: Int!) { relations(first: $n) { totalCount } }", { n: "many" })).toBe(1);
  });
});
