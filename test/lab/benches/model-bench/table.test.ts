import { expect, it } from "vitest";
import { toRows, toTable } from "../../../../src/lab/benches/model-bench/table.js";

const measurements = [
  { name: "old", pairsPerSecond: 2, pairsPerCpuSecond: 1, documentsPerSecond: 0.5, peakMegabytes: 1000 },
  {
    name: "new",
    pairsPerSecond: 300,
    pairsPerCpuSecond: 160,
    documentsPerSecond: 75,
    peakMegabytes: 250,
    peakShare: 0.5,
  },
];

it("compares every figure with the first way's", () => {
  expect(toRows(measurements)).toEqual([
    { name: "old", value: 2, unit: "pairs/s", ratio: 1, against: "old" },
    { name: "old: per CPU second", value: 1, unit: "pairs/CPU s", ratio: 1, against: "old: per CPU second" },
    { name: "old: documents", value: 0.5, unit: "documents/s", ratio: 1, against: "old: documents" },
    { name: "old: peak memory", value: 1000, unit: "MB", ratio: 1, against: "old: peak memory" },
    { name: "new", value: 300, unit: "pairs/s", ratio: 150, against: "old" },
    {
      name: "new: per CPU second",
      value: 160,
      unit: "pairs/CPU s",
      ratio: 160,
      against: "old: per CPU second",
    },
    { name: "new: documents", value: 75, unit: "documents/s", ratio: 150, against: "old: documents" },
    { name: "new: peak memory", value: 250, unit: "MB", ratio: 0.25, against: "old: peak memory" },
    {
      name: "new: share of the matrix peak",
      value: 0.5,
      unit: "fraction of 1",
      ratio: 0.5,
      against: "ONNX Runtime's matrix product",
    },
  ]);
});

it("is a table with a column for each way that is compared with", () => {
  expect(toTable(measurements, ["old", "absent"])).toEqual([
    "     pairs/s  pairs/CPU s  documents/s  peak MB  of matrix peak  × old",
    "old     2.00         1.00        0.500     1000                   1.00",
    "new      300          160         75.0      250             50%    160",
  ]);
});
