/** `bioweft bench training` as a process, on a tiny encoder; with PyTorch where this machine has it set up. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../../src/core/config.js";
import { runBioweft } from "../../support/command.js";
import { writeTinyCheckpoint } from "../../support/tiny/tiny-checkpoint.js";

const folder = mkdtempSync(join(tmpdir(), "bioweft-bench-training-"));
beforeAll(() => writeTinyCheckpoint(join(folder, "encoder")));
afterAll(() => rmSync(folder, { recursive: true }));

const bench = (...more: string[]) =>
  runBioweft([
    ...["bench", "training", "--encoder", join(folder, "encoder"), "--backend", "portable", "--json"],
    ...["--documents", "2", "--tokens", "20", "--pairs", "4", "--rounds", "1", ...more],
  ]);

describe("bioweft bench training", () => {
  it("gives the milliseconds of an update and of its parts", async () => {
    const { code, stdout } = await bench("--python", "/no/such/python").then((refused) => {
      expect(refused).toMatchObject({ code: 1, stdout: "" });
      expect(refused.stderr).toMatch(/error: \/no\/such\/python cannot take the step.*peers\.mjs/);
      return bench();
    });
    expect(code).toBe(0);
    const { rows } = JSON.parse(stdout) as { rows: { name: string; value: number; unit: string }[] };
    expect(rows.slice(0, 3).map(({ name, unit }) => [name, unit])).toEqual([
      ["update on cpu", "ms"],
      ["of it forward and backward", "ms"],
      ["of it AdamW", "ms"],
    ]);
    for (const { value } of rows) expect(value).toBeGreaterThan(0);
  });

  // Where it is there, the command itself refuses to compare unless both losses agree.
  it.skipIf(!existsSync(join(PACKAGE_ROOT, ".bioweft-tools/peers/bin/python")))(
    "takes the very same step in PyTorch",
    async () => {
      const { stdout, stderr } = await bench();
      expect(stderr).not.toMatch(/error/);
      const { rows } = JSON.parse(stdout) as { rows: { name: string; against: string }[] };
      expect(rows.at(-1)?.name).toBe("PyTorch");
      expect(rows.every(({ against }) => against === "PyTorch")).toBe(true);
    },
  );

  it("refuses what the encoder cannot read", async () => {
    expect((await bench("--tokens", "4000")).stderr).toMatch(/error: the encoder reads 128 tokens/);
  });
});
