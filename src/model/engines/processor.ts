/**
 * What this machine's processor can do with 8-bit integers, as far as ONNX Runtime has to be told.
 */
import { readFileSync } from "node:fs";

/**
 * Whether the processor multiplies 8-bit integers in tiles (AMX), which is exact. Elsewhere ONNX Runtime must be told
 * to choose exact products: processors without VNNI or AMX cut sums off at 16 bits otherwise. With AMX it must not be
 * told so, since it would leave the tiles aside (seen: 8 times slower).
 */
export function hasInt8Tiles(): boolean {
  try {
    return /^flags\b.*\bamx_int8\b/m.test(readFileSync("/proc/cpuinfo", "latin1"));
  } catch {
    return false; // No Linux: exact products cost nothing where the processor has VNNI or is no x64 one.
  }
}
