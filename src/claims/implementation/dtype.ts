/** A binary floating-point format. */
interface Format {
  /** Bits of an encoding: sign, exponent and the digits after the first. */
  readonly bits: number;
  /** Binary digits p of a normal number, the first among them. */
  readonly precision: number;
  /** Exponents of the smallest normal number, 2^least, and of the largest number, (2 − 2^(1−p))·2^most. */
  readonly least: number;
  readonly most: number;
}

/** The formats in which an implementation may compute: binary64, binary32 and binary16 of IEEE 754-2019, table 3.5, and bfloat16, the upper half of a binary32. */
export const dtypes = {
  f64: { bits: 64, precision: 53, least: -1022, most: 1023 },
  f32: { bits: 32, precision: 24, least: -126, most: 127 },
  f16: { bits: 16, precision: 11, least: -14, most: 15 },
  bf16: { bits: 16, precision: 8, least: -126, most: 127 },
} as const satisfies Readonly<Record<string, Format>>;

/**
 * The name of a format.
 *
 * @useDeclaredType
 */
export type Dtype = keyof typeof dtypes;

export const dtypeNames = Object.keys(dtypes) as [Dtype, ...Dtype[]];

/** Unit roundoff u = 2^−p: half the spacing of numbers at 1. */
export const unitRoundoff = (dtype: Dtype): number => 2 ** -dtypes[dtype].precision;

/** Decimal digits that a number has: an answer with fewer than half of them right is wrong, and with more it is inaccurate. */
export const significantDigits = (dtype: Dtype): number => dtypes[dtype].precision * Math.log10(2);

/** The smallest normal number. */
export const smallestNormal = (dtype: Dtype): number => 2 ** dtypes[dtype].least;

/** The smallest positive number, which is subnormal: the spacing of numbers below the smallest normal one. */
export const smallestPositive = (dtype: Dtype): number => 2 * unitRoundoff(dtype) * smallestNormal(dtype);

/** The largest finite number. */
export const largestFinite = (dtype: Dtype): number => (2 - 2 * unitRoundoff(dtype)) * 2 ** dtypes[dtype].most;

/** Whether a format holds every number of another one. */
export function holds(wide: Dtype, narrow: Dtype): boolean {
  const [one, other] = [dtypes[wide], dtypes[narrow]];
  return (
    smallestPositive(wide) <= smallestPositive(narrow) && one.precision >= other.precision && one.most >= other.most
  );
}

const view = new DataView(new ArrayBuffer(8));

/** The spacing of numbers of the format around a value: that above a power of two, and at least that of subnormal numbers. */
export function spacing(dtype: Dtype, value: number): number {
  view.setFloat64(0, value);
  const exponent = ((view.getUint32(0) >>> 20) & 0x7ff) - 1023;
  return 2 ** (Math.max(exponent, dtypes[dtype].least) - dtypes[dtype].precision + 1);
}

/** Adding and subtracting it rounds a double of less than 2⁵¹ in size to an integer, ties to even. */
const integers = 1.5 * 2 ** 52;

/** The number of the format that is nearest to a double, ties to even; beyond the largest one ±∞. */
export function roundTo(dtype: Dtype, value: number): number {
  if (dtype === 'f64' || value === 0 || !Number.isFinite(value)) return value;
  const unit = spacing(dtype, value);
  const size = (Math.abs(value) / unit + integers - integers) * unit;
  return Math.sign(value) * (size > largestFinite(dtype) ? Number.POSITIVE_INFINITY : size);
}

/** A number of a format as the hex digits of its encoding, most significant first; it is rounded to the format before. */
export function bitsOf(dtype: Dtype, value: number): string {
  const { bits, precision, least, most } = dtypes[dtype];
  if (bits === 64) {
    view.setFloat64(0, value);
    return view.getBigUint64(0).toString(16).padStart(16, '0');
  }
  const rounded = roundTo(dtype, value);
  const size = Math.abs(rounded);
  const isNegative = rounded < 0 || Object.is(rounded, -0);
  const ofInfinity = (most - least + 2) * 2 ** (precision - 1);
  let field = ofInfinity;
  if (Number.isNaN(size)) field += 2 ** (precision - 2);
  else if (Number.isFinite(size)) {
    const unit = spacing(dtype, size);
    // Exponents count from that of subnormal numbers; the first digit of a normal one adds 1 to its exponent.
    field = (Math.log2(unit) - (least - precision + 1)) * 2 ** (precision - 1) + size / unit;
  }
  return ((isNegative ? 2 ** (bits - 1) : 0) + field).toString(16).padStart(bits / 4, '0');
}

/** The number with an encoding of `bits`/4 hex digits. */
export function numberOf(dtype: Dtype, digits: string): number {
  const { bits, precision, least, most } = dtypes[dtype];
  if (bits === 64) {
    view.setBigUint64(0, BigInt(`0x${digits}`));
    return view.getFloat64(0);
  }
  const code = Number.parseInt(digits, 16);
  const side = code >= 2 ** (bits - 1) ? -1 : 1;
  const field = code % 2 ** (bits - 1);
  const exponent = Math.floor(field / 2 ** (precision - 1));
  const fraction = field % 2 ** (precision - 1);
  if (exponent === most - least + 2) return fraction === 0 ? side * Number.POSITIVE_INFINITY : Number.NaN;
  const significand = exponent === 0 ? fraction : fraction + 2 ** (precision - 1);
  return side * significand * 2 ** (Math.max(exponent, 1) - 1 + least - precision + 1);
}
