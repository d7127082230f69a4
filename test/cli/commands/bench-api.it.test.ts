/** `bioweft bench api` as a process, on a small invented graph. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runBioweft, startBioweft } from "../../support/command.js";

test("measures every page, of which all are answered, and says where its peer would be", {
  timeout: 400_000,
}, async () => {
  const size = ["--entities", "20", "--relations", "400", "--connections", "4", "--seconds", "1"];
  const { code, stdout, stderr } = await runBioweft(["bench", "api", ...size, "--json"]);
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining("--peer") });
  const { rows } = JSON.parse(stdout) as { rows: { name: string; value: number; unit: string }[] };
  const figure = (name: string) => rows.find((row) => row.name === name)?.value;
  for (const page of ["entity page", "search", "relation page", "paths of 3 hops"]) {
    const [median, late] = ["median", "99th percentile"].map((what) => figure(`${page}, BioWeft: ${what}`));
    expect(median).toBeGreaterThan(0);
    expect(late).toBeGreaterThanOrEqual(Number(median));
    expect(figure(`${page}, BioWeft: requests a second`)).toBeGreaterThan(0);
    expect(figure(`${page}, BioWeft: failed`)).toBe(0);
  }
});

test("says at once how to have a peer that is not there", async () => {
  const size = ["--entities", "20", "--relations", "20", "--connections", "1", "--seconds", "1"];
  const { code, stderr } = await runBioweft(["bench", "api", ...size, "--peer", "/nowhere"]);
  expect(code).not.toBe(0);
  expect(stderr).toContain("scripts/bench/neo4j-graphql.mjs");
});

/** Command lines of processes that work in a folder. */
function processesIn(home: string): string[] {
  const read = (pid: string, what: string) => {
    try {
      return readFileSync(`/proc/${pid}/${what}`, "utf8");
    } catch {
      return "";
    }
  };
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ line: read(pid, "cmdline"), environment: read(pid, "environ") }))
    .filter(({ line, environment }) => line.includes(home) || environment.includes(`BIOWEFT_HOME=${home}`))
    .map(({ line }) => line.replaceAll("\0", " "));
}

test("one that is killed leaves no server and no database behind", { timeout: 200_000 }, async () => {
  const home = mkdtempSync(join(tmpdir(), "bioweft-killed-bench-"));
  try {
    const size = ["--entities", "20", "--relations", "100", "--connections", "2", "--seconds", "60"];
    const { child, ended } = startBioweft(["bench", "api", ...size, "--home", join(home, "graph")], {});
    const isUp = () => {
      const lines = processesIn(join(home, "graph"));
      return lines.some((line) => / serve /.test(line)) && lines.some((line) => /EntryPoint/.test(line));
    };
    await expect.poll(isUp, { timeout: 120_000, interval: 200 }).toBe(true);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(() => processesIn(home), { timeout: 60_000, interval: 500 }).toEqual([]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
