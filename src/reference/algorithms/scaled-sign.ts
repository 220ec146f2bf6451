import { requirePoint } from './iteration.js';
import { packedLength, packSigns, unpackSigns, type ZeroRule } from './one-bit-codec.js';
import { signOf, signRule } from './sign.js';

/**
 * C(m) = (‖m‖₁/n) sgn m, n signs and one number. Whatever sgn(0) ∈ {−1, 0, 1} is, ‖m − C(m)‖² ≤ (1 − 1/n)‖m‖², and C(m) = m for n = 1.
 *
 * @param m n ≥ 1 numbers
 * @param zero the sign of an entry that is 0; default: 0
 * @param out where C(m) is written, of the length of m, or m itself; a new vector if left out
 * @returns C(m)
 * @throws RangeError for a random sign of 0 without a source of randomness
 * @example
 * assert.deepEqual(scaledSign(Float64Array.of(3, -1)), Float64Array.of(2, -2));
 */
export function scaledSign(
  m: Float64Array,
  zero: ZeroRule = { convention: 'zero' },
  out: Float64Array = new Float64Array(m.length),
): Float64Array {
  const { convention, random } = signRule({ signOfZero: zero.convention, random: zero.random });
  const scale = scaleOf(m);
  for (let i = 0; i < m.length; i++) out[i] = scale * signOf(m[i]!, convention, random);
  return out;
}

/** ‖m‖₁/n. */
function scaleOf(m: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < m.length; i++) sum += Math.abs(m[i]!);
  return sum / m.length;
}

/** Sends C(m): x − C(m) goes to `out`, and m − C(m) takes the place of m. */
export function sendScaledSign(x: Float64Array, message: Float64Array, zero: ZeroRule, out: Float64Array): void {
  scaledSign(message, zero, out);
  for (let i = 0; i < x.length; i++) {
    message[i]! -= out[i]!;
    out[i] = x[i]! - out[i]!;
  }
}

/** Bytes of ‖m‖₁/n on the wire: a double, the least significant byte first. */
const scaleBytes = 8;

/**
 * Bytes on the wire for C(m): eight for ‖m‖₁/n and a bit for each of n signs.
 *
 * @param n number of signs
 * @throws RangeError unless n is an integer ≥ 1
 * @example
 * assert.equal(scaledSignLength(1000), 8 + 125);
 */
export function scaledSignLength(n: number): number {
  return scaleBytes + packedLength(n);
}

/**
 * C(m) as a message: ‖m‖₁/n as a double, then a bit for each sign, eight to a byte. A bit cannot carry 0, so an entry that is 0 needs a rule.
 *
 * @param m n ≥ 1 finite numbers
 * @param zero the sign of an entry that is 0, −1 or 1; without a rule such an entry is an error
 * @returns `scaledSignLength(n)` bytes
 * @throws RangeError for an entry that is not finite, a ‖m‖₁ beyond the largest double, and a 0 that no rule turns into a sign
 * @example
 * const m = Float64Array.of(3, -1);
 * assert.deepEqual(unpackScaledSign(packScaledSign(m), 2), scaledSign(m));
 */
export function packScaledSign(m: Float64Array, zero?: ZeroRule): Uint8Array {
  requirePoint('m', m);
  const scale = scaleOf(m);
  if (!Number.isFinite(scale)) throw new RangeError(`‖m‖₁ must be a double, got ${scale}`);
  const bytes = new Uint8Array(scaledSignLength(m.length));
  new DataView(bytes.buffer).setFloat64(0, scale, true);
  bytes.set(packSigns(m, zero), scaleBytes);
  return bytes;
}

/**
 * C(m) from its message, bit for bit what `scaledSign` returns under the rule that it was packed with.
 *
 * @param bytes a message of `packScaledSign`
 * @param n number of signs
 * @returns C(m), n numbers
 * @throws RangeError for another length, a ‖m‖₁/n that is negative or not finite, or a bit beyond n that is not 0
 * @example
 * const received = unpackScaledSign(packScaledSign(Float64Array.of(0, -1), { convention: 'positive' }), 2);
 * assert.deepEqual(received, Float64Array.of(0.5, -0.5));
 */
export function unpackScaledSign(bytes: Uint8Array, n: number): Float64Array {
  if (bytes.length !== scaledSignLength(n)) {
    throw new RangeError(`bytes must be ${scaledSignLength(n)} for ${n} signs and a number, got ${bytes.length}`);
  }
  const scale = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0, true);
  if (!(scale >= 0 && scale < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`‖m‖₁/n must be finite and ≥ 0, got ${scale}`);
  }
  return unpackSigns(bytes.subarray(scaleBytes), n).map((sign) => scale * sign);
}
