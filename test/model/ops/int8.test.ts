import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../src/core/random.js";
import { fromRoundedRows, isWorthInt8, roundRows, rowScales, toInt8 } from "../../../src/model/ops/int8.js";
import type { Parameter } from "../../../src/model/ops/parameters.js";

const WIDTH = 5;
/** Matrices of any float32 that a weight may be, rows of zeros and next to nothing among them. */
const matrices = fc
  .array(
    fc.oneof(
      fc.array(
        fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(-1e30), max: Math.fround(1e30) }),
        {
          minLength: WIDTH,
          maxLength: WIDTH,
        },
      ),
      fc.constant([0, 0, 0, 0, 0]),
      // Multiples of the smallest float32; 445 of them divided by 127 are 4, 111 times 4 of them are 3.
      fc.constant([445, -1, 0, 127, 2].map((count) => count * 2 ** -149)),
      fc.constant([1e-40, -1e-43, 0, 1e-45, 3e-38]),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows): Parameter => ({ shape: [rows.length, WIDTH], data: Float32Array.from(rows.flat()) }));

const again = ({ shape, data }: Parameter): Parameter => {
  const scales = rowScales({ shape, data });
  return { shape, data: fromRoundedRows(roundRows({ shape, data }, scales), scales) };
};

describe("rounding rows to 8 bits", () => {
  it("once or twice is the same, to the bit", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        expect(toInt8(again(matrix))).toEqual(toInt8(matrix));
      }),
      { numRuns: 500 },
    );
  });

  it("is the same twice whatever the largest weight", () => {
    // Every 61st float32 from 1 to 2, one a row; the others are these times a power of 2.
    const rows = Math.floor(2 ** 23 / 61);
    const matrix = {
      shape: [rows, 1],
      data: Float32Array.from({ length: rows }, (_, n) => 1 + 61 * n * 2 ** -23),
    };
    const scales = rowScales(matrix);
    // Counted, since what differs of so many takes minutes to print.
    expect(rowScales(again(matrix)).filter((scale, row) => scale !== scales[row])).toHaveLength(0);
    expect(roundRows(matrix, scales).every((value) => value === 127)).toBe(true);
  });

  it("is within half a step of every weight, and its largest is 127", () => {
    const random = seededRandom(5);
    const matrix = { shape: [400, 16], data: Float32Array.from({ length: 6400 }, () => random.normal()) };
    const scales = rowScales(matrix);
    const rounded = roundRows(matrix, scales);
    const values = fromRoundedRows(rounded, scales);
    for (const [row, scale] of scales.entries()) {
      const weights = matrix.data.subarray(row * 16, (row + 1) * 16);
      const off = weights.map((weight, i) => Math.abs(weight - (values[row * 16 + i] ?? Number.NaN)));
      expect(Math.max(...off)).toBeLessThanOrEqual((scale / 2) * 1.00001);
      expect(Math.max(...rounded.subarray(row * 16, (row + 1) * 16).map(Math.abs))).toBe(127);
    }
  });

  it("is worth it for large matrices alone", () => {
    const shapes = [[32, 32], [31, 768], [32, 12], [4096], [64, 64, 64]];
    expect(shapes.map(isWorthInt8)).toEqual([true, false, false, false, false]);
  });
});
