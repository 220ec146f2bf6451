import { euclideanNorm } from './euclidean-norm.js';
import type { Shape } from './parameters/structure.js';

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
const LARGEST_ITERATIONS = 50_000;

/**
 * Solver of the dual of min_u ½‖u − y‖² + t TV(u). With Du the differences of an image to the next row and to the next column,
 * u = y − Dᵀq with q in the product of the balls of radius t, one a pixel. Method: the fast gradient projection of Beck and
 * Teboulle (2009), with the gradient restart of O'Donoghue and Candès (2015). At u = y − Dᵀq the duality gap is
 * Σ(t|Du| − ⟨Du, q⟩), a sum of terms ≥ 0, and ‖u − prox(y)‖² ≤ gap: the gap says when to stop.
 *
 * The function returned writes y − prox_{tTV}(y) = Dᵀq into `out`, which may be y; it allocates nothing, and throws an Error
 * when 50 000 iterations do not reach the accuracy.
 */
export function totalVariationDual({
  shape: [rows, columns],
  isotropic,
  accuracy,
  warmStart,
}: TotalVariationDualOptions): (y: Float64Array, t: number, out: Float64Array) => void {
  const pixels = rows * columns;
  // q and its extrapolation; entries over the last edges stay 0.
  const down = new Float64Array(pixels);
  const right = new Float64Array(pixels);
  const aheadDown = new Float64Array(pixels);
  const aheadRight = new Float64Array(pixels);
  const image = new Float64Array(pixels);
  // Without the mean, which Dᵀq cannot change, rounding is measured against the spread of the data.
  const centered = new Float64Array(pixels);

  /** Writes centered − Dᵀ(qDown, qRight) into image. */
  function imageOf(qDown: Float64Array, qRight: Float64Array): void {
    for (let i = 0, row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, i++) {
        let pull = -qDown[i]! - qRight[i]!;
        if (row > 0) pull += qDown[i - columns]!;
        if (column > 0) pull += qRight[i - 1]!;
        image[i] = centered[i]! - pull;
      }
    }
  }

  /** Brings q into the balls of the radius: the start of a call, from the last q or from 0. */
  function start(radius: number): void {
    for (let i = 0; i < pixels; i++) {
      const size = isotropic ? Math.sqrt(down[i]! ** 2 + right[i]! ** 2) : 0;
      // A length that is the radius up to rounding stays, so that a repeated call repeats its result.
      const shrink = warmStart ? (size > radius * (1 + 2 ** -50) ? radius / size : 1) : 0;
      down[i] = Math.max(-radius, Math.min(radius, down[i]! * shrink));
      right[i] = Math.max(-radius, Math.min(radius, right[i]! * shrink));
    }
    aheadDown.set(down);
    aheadRight.set(right);
  }

  /**
   * A bound of ‖image − prox(centered)‖², for the image left behind: centered − Dᵀq, or 0 where that is the better certified.
   * For 0 the duality gap is ½‖centered − Dᵀq‖², free of the rounding of t|Du| for large t.
   */
  function squaredErrorBound(radius: number): number {
    imageOf(down, right);
    let gap = 0;
    let squares = 0;
    for (let i = 0, row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, i++) {
        const d = row < rows - 1 ? image[i + columns]! - image[i]! : 0;
        const r = column < columns - 1 ? image[i + 1]! - image[i]! : 0;
        const size = isotropic ? Math.sqrt(d * d + r * r) : Math.abs(d) + Math.abs(r);
        gap += Math.max(0, radius * size - d * down[i]! - r * right[i]!);
        squares += image[i]! * image[i]!;
      }
    }
    if (gap <= squares) return gap;
    image.fill(0);
    return squares;
  }

  /** One accelerated step of length 1/8 = 1/‖D‖²; returns the next momentum number. */
  function iterate(radius: number, momentum: number): number {
    imageOf(aheadDown, aheadRight);
    let uphill = 0;
    const next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / next;
    for (let i = 0, row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, i++) {
        let d = row < rows - 1 ? aheadDown[i]! + (image[i + columns]! - image[i]!) / 8 : 0;
        let r = column < columns - 1 ? aheadRight[i]! + (image[i + 1]! - image[i]!) / 8 : 0;
        if (isotropic) {
          const size = Math.sqrt(d * d + r * r);
          if (size > radius) {
            d *= radius / size;
            r *= radius / size;
          }
        } else {
          d = Math.max(-radius, Math.min(radius, d));
          r = Math.max(-radius, Math.min(radius, r));
        }
        const dChange = d - down[i]!;
        const rChange = r - right[i]!;
        uphill += (aheadDown[i]! - d) * dChange + (aheadRight[i]! - r) * rChange;
        down[i] = d;
        right[i] = r;
        aheadDown[i] = d + push * dChange;
        aheadRight[i] = r + push * rChange;
      }
    }
    if (uphill <= 0) return next;
    aheadDown.set(down);
    aheadRight.set(right);
    return 1;
  }

  return (y, t, out) => {
    let sum = 0;
    for (let i = 0; i < pixels; i++) sum += y[i]!;
    const mean = sum / pixels;
    for (let i = 0; i < pixels; i++) centered[i] = y[i]! - mean;
    const spread = euclideanNorm(centered);
    // From √n·spread on the prox is the mean: along a spanning tree, a flow of half of Σ|y − mean| balances the data.
    const radius = Math.min(t, Math.sqrt(pixels) * spread);
    const allowed = (accuracy * spread) ** 2;
    start(radius);
    let momentum = 1;
    let bound = squaredErrorBound(radius);
    for (let iteration = 0; bound > allowed; bound = squaredErrorBound(radius)) {
      if (iteration >= LARGEST_ITERATIONS) {
        const reached = Math.sqrt(bound) / spread;
        throw new Error(`total-variation-2d: accuracy ${reached} after ${iteration} iterations instead of ${accuracy}`);
      }
      for (let k = 0; k < CHECK_EVERY; k++, iteration++) momentum = iterate(radius, momentum);
    }
    for (let i = 0; i < pixels; i++) out[i] = centered[i]! - image[i]!;
  };
}
