import * as z from 'zod';

/** JSON has no word for these doubles: they travel as strings, the words of the protocol's decimal encoding. */
const specialNumbers = ['NaN', 'Infinity', '-Infinity', '-0'] as const;

const special: ReadonlySet<string> = new Set(specialNumbers);

/** A double in JSON: a number, or one of "NaN", "Infinity", "-Infinity", "-0". Decodes to a number. */
export const realSchema: z.ZodType<number> = z.union([z.number(), z.enum(specialNumbers)]).transform(Number);

/** A measured figure: a double as above, or text. The four words above are always numbers. */
export const figureSchema: z.ZodType<number | string> = z.union([z.number(), z.string()]).transform((value) => {
  return typeof value === 'string' && special.has(value) ? Number(value) : value;
});

export const countSchema = z.number().int().nonnegative();

/** A type inferred from a schema, for values that nobody changes: every property and array in it is read-only. */
export type DeepReadonly<T> = unknown extends T ? T : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };

export const sourceSchema = z.strictObject({
  /** e.g. `2.1`, `5.2`, or `beyond the paper` for results derived for this suite. */
  section: z.string(),
  /** e.g. `(9)`, `Theorem 1`, `Assumption 2(b)`. */
  equation: z.string().exactOptional(),
});

/** The place of the statement in the paper. */
export interface Source extends Readonly<z.output<typeof sourceSchema>> {}
