import type { MappingNorm } from '../../exact/engines/enumeration.js';
import type { FunctionSpecification } from '../../reference/functions/definition/proximable-function.js';
import type { ProblemSpecification } from '../../reference/problem/problem.js';
import type { Theorem } from '../theorems/theorem.js';

/** A left side as the engines in rationals compute it. */
export interface ExactForm {
  readonly algorithm: 'spgm' | 'sign-prox';
  readonly norm: MappingNorm;
}

const algorithms: Readonly<Record<string, ExactForm['algorithm']>> = { spgm: 'spgm', 'sign-prox': 'sign-prox' };
const norms: Readonly<Record<string, MappingNorm>> = {
  'squared-gradient-mapping': 'l2-squared',
  'gradient-mapping-l1': 'l1',
};
/** With linear r_k, P_k(x) = x − γ∇(d + r_k)(x): the proximal algorithms are those of equations (3) to (5), and G is ∇f̄. */
const linearAlgorithms: typeof algorithms = { ...algorithms, sgd: 'spgm', 'sign-sgd': 'sign-prox' };
const linearNorms: typeof norms = { ...norms, 'squared-gradient': 'l2-squared', 'gradient-l1': 'l1' };

/** Linear, or a tilt of nothing. */
const isLinear = (fn: FunctionSpecification): boolean =>
  fn.type === 'linear' ||
  fn.type === 'zero' ||
  (fn.type === 'tilted' && isLinear(fn['inner'] as FunctionSpecification));

/** The exact form of a theorem's left side on a problem, or why it has none. */
export function exactForm(
  { algorithm, term, onlyLast }: Theorem,
  problem: ProblemSpecification,
): ExactForm | { readonly inapplicable: string } {
  const linear = problem.functions.every(isLinear);
  const [byAlgorithm, byTerm] = linear ? [linearAlgorithms, linearNorms] : [algorithms, norms];
  if (typeof algorithm !== 'string') return { inapplicable: `${algorithm.name} has no rational form` };
  if (typeof term !== 'string') return { inapplicable: 'the summand of the theorem has no rational form' };
  if (onlyLast) return { inapplicable: 'the left side is the last iterate alone' };
  const [exact, norm] = [byAlgorithm[algorithm], byTerm[term]];
  if (exact === undefined)
    return { inapplicable: `${algorithm} has no rational form${linear ? '' : ' unless every r_k is linear'}` };
  if (norm === undefined)
    return { inapplicable: `the summand ${term} has no rational form${linear ? '' : ' unless every r_k is linear'}` };
  return { algorithm: exact, norm };
}
