import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { belief } from "../../src/core/belief.js";
import { documentCandidates } from "../../src/core/candidate.js";
import { documentText } from "../../src/core/document.js";
import {
  goldEvidence,
  predictionEvidence,
  relationEnds,
  relationId,
  toGoldEvidence,
} from "../../src/core/evidence.js";
import type { Prediction } from "../../src/core/prediction.js";
import { documentSentences } from "../../src/core/sentences.js";
import { aDocument } from "../support/builders.js";

const sentencesOf = (text: string) =>
  documentSentences({ passages: [{ kind: "abstract", offset: 0, text }] }).map(({ start, end }) =>
    text.slice(start, end),
  );

describe("sentences", () => {
  it.each([
    [["IL6 fell by half.", "Nothing else changed."]],
    [["Aspirin vs. placebo was given (Fig. 2).", "S. aureus was absent, e.g. in blood."]],
    [["The dose was 1.5 mg/kg.", "P values below .05 counted."]],
    [["Smith et al. found this.", "We did not."]],
  ])("%j", (sentences) => {
    expect(sentencesOf(sentences.join(" "))).toEqual(sentences);
  });

  it("cover every word of a text, in order, and never cross a passage", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (title, abstract) => {
        const passages = [
          { kind: "title" as const, offset: 0, text: title },
          { kind: "abstract" as const, offset: title.length + 1, text: abstract },
        ];
        const text = documentText({ passages });
        const spans = documentSentences({ passages });
        expect(
          spans
            .map(({ start, end }) => text.slice(start, end))
            .join("")
            .replace(/\s/g, ""),
        ).toBe(text.replace(/\s/g, ""));
        for (const { start, end } of spans)
          expect(start >= title.length + 1 || end <= title.length).toBe(true);
      }),
    );
  });
});

