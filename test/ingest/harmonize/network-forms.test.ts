import { describe, expect, it } from "vitest";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { networkForms } from "../../../ingest/harmonize/network-forms.js";
import { BIORED_FORM } from "../../../src/core/biorex/compat-form.js";

const forms = networkForms(CORPORA);

describe("how the original tool's network was taught each corpus", () => {
  it("is BioRED's form for BioRED, and none for a corpus that the tool does not know", () => {
    expect(forms.get("biored")).toMatchObject(BIORED_FORM);
    expect(forms.has("chemprot")).toBe(false);
  });

  it.each([
    ["emu", "Litcoin", "DiseaseOrPhenotypicFeature"],
    ["disgenet", "Litcoin", "DiseaseOrPhenotypicFeature"],
    ["aimed", "AIMED", "DiseaseOrPhenotypicFeature"],
    ["bc5cdr", "CID", "Disease"],
  ])("has the names of the joined training set, not of the rows: %s", (name, tag, disease) => {
    expect(forms.get(name)).toMatchObject({ tag, typeNames: { Disease: disease } });
  });

  it("shows a sentence where the tool read each sentence as a document", () => {
    const bodies = ["ddi2013", "aimed", "hprd50", "drugprot", "bc5cdr"].map((name) => forms.get(name)?.body);
    expect(bodies).toEqual(["sentence", "sentence", "sentence", "sentence", "document"]);
  });
});
