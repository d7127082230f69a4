/** `bioweft bench model` as a process, on a tiny encoder. */
import { describe, expect, it } from "vitest";
import { runBioweft } from "../../support/command.js";

const TINY = ["bench", "model", "--size", "tiny", "--documents", "2", "--pairs", "5", "--rounds", "1"];

describe("bioweft bench model", () => {
  it("measures both networks on the engines asked for, with the share of the matrix peak", async () => {
    const args = [...TINY, "--engines", "onnx,cuda-fp16", "--no-peers", "--json"];
    const { code, stdout, stderr } = await runBioweft(args);
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/cuda-fp16: not measured: |document, cuda-fp16: loading/);
    const rows: { name: string; value: number; unit: string; ratio: number; against: string }[] =
      JSON.parse(stdout).rows;
    for (const network of ["pair", "document"]) {
      const own = rows.filter(({ name }) => name.split(":")[0] === `${network}, onnx`);
      expect(own.map(({ unit }) => unit)).toEqual([
        "pairs/s",
        "pairs/CPU s",
        "documents/s",
        "MB",
        "fraction of 1",
      ]);
      for (const { value } of own) expect(value).toBeGreaterThan(0);
    }
    expect(rows[0]).toMatchObject({ name: "pair, onnx", ratio: 1, against: "pair, onnx" });
    expect(rows.find(({ name }) => name === "document, onnx")?.against).toBe("pair, onnx");
  });

  it("refuses engines that there are not", async () => {
    const { code, stderr } = await runBioweft([...TINY, "--engines", "abacus", "--no-peers"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no engine "abacus"; choose from .*onnx/);
  });
});
