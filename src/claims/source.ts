import * as z from 'zod';

export const sourceSchema = z.strictObject({
  /** e.g. `2.1`, `5.2`, or `beyond the paper` for results derived for this suite. */
  section: z.string(),
  /** e.g. `(9)`, `Theorem 1`, `Assumption 2(b)`. */
  equation: z.string().exactOptional(),
});

/** The place of the statement in the paper. */
export interface Source extends Readonly<z.output<typeof sourceSchema>> {}
