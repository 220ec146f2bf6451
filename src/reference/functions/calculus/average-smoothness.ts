import type { ProximableFunction, SmoothnessConstants } from '../definition/proximable-function.js';

/**
 * Lipschitz constants of the gradient of the proximal average with parameter γ of L_k-smooth functions with weights θ_k:
 * 1 + γL = 1/Σ(θ_k/(1 + γL_k)), solved for L without cancellation. Undefined unless every function is smooth.
 */
export function averageSmoothness(
  functions: readonly ProximableFunction[],
  probabilities: readonly number[],
  step: number,
): SmoothnessConstants | undefined {
  const constants: SmoothnessConstants[] = [];
  for (const fn of functions) {
    if (fn.smooth === undefined || fn.gradient === undefined) return undefined;
    constants.push(fn.smooth);
  }
  const average = (lipschitzOf: (constant: SmoothnessConstants) => number): number => {
    let numerator = 0;
    let denominator = 0;
    constants.forEach((constant, k) => {
      const lipschitz = lipschitzOf(constant);
      numerator += (probabilities[k]! * lipschitz) / (1 + step * lipschitz);
      denominator += probabilities[k]! / (1 + step * lipschitz);
    });
    // An average of positive terms, a few roundings each, that is at most the largest of them.
    const largest = Math.max(...constants.map(lipschitzOf));
    return Math.min(largest, (numerator / denominator) * (1 + (constants.length + 4) * 2 ** -52));
  };
  return {
    lipschitz: average((constant) => constant.lipschitz),
    ...(constants.every((constant) => constant.coordinateLipschitz !== undefined) && {
      coordinateLipschitz: (index: number) => average((constant) => constant.coordinateLipschitz!(index)),
    }),
  };
}
