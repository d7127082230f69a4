/**
 * What is checked before the graph is asked: depth, cursors, ids, and what a failure shows.
 */
import { buildSchema, GraphQLError } from "graphql";
import { describe, expect, it } from "vitest";
import { pageRequest } from "../../src/api/platform/connection.js";
import { toFault } from "../../src/api/platform/fault.js";
import { keyOf, parseGlobalId, toGlobalId } from "../../src/api/platform/global-id.js";
import { checkedDocument } from "../../src/api/server/limits/document-rules.js";
import { BioWeftError } from "../../src/core/errors.js";

describe("checkedDocument", () => {
  const schema = buildSchema("type Query { a: Query, b: Int }");
  const errors = (text: string) => {
    const checked = checkedDocument(text, schema, { introspection: true });
    return "kind" in checked ? [] : checked.map(({ message }) => message);
  };
  const nested = (levels: number) => `${"a { ".repeat(levels - 1)}b${" }".repeat(levels - 1)}`;

  it.each([
    ["as deep as may be", `{ ${nested(15)} }`, true],
    ["one deeper", `{ ${nested(16)} }`, false],
    ["one deeper by a fragment", `{ a { ...F } } fragment F on Query { ${nested(15)} }`, false],
    ["as deep by a fragment", `{ a { ...F } } fragment F on Query { ${nested(14)} }`, true],
    ["one deeper inline", `{ ... on Query { ${nested(16)} } }`, false],
    [
      "the schema's own description",
      "{ __schema { types { fields { type { ofType { ofType { name } } } } } } }",
      true,
    ],
    ["50 aliases", `{ ${Array.from({ length: 50 }, (_, n) => `x${n}: b`)} }`, true],
    ["51 aliases", `{ ${Array.from({ length: 51 }, (_, n) => `x${n}: b`)} }`, false],
    ["51 directives", `{ b ${"@include(if: true) ".repeat(51)} }`, false],
    ["2,001 words", `{ ${"b ".repeat(2_001)} }`, false],
  ])("%s: %3$s", (_what, text, allowed) => {
    expect(errors(text).length === 0).toBe(allowed);
  });

  it("ends soon on fragments that spread each other, and on those that double at each level", () => {
    const began = performance.now();
    expect(errors("{ ...F } fragment F on Query { a { ...G } } fragment G on Query { ...F }")).not.toEqual(
      [],
    );
    const doubling = Array.from(
      { length: 13 },
      (_, n) => `fragment F${n} on Query { a { ...F${n + 1} ...F${n + 1} } }`,
    );
    errors(`{ ...F0 } ${doubling.join(" ")} fragment F13 on Query { b }`);
    errors(`{ ${"b ".repeat(1_900)} }`);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});

describe("pageRequest", () => {
  it("asks for one row more than is shown, and for at most 100", () => {
    expect(pageRequest({ first: 25 }, 2)).toMatchObject({ limit: 26, after: null });
    expect(pageRequest({ first: 5000 }, 2).limit).toBe(101);
  });

  it.each([
    "",
    "rubbish",
    Buffer.from("[1]").toString("base64url"),
    Buffer.from("[1,null]").toString("base64url"),
  ])("refuses %j as a cursor", (after) => {
    expect(() => pageRequest({ first: 1, after }, 2)).toThrow(/not a cursor/);
  });
});

describe("global ids", () => {
  it("come back as they were", () => {
    const id = toGlobalId("Relation", "MESH:D1|Bind|NCBIGene:7");
    expect(parseGlobalId(id)).toEqual({ type: "Relation", key: "MESH:D1|Bind|NCBIGene:7" });
  });

  it("are refused where they are none, or of another type", () => {
    expect(() => parseGlobalId("rubbish")).toThrow(/not an id/);
    expect(() => keyOf("Relation", toGlobalId("Entity", "MESH:D1"))).toThrow(/id of a Entity/);
  });
});

describe("toFault", () => {
  const wrapped = (cause: Error) =>
    new GraphQLError(cause.message, { path: ["entity"], originalError: cause });

  it("tells a client's mistakes and an upstream's failures, with whether to retry", () => {
    expect(toFault(wrapped(new BioWeftError("RATE_LIMITED", "slow down")), "r1")).toEqual({
      message: "slow down",
      path: ["entity"],
      extensions: { code: "RATE_LIMITED", retryable: true, requestId: "r1" },
    });
    expect(toFault(wrapped(new BioWeftError("BAD_INPUT", "no")), "r1").extensions).toMatchObject({
      code: "BAD_USER_INPUT",
      retryable: false,
    });
  });

  it.each([
    [new BioWeftError("MODEL", "its process has ended", { retryable: true }), true],
    [new BioWeftError("MODEL", "no such checkpoint"), false],
    [new BioWeftError("DATABASE", "it does not answer"), true],
    [new BioWeftError("TIMEOUT", "never in time", { retryable: false }), false],
    [new TypeError("a fault of ours"), false],
  ])("says of %s by the fault itself whether to retry: %s", (fault, retryable) => {
    expect(toFault(wrapped(fault), "r3").extensions).toMatchObject({ retryable });
  });

  it.each([new BioWeftError("DATABASE", "secret of bolt://10.0.0.1"), new TypeError("secret")])(
    "masks %s",
    (fault) => {
      const shown = toFault(wrapped(fault), "r2");
      expect(shown.message).not.toContain("secret");
      expect(shown.message).toContain("r2");
      expect(shown.extensions?.["code"]).toBe("INTERNAL_SERVER_ERROR");
    },
  );
});
