/** The unit tests alone, as `npx stryker run` asks them of every changed line: no database, no model, no training. */
import { defineConfig, mergeConfig } from "vitest/config";
import shared from "./vitest.config.js";

export default mergeConfig(
  { resolve: shared.resolve },
  defineConfig({
    test: {
      include: ["test/{core,ingest,discovery,jobs}/**/*.test.ts"],
      exclude: ["test/**/*.it.test.ts", "test/**/*.corpora.test.ts"],
      testTimeout: 30_000,
    },
  }),
);