describe("evidence", () => {
  const document = aDocument({ corpus: "biored", year: 1999 });

  it("shows the sentence that names both, with the mentions at their offsets", () => {
    const rows = goldEvidence(document);
    expect(rows).toHaveLength(2);
    const gene = rows.find((row) => row.object.curie === "NCBIGene:3569");
    expect(gene).toMatchObject({
      id: "90010001|MESH:D001241|Negative_Correlation|NCBIGene:3569|biored",
      sentence: "Aspirin lowers IL6 in patients with gout",
      probability: 1,
      sourceKind: "corpus",
      source: "biored",
      year: 1999,
    });
    const text = documentText(document);
    for (const row of rows) {
      expect(text.slice(row.start, row.end)).toBe(row.sentence);
      for (const mention of row.mentions) expect(text.slice(mention.start, mention.end)).toBe(mention.text);
    }
  });

  it("shows the sentence that a model's answer is of, where it says which mentions it read", () => {
    const document = aDocument();
    const [candidate] = documentCandidates(document);
    if (candidate === undefined) throw new Error("a candidate");
    const found = { candidate, type: "Association", probability: 0.9, related: 0.9, probabilities: {} };
    const sentencesFor = (predictions: object[]) =>
      predictionEvidence({ document, predictions: predictions as Prediction[], model: "m@1" }).map(
        ({ sentence, mentions }) => [sentence, ...mentions.map(({ start }) => start)],
      );
    const closest = sentencesFor([found]);
    const readAt = { subject: candidate.subject.mentions[1], object: candidate.object.mentions[1] };
    expect(candidate.subject.curie < candidate.object.curie).toBe(true);
    expect(sentencesFor([{ ...found, readAt }])).toEqual([
      [
        "We gave aspirin to 40 patients with gout. IL6 fell by half.",
        ...[readAt.subject?.start, readAt.object?.start],
      ],
    ]);
    expect(closest).not.toEqual(sentencesFor([{ ...found, readAt }]));
  });

  it("gives no row for a pair that the model holds for unrelated", () => {
    const predictions = documentCandidates(document).map((candidate, index) => ({
      ...{ candidate, type: index === 0 ? "Association" : "None" },
      ...{ probability: 0.9, related: 0.5, probabilities: {} },
    })) as unknown as Prediction[];
    const rows = predictionEvidence({ document, predictions, model: "m@1" });
    expect(predictions.length).toBeGreaterThan(1);
    expect(rows).toMatchObject([{ type: "Association", source: "m@1", sourceKind: "model" }]);
  });

  it("joins neighbouring sentences where no single one names both", () => {
    const split = aDocument({
      title: "A trial",
      abstract: "We gave aspirin. Doses varied. IL6 fell.",
      mentions: [
        { text: "aspirin", type: "Chemical", ids: ["D001241"] },
        { text: "IL6", type: "Gene", ids: ["3569"] },
      ],
      relations: [{ subject: "MESH:D001241", object: "NCBIGene:3569", type: "Association" }],
    });
    expect(goldEvidence(split)[0]?.sentence).toBe("We gave aspirin. Doses varied. IL6 fell.");
  });

  it("has one identifier whichever way round a relation is told", () => {
    expect(relationId("MESH:D2", "MESH:D1", "Association")).toBe(
      relationId("MESH:D1", "MESH:D2", "Association"),
    );
  });

  it("can be told apart into its ends, bars and all", () => {
    const ends = ["MESH:D015458|MESH:D016399", "tmVar:p|SUB|R|175|H"] as const;
    expect(relationEnds(relationId(...ends, "Positive_Correlation"))).toEqual(ends);
    expect(() => relationEnds("MESH:D1|MESH:D2")).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });

  it("leaves out unmentioned entities, an entity with itself, and labels that are not BioRED's", () => {
    const odd = aDocument({
      mentions: [
        { text: "gout", type: "Disease", ids: ["D006073"] },
        { text: "IL6", type: "Gene", ids: ["3569"] },
      ],
      relations: [
        { subject: "MESH:D006073", object: "NCBIGene:3569", type: "CID" },
        { subject: "MESH:D006073", object: "MESH:D006073", type: "Association" },
        { subject: "MESH:D006073", object: "NCBIGene:1", type: "Association" },
      ],
    });
    expect(toGoldEvidence(odd)).toEqual({
      rows: [],
      leftOut: { unnamedEnds: 1, selfPairs: 1, otherTypes: 1 },
    });
  });

  it("is of the paper, and keeps the part that its offsets belong to", () => {
    const part = { ...aDocument({ pmid: "900100011001", corpus: "parts" }), publication: "90010001" };
    for (const row of goldEvidence(part)) {
      expect(row).toMatchObject({ pmid: "90010001", document: "900100011001" });
      expect(documentText(part).slice(row.start, row.end)).toBe(row.sentence);
    }
  });

  it.each(["mesh:d006073", "D006073", " MESH:D006073 ", "MSH:D006073"])("finds an end spelled %j", (end) => {
    const gout = { text: "gout", type: "Disease", ids: ["D006073"] } as const;
    const gene = { text: "IL6", type: "Gene", ids: ["3569"] } as const;
    const relations = [{ subject: end, object: "3569", type: "Association" }];
    expect(goldEvidence(aDocument({ mentions: [gout, gene], relations }))).toMatchObject([
      { subject: { curie: "MESH:D006073" }, object: { curie: "NCBIGene:3569" } },
    ]);
    // A number that two mentions give different meanings settles nothing.
    const species = { text: "patients", type: "Species", ids: ["3569"] } as const;
    const { leftOut } = toGoldEvidence(aDocument({ mentions: [gout, gene, species], relations }));
    expect(leftOut).toMatchObject({ unnamedEnds: 1 });
  });

  it("has one row for an entity that is mentioned in two roles, the surer of the model's answers", () => {
    const document = aDocument({
      title: "A trial",
      abstract: "Insulin falls in gout. The gene insulin is not read.",
      mentions: [
        { text: "Insulin", type: "Chemical", ids: ["MESH:D007328"] },
        { text: "insulin", type: "Gene", ids: ["MESH:D007328"] },
        { text: "gout", type: "Disease", ids: ["D006073"] },
      ],
      relations: [{ subject: "MESH:D007328", object: "MESH:D006073", type: "Association" }],
    });
    const predictions = documentCandidates(document).map((candidate, index) => ({
      candidate,
      type: "Association",
      probability: 0.6 + index / 10,
      related: 0.9,
      probabilities: {},
    }));
    expect(predictions).toHaveLength(2);
    const rows = predictionEvidence({
      document,
      predictions: predictions as unknown as Prediction[],
      model: "m",
    });
    expect(rows.map(({ probability }) => probability)).toEqual([0.7]);
    const [gold] = goldEvidence(document);
    expect(gold?.sentence).toBe("Insulin falls in gout.");
    expect(gold?.object).toMatchObject({ type: "Chemical", names: ["Insulin", "insulin"] });
  });

  it("tells apart what a model found in two corpora's annotations of one paper", () => {
    const ids = ["one", "other", undefined].map((corpus) => {
      const document = aDocument(corpus === undefined ? {} : { corpus });
      const [candidate] = documentCandidates(document);
      const prediction = {
        candidate,
        type: "Association",
        probability: 0.9,
        related: 0.9,
        probabilities: {},
      };
      return predictionEvidence({
        document,
        predictions: [prediction as unknown as Prediction],
        model: "m",
      })[0]?.id;
    });
    expect(new Set(ids).size).toBe(3);
  });
});

describe("belief", () => {
  const row = { pmid: "1", probability: 0.5, sourceKind: "model", retracted: false, negated: false } as const;

  it("counts papers, not repeats", () => {
    expect(belief([row, row, { ...row, probability: 0.2 }])).toBeCloseTo(0.45);
    expect(belief([row, { ...row, pmid: "2" }])).toBeCloseTo(1 - 0.55 ** 2);
  });

  it("counts nothing of retracted papers and negated rows", () => {
    expect(belief([{ ...row, retracted: true }])).toBe(0);
    expect(belief([{ ...row, negated: true }, row])).toBeCloseTo(0.45);
  });

  it("stays within 0 and 1, grows with evidence, and does not depend on order", () => {
    const rows = fc.array(
      fc.record({
        pmid: fc.constantFrom("1", "2", "3", "4"),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
        sourceKind: fc.constantFrom("model" as const, "corpus" as const, "pubtator3" as const),
        retracted: fc.boolean(),
        negated: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(rows, (all) => {
        const value = belief(all);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(belief([...all].reverse())).toBe(value);
        expect(belief([...all, row])).toBeGreaterThanOrEqual(value);
      }),
    );
  });
});
