/**
 * The labels of the original BioREx tool's classifier in the order of its outputs, and what each says in BioRED's
 * terms. Source: the tool's label list, and the corpora's mapping to BioRED in Lai et al. 2023.
 */
import { isRelationType, type RelationType } from "../relation-types.js";

/** The tool's labels in the order of its outputs. */
export const BIOREX_LABELS: readonly string[] = [
  ...["None", "Association", "Bind", "Comparison", "Conversion", "Cotreatment", "Drug_Interaction"],
  ...["Negative_Correlation", "Positive_Correlation", "None-CID", "CID", "None-PPIm", "PPIm", "None-AIMED"],
  ...["None-DDI", "None-BC7", "None-phargkb", "None-GDA", "None-DISGENET", "None-EMU_BC", "None-EMU_PC"],
  ...["None-HPRD50", "None-PHARMGKB", "ACTIVATOR", "AGONIST", "AGONIST-ACTIVATOR", "AGONIST-INHIBITOR"],
  ...["ANTAGONIST", "DIRECT-REGULATOR", "INDIRECT-DOWNREGULATOR", "INDIRECT-UPREGULATOR", "INHIBITOR"],
  ...["PART-OF", "PRODUCT-OF", "SUBSTRATE", "SUBSTRATE_PRODUCT-OF", "mechanism", "int", "effect", "advise"],
  ...["AIMED-Association", "HPRD-Association", "EUADR-Association", "None-EUADR", "Indirect_conversion"],
  "Non_conversion",
];

const POSITIVE = ["CID", "ACTIVATOR", "AGONIST", "AGONIST-ACTIVATOR", "INDIRECT-UPREGULATOR"];
const NEGATIVE = ["AGONIST-INHIBITOR", "ANTAGONIST", "INDIRECT-DOWNREGULATOR", "INHIBITOR"];

/**
 * A label in BioRED's terms. The tool takes every label that does not begin with None for a relation and writes it
 * as it is; we write BioRED's type for it: that of its corpus's mapping, otherwise Association.
 */
export function bioredClass(label: string): RelationType | "None" {
  if (isRelationType(label)) return label;
  if (label.startsWith("None")) return "None";
  if (POSITIVE.includes(label)) return "Positive_Correlation";
  return NEGATIVE.includes(label) ? "Negative_Correlation" : "Association";
}
