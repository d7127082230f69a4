import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fastInt8IsExact } from "../../../src/model/engines/processor.js";

describe.skipIf(process.platform !== "linux" || process.arch !== "x64")("fastInt8IsExact", () => {
  it("finds what the processor says of itself", async () => {
    const flags = readFileSync("/proc/cpuinfo", "latin1");
    expect(await fastInt8IsExact()).toBe(/^flags\b.*\b(avx512_vnni|avx_vnni|amx_int8)\b/m.test(flags));
  });
});
