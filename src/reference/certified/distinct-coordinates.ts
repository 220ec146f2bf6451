import type { ProximableFunction } from '../functions/definition/proximable-function.js';
import { specificationOf } from '../functions/parameters/function.js';
import type { SmoothFunction } from '../smooth/definition/smooth-function.js';

/** d, r_1 … r_K and θ: the parts of a problem that the certificates need. */
export interface ProblemTerms {
  readonly smooth: SmoothFunction;
  readonly functions: readonly ProximableFunction[];
  readonly probabilities: ArrayLike<number>;
}

/** A component that occurs: θ > 0. */
export interface Component {
  readonly function: ProximableFunction;
  readonly probability: number;
}

/** The components with θ_k > 0, in order. */
export function occurring({ functions, probabilities }: Omit<ProblemTerms, 'smooth'>): readonly Component[] {
  return functions
    .map((fn, k) => ({ function: fn, probability: probabilities[k]! }))
    .filter(({ probability }) => probability > 0);
}

/**
 * Computes `compute(key parts)` once for every distinct coordinate and returns the results by coordinate. Coordinates are
 * alike when their one-dimensional parts have the same specification.
 */
export function byCoordinate<Part, Result>(
  dimension: number,
  partsAt: (index: number) => { readonly key: string; readonly parts: Part },
  compute: (parts: Part) => Result,
): Result[] {
  const known = new Map<string, Result>();
  return Array.from({ length: dimension }, (_, i) => {
    const { key, parts } = partsAt(i);
    if (!known.has(key)) known.set(key, compute(parts));
    return known.get(key) as Result;
  });
}

/** The i-th summands of components that are all separable. */
export function coordinateComponents(components: readonly Component[], index: number): Component[] {
  return components.map(({ function: fn, probability }) => ({ function: fn.coordinate!(index), probability }));
}

/** A string that is the same for components with the same specifications and probabilities. */
export function keyOf(components: readonly Component[]): string {
  return JSON.stringify(components.map(({ function: fn, probability }) => [specificationOf(fn), probability]));
}
