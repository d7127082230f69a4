import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// graphql refuses to be loaded twice, which vitest does (CommonJS and ESM) unless one file is named.
const graphql = fileURLToPath(new URL("./node_modules/graphql/index.js", import.meta.url));

/** Tests that need a database, a server or a process, or that train for seconds; everything else is a unit test. */
const INTEGRATION = ["test/**/*.it.test.ts"];
/** Tests that read all of the third-party corpora and are skipped without them: no unit tests, they take seconds. */
const CORPORA = ["test/**/*.corpora.test.ts"];

export default defineConfig({
  resolve: { alias: { graphql } },
  test: {
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...INTEGRATION, ...CORPORA],
          // Only what hangs is stopped: on a busy machine, tests that read a corpus take seconds.
          testTimeout: 30_000,
        },
      },
      { extends: true, test: { name: "corpora", include: CORPORA, testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: "integration",
          include: INTEGRATION,
          globalSetup: ["test/support/database.global.ts"],
          // One database for all files, which wipe it: so one file after another.
          pool: "forks",
          poolOptions: { forks: { singleFork: true } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
