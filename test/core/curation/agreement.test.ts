/** Cohen's kappa of every two curators. */
import { describe, expect, it } from "vitest";
import { curatorAgreements, type JudgedClaim } from "../../../src/core/curation/agreement.js";

const claims = (type: JudgedClaim["type"], one: string, other: string, times: number): JudgedClaim[] =>
  Array.from({ length: times }, () => ({
    type,
    said: [
      { curator: "bob", word: other },
      { curator: "ada", word: one },
    ],
  }));

describe("curators' agreement", () => {
  it("is Cohen's kappa, as the textbook's table of 50 grant proposals has it", () => {
    const [all] = curatorAgreements([
      ...claims("Bind", "yes", "yes", 20),
      ...claims("Bind", "yes", "no", 5),
      ...claims("Bind", "no", "yes", 10),
      ...claims("Bind", "no", "no", 15),
    ]);
    expect(all).toMatchObject({ curators: ["ada", "bob"], type: null, claims: 50, agreed: 0.7 });
    expect(all?.expected).toBeCloseTo(0.5, 12);
    expect(all?.kappa).toBeCloseTo(0.4, 12);
  });

  it("is told by type too, of every two, and is null where both say one and the same", () => {
    const found = curatorAgreements([
      ...claims("Bind", "accept", "accept", 2),
      ...claims("Association", "accept", "reject", 1),
      { type: "Bind", said: ["ada", "bob", "eve"].map((curator) => ({ curator, word: "reject" })) },
    ]);
    expect(found.map(({ curators, type, claims: both }) => [curators.join("+"), type, both])).toEqual([
      ["ada+bob", null, 4],
      ["ada+bob", "Bind", 3],
      ["ada+bob", "Association", 1],
      ["ada+eve", null, 1],
      ["ada+eve", "Bind", 1],
      ["bob+eve", null, 1],
      ["bob+eve", "Bind", 1],
    ]);
    expect(found[1]?.kappa).toBe(1);
    expect(found[2]).toMatchObject({ agreed: 0, expected: 0, kappa: 0 });
    expect(found[3]?.kappa).toBeNull();
  });
});
