/** `bioweft bench training` as a process, on a tiny encoder; with PyTorch where this machine has it set up. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BenchRow } from "../../../../src/lab/benches/bench-rows.js";
import { PEERS } from "../../../../src/lab/benches/training-bench.js";
import { runBioweft } from "../../../support/command.js";
import { writeTinyCheckpoint } from "../../../support/tiny/tiny-checkpoint.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-training-"));
beforeAll(() => writeTinyCheckpoint(join(folder, "encoder")));
afterAll(() => rmSync(folder, { recursive: true }));

const bench = (...more: string[]) =>
  runBioweft([
    ...["bench", "training", "--encoder", join(folder, "encoder"), "--backend", "portable", "--json"],
    ...["--documents", "2", "--tokens", "20", "--pairs", "4", "--rounds", "1", ...more],
  ]);

/** Every row is compared with that one, by its value over that one's. */
function expectRatios(rows: readonly BenchRow[], against: string): void {
  const base = rows.find(({ name }) => name === against)?.value;
  for (const row of rows) {
    expect(row.against).toBe(against);
    expect(row.ratio).toBeCloseTo(row.value / Number(base), 9);
  }
}

describe("bioweft bench training", () => {
  it("gives the milliseconds of an update and of its parts", async () => {
    const { code, stdout } = await bench("--python", "/no/such/python").then((refused) => {
      expect(refused).toMatchObject({ code: 1, stdout: "" });
      expect(refused.stderr).toMatch(/error: \/no\/such\/python cannot take the step.*peers\.mjs/);
      return bench();
    });
    expect(code).toBe(0);
    const { rows } = JSON.parse(stdout) as { rows: BenchRow[] };
    const ours = rows.slice(0, 3);
    expect(ours.map(({ name, unit }) => [name, unit])).toEqual([
      ["update on cpu", "ms"],
      ["of it forward and backward", "ms"],
      ["of it AdamW", "ms"],
    ]);
    const [whole, gradients, update] = ours.map(({ value }) => value);
    expect(update).toBeGreaterThan(0);
    // AdamW on the tiny weights is a small part, and of one round the parts are the whole.
    expect(gradients).toBeGreaterThan(Number(update));
    expect(Number(gradients) + Number(update)).toBeCloseTo(Number(whole), 6);
    expectRatios(rows, existsSync(PEERS) ? "PyTorch" : "update on cpu");
  });

  // Where it is there, the command itself refuses to compare unless both losses agree.
  it.skipIf(!existsSync(PEERS))("takes the very same step in PyTorch", async () => {
    const { stdout, stderr } = await bench();
    expect(stderr).not.toMatch(/error/);
    const { rows } = JSON.parse(stdout) as { rows: BenchRow[] };
    expect(rows).toHaveLength(4);
    expect(rows.at(-1)).toMatchObject({ name: "PyTorch", ratio: 1 });
    expectRatios(rows, "PyTorch");
  });

  it("refuses what the encoder cannot read", async () => {
    expect((await bench("--tokens", "4000")).stderr).toMatch(/error: the encoder reads 128 tokens/);
  });
});
