/**
 * What the outputs of a checkpoint's classifier are called: checkpoints name their labels or only number them; then
 * the original BioREx tool's order holds (src/core/biorex/compat-labels.ts).
 */
import { BIOREX_LABELS } from "../../core/biorex/compat-labels.js";
import { BioWeftError } from "../../core/errors.js";

/**
 * The labels of a classifier's outputs: its own, or the tool's where they are only numbered (`LABEL_0`). Throws
 * MODEL where numbers cannot tell.
 */
export function classifierLabels(named: readonly string[]): readonly string[] {
  if (!named.every((name) => /^LABEL_\d+$/.test(name))) return named;
  const { length } = BIOREX_LABELS;
  if (named.length === length - 1 || named.length === length) return BIOREX_LABELS.slice(0, named.length);
  // The tool has no name for a 47th output: it was never trained, so it counts as no relation.
  if (named.length === length + 1) return [...BIOREX_LABELS, "None-unnamed"];
  const reason = `config.json does not name its ${named.length} labels, and BioREx's are ${length - 1} to ${length + 1}`;
  throw new BioWeftError("MODEL", `${reason}; name them there as id2label`);
}
