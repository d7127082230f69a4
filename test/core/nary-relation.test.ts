/** Relations of many entities as pairs and back. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { GoldRelation, NaryRelation } from "../../src/core/document.js";
import { toNaryRelations, toPairRelations } from "../../src/core/nary-relation.js";

const comparable = (relations: readonly NaryRelation[]) =>
  relations.map(({ ids, type }) => `${type} ${ids.toSorted().join(" ")}`).toSorted();

describe("toPairRelations and toNaryRelations", () => {
  it("three drugs are three pairs; a pair that two relations of a type share comes once", () => {
    const pairs = toPairRelations([
      { ids: ["a", "b", "c"], type: "POS" },
      { ids: ["b", "a"], type: "POS" },
      { ids: ["a", "b"], type: "NEG" },
    ]);
    expect(pairs.map(({ subject, object, type }) => `${subject}${object} ${type}`)).toEqual([
      "ab POS",
      "ac POS",
      "bc POS",
      "ab NEG",
    ]);
  });

  it("keeps overlapping combinations apart, and types too", () => {
    const relations = [
      { ids: ["a", "b", "c"], type: "POS" },
      { ids: ["c", "d"], type: "POS" },
      { ids: ["a", "d"], type: "COMB" },
    ];
    expect(comparable(toNaryRelations(toPairRelations(relations)))).toEqual(comparable(relations));
  });

  it("four pairs in a ring are no combination of four", () => {
    const ring = ["ab", "bc", "cd", "da"].map(([subject = "", object = ""]) => ({
      subject,
      object,
      type: "POS",
    }));
    expect(comparable(toNaryRelations(ring))).toEqual(["POS a b", "POS a d", "POS b c", "POS c d"]);
    expect(toNaryRelations([{ subject: "a", object: "a", type: "POS" }])).toEqual([]);
  });

  it("whatever the pairs: the rebuilt relations have just these pairs, and none lies within another", () => {
    const id = fc.constantFrom(..."abcdefg");
    const pair = fc.record({ subject: id, object: id, type: fc.constantFrom("POS", "COMB") });
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 25 }), (pairs) => {
        const rebuilt = toNaryRelations(pairs);
        const keys = (all: readonly GoldRelation[]) =>
          [
            ...new Set(
              all
                .filter(({ subject, object }) => subject !== object)
                .map((one) => `${[one.subject, one.object].toSorted().join("")} ${one.type}`),
            ),
          ].toSorted();
        expect(keys(toPairRelations(rebuilt))).toEqual(keys(pairs));
        for (const one of rebuilt) {
          const holders = rebuilt.filter(
            (other) => other.type === one.type && one.ids.every((member) => other.ids.includes(member)),
          );
          expect(holders).toEqual([one]);
        }
      }),
    );
  });
});
