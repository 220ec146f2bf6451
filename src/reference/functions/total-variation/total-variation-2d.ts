import { checkedFunction, defineFunction } from '../definition/define-function.js';
import type { ProximableFunction } from '../definition/proximable-function.js';
import { euclideanNorm, ordinaryScale, scratchVector } from '../numerics/vectors.js';
import { number, weight } from '../parameters/number.js';
import { optional } from '../parameters/parameter.js';
import { choice, flag, type Shape, shape } from '../parameters/structure.js';
import { type BorderedImages, borderedImages, borderedSize } from './bordered-images.js';
import { advance, primalImage } from './total-variation-iteration.js';

export interface TotalVariationDualOptions {
  readonly shape: Shape;
  readonly isotropic: boolean;
  /** Largest ‖error‖ relative to ‖y − mean(y)‖. */
  readonly accuracy: number;
  /** Whether to start from the dual variable of the last call instead of 0. */
  readonly warmStart: boolean;
}

/** Iterations between two looks at the duality gap, which costs as much as an iteration. */
const CHECK_EVERY = 8;
/** Iterations that an image of any size is given. */
const FEWEST_ITERATIONS = 50_000;
/**
 * Pixels times iterations that a small image is given, half a second. Where the solution is flat and q on the boundary of the balls too, the
 * gap falls like 1/k², with restarts, without them and with steps of other lengths: 22 pixels have taken 227 000 iterations to 10⁻⁶.
 */
const PIXEL_UPDATES = 1e8;

/**
 * Solver of the dual of min_u ½‖u − y‖² + t TV(u). With Du the differences of an image to the next row and to the next column,
 * u = y − Dᵀq with q in the product of the balls of radius t, one a pixel. Method: the fast gradient projection of Beck and
 * Teboulle (2009), with the gradient restart of O'Donoghue and Candès (2015). At u = y − Dᵀq the duality gap is
 * Σ(t|Du| − ⟨Du, q⟩), a sum of terms ≥ 0, and ‖u − prox(y)‖² ≤ gap: the gap says when to stop.
 *
 * The function returned writes y − prox_{tTV}(y) = Dᵀq into `out`, which may be y; it allocates nothing, and throws an Error
 * when the accuracy is not reached in 50 000 iterations, or in as many more as an image of less than 2000 pixels does in the same time.
 */
export function totalVariationDual({
  shape: [rows, columns],
  isotropic,
  accuracy,
  warmStart,
}: TotalVariationDualOptions): (y: Float64Array, t: number, out: Float64Array) => void {
  const pixels = rows * columns;
  const mostIterations = Math.max(FEWEST_ITERATIONS, PIXEL_UPDATES / pixels);
  const size = borderedSize(rows, columns);
  const own = ownImages(rows, columns);
  // q of the last call.
  const lastDown = new Float64Array(size);
  const lastRight = new Float64Array(size);

  /** Brings q into the balls of the radius: the start of a call, from the last q or from 0. */
  function start({ down, right, aheadDown, aheadRight }: BorderedImages, radius: number, scale: number): void {
    for (let i = 0; i < size; i++) {
      const [d, r] = [scale * lastDown[i]!, scale * lastRight[i]!];
      const length = isotropic ? Math.sqrt(d * d + r * r) : 0;
      // A length that is the radius up to rounding stays, so that a repeated call repeats its result.
      const shrink = warmStart ? (length > radius * (1 + 2 ** -50) ? radius / length : 1) : 0;
      down[i] = Math.max(-radius, Math.min(radius, d * shrink));
      right[i] = Math.max(-radius, Math.min(radius, r * shrink));
    }
    aheadDown.set(down);
    aheadRight.set(right);
  }

  /**
   * A bound of ‖image − prox(centered)‖², for the image left behind: centered − Dᵀq, or 0 where that is the better certified.
   * For 0 the duality gap is ½‖centered − Dᵀq‖², free of the rounding of t|Du| for large t.
   */
  function squaredErrorBound(images: BorderedImages, radius: number): number {
    const { down, right, image } = images;
    primalImage(images, down, right);
    const stride = columns + 1;
    let gap = 0;
    let squares = 0;
    for (let row = stride; row <= rows * stride; row += stride) {
      for (let i = row + 1; i < row + stride; i++) {
        const u = image[i]!;
        const d = image[i + stride]! - u;
        const r = image[i + 1]! - u;
        const length = isotropic ? Math.sqrt(d * d + r * r) : Math.abs(d) + Math.abs(r);
        const term = radius * length - d * down[i]! - r * right[i]!;
        if (!(term < 0)) gap += term;
        squares += u * u;
      }
    }
    if (gap <= squares) return gap;
    image.fill(0);
    return squares;
  }

  return (y, t, out) => {
    const images = own();
    const { image, centered } = images;
    // The prox of y at t is that of cy at ct, divided by c.
    const scale = ordinaryScale(y);
    let sum = 0;
    for (let i = 0; i < pixels; i++) sum += scale * y[i]!;
    const mean = sum / pixels;
    for (let i = 0, cell = columns + 2; i < pixels; cell++) {
      for (const end = i + columns; i < end; i++, cell++) centered[cell] = scale * y[i]! - mean;
    }
    const spread = euclideanNorm(centered);
    // From √n·spread on the prox is the mean: along a spanning tree, a flow of half of Σ|y − mean| balances the data.
    const radius = Math.min(scale * t, Math.sqrt(pixels) * spread);
    const allowed = (accuracy * spread) ** 2;
    start(images, radius, scale);
    let momentum = 1;
    let bound = squaredErrorBound(images, radius);
    for (let iteration = 0; bound > allowed; iteration += CHECK_EVERY) {
      if (iteration >= mostIterations) {
        const reached = Math.sqrt(bound) / spread;
        throw new Error(`total-variation-2d: accuracy ${reached} after ${iteration} iterations instead of ${accuracy}`);
      }
      momentum = advance(images, isotropic, radius, momentum, CHECK_EVERY);
      bound = squaredErrorBound(images, radius);
    }
    for (let i = 0, cell = columns + 2; i < pixels; cell++) {
      for (const end = i + columns; i < end; i++, cell++) out[i] = (centered[cell]! - image[cell]!) / scale;
    }
    if (warmStart) {
      for (let i = 0; i < size; i++) {
        lastDown[i] = images.down[i]! / scale;
        lastRight[i] = images.right[i]! / scale;
      }
    }
  };
}

