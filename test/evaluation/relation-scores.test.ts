import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RELATION_TYPES } from "../../src/core/relation-types.js";
import { bootstrapIntervals } from "../../src/evaluation/bootstrap.js";
import {
  BIORED_RULE,
  countByGroup,
  countRelations,
  pairTypes,
  scoreRelations,
} from "../../src/evaluation/relation-scores.js";
import { aDocument, type MentionWords } from "../support/builders.js";

const ASPIRIN = "MESH:D001241";
const IL6 = "NCBIGene:3569";
const GOUT = "MESH:D006073";
const VARIANT = "tmVar:p|SUB|R|175|H";
const TP53 = "NCBIGene:7157";

const ENTITIES: readonly MentionWords[] = [
  { text: "aspirin", type: "Chemical", ids: ["D001241"] },
  { text: "ibuprofen", type: "Chemical", ids: ["D007052"] },
  { text: "gout", type: "Disease", ids: ["D006073"] },
  { text: "fever", type: "Disease", ids: ["D005334"] },
  { text: "TP53", type: "Gene", ids: ["7157"] },
  { text: "IL6", type: "Gene", ids: ["3569"] },
  { text: "R175H", type: "Variant", ids: ["p|SUB|R|175|H"] },
  { text: "mice", type: "Species", ids: ["10090"] },
];
const anyEntity = fc.constantFrom(...ENTITIES);
const aRelation = fc
  .tuple(anyEntity, anyEntity, fc.constantFrom(...RELATION_TYPES.slice(0, 3), "CID"))
  .map(([one, other, type]) => {
    const curie = (words: MentionWords) =>
      aDocument({ title: words.text, mentions: [words] }).mentions[0]?.ids[0] ?? "";
    return { subject: curie(one), object: curie(other), type };
  });
/** A document that names some of the entities, with gold and predicted relations among all of them. */
const anAnswer = fc
  .tuple(fc.subarray([...ENTITIES], { minLength: 1 }), fc.array(aRelation), fc.array(aRelation))
  .map(([mentions, gold, relations]) => ({
    document: aDocument({
      title: mentions.map(({ text }) => text).join(" "),
      abstract: null,
      mentions,
      relations: gold,
    }),
    relations,
  }));

/** The official scorer's rules, read anew: sets of sorted pairs with a type, types of ends looked up by identifier. */
function officialCounts(
  answers: readonly {
    document: ReturnType<typeof aDocument>;
    relations: readonly { subject: string; object: string; type: string }[];
  }[],
  toBinary: boolean,
): number[] {
  const five = ["Chemical|Chemical", "Chemical|Disease", "Chemical|Gene", "Disease|Gene", "Gene|Gene"];
  const total = [0, 0, 0];
  for (const { document, relations } of answers) {
    const typeOfId: Record<string, string> = {};
    for (const mention of document.mentions) for (const id of mention.ids) typeOfId[id] = mention.type;
    const asSet = (list: readonly { subject: string; object: string; type: string }[]) => {
      const set = new Set<string>();
      for (const { subject, object, type } of list) {
        const ends = [String(typeOfId[subject]), String(typeOfId[object])].sort().join("|");
        if (!five.includes(ends)) continue;
        set.add(JSON.stringify([...[subject, object].sort(), toBinary ? "Association" : type]));
      }
      return set;
    };
    const [gold, predicted] = [asSet(document.relations), asSet(relations)];
    const hits = [...gold].filter((one) => predicted.has(one)).length;
    for (const [index, count] of [hits, predicted.size, gold.size].entries())
      total[index] = (total[index] ?? 0) + count;
  }
  return total;
}

