/** The five adjustments, each alone, on documents of our own. */
import { describe, expect, it } from "vitest";
import {
  aDraft,
  type Draft,
  inputStep,
  negativesStep,
  spansStep,
  tagsStep,
  typesStep,
} from "../../../ingest/corpora/adjustment-steps.js";
import { adjusted } from "../../../ingest/corpora/adjustments.js";
import { aDocument, type DocumentParts } from "../../support/builders.js";

// Two sentences: aspirin and IL6 share the first, gout stands alone in the second.
const PARTS: DocumentParts = {
  title: "A study",
  abstract: "We saw aspirin lower IL6 in rats. The rats had no gout afterwards.",
  mentions: [
    { text: "aspirin", type: "Chemical", ids: ["D001241"] },
    { text: "IL6", type: "Gene", ids: ["3569"] },
    { text: "gout", type: "Disease", ids: ["D006073"] },
  ],
};
const ASPIRIN = "MESH:D001241";
const IL6 = "NCBIGene:3569";
const GOUT = "MESH:D006073";

function draft(...relations: readonly [string, string, string][]): Draft {
  const document = aDocument({
    ...PARTS,
    relations: relations.map(([subject, object, type]) => ({ subject, object, type })),
  });
  return aDraft(document);
}

const relate = ({ document }: Draft) => document.relations.map(({ subject, object }) => [subject, object]);

describe("spans", () => {
  const before = draft(
    [ASPIRIN, IL6, "Association"],
    [ASPIRIN, GOUT, "Association"],
    [ASPIRIN, "NCBIGene:1", "Association"],
  );

  it("a1 keeps every relation", () => {
    expect(spansStep("a1")(before)).toEqual(before);
  });

  it("a2 keeps those with both ends in the text", () => {
    const after = spansStep("a2")(before);
    expect(relate(after)).toEqual([
      [ASPIRIN, IL6],
      [ASPIRIN, GOUT],
    ]);
    expect(after.rejected).toEqual(["an end is not named in the text"]);
  });

  it("a3 keeps those with both ends in one sentence", () => {
    const after = spansStep("a3")(before);
    expect(relate(after)).toEqual([[ASPIRIN, IL6]]);
    expect(after.rejected).toEqual(["its ends share no sentence", "an end is not named in the text"]);
  });
});

describe("types", () => {
  it("d1 maps each label, d2 makes each known one Association, and an unknown one is refused", () => {
    const before = draft([ASPIRIN, IL6, "INHIBITOR"]);
    const labels = { INHIBITOR: "Negative_Correlation" };
    expect(typesStep("d1", labels)(before).document.relations[0]?.type).toBe("Negative_Correlation");
    expect(typesStep("d2", labels)(before).document.relations[0]?.type).toBe("Association");
    expect(() => typesStep("d1", {})(before)).toThrow(/90010001.*no label "INHIBITOR"/);
  });
});

describe("input", () => {
  const before = draft([ASPIRIN, IL6, "Bind"], [ASPIRIN, IL6, "Association"], [IL6, IL6, "Bind"]);

  it("b1 pairs the whole document, with the first label of each pair", () => {
    const after = inputStep("b1", ["C-G", "C-D"])(before);
    expect(after.pairs).toEqual([
      { subject: ASPIRIN, object: IL6, pairType: "C-G", class: "Bind" },
      { subject: ASPIRIN, object: GOUT, pairType: "C-D" },
    ]);
    expect(after.rejected).toEqual(["its pair has a label already", "it relates an entity to itself"]);
  });

  it("b2 pairs what shares a sentence and says which", () => {
    const { pairs, document } = inputStep("b2", ["C-G", "C-D"])(before);
    expect(pairs).toHaveLength(1);
    const [sentence] = pairs[0]?.sentences ?? [];
    const text = document.passages[1]?.text.slice((sentence?.start ?? 0) - 8, (sentence?.end ?? 0) - 8);
    expect(text).toBe("We saw aspirin lower IL6 in rats.");
  });
});

describe("negatives", () => {
  const before = inputStep("b1", ["C-G", "C-D"])(draft([ASPIRIN, IL6, "Bind"]));

  it("c1 and c2 give the class, c3 leaves the pair out", () => {
    const classes = (after: Draft) => after.pairs.map((pair) => pair.class);
    expect(classes(negativesStep("c1", "None-CID")(before))).toEqual(["Bind", "None-CID"]);
    expect(classes(negativesStep("c3", "None")(before))).toEqual(["Bind"]);
  });
});

describe("tags", () => {
  it("e1 marks entities as the corpus's own, e2 as BioRED's", () => {
    const before = draft();
    expect(tagsStep("e1", "DrugProt")(before).markers).toBe("DrugProt");
    expect(tagsStep("e2", "DrugProt")(before).markers).toBe("BioRED");
  });
});

describe("adjusted", () => {
  it("works out the training task from the codes", () => {
    const own = adjusted({ spans: "a1", input: "b2", negatives: "c1", types: "d1", tags: "e1" }, "None-BC7");
    expect(own).toMatchObject({ scope: "sentence", ownMarkers: true, noneClass: "None-BC7" });
    const shared = adjusted({ spans: "a2", input: "b1", negatives: "c3", types: "d2", tags: "e2" });
    expect(shared).toMatchObject({
      scope: "document",
      ownMarkers: false,
      noneClass: "None",
      positivesOnly: true,
    });
  });
});
