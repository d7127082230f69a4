/**
 * Step 4: the explorer in web/dist, and the types of its GraphQL documents in web/generated, which the checks need
 * too. Each is made anew only when what it is made from changed.
 */
import { join } from "node:path";
import { ROOT, run, say } from "./console.mjs";
import { fingerprint, isFresh, replaceFolder } from "./fresh.mjs";

const DOCUMENTS = ["schema", "web/codegen.yml", "package-lock.json"];
const SOURCES = ["web/index.html", "web/public", "web/src", "web/tsconfig.json", "web/vite.config.ts"];
const CURE = "the lines above name the places";
const pathsOf = (names) => names.map((name) => join(ROOT, name));

/** Makes the documents' types, unless they are up to date. */
export async function typeDocuments() {
  const folder = join(ROOT, "web", "generated");
  const print = fingerprint(pathsOf(DOCUMENTS));
  if (isFresh(folder, print)) return;
  const codegen = join(ROOT, "node_modules", "@graphql-codegen", "cli", "cjs", "bin.js");
  await replaceFolder(folder, print, (aside) =>
    run(process.execPath, [codegen, "--config", "web/codegen.yml"], {
      cure: CURE,
      env: { ...process.env, BIOWEFT_DOCUMENTS: join(aside, "documents.ts") },
    }),
  );
}

/** Builds the page, unless it is up to date. */
export async function buildExplorer() {
  await typeDocuments();
  const dist = join(ROOT, "web", "dist");
  const print = fingerprint(pathsOf([...DOCUMENTS, ...SOURCES]));
  if (isFresh(dist, print)) return;
  say("building the explorer");
  const vite = join(ROOT, "node_modules", "vite", "bin", "vite.js");
  await replaceFolder(dist, print, (aside) =>
    run(process.execPath, [vite, "build", "--config", "web/vite.config.ts", "--outDir", aside], {
      cure: CURE,
    }),
  );
}
