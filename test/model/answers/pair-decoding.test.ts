import { describe, expect, it } from "vitest";
import { BIOREX_LABELS, bioredClass } from "../../../src/core/biorex/compat-labels.js";
import { documentCandidates } from "../../../src/core/candidate.js";
import { pairDecoder } from "../../../src/model/answers/pair-decoding.js";
import { classifierLabels } from "../../../src/model/answers/pair-labels.js";
import { aDocument } from "../../support/builders.js";

const candidates = documentCandidates(aDocument());
function candidateOf(pairType: string) {
  const found = candidates.find((candidate) => candidate.pairType === pairType);
  if (found === undefined) throw new Error(`no ${pairType}`);
  return found;
}
const logitsOf = (values: Readonly<Record<string, number>>) =>
  Float32Array.from(BIOREX_LABELS, (label) => values[label] ?? -20);

describe("the original tool's labels", () => {
  it("are 46, each once", () => {
    expect(new Set(BIOREX_LABELS).size).toBe(46);
    expect(BIOREX_LABELS.indexOf("AIMED-Association")).toBe(40);
    expect(BIOREX_LABELS.at(-1)).toBe("Non_conversion");
  });

  it.each([
    ["Bind", "Bind"],
    ["None-PHARMGKB", "None"],
    ["CID", "Positive_Correlation"],
    ["AGONIST-INHIBITOR", "Negative_Correlation"],
    ["SUBSTRATE", "Association"],
    ["HPRD-Association", "Association"],
    ["mechanism", "Association"],
  ])("%s is %s", (label, type) => {
    expect(bioredClass(label)).toBe(type);
  });

  it("hold for outputs that are only numbered, one more or less included", () => {
    const numbered = (count: number) => Array.from({ length: count }, (_, id) => `LABEL_${id}`);
    expect(classifierLabels(numbered(46))).toEqual(BIOREX_LABELS);
    expect(classifierLabels(numbered(45))).toEqual(BIOREX_LABELS.slice(0, 45));
    expect(classifierLabels(numbered(47)).map(bioredClass)).toEqual([
      ...BIOREX_LABELS.map(bioredClass),
      "None",
    ]);
    expect(classifierLabels(["None", "CID"])).toEqual(["None", "CID"]);
    expect(() => classifierLabels(numbered(9))).toThrow(/9 labels/);
  });
});

describe("decoding without calibration", () => {
  const decode = pairDecoder(BIOREX_LABELS, {});

  it("takes the strongest label, though others together are stronger", () => {
    const logits = logitsOf({ None: 1, Association: 0.8, Bind: 0.8, Negative_Correlation: 0.8 });
    expect(decode(candidateOf("C-G"), logits)).toMatchObject({ type: "None" });
    const split = logitsOf({ None: 1, "None-CID": 1, "None-DDI": 1, Association: 1.1 });
    const { type, related, probability } = decode(candidateOf("C-G"), split);
    expect(type).toBe("Association");
    expect(related).toBeLessThan(0.5);
    expect(probability).toBeCloseTo(related, 6);
  });

  it("makes a type that the pair may not carry Association", () => {
    expect(decode(candidateOf("C-D"), logitsOf({ Bind: 3 })).type).toBe("Association");
    expect(decode(candidateOf("C-G"), logitsOf({ Bind: 3 })).type).toBe("Bind");
    expect(decode(candidateOf("C-D"), logitsOf({ ANTAGONIST: 3 })).type).toBe("Negative_Correlation");
  });
});

describe("decoding with calibration", () => {
  it("takes the threshold's word", () => {
    const decode = pairDecoder(BIOREX_LABELS, { temperature: 1, threshold: 0.5 });
    const logits = logitsOf({ None: 1, Association: 0.8, Bind: 0.8, Negative_Correlation: 0.8 });
    expect(decode(candidateOf("C-G"), logits)).toMatchObject({ type: "Association" });
  });
});
