/** `npm test`'s closing line, which others script against: the sum of all projects, and a failing exit code. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { aCheckout, runScript } from "../support/checkout.js";

const CONFIG = `export default { test: { projects: [
  { test: { name: "unit", include: ["test/*.test.js"], exclude: ["test/*.{it,corpora}.test.js"] } },
  { test: { name: "corpora", include: ["test/*.corpora.test.js"] } },
  { test: { name: "integration", include: ["test/*.it.test.js"] } },
] } };`;
const IMPORT = `import { expect, test } from "vitest";\n`;
let root: string;

beforeEach(() => {
  root = aCheckout();
  mkdirSync(join(root, "test"));
  writeFileSync(join(root, "vitest.config.js"), CONFIG);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function closingLine(): { code: number | null; last: string | undefined } {
  const { code, stdout } = runScript(root, ["scripts/test.mjs"], "/usr/bin:/bin");
  return { code, last: stdout.trimEnd().split("\n").at(-1) };
}

test("adds up the projects and fails if one test failed", () => {
  writeFileSync(
    join(root, "test", "a.test.js"),
    `${IMPORT}test("yes", () => {}); test.skip("no", () => {});`,
  );
  writeFileSync(
    join(root, "test", "b.it.test.js"),
    `${IMPORT}test("yes", () => {}); test("wrong", () => expect(1).toBe(2));`,
  );
  writeFileSync(join(root, "test", "c.corpora.test.js"), `${IMPORT}test("yes", () => {});`);
  expect(closingLine()).toEqual({ code: 1, last: "tests: 3 passed, 1 failed, 1 skipped" });
});

test("succeeds when all pass, and counts a file that does not load as a failure", () => {
  writeFileSync(join(root, "test", "a.test.js"), `${IMPORT}test("yes", () => {});`);
  expect(closingLine()).toEqual({ code: 0, last: "tests: 1 passed, 0 failed, 0 skipped" });
  writeFileSync(join(root, "test", "b.it.test.js"), `import "./nowhere.js";`);
  expect(closingLine()).toEqual({ code: 1, last: "tests: 1 passed, 1 failed, 0 skipped" });
});

test("nothing run is a failure", () => {
  expect(closingLine()).toEqual({ code: 1, last: "tests: 0 passed, 0 failed, 0 skipped" });
});
