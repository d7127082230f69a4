/** `bioweft bench live` and `bench kills` in their smallest size: that they run, and that their output makes sense. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runBioweft } from "../../../support/command.js";
import { writeTinyModel } from "../../../support/tiny/tiny-model.js";

let model: string;
beforeAll(async () => {
  model = await writeTinyModel();
});
afterAll(() => rmSync(model, { recursive: true, force: true }));

interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

async function bench(...args: readonly string[]): Promise<Row[]> {
  const { code, stdout, stderr } = await runBioweft(["bench", ...args, "--model", model, "--json"]);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as { rows: Row[] }).rows;
}

it("measures from a PMID to its relations, quiet and beside a bulk run", { timeout: 300_000 }, async () => {
  const rows = await bench("live", "--papers", "3", "--cancels", "2", "--at-once", "10");
  const value = (name: string) => rows.find((row) => row.name === name)?.value;
  for (const when of ["quiet", "beside a bulk run"]) {
    expect(value(`PMID to relations, ${when}, median`)).toBeGreaterThan(50);
    expect(value(`pairs seen to grow, ${when}`)).toBeGreaterThan(0);
    expect(value(`health, ${when}, longest`)).toBeGreaterThan(0);
  }
  expect(value("bulk run meanwhile")).toBeGreaterThan(0);
  expect(value("10 submitted at once beside a bulk run, all written")).toBeGreaterThan(0);
});

it("kills a few times, and the graph is that of a run that nobody disturbed", {
  timeout: 300_000,
}, async () => {
  const rows = await bench("kills", "--times", "3", "--seed", "5");
  const killed = rows.filter(({ name }) => name.startsWith("killed: "));
  expect(killed.reduce((sum, { value }) => sum + value, 0)).toBe(3);
  expect(rows.at(-1)).toMatchObject({ value: 1, unit: "of 1" });
});
