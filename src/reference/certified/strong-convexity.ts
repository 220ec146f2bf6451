import { parseFunction } from '../functions/definition/parse.js';
import type { ProximableFunction } from '../functions/definition/proximable-function.js';
import { occurring, type ProblemTerms } from './distinct-coordinates.js';

/** Relative rounding of a sum of moduli, with a margin. */
const rounding = 2 ** -48;

/**
 * μ ≥ 0 with f̄ − (μ/2)‖·‖² convex for f̄ = d + Σθ_k r_k: that of d plus the mean of those of the r_k, each as its parameters say. 0 where f̄ is known to be
 * convex and no more; undefined where d or an r_k is not known to be convex.
 */
export function fixedStrongConvexity(terms: ProblemTerms): number | undefined {
  const components = occurring(terms);
  const { smooth } = terms;
  if (!smooth.convex || components.some(({ function: fn }) => !fn.convex)) return undefined;
  const parts = [
    smooth.strongConvexity ?? 0,
    ...components.map(({ function: fn, probability }) => probability * modulusOf(fn)),
  ].filter((part) => part > 0);
  const total = parts.reduce((sum, part) => sum + part, 0);
  return parts.length > 1 ? total * (1 - rounding) : total;
}

/** A modulus of strong convexity of a convex r, 0 where none is known. */
function modulusOf({ type, parameters }: ProximableFunction): number {
  const least = (name: string) => Math.min(...[parameters[name]].flat().map(Number));
  const inner = () => modulusOf(parseFunction(parameters['inner']));
  switch (type) {
    case 'quadratic':
      return least('curvature');
    case 'squared-l2':
      return least('weight');
    case 'tilted':
    case 'translated':
      return inner();
    case 'regularized':
      return inner() + least('weight');
    case 'scaled':
      return least('factor') * inner();
    default:
      return 0;
  }
}
