/** How corpora are scored, which of their pairs are asked, and that a model is asked nothing else. */
import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { corpusByName } from "../../../ingest/corpora/reading-corpora.js";
import { documentCandidates } from "../../../src/core/candidate.js";
import { askedPairs, scoringRule } from "../../../src/lab/evaluation/scoring-rule.js";
import { loadReleasedModel } from "../../../src/model/released-model.js";
import { aDocument } from "../../support/builders.js";
import { writeTinyModel } from "../../support/tiny/tiny-model.js";

const DOCUMENT = aDocument({
  title: "Aspirin and IL6.",
  abstract: "Ibuprofen acts on TP53. Gout went away.",
  mentions: [
    { text: "Aspirin", type: "Chemical", ids: ["D001241"] },
    { text: "IL6", type: "Gene", ids: ["3569"] },
    { text: "Ibuprofen", type: "Chemical", ids: ["D007052"] },
    { text: "TP53", type: "Gene", ids: ["7157"] },
    { text: "Gout", type: "Disease", ids: ["D006073"] },
  ],
});
const asked = (name: string) =>
  documentCandidates(DOCUMENT)
    .filter((candidate) => askedPairs(corpusByName(name))(candidate, DOCUMENT))
    .map(({ subject, object }) => `${subject.mentions[0]?.text} ${object.mentions[0]?.text}`);

describe("scoring rules", () => {
  it("a predicted type counts where the corpus has a label for it, and any type where its labels mean one", () => {
    const counted = (name: string) =>
      ["Association", "Positive_Correlation", "Bind"].map((type) =>
        scoringRule(corpusByName(name)).typeOf(type),
      );
    expect(counted("biored")).toEqual(["Association", "Positive_Correlation", "Bind"]);
    expect(scoringRule(corpusByName("biored-bc8"))).toBe(scoringRule(corpusByName("biored")));
    expect(counted("bc5cdr")).toEqual([undefined, "Positive_Correlation", undefined]);
    expect(counted("drugprot")).toEqual(["Association", "Positive_Correlation", undefined]);
    expect(counted("aimed")).toEqual(["Association", "Association", "Association"]);
  });

  it("a corpus asks about its own pair types, within sentences where it judges within sentences", () => {
    expect(asked("bc5cdr")).toEqual(["Aspirin Gout", "Ibuprofen Gout"]);
    expect(asked("drugprot")).toEqual(["Aspirin IL6", "Ibuprofen TP53"]);
    expect(asked("biored")).toHaveLength(documentCandidates(DOCUMENT).length);
  });

  it("a model answers for the pairs that are asked, and as it would among all of them", async () => {
    const folder = await writeTinyModel();
    const wants = askedPairs(corpusByName("drugprot"));
    const [some, all] = [
      await loadReleasedModel(folder, { wants, engine: "onnx-fp32" }),
      await loadReleasedModel(folder, { engine: "onnx-fp32" }),
    ];
    const few = (await some.predict(DOCUMENT)).predictions;
    const every = (await all.predict(DOCUMENT)).predictions;
    expect(few).toHaveLength(2);
    for (const { candidate, related } of few) {
      const same = every.find(
        (one) =>
          one.candidate.subject.curie === candidate.subject.curie &&
          one.candidate.object.curie === candidate.object.curie,
      );
      expect(related).toBeCloseTo(same?.related ?? -1, 5);
    }
    for (const classifier of [some, all]) await classifier.dispose();
    rmSync(folder, { recursive: true });
  });
});
