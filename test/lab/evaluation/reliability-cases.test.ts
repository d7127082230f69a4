import { expect, test } from "vitest";
import { reliabilityCases } from "../../../src/lab/evaluation/reliability-cases.js";

test("what is stated of a pair, of the answer about it and of a relation, each with whether it is right", () => {
  const stated = [
    { type: "Association", probability: 0.6, related: 0.9 },
    { type: "Bind", probability: 0.5, related: 0.8 },
    { type: "None", probability: 0.75, related: 0.25 },
    { type: "None", probability: 0.7, related: 0.3 },
  ] as const;
  expect(reliabilityCases(stated, ["Association", "Association", "None", "Bind"])).toEqual({
    related: [
      { probability: 0.9, right: true },
      { probability: 0.8, right: true },
      { probability: 0.25, right: false },
      { probability: 0.3, right: true },
    ],
    answer: [
      { probability: 0.6, right: true },
      { probability: 0.5, right: false },
      { probability: 0.75, right: true },
      { probability: 0.7, right: false },
    ],
    type: [
      { probability: 0.6, right: true },
      { probability: 0.5, right: false },
    ],
  });
});
