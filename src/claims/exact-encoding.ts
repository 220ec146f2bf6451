import { bitsOf, numberOf } from './implementation/dtype.js';

/** Plain values, nested arrays and records, and `Float64Array`s: everything a generated case is made of. */
export type Encodable =
  | number
  | string
  | boolean
  | null
  | Float64Array
  | readonly Encodable[]
  | { readonly [key: string]: unknown };

/** The 16 big-endian hex digits of the IEEE-754 representation of `value`. */
export const toBits = (value: number): string => bitsOf('f64', value);

/** The double whose IEEE-754 representation is the 16 hex digits; throws a RangeError for anything else. */
export function fromBits(bits: string): number {
  if (!/^[0-9a-f]{16}$/.test(bits)) {
    throw new RangeError(`a double is written as 16 lower-case hex digits, got ${JSON.stringify(bits).slice(0, 40)}`);
  }
  return numberOf('f64', bits);
}

/**
 * JSON that loses nothing: safe integers stay numbers, every other double becomes `{ "f64": "3fb999999999999a" }`, a vector
 * `{ "f64": ["…", "…"] }`. Saved counterexamples use it because decimal text and generator seeds both drift.
 */
export function encodeExact(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : { f64: toBits(value) };
  }
  if (value instanceof Float64Array) return { f64: Array.from(value, toBits) };
  if (Array.isArray(value)) return value.map(encodeExact);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, encodeExact(entry)]));
  }
  return value;
}

/** Inverse of `encodeExact`. Throws a RangeError when a double is malformed. */
export function decodeExact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decodeExact);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined && first[0] === 'f64') {
    if (typeof first[1] === 'string') return fromBits(first[1]);
    if (Array.isArray(first[1])) return Float64Array.from(first[1], (bits) => fromBits(String(bits)));
  }
  return Object.fromEntries(entries.map(([key, entry]) => [key, decodeExact(entry)]));
}
