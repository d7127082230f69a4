/** Types for clients, made from the documents as docs/api.md says, are those of the answers: right uses compile, wrong ones do not. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../src/core/config.js";

let folder: string;
beforeAll(() => {
  // Inside the repository: generated files import packages.
  folder = mkdtempSync(join(PACKAGE_ROOT, "dist", "client-types-"));
  const codegen = join(PACKAGE_ROOT, "node_modules", "@graphql-codegen", "cli", "cjs", "bin.js");
  execFileSync(process.execPath, [codegen, "--config", "schema/codegen.yml"], {
    cwd: PACKAGE_ROOT,
    env: { ...process.env, BIOWEFT_DOCUMENTS: join(folder, "operations.ts") },
    stdio: "pipe",
  });
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler finds wrong with each of some clients. */
function faults(clients: readonly string[]): string[][] {
  const files = clients.map((client, index) => {
    const file = join(folder, `client-${index}.ts`);
    writeFileSync(file, `import * as api from "./operations.js";\n${client}\n`);
    return file;
  });
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  return files.map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " ")),
  );
}

const RIGHT = `
  declare const found: api.DiscoverQuery;
  declare const page: api.EntityPageQuery;
  declare const submitted: api.ExtractPublicationMutation;
  export const name: string = found.discover.nodes[0]?.linkingTerms.nodes[0]?.entity.name ?? "";
  export const total: number = found.discover.totalCount;
  export const other: string | undefined = page.entity?.relations.edges[0]?.other.curie;
  export const asked: api.DiscoverQueryVariables = { from: "MESH:D005395", rankers: ["DEGREE"], asOf: null };
  if (submitted.extractPublication.__typename === "NoAbstract") submitted.extractPublication.title.trim();
  export const document: string = api.DiscoverDocument.toString();`;
const WRONG = `
  declare const page: api.EntityPageQuery;
  export const missing = page.entity.curie;
  export const unasked = page.entity?.synonyms;
  export const asked: api.DiscoverQueryVariables = { from: "MESH:D005395", rankers: ["LUCK"] };`;

it("lets a client read what is asked for, and take roots that fail alone for there", {
  timeout: 120_000,
}, () => {
  const [right, wrong] = faults([RIGHT, WRONG]);
  expect(right).toEqual([]);
  expect(wrong).toHaveLength(3);
});
