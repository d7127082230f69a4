/**
 * What is refused before it is written, however it is written.
 */
import { isNullId } from "../../core/curie.js";
import { publicationOf } from "../../core/document.js";
import { BioWeftError } from "../../core/errors.js";
import type { DocumentWrite } from "./merge-documents.js";
import type { StoredDocument } from "./stored-document.js";

/** Throws BAD_INPUT for them: "None" in two papers is not one thing: as an entity it would join papers that have nothing in common. */
export function refuseNullIds({ document, pmid, mentions, genes }: StoredDocument): void {
  for (const id of [document, pmid]) {
    if (!isNullId(id)) continue;
    throw new BioWeftError("BAD_INPUT", `"${id}" names no document; give each paper its PMID or a name`, {
      place: { pmid: document },
    });
  }
  for (const curie of [...mentions.keys(), ...genes.map(({ gene }) => gene)]) {
    if (!isNullId(curie)) continue;
    const reason = `"${curie}" is no identifier; leave the mention's \`ids\` empty where there is none`;
    throw new BioWeftError("BAD_INPUT", reason, { place: { pmid: document } });
  }
}

/** Throws BAD_INPUT for evidence that belongs to another document than it comes with. */
export function refuseStrangers(batch: readonly DocumentWrite[]): void {
  for (const { document, evidence } of batch) {
    const place = { pmid: document.pmid };
    const stranger = evidence.find(
      (row) => row.document !== document.pmid || row.pmid !== publicationOf(document),
    );
    if (stranger === undefined) continue;
    throw new BioWeftError("BAD_INPUT", `evidence ${stranger.id} belongs to another document`, { place });
  }
}
