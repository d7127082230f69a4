/** The unit tests alone, as `npx stryker run` asks them of every changed line: no database, no model, no training. */
import { defineConfig, mergeConfig } from "vitest/config";
import shared from "./vitest.config.js";

export default mergeConfig(
  { resolve: shared.resolve },
  defineConfig({
    test: {
      include: ["test/{core,ingest,discovery,jobs}/**/*.test.ts"],
      exclude: ["test/**/*.it.test.ts", "test/**/*.corpora.test.ts"],
      // Changed code runs slower, and a mutation run is for hours in which the machine does something else too.
      testTimeout: 300_000,
    },
  }),
);
