/**
 * How the original BioREx tool's network was taught each corpus: as its data files say (compat-source.ts), but for the
 * names that the tool changed when it joined the corpora. Source: the authors' script that joins them.
 */
import type { CompatForm } from "../../src/core/compat-form.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";

/** The form of each corpus that the tool knows, by name. */
export function networkForms(corpora: readonly CorpusDeclaration[]): Map<string, CompatForm> {
  const forms = new Map<string, CompatForm>();
  for (const { name, compat, pairTypes } of corpora) {
    if (compat !== undefined) forms.set(name, { ...compat, ...compat.joined, pairTypes });
  }
  return forms;
}
