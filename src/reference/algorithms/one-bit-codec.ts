import type { SignConvention } from './algorithm.js';
import { signOf, signRule } from './sign.js';

/** Conventions at exactly 0. One bit cannot carry 0, so a message needs `positive`, `negative` or `random`. */
export interface ZeroRule {
  /** What sgn(0) is. */
  readonly convention: SignConvention;
  /** Uniforms in [0, 1), read only for `random`. */
  readonly random?: (() => number) | undefined;
}

/** Bytes on the wire for n signs: ⌈n/8⌉, so 32 times less than n numbers of 32 bits and 64 times less than n of 64 bits when 8 divides n. */
export function packedLength(n: number): number {
  return Math.ceil(requireLength(n) / 8);
}

/**
 * The signs of a vector, one bit each: bit i mod 8 of byte ⌊i/8⌋ is 1 where v_i > 0 and 0 where v_i < 0. Bits beyond n are 0.
 *
 * @param vector n ≥ 1 numbers, ±∞ allowed
 * @param zero the sign of an entry that is 0; without a rule such an entry is an error
 * @throws RangeError for a NaN and for a 0 that no rule turns into a sign
 */
export function packSigns(vector: ArrayLike<number>, zero?: ZeroRule): Uint8Array {
  const bytes = new Uint8Array(packedLength(vector.length));
  const rule = zero && signRule({ signOfZero: zero.convention, random: zero.random });
  for (let i = 0; i < vector.length; i++) {
    const value = vector[i]!;
    const sign = rule === undefined ? Math.sign(value) : signOf(value, rule.convention, rule.random);
    if (sign !== 1 && sign !== -1) {
      throw new RangeError(`entry ${i} must have a sign, got ${value}: one bit carries −1 or +1`);
    }
    if (sign === 1) bytes[i >> 3]! |= 1 << (i & 7);
  }
  return bytes;
}

/**
 * The signs of a message as −1 and +1.
 *
 * @param bytes ⌈n/8⌉ bytes as `packSigns` wrote them
 * @param n number of signs
 * @throws RangeError for another length, or a bit beyond n that is not 0
 */
export function unpackSigns(bytes: Uint8Array, n: number, out: Float64Array = new Float64Array(n)): Float64Array {
  requireMessage('bytes', bytes, n);
  if (out.length !== n) throw new RangeError(`out must have length ${n}, got ${out.length}`);
  for (let i = 0; i < n; i++) out[i] = bit(bytes, i) ? 1 : -1;
  return out;
}

/**
 * The majority of M messages, element by element: sgn of the sum of their signs, in {−1, 0, +1}, read from the packed bits.
 *
 * @param tie what an even number of messages in balance counts as
 * @throws RangeError for no message, or one that is not a message of n signs
 */
export function voteOnPackedSigns(messages: readonly Uint8Array[], n: number, tie: ZeroRule): Float64Array {
  if (messages.length === 0) throw new RangeError('messages must hold at least one message, got none');
  messages.forEach((message, m) => {
    requireMessage(`messages[${m}]`, message, n);
  });
  const { convention, random } = signRule({ signOfZero: tie.convention, random: tie.random });
  const majority = new Float64Array(n);
  for (const message of messages) for (let i = 0; i < n; i++) majority[i]! += bit(message, i);
  for (let i = 0; i < n; i++) majority[i] = signOf(2 * majority[i]! - messages.length, convention, random);
  return majority;
}

function bit(bytes: Uint8Array, i: number): number {
  return (bytes[i >> 3]! >> (i & 7)) & 1;
}

function requireLength(n: number): number {
  if (!Number.isSafeInteger(n) || n < 1) throw new RangeError(`the number of signs must be an integer ≥ 1, got ${n}`);
  return n;
}

function requireMessage(name: string, bytes: Uint8Array, n: number): void {
  const length = packedLength(n);
  if (bytes.length !== length)
    throw new RangeError(`${name} must be ${length} bytes for ${n} signs, got ${bytes.length}`);
  const used = n & 7;
  if (used !== 0 && bytes[length - 1]! >> used !== 0) {
    throw new RangeError(`${name} must end in zero bits beyond its ${n} signs, got ${bytes[length - 1]}`);
  }
}