describe("scoring", () => {
  it("counts pairs without order and types with it", () => {
    const relations = [
      { subject: IL6, object: ASPIRIN, type: "Association" },
      { subject: ASPIRIN, object: GOUT, type: "Negative_Correlation" },
      { subject: IL6, object: GOUT, type: "Association" },
    ];
    const { pair, typed } = scoreRelations([{ document: aDocument(), relations }]);
    expect(pair).toMatchObject({ truePositives: 2, predicted: 3, gold: 2, recall: 1 });
    expect(pair.f1).toBeCloseTo(0.8);
    expect(typed).toMatchObject({ truePositives: 1, predicted: 3, gold: 2 });
  });

  it("does not look at variants or the same relation twice; a relation of a gene with itself counts as the scorer has it", () => {
    const variant = aDocument().mentions.find((mention) => mention.type === "Variant")?.ids[0] ?? VARIANT;
    const relations = [
      { subject: variant, object: GOUT, type: "Association" },
      { subject: ASPIRIN, object: ASPIRIN, type: "Association" },
      { subject: GOUT, object: GOUT, type: "Association" },
      { subject: ASPIRIN, object: GOUT, type: "Negative_Correlation" },
      { subject: GOUT, object: ASPIRIN, type: "Negative_Correlation" },
    ];
    const { typed } = scoreRelations([{ document: aDocument(), relations }]);
    expect(typed).toMatchObject({ truePositives: 1, predicted: 2, gold: 2 });
  });

  it("counts as an independent reading of the official rules does, on any document", () => {
    fc.assert(
      fc.property(fc.array(anAnswer, { maxLength: 4 }), (answers) => {
        const { pair, typed } = scoreRelations(answers);
        expect([pair.truePositives, pair.predicted, pair.gold]).toEqual(officialCounts(answers, true));
        expect([typed.truePositives, typed.predicted, typed.gold]).toEqual(officialCounts(answers, false));
      }),
    );
  });

  it("groups add up to the whole, by pair type as by anything that looks at the pair alone", () => {
    fc.assert(
      fc.property(anAnswer, (answer) => {
        const whole = countRelations(answer);
        const groups = [...countByGroup(answer, pairTypes(answer.document, false)).values()];
        const sum = (of: (counts: (typeof groups)[number]) => number) =>
          groups.reduce((total, counts) => total + of(counts), 0);
        expect(sum(({ pair }) => pair.truePositives)).toBe(whole.pair.truePositives);
        expect(sum(({ typed }) => typed.predicted)).toBe(whole.typed.predicted);
        expect(sum(({ typed }) => typed.gold)).toBe(whole.typed.gold);
      }),
    );
  });

  it("another corpus's rule: its pair types, its sentences, its labels", () => {
    const document = aDocument({
      title: "Aspirin and IL6.",
      abstract: "Gout is not named with TP53. Aspirin binds TP53.",
      mentions: [
        { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
        { text: "IL6", type: "Gene", ids: ["3569"] },
        { text: "Gout", type: "Disease", ids: ["D006073"] },
        { text: "TP53", type: "Gene", ids: ["7157"] },
      ],
      relations: [{ subject: ASPIRIN, object: IL6, type: "Association" }],
    });
    const relations = [
      { subject: ASPIRIN, object: IL6, type: "Bind" },
      { subject: ASPIRIN, object: TP53, type: "Association" },
      { subject: TP53, object: GOUT, type: "Association" },
    ];
    const rule = { ...BIORED_RULE, pairTypes: ["C-G"] as const, scope: "sentence" as const };
    const scores = scoreRelations([{ document, relations }], rule);
    expect(scores.pair).toMatchObject({ truePositives: 1, predicted: 1, gold: 1 });
    expect(scores.typed).toMatchObject({ truePositives: 0, predicted: 1, gold: 1 });
    const detection = { ...rule, typeOf: () => "Association" };
    expect(scoreRelations([{ document, relations }], detection).typed.f1).toBe(1);
    const own = { ...rule, typeOf: (type: string) => (type === "Association" ? type : undefined) };
    expect(scoreRelations([{ document, relations }], own).typed).toMatchObject({ predicted: 0, gold: 1 });
  });
});

describe("bootstrap", () => {
  const counts = (truePositives: number, predicted: number, gold: number) => ({
    truePositives,
    predicted,
    gold,
  });

  it("holds the score, is the same every time, and narrows with more documents", () => {
    const few = Array.from({ length: 20 }, (_, index) => counts(index % 5, 5, 6));
    const many = Array.from({ length: 20 }, () => few).flat();
    const [narrow, wide] = [bootstrapIntervals(many), bootstrapIntervals(few)];
    expect(bootstrapIntervals(few)).toEqual(wide);
    const width = (interval: readonly [number, number] | undefined) =>
      (interval?.[1] ?? 0) - (interval?.[0] ?? 0);
    expect(wide?.f1[0]).toBeLessThan(4 / 11);
    expect(wide?.f1[1]).toBeGreaterThan(4 / 11);
    expect(width(wide?.f1) / width(narrow?.f1)).toBeGreaterThan(3);
  });

  it("documents that are all alike leave nothing to chance; one document says nothing of others", () => {
    const alike = Array.from({ length: 10 }, () => counts(2, 4, 8));
    expect(bootstrapIntervals(alike)).toMatchObject({ precision: [0.5, 0.5], recall: [0.25, 0.25] });
    expect(bootstrapIntervals([counts(1, 1, 1)])).toBeUndefined();
  });
});
