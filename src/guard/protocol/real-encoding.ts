import * as z from 'zod';
import { bitsOf, type Dtype, dtypeNames, dtypes, numberOf, roundTo } from '../../claims/implementation/dtype.js';
import { quoted } from './protocol-error.js';

export const encodingNames = ['bits', 'decimal'] as const;
export type EncodingName = (typeof encodingNames)[number];

/** The encoding of real numbers: `hello` agrees on it by the adapter's choice of encoding and its dtype. */
export interface RealEncoding {
  readonly name: EncodingName;
  readonly dtype: Dtype;
  /** Encodes a number for a request, rounded to the dtype. */
  encode(value: number): string | number;
  /** Validates and decodes a number of a reply. */
  readonly real: z.ZodType<number>;
}

const named = ['-0', 'NaN', 'Infinity', '-Infinity'] as const;

/** Hex digits of a number of a dtype. */
const digitsOf = (dtype: Dtype): number => dtypes[dtype].bits / 4;

/** What is wrong with a number of a reply; the most frequent mistakes are named. */
function whyNotBits(value: unknown, dtype: Dtype): string {
  const digits = digitsOf(dtype);
  const expected = `${digits} hex digits (encoding bits, ${dtype})`;
  if (value === null) return `null is not a number: NaN is "${bitsOf(dtype, Number.NaN)}"`;
  if (typeof value === 'number') return `${value} is a JSON number where ${expected} were agreed`;
  if (typeof value === 'string' && /^[0-9a-f]+$/i.test(value)) {
    const others = dtypeNames.filter((other) => digitsOf(other) === value.length);
    const other = others.length > 0 && value.length !== digits ? `, as in ${others.join(' and ')}: wrong dtype` : '';
    return `${quoted(value)} has ${value.length} hex digits${other}; expected ${expected}`;
  }
  return `${quoted(value)} where ${expected} were agreed`;
}

function whyNotDecimal(value: unknown): string {
  if (value === null) return 'null is not a number: write NaN and infinities as "NaN", "Infinity", "-Infinity"';
  if (typeof value === 'number') return `${value} is beyond the range of a double: write "Infinity" or "-Infinity"`;
  if (typeof value === 'string' && /^([0-9a-f]{16}|[0-9a-f]{8}|[0-9a-f]{4})$/i.test(value)) {
    return `${quoted(value)} is in bits where JSON numbers (encoding decimal) were agreed`;
  }
  return `${quoted(value)} where a JSON number or one of "-0", "NaN", "Infinity", "-Infinity" was agreed`;
}

/** The bits in hex, most significant first; upper case is accepted. */
const bitsSchema = (dtype: Dtype): z.ZodType<string> =>
  z
    .string({ error: ({ input }) => whyNotBits(input, dtype) })
    .regex(new RegExp(`^[0-9a-fA-F]{${digitsOf(dtype)}}$`), { error: ({ input }) => whyNotBits(input, dtype) });

const decimalSchema = z.union([z.number(), z.enum(named)], { error: ({ input }) => whyNotDecimal(input) });

/** The encoding that `hello` agreed on. */
export function realEncoding(name: EncodingName, dtype: Dtype): RealEncoding {
  if (name === 'bits') {
    return {
      name,
      dtype,
      encode: (value) => bitsOf(dtype, value),
      real: bitsSchema(dtype).transform((digits) => numberOf(dtype, digits)),
    };
  }
  return {
    name,
    dtype,
    encode: (value) => {
      const rounded = roundTo(dtype, value);
      return Number.isFinite(rounded) && !Object.is(rounded, -0)
        ? rounded
        : Object.is(rounded, -0)
          ? '-0'
          : `${rounded}`;
    },
    real: decimalSchema.transform((value) => roundTo(dtype, Number(value))),
  };
}

/** A real number in any encoding, for the published schemas, which cannot know what `hello` agrees on. */
export const anyReal: z.ZodType<string | number> = z
  .union([bitsSchema('f64'), bitsSchema('f32'), bitsSchema('f16'), decimalSchema])
  .meta({
    description:
      'A real number in the encoding agreed in hello. bits: the bits in hex, most significant first, 16 digits for f64, 8 for f32, 4 for f16 and bf16. decimal: a JSON number in shortest round-trip form, or "-0", "NaN", "Infinity", "-Infinity".',
  });
