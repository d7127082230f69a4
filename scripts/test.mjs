/**
 * `npm test`: the unit tests, those on third-party corpora, the integration tests, then one closing line with the sum.
 * Arguments go on to vitest, so `npm test -- test/jobs` runs one room. Nothing run counts as a failure.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./setup/console.mjs";

/**
 * Unit tests share their modules: loading tfjs and ONNX Runtime anew for each file takes longer than the tests. It is
 * vitest's option for a run, not for a project.
 */
const PROJECTS = { unit: ["--no-isolate"], corpora: [], integration: [] };

const folder = mkdtempSync(join(tmpdir(), "bioweft-test-"));
const sum = { passed: 0, failed: 0, skipped: 0 };
for (const [project, options] of Object.entries(PROJECTS)) {
  add(runProject(project, [...options, ...process.argv.slice(2)]));
}
rmSync(folder, { recursive: true, force: true });
console.log(`tests: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;

function runProject(project, args) {
  const report = join(folder, `${project}.json`);
  const vitest = join(ROOT, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const done = spawnSync(
    process.execPath,
    [vitest, "run", "--project", project, "--passWithNoTests", ...reporters, ...args],
    { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] },
  );
  const counts = existsSync(report) ? countReport(report) : { passed: 0, failed: 0, skipped: 0 };
  // A fault outside any test (a set-up, a stray rejection) has no row in the report, yet is a failure.
  if (done.status !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

function countReport(file) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const result of JSON.parse(readFileSync(file, "utf8")).testResults) {
    const tests = result.assertionResults;
    for (const { status } of tests) {
      counts[status === "passed" || status === "failed" ? status : "skipped"] += 1;
    }
    if (result.status === "failed" && !tests.some(({ status }) => status === "failed")) counts.failed += 1;
  }
  return counts;
}

function add(counts) {
  for (const name of Object.keys(sum)) sum[name] += counts[name];
}
