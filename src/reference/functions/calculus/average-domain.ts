import type { ProximableFunction } from '../definition/proximable-function.js';
import { domainInterval } from './domain-interval.js';

/** The domains of separable functions r_k and of their average, coordinate by coordinate, for one length n. */
export interface AverageDomain {
  readonly length: number;
  /** Ends of the domain of each r_k. */
  readonly componentLower: readonly Float64Array[];
  readonly componentUpper: readonly Float64Array[];
  /** Their means with the weights θ: the ends of the closure of the range of Σθ_k prox_{γr_k}. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The domains of separable r_k with weights θ_k > 0, for length n. */
export function averageDomain(
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
