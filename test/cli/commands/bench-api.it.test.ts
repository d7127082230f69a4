/** `bioweft bench api` as a process, on a small invented graph. */
import { expect, test } from "vitest";
import { runBioweft } from "../../support/command.js";

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
