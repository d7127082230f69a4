/** `bioweft bench export` on a graph of a few relations: its rows are sane. */
import { expect, test } from "vitest";
import { runBioweft } from "../../../support/command.js";

test("every format has its rows a second and its memory", async () => {
  const { stdout, code } = await runBioweft([
    "bench",
    "export",
    "--relations",
    "300",
    "--formats",
    "kgx-tsv,parquet",
    "--json",
  ]);
  expect(code).toBe(0);
  const { rows } = JSON.parse(stdout) as {
    rows: { name: string; value: number; unit: string; ratio: number }[];
  };
  const names = rows.map(({ name }) => name);
  for (const part of ["kgx-tsv nodes", "kgx-tsv edges", "parquet nodes", "parquet edges"]) {
    expect(names).toContain(`${part}: rows`);
    expect(names).toContain(`${part}: memory grown behind the first tenth`);
  }
  for (const { name, value, unit, ratio } of rows) {
    expect([name, Number.isFinite(value), value >= 0, ratio > 0]).toEqual([name, true, true, true]);
    if (unit === "rows/s") expect(value).toBeGreaterThan(1);
  }
});
