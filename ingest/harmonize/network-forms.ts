/**
 * How the original BioREx tool's network was taught each corpus: as its data files say (compat-source.ts), but for the
 * names that the tool changed when it joined the corpora. Source: the authors' script that joins them.
 */
import type { CompatForm } from "../../src/core/biorex/compat-form.js";
import type { CorpusDeclaration } from "../corpora/corpus.js";

/** The form of each corpus that the tool knows, by name. */
export function networkForms(corpora: readonly CorpusDeclaration[]): Map<string, CompatForm> {
  const forms = new Map<string, CompatForm>();
  for (const { name, compat, pairTypes, scope } of corpora) {
    if (compat === undefined) continue;
    // Where the tool read other files than we do, a document of its was one sentence of ours.
    const sentences = scope === "sentence" && (compat.files !== undefined || compat.read !== undefined);
    const body = sentences ? "sentence" : compat.body;
    forms.set(name, { ...compat, ...compat.joined, pairTypes, body });
  }
  return forms;
}
