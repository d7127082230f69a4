/** Our rows against those of the original tool, where both are at hand. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { CORPORA } from "../../../ingest/corpora/declared-corpora.js";
import { compareWithGolden } from "./golden-rows.js";

const CORPORA_FOLDER = resolve(process.env["BIOWEFT_CORPORA"] ?? "../shared/corpora");
const ORACLES = resolve(process.env["BIOWEFT_ORACLES"] ?? "../shared/oracles", "biorex-tsv");
const known = CORPORA.filter((corpus) => corpus.compat !== undefined);

describe.skipIf(!existsSync(CORPORA_FOLDER) || !existsSync(ORACLES))("the original tool's rows", () => {
  it.each(known.filter(({ name }) => existsSync(join(ORACLES, name))))(
    "$name",
    async (corpus) => {
      const found = await compareWithGolden(corpus, CORPORA_FOLDER, ORACLES);
      const explained = Object.values(found.explained).reduce((sum, count) => sum + count, 0);
      const rows = found.matched + explained + found.unexplained.length;
      process.stderr.write(
        `${corpus.name}: ${found.documents} documents, ${found.matched} rows matched, different for a known cause ` +
          `${JSON.stringify(found.explained)}, unexplained ${found.unexplained.length}\n`,
      );
      expect(found.matched).toBeGreaterThan(0);
      expect(found.unexplained.length / rows, found.unexplained.slice(0, 3).join("\n")).toBeLessThanOrEqual(
        0.005,
      );
    },
    60_000,
  );
});
