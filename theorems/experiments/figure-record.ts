import * as z from 'zod';
import { parseRecord, realSchema } from '../../src/library/report.js';
import type { DeepReadonly } from '../../src/library/theorems.js';

const countSchema = z.number().int().nonnegative();

const bandSchema = z.strictObject({
  /** Median over the seeds. */
  median: z.array(realSchema),
  /** Smallest over the seeds. */
  lower: z.array(realSchema),
  /** Largest over the seeds. */
  upper: z.array(realSchema),
});

/** One curve of a figure over several seeds of the noise: normalised objectives at t = 0 … T. */
export interface FigureBand extends DeepReadonly<z.output<typeof bandSchema>> {}

const imageSchema = z.strictObject({
  /** Pixels along one side of the square. */
  side: countSchema,
  /** Grey values, 0 black and 1 white, row by row. */
  pixels: z.array(realSchema),
  /** ‖x_T − x‖/‖x‖ for the true image x, or for −x_T, which has the same measurements, if that is smaller. */
  relativeError: realSchema,
});

/** A panel's image: the output x_T of the first seed. */
export interface FigureImage extends DeepReadonly<z.output<typeof imageSchema>> {}

/** Settings in the order of the paper's panels (c)–(f). */
export interface BySetting<Value> {
  /** Panel (c): SPGM, dense noise. */
  readonly 'spgm-dense': Value;
  /** Panel (d): signProx, dense noise. */
  readonly 'sign-prox-dense': Value;
  /** Panel (e): SPGM, sparse noise. */
  readonly 'spgm-sparse': Value;
  /** Panel (f): signProx, sparse noise. */
  readonly 'sign-prox-sparse': Value;
}

const bySetting = <Schema extends z.ZodType>(value: Schema) =>
  z.strictObject({ 'spgm-dense': value, 'sign-prox-dense': value, 'spgm-sparse': value, 'sign-prox-sparse': value });

const figureRecordSchema = z.strictObject({
  /** The imaging problem. */
  problem: z.strictObject({
    /** Pixels along one side of the square image. */
    side: countSchema,
    /** How many measurements d is made of. */
    measurements: countSchema,
    /** Factor in front of the total variation. */
    weight: realSchema,
    /** The seed of the image and the measurements. */
    seed: z.string(),
  }),
  /** The quantity that sparse noise keeps constant: the variance of the whole vector, or the deviation of the entries that it hits. */
  reading: z.enum(['total', 'entry']),
  /** σ: the noise of the proximal-gradient has deviation γσ. */
  sigma: realSchema,
  /** ρ of the sparse setting. */
  density: realSchema,
  /** T. */
  iterations: countSchema,
  /** One per run of the noise. */
  seeds: z.array(z.string()),
  /** γ of each setting. */
  steps: bySetting(realSchema),
  /** How the steps were chosen. */
  stepChoice: z.string(),
  /** f* from the full TV reconstruction. */
  infimum: realSchema,
  bands: bySetting(bandSchema),
  images: bySetting(imageSchema),
});

/** Figure 1 as numbers, for one reading of "the standard deviation of the noise is kept constant". */
export interface FigureRecord
  extends Omit<DeepReadonly<z.output<typeof figureRecordSchema>>, 'steps' | 'bands' | 'images'> {
  /** γ of each setting. */
  readonly steps: BySetting<number>;
  /** Normalised objectives at t = 0 … T. */
  readonly bands: BySetting<FigureBand>;
  /** The outputs. */
  readonly images: BySetting<FigureImage>;
}

/**
 * Reads what `signprox figure` has written as JSON.
 *
 * @throws RangeError of one line that names the first place that differs
 * @example
 * assert.throws(() => parseFigureRecord('{}'), /^RangeError: figure record: /);
 */
export function parseFigureRecord(json: string): FigureRecord {
  return parseRecord('figure record', figureRecordSchema, json);
}
