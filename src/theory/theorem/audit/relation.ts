import type { ProximableFunction } from '../../../reference/functions/definition/proximable-function.js';
import type { SmoothFunction } from '../../../reference/smooth/definition/smooth-function.js';

/**
 * The graph of a gradient or subdifferential: every parameter vector y has a point u(y) and a (sub)gradient g(y) at u(y). For a
 * gradient u(y) = y. For a function given by its prox, u(y) = prox_{γr}(y) and g(y) = (y − u)/γ ∈ ∂r(u): this reaches every pair of the
 * subdifferential, so two subgradients at one point can be exhibited without a formula for either.
 */
export interface Relation {
  /** `d`, `r_1`, … */
  readonly part: string;
  /** True when u(y) = y. */
  readonly gradient: boolean;
  /** Relative rounding of u and g, with a margin. */
  readonly accuracy: number;
  /** True when the prox is computed to a declared accuracy. */
  readonly iterative: boolean;
  /** The size to which the rounding of g(y) is relative, if it is larger than ‖g(y)‖. */
  size?(y: Float64Array): number;
  /** Writes u(y) and g(y). */
  evaluate(y: Float64Array, point: Float64Array, image: Float64Array): void;
}

/** Relative rounding of a gradient or prox that is accurate to a few units in the last place, with a margin. */
const roundingMargin = 2 ** -40;

export function gradientRelation(smooth: SmoothFunction): Relation {
  return {
    part: 'd',
    gradient: true,
    accuracy: roundingMargin,
    iterative: false,
    ...(smooth.gradientSize && { size: smooth.gradientSize }),
    evaluate(y, point, image) {
      point.set(y);
      smooth.gradient(y, image);
    },
  };
}

/** The relation of r_k, by its gradient if it has one, else by its prox at the step; k counts from 0. */
export function subgradientRelation(fn: ProximableFunction, k: number, step: number): Relation {
  const common = {
    part: `r_${k + 1}`,
    accuracy: Math.max(roundingMargin, 4 * (fn.accuracy ?? 0)),
    iterative: fn.accuracy !== undefined,
  };
  if (fn.gradient !== undefined) {
    return {
      ...common,
      gradient: true,
      evaluate(y, point, image) {
        point.set(y);
        fn.gradient!(y, image);
      },
    };
  }
  return {
    ...common,
    gradient: false,
    evaluate(y, point, image) {
      proxOrNaN(fn, () => fn.prox(y, step, point), point);
      proxOrNaN(fn, () => fn.dividedResidual(y, step, image), image);
    },
  };
}

/** Computes into `out`. An iterative prox that does not reach its accuracy gives NaN, which every search skips. */
export function proxOrNaN({ accuracy }: ProximableFunction, compute: () => unknown, out: Float64Array): void {
  try {
    compute();
  } catch (error) {
    if (accuracy === undefined) throw error;
    out.fill(Number.NaN);
  }
}
