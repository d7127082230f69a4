/**
 * The files of a PubMed baseline or of its updates in a folder: in their order, each with its md5 checked.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { BioWeftError, messageOf } from "../../../src/core/errors.js";
import { fileChunks } from "../../formats/reading/file-chunks.js";

/** The PubMed files of a folder, by name, which is their order; a file is itself. Throws NOT_FOUND for none. */
export async function pubMedFiles(path: string): Promise<string[]> {
  const entry = await stat(path).catch((cause: unknown) => {
    const reason = `cannot be read (${messageOf(cause)}); name a folder of PubMed files, or one`;
    throw new BioWeftError("NOT_FOUND", reason, { place: { file: path }, cause });
  });
  if (!entry.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => /\.xml(?:\.gz)?$/.test(name)).sort();
  if (names.length === 0) {
    const reason = "holds no PubMed files (pubmed26n0001.xml.gz …); name the folder that has them";
    throw new BioWeftError("NOT_FOUND", reason, { place: { file: path } });
  }
  return names.map((name) => join(path, name));
}

/** The place of a file among all that NLM publishes, `26n1275`; undefined for one that is none of those. */
export function fileRank(file: string): string | undefined {
  return /^pubmed(\d\dn\d{4,})\.xml/.exec(basename(file))?.[1];
}

/** The numbers that are missing between the first of the files and the last, as they would be called. */
export function missingFiles(files: readonly string[]): string[] {
  const ranks = files.flatMap((file) => fileRank(file) ?? []);
  const missing: string[] = [];
  for (const [index, rank] of ranks.entries()) {
    const [year = "", number = ""] = rank.split("n");
    const [yearBefore, before] = (ranks[index - 1] ?? "").split("n");
    if (yearBefore !== year) continue;
    for (let next = Number(before) + 1; next < Number(number); next += 1) {
      missing.push(`pubmed${year}n${String(next).padStart(number.length, "0")}`);
    }
  }
  return missing;
}

/** Checks a file against the md5 beside it; whether there is one. Throws BAD_INPUT where they differ. */
export async function checkMd5(file: string): Promise<boolean> {
  const beside = await readFile(`${file}.md5`, "utf8").catch(() => undefined);
  if (beside === undefined) return false;
  const stated = /[0-9a-f]{32}/i.exec(beside)?.[0]?.toLowerCase();
  const hash = createHash("md5");
  for await (const chunk of fileChunks(file)) hash.update(chunk);
  const found = hash.digest("hex");
  if (stated === found) return true;
  const reason = `its md5 is ${found}, the file beside it says ${stated ?? "none"}; copy both again`;
  throw new BioWeftError("BAD_INPUT", reason, { place: { file } });
}
