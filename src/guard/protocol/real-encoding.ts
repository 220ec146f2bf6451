import * as z from 'zod';
import { toBits } from '../../claims/exact-encoding.js';
import { quoted } from './protocol-error.js';

export const encodingNames = ['bits', 'decimal'] as const;
export type EncodingName = (typeof encodingNames)[number];

/** The encoding of real numbers: `hello` agrees on it by the adapter's choice of encoding and its dtype. */
export interface RealEncoding {
  readonly name: EncodingName;
  readonly dtype: 'f64' | 'f32';
  /** Encodes a number for a request, rounded to the dtype. */
  encode(value: number): string | number;
  /** Validates and decodes a number of a reply. */
  readonly real: z.ZodType<number>;
}

const named = ['-0', 'NaN', 'Infinity', '-Infinity'] as const;
const view = new DataView(new ArrayBuffer(8));

function doubleOf(digits: string): number {
  view.setUint32(0, Number.parseInt(digits.slice(0, 8), 16));
  view.setUint32(4, Number.parseInt(digits.slice(8), 16));
  return view.getFloat64(0);
}

function singleOf(digits: string): number {
  view.setUint32(0, Number.parseInt(digits, 16));
  return view.getFloat32(0);
}

function singleBits(value: number): string {
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

/** What is wrong with a number of a reply; the most frequent mistakes are named. */
function whyNotBits(value: unknown, digits: 16 | 8): string {
  const expected = `${digits} hex digits (encoding bits, ${digits === 16 ? 'f64' : 'f32'})`;
  if (value === null) return `null is not a number: NaN is ${digits === 16 ? '"7ff8000000000000"' : '"7fc00000"'}`;
  if (typeof value === 'number') return `${value} is a JSON number where ${expected} were agreed`;
  if (typeof value === 'string' && /^[0-9a-f]+$/i.test(value)) {
    const other = value.length === 24 - digits ? `, as in ${digits === 16 ? 'f32' : 'f64'}: wrong dtype` : '';
    return `${quoted(value)} has ${value.length} hex digits${other}; expected ${expected}`;
  }
  return `${quoted(value)} where ${expected} were agreed`;
}

function whyNotDecimal(value: unknown): string {
  if (value === null) return 'null is not a number: write NaN and infinities as "NaN", "Infinity", "-Infinity"';
  if (typeof value === 'number') return `${value} is beyond the range of a double: write "Infinity" or "-Infinity"`;
  if (typeof value === 'string' && /^([0-9a-f]{16}|[0-9a-f]{8})$/i.test(value)) {
    return `${quoted(value)} is in bits where JSON numbers (encoding decimal) were agreed`;
  }
  return `${quoted(value)} where a JSON number or one of "-0", "NaN", "Infinity", "-Infinity" was agreed`;
}

/** Big-endian IEEE-754 as 16 or 8 hex digits; upper case is accepted. */
const bitsSchema = (digits: 16 | 8): z.ZodType<string> =>
  z
    .string({ error: ({ input }) => whyNotBits(input, digits) })
    .regex(digits === 16 ? /^[0-9a-fA-F]{16}$/ : /^[0-9a-fA-F]{8}$/, {
      error: ({ input }) => whyNotBits(input, digits),
    });

const decimalSchema = z.union([z.number(), z.enum(named)], { error: ({ input }) => whyNotDecimal(input) });

/** The encoding that `hello` agreed on. */
export function realEncoding(name: EncodingName, dtype: RealEncoding['dtype']): RealEncoding {
  const single = dtype === 'f32';
  if (name === 'bits') {
    return single
      ? { name, dtype, encode: singleBits, real: bitsSchema(8).transform(singleOf) }
      : { name, dtype, encode: toBits, real: bitsSchema(16).transform(doubleOf) };
  }
  const round = single ? Math.fround : (value: number) => value;
  return {
    name,
    dtype,
    encode: (value) => {
      const rounded = round(value);
      return Number.isFinite(rounded) && !Object.is(rounded, -0)
        ? rounded
        : Object.is(rounded, -0)
          ? '-0'
          : `${rounded}`;
    },
    real: decimalSchema.transform((value) => round(Number(value))),
  };
}

/** A real number in any encoding, for the published schemas, which cannot know what `hello` agrees on. */
export const anyReal: z.ZodType<string | number> = z.union([bitsSchema(16), bitsSchema(8), decimalSchema]).meta({
  description:
    'A real number in the encoding agreed in hello. bits: big-endian IEEE-754 in hex, 16 digits for f64, 8 for f32. decimal: a JSON number in shortest round-trip form, or "-0", "NaN", "Infinity", "-Infinity".',
});
