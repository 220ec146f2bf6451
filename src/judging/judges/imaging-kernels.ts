import { borderedImages } from '../../reference/functions/total-variation/bordered-images.js';
import { type Advance, advanceAsDefined } from '../../reference/functions/total-variation/total-variation-iteration.js';
import { type AddRows, addRowsAsDefined, type RowFactor } from '../../reference/smooth/matrix/sweep.js';
import type { Judgement } from './judgement.js';

/** Iterations of the total variation from q = 0. */
export interface TotalVariationCase {
  readonly rows: number;
  readonly columns: number;
  readonly isotropic: boolean;
  /** Radius of the balls of q. */
  readonly radius: number;
  readonly iterations: number;
  /** The image, row by row. */
  readonly pixels: readonly number[];
}

/** A sweep out ← Aᵀφ(Ax) with φ_j(s) = s² − 1 − j/8. */
export interface SweepCase {
  readonly rows: number;
  readonly columns: number;
  readonly data: readonly number[];
  readonly x: readonly number[];
}

/** Judges an iteration of the total variation against its definition, bit for bit: dual variable, extrapolation, image and momentum. */
export function judgeAdvance(name: string, advance: Advance, input: TotalVariationCase): Judgement {
  const { rows, columns, isotropic, radius, iterations } = input;
  const results = [advanceAsDefined, advance].map((candidate) => {
    const images = borderedImages(rows, columns);
    fillCentered(images.centered, input.pixels, rows, columns);
    const momentum = candidate(images, isotropic, radius, 1, iterations);
    const { down, right, aheadDown, aheadRight, image } = images;
    return [[momentum], ...[down, right, aheadDown, aheadRight, image].map((array) => pixelsOf(array, rows, columns))];
  }) as [number[][], number[][]];
  return sameBits(name, results[1].flat(), results[0].flat());
}

function fillCentered(centered: Float64Array, pixels: readonly number[], rows: number, columns: number): void {
  for (let row = 0; row < rows; row++) {
    const from = row * columns;
    centered.set(pixels.slice(from, from + columns), (row + 1) * (columns + 1) + 1);
  }
}

/** Whether the momentum was reset at least once, which the sign of a sum over the image decides. */
export function restarts({ rows, columns, isotropic, radius, iterations, pixels }: TotalVariationCase): boolean {
  const images = borderedImages(rows, columns);
  fillCentered(images.centered, pixels, rows, columns);
  let momentum = 1;
  for (let k = 0; k < iterations; k++) {
    momentum = advanceAsDefined(images, isotropic, radius, momentum, 1);
    if (momentum === 1) return true;
  }
  return false;
}

/** The part inside the border: the border is scratch. */
function pixelsOf(array: Float64Array, rows: number, columns: number): number[] {
  return Array.from({ length: rows * columns }, (_, k) => {
    const row = Math.floor(k / columns);
    return array[(row + 1) * (columns + 1) + (k % columns) + 1]!;
  });
}

/** Judges out ← Aᵀφ(Ax) of a fast form of the sweep, run by `sweep` on the case, against the definition, bit for bit. */
export function judgeSweep(name: string, sweep: Sweep, input: SweepCase): Judgement {
  return sameBits(name, sweep(input), sweepOf(addRowsAsDefined)(input));
}

/** Aᵀφ(Ax) of a case. */
export type Sweep = (input: SweepCase) => Float64Array;

/** The sweep of a form. */
export function sweepOf(addRows: AddRows): Sweep {
  return ({ rows, columns, data, x }) => {
    const out = new Float64Array(columns);
    addRows({ rows, columns, data: Float64Array.from(data) }, Float64Array.from(x), caseFactor, out);
    return out;
  };
}

/** φ(s) = s² − 1 minus a number that depends on the row, so that rows cannot be confused. */
const caseFactor: RowFactor = (product, row) => product * product - 1 - row / 8;

function sameBits(name: string, actual: ArrayLike<number>, expected: ArrayLike<number>): Judgement {
  const different = Array.from(expected, (_, i) => i).find((i) => !Object.is(actual[i], expected[i]));
  if (different === undefined) return { ratio: 0 };
  return {
    ratio: Number.POSITIVE_INFINITY,
    explanation: () => `${name}: number ${different} is ${actual[different]} instead of ${expected[different]}`,
  };
}