/** The arrays of one shape, made when they are first wanted. */
function ownImages(rows: number, columns: number): () => BorderedImages {
  let made: BorderedImages | undefined;
  return () => {
    made ??= borderedImages(rows, columns);
    return made;
  };
}

/**
 * r(u) = w Σ|(Du)_i| for an image u, row by row in a vector. Du takes the differences to the next row and to the next column
 * (0 over the last edge), |·| is the Euclidean length of that pair (isotropic) or the sum of its magnitudes (anisotropic).
 * The prox is iterative: ‖error‖ ≤ accuracy·‖y − mean(y)‖, certified by the duality gap, whose rounding allows no accuracy
 * below 10⁻⁷. With `warmStart` it begins at the dual solution of the last call, which saves most iterations along a sequence of
 * near y, and makes the result depend on the calls before within the accuracy: only for a caller that keeps the function to
 * itself. ρ(y) = Dᵀq is the dual solution itself.
 *
 * @example
 * const image = Float64Array.of(0, 3, 4, 0);
 * assert.equal(totalVariation2d({ weight: 1, shape: [2, 2], variant: 'isotropic' }).value(image), 12);
 */
export const totalVariation2d = defineFunction({
  type: 'total-variation-2d',
  formula:
    'weight * sum over pixels of |(down, right)|, the differences to the next row and column; length of the pair or sum of its magnitudes as variant says',
  parameters: {
    weight,
    shape,
    variant: choice('isotropic', 'anisotropic'),
    accuracy: optional(number({ minimum: 1e-7 }), 1e-6),
    warmStart: optional(flag, false),
  },
  traits: { convex: 'yes', separable: 'no', smooth: 'no', conjugate: 'no' },
  // Forward differences look one way: an image turned round is another one to the isotropic variant.
  examples: [
    { weight: 0.5, shape: [3, 4], variant: 'isotropic' },
    { weight: 0.25, shape: [4, 3], variant: 'anisotropic', accuracy: 1e-7, warmStart: true },
    { weight: 1.5, shape: [1, 1], variant: 'isotropic' },
    { weight: 0, shape: [2, 2], variant: 'anisotropic' },
  ],
  mutants: {
    mean: {
      description: 'the weight is spread over the pixels',
      change: (honest) => ({ prox: (y, step, out) => honest.prox(y, step / y.length, out) }),
    },
  },
  create({ weight, shape, variant, accuracy, warmStart }, identity): ProximableFunction {
    const [rows, columns] = shape;
    const dimension = rows * columns;
    const isotropic = variant === 'isotropic';
    const pullOf = scratchVector();
    const solveDual = totalVariationDual({ shape, isotropic, accuracy, warmStart });
    return checkedFunction({
      convex: true,
      ...identity,
      dimension,
      accuracy,
      value(u) {
        let sum = 0;
        for (let i = 0, row = 0; row < rows; row++) {
          for (let column = 0; column < columns; column++, i++) {
            const down = row < rows - 1 ? u[i + columns]! - u[i]! : 0;
            const right = column < columns - 1 ? u[i + 1]! - u[i]! : 0;
            sum += isotropic ? Math.sqrt(down * down + right * right) : Math.abs(down) + Math.abs(right);
          }
        }
        return weight * sum;
      },
      prox(y, step, out) {
        const pull = pullOf(dimension);
        solveDual(y, step * weight, pull);
        for (let i = 0; i < dimension; i++) out[i] = y[i]! - pull[i]!;
      },
      residual: (y, step, out) => solveDual(y, step * weight, out),
      dividedResidual(y, step, out) {
        solveDual(y, step * weight, out);
        for (let i = 0; i < dimension; i++) out[i]! /= step;
      },
    });
  },
});
