/**
 * How numbers lie in checkpoint files: float32, float16 and bfloat16, little-endian, to and from Float32Array.
 * Decoding copies, so that nothing keeps a whole file alive. Source: IEEE 754; bfloat16 is a float32's upper half.
 */

/** Raw float32 numbers. */
export function fromFloat32(raw: Uint8Array): Float32Array {
  // A copy is aligned. Not raw.slice(): a Buffer's slice is a view.
  return new Float32Array(new Uint8Array(raw).buffer);
}

/** All 65,536 half-precision numbers, so that decoding is one look-up each. */
const HALVES = Float32Array.from({ length: 65_536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});

/** Raw float16 numbers. */
export function fromFloat16(raw: Uint8Array): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const data = new Float32Array(raw.length / 2);
  for (let i = 0; i < data.length; i++) data[i] = HALVES[view.getUint16(2 * i, true)] ?? 0;
  return data;
}

/** Raw bfloat16 numbers: exact. */
export function fromBfloat16(raw: Uint8Array): Float32Array {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const bits = new Uint32Array(raw.length / 2);
  for (let i = 0; i < bits.length; i++) bits[i] = view.getUint16(2 * i, true) << 16;
  return new Float32Array(bits.buffer);
}

// Float32s as integers: infinity, the first number that rounds beyond the largest half (65,520), the smallest normal
// half (2 ** -14), and by how much a half's exponent is less.
const INFINITE = 0x7f80_0000;
const BEYOND_HALVES = 0x477f_f000;
const SMALLEST_NORMAL_HALF = 0x3880_0000;
const HALF_EXPONENT = 0x3800_0000;

/** Rounds to the nearest half, ties to even; beyond its range becomes the largest finite half. */
export function toFloat16(data: Float32Array): Uint8Array {
  const halves = new Uint16Array(data.length);
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i < data.length; i++) halves[i] = halfBits(bits[i] ?? 0, data[i] ?? 0);
  return new Uint8Array(halves.buffer);
}

/** In integers: a model's vocabulary has 23 million numbers, and powers of two in floating point took six seconds. */
function halfBits(bits: number, value: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fff_ffff;
  if (magnitude > INFINITE) return sign | 0x7e00;
  if (magnitude >= BEYOND_HALVES) return sign | 0x7bff;
  if (magnitude < SMALLEST_NORMAL_HALF) return sign | roundToEven(Math.abs(value) * 2 ** 24);
  // Of 23 bits of the fraction 10 are kept: what is added rounds the rest, ties to even, and may carry into the exponent.
  const rounded = magnitude - HALF_EXPONENT + 0xfff + ((magnitude >>> 13) & 1);
  return sign | (rounded >>> 13);
}

function roundToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
}
