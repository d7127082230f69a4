/** scripts/bench-gpu on a machine without a card: at a tiny size, on the processor, where PyTorch is set up. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PACKAGE_ROOT } from "../../src/core/config.js";

const PYTHON = join(PACKAGE_ROOT, ".bioweft-tools", "peers", "bin", "python");

describe.skipIf(!existsSync(PYTHON))("scripts/bench-gpu", () => {
  it("puts batches of documents through the network and says what the device would allow", () => {
    const script = join(PACKAGE_ROOT, "scripts", "bench-gpu", "document_network.py");
    const sizes = ["--size", "tiny", "--documents", "3", "--tokens", "40", "--pairs", "5", "--seconds", "1"];
    const { status, stdout, stderr } = spawnSync(PYTHON, [script, ...sizes], { encoding: "utf8" });
    expect(status, stderr).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({ size: "tiny", documents: 3, tokens: 40, pairs: 5 });
    expect(found.pairsPerSecond / found.documentsPerSecond).toBeCloseTo(5, 5);
    expect(found.documentsPerSecondAtMatrixPeak).toBeGreaterThan(0);
    expect(found.shareOfMatrixPeak).toBeGreaterThan(0);
  });
});
