/**
 * PubTator3's bulk files: which they are in a folder. `relation2pubtator3` lists relations (PMID, type, two ends), and
 * `bioconcepts2pubtator3` what papers mention (PMID, type, identifiers, spellings, who found it); gzipped or plain.
 * Source: README of PubTator3's FTP folder.
 */
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";

/** The files of a folder; names may be missing, and entities are then called by their identifiers. */
export interface BulkFiles {
  readonly relations: string;
  readonly concepts?: string;
}

/** Finds the files. Throws NOT_FOUND for no folder, and for one without relations. */
export async function findBulkFiles(folder: string): Promise<BulkFiles> {
  const names = await readdir(folder).catch((cause: unknown) => {
    const reason = `cannot be read (${messageOf(cause)}); name the folder of PubTator3's bulk files`;
    throw new BioWeftError("NOT_FOUND", reason, { place: { file: folder }, cause });
  });
  const find = (stem: string) =>
    names.sort().find((name) => name === stem || name === `${stem}.gz` || name === `${stem}.tsv`);
  const [relations, concepts] = [find("relation2pubtator3"), find("bioconcepts2pubtator3")];
  if (relations === undefined) {
    const reason = "holds no relation2pubtator3.gz; download it from PubTator3's FTP folder";
    throw new BioWeftError("NOT_FOUND", reason, { place: { file: folder } });
  }
  return {
    relations: join(folder, relations),
    ...(concepts === undefined ? {} : { concepts: join(folder, concepts) }),
  };
}
