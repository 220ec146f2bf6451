import type { ProximableFunction } from '../definition/proximable-function.js';
import { distanceToBox, euclideanNorm, scratchVector } from '../numerics/vectors.js';
import { domainInterval } from './derived-traits.js';
import { gradientSolver, separableSolver } from './monotone-equation.js';

/** The domains of separable functions r_k and of their average, coordinate by coordinate, for one length n. */
interface AverageDomain {
  readonly length: number;
  /** Ends of the domain of each r_k. */
  readonly componentLower: readonly Float64Array[];
  readonly componentUpper: readonly Float64Array[];
  /** Their means with the weights θ: the ends of the closure of the range of Σθ_k prox_{γr_k}. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The domains of separable r_k with weights θ_k > 0, for length n. */
function averageDomain(
  functions: readonly ProximableFunction[],
  probabilities: readonly number[],
  length: number,
): AverageDomain {
  const lower = new Float64Array(length);
  const upper = new Float64Array(length);
  const componentLower: Float64Array[] = [];
  const componentUpper: Float64Array[] = [];
  functions.forEach((fn, k) => {
    const intervals = Array.from({ length }, (_, i) => domainInterval(fn.coordinate!(i)));
    componentLower.push(Float64Array.from(intervals, ([low]) => low));
    componentUpper.push(Float64Array.from(intervals, ([, high]) => high));
    for (let i = 0; i < length; i++) {
      // The summation order of the mean of proxes, so that its rounding is the same.
      lower[i]! += probabilities[k]! * componentLower[k]![i]!;
      upper[i]! += probabilities[k]! * componentUpper[k]![i]!;
    }
  });
  return { length, componentLower, componentUpper, lower, upper };
}

/** Largest relative ‖P⁰(x) − u‖ at which u still counts as a point of the range, for coupled functions. */
const RANGE_TOLERANCE = 1e-6;

/** The proximal average of functions r_k with weights θ_k > 0 and parameter γ, through the map u = P⁰(x) = Σθ_k prox_{γr_k}(x). */
export interface AverageMap {
  /** Whether every r_k is a sum of one-dimensional functions. */
  readonly separable: boolean;
  /** Whether no r_k is finite everywhere: only then is the average infinite somewhere. */
  readonly constrained: boolean;
  /** Writes Σθ_k op_k(x), op_k the prox or a residual of r_k at the step γ; `out` may be x. */
  mean(operator: 'prox' | 'residual' | 'dividedResidual', x: Float64Array, out: Float64Array): void;
  /** Writes into x, which may be u, a solution of P⁰(x) = u; returns the ‖P⁰(x) − u‖ that is left for coupled functions. */
  solve(u: Float64Array, x: Float64Array): number;
  /** r(P⁰(x)). */
  valueAtPreimage(x: Float64Array): number;
  /** r(u), +∞ off the closure of the range. */
  value(u: Float64Array): number;
  /** Distance of u to the closure of the range of P⁰. */
  violation(u: Float64Array): number;
  /** r at the nearest point of the closure. */
  finiteValue(u: Float64Array): number;
}

/** The map of the r_k; allocates nothing after the first call for a length. */
export function averageMap(
  functions: readonly ProximableFunction[],
  probabilities: readonly number[],
  step: number,
  accuracy: number,
): AverageMap {
  const separable = functions.every((fn) => fn.coordinate !== undefined);
  const constrained = functions.every((fn) => fn.violation !== undefined);
  const componentOf = scratchVector();
  const sumOf = scratchVector();
  const differenceOf = scratchVector();
  const preimageOf = scratchVector();
  const slopeOf = scratchVector();
  const solveSeparable = separableSolver();
  const solveCoupled = gradientSolver();

  /** Σθ_k op_k(x), where op is a prox or a residual at the step γ; `out` may be x. */
  function mean(operator: 'prox' | 'residual' | 'dividedResidual', x: Float64Array, out: Float64Array): void {
    const component = componentOf(x.length);
    const sum = sumOf(x.length).fill(0);
    for (let k = 0; k < functions.length; k++) {
      functions[k]![operator](x, step, component);
      for (let i = 0; i < sum.length; i++) sum[i]! += probabilities[k]! * component[i]!;
    }
    out.set(sum);
  }
  const meanProx = (x: Float64Array, out: Float64Array): void => mean('prox', x, out);

  let domain: AverageDomain | undefined;
  function domainFor(length: number): AverageDomain {
    if (domain?.length !== length) domain = averageDomain(functions, probabilities, length);
    return domain;
  }

  /** Writes into x a solution of P⁰(x) = u, and returns the distance that a coupled solver leaves. */
  function solve(u: Float64Array, x: Float64Array): number {
    const target = differenceOf(u.length);
    target.set(u);
    x.set(target);
    if (!separable) return solveCoupled(meanProx, 1, target, x);
    solveSeparable(meanProx, target, step, x);
    return 0;
  }

  /** Σθ_k r_k(u_k) + (1/2γ) Σθ_k‖u_k − ū‖² at u_k = prox_{γr_k}(x), moved to the ends of the domains where u is there. */
  function valueFrom(x: Float64Array, center: Float64Array, u?: Float64Array): number {
    const component = componentOf(x.length);
    const ends = u !== undefined && constrained && separable ? domainFor(x.length) : undefined;
    let value = 0;
    for (let k = 0; k < functions.length; k++) {
      const fn = functions[k]!;
      fn.prox(x, step, component);
      let squares = 0;
      for (let i = 0; i < component.length; i++) {
        if (ends !== undefined && u![i] === ends.lower[i]) component[i] = ends.componentLower[k]![i]!;
        else if (ends !== undefined && u![i] === ends.upper[i]) component[i] = ends.componentUpper[k]![i]!;
        squares += (component[i]! - center[i]!) ** 2;
      }
      value += probabilities[k]! * ((fn.finiteValue ?? fn.value).call(fn, component) + squares / (2 * step));
    }
    return value;
  }

  function valueAtPreimage(x: Float64Array): number {
    const center = differenceOf(x.length);
    meanProx(x, center);
    return valueFrom(x, center);
  }

  /** r(u) for u in the closure of the range, from an x with P⁰(x) ≈ u. */
  function valueNear(u: Float64Array, x: Float64Array): number {
    const center = differenceOf(u.length);
    meanProx(x, center);
    let value = valueFrom(x, center, u);
    // First-order correction for the rounding of P⁰(x) − u: (x − P⁰(x))/γ is a subgradient at P⁰(x).
    const slope = slopeOf(u.length);
    mean('dividedResidual', x, slope);
    for (let i = 0; i < u.length; i++) {
      const difference = u[i]! - center[i]!;
      if (difference !== 0) value += slope[i]! * difference;
    }
    return value;
  }

  /** Distance of u to the closure of the range; leaves the solution of P⁰(x) ≈ u in x. */
  function distance(u: Float64Array, x: Float64Array): number {
    if (separable) {
      const { lower, upper } = domainFor(u.length);
      return distanceToBox(u, lower, upper);
    }
    const left = solve(u, x);
    return left <= Math.max(RANGE_TOLERANCE, 10 * accuracy) * (euclideanNorm(u) + step) ? 0 : left;
  }

  function value(u: Float64Array): number {
    if (functions.length === 1) return functions[0]!.value(u);
    const x = preimageOf(u.length);
    if (constrained && distance(u, x) > 0) return Infinity;
    if (separable || !constrained) solve(u, x);
    return valueNear(u, x);
  }

  function violation(u: Float64Array): number {
    return functions.length === 1 ? functions[0]!.violation!(u) : distance(u, preimageOf(u.length));
  }

  function finiteValue(u: Float64Array): number {
    if (functions.length === 1) return functions[0]!.finiteValue!(u);
    if (separable) {
      const { lower, upper } = domainFor(u.length);
      return value(u.map((entry, i) => Math.max(lower[i]!, Math.min(upper[i]!, entry))));
    }
    const x = preimageOf(u.length);
    solve(u, x);
    return valueAtPreimage(x);
  }

  return {
    separable,
    constrained,
    mean,
    solve,
    valueAtPreimage,
    value,
    violation,
    finiteValue,
  };
}
