/** `bioweft bench graph` as a process, on a very small graph. */
import { expect, test } from "vitest";
import { runBioweft } from "../../../support/command.js";

test("measures bulk loading, batches and row-by-row merging, and compares the latter two", async () => {
  const size = ["--relations", "300", "--rows", "200", "--batch", "20", "--merges", "10"];
  const { code, stdout, stderr } = await runBioweft(["bench", "graph", ...size, "--json"]);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  const { rows } = JSON.parse(stdout) as { rows: { name: string; value: number; ratio: number }[] };
  const value = (name: string) => rows.find((row) => row.name === name)?.value ?? 0;
  for (const { name, value } of rows) expect([name, value > 0]).toEqual([name, true]);
  const batched = rows.find(({ name }) => name === "writes in batches beside 300 relations");
  expect(batched?.ratio).toBeCloseTo(
    (batched?.value ?? 0) / value("MERGE row by row beside 300 relations"),
    6,
  );
  expect(value("bulk load to 300 relations: evidence, the whole way")).toBeGreaterThan(0);
}, 240_000);
