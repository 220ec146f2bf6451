import { type RationalProblem, rational, rationalProblem } from '../../src/library/exact.js';
import type { SmoothProblemCase } from '../../src/library/testing.js';
import type { ExactIterate } from './exact-iteration.js';
import type { Iteration } from './iteration.js';

/** The rotation by the angle of cosine ⅗: rational, so that the coupled d has exactly the Lipschitz constant of the separable one. */
const turn = [
  [rational(3n, 5n), rational(4n, 5n)],
  [rational(-4n, 5n), rational(3n, 5n)],
];

/** The problem of a case in rationals. */
export function rationalProblemOf({ problem, x, turned }: SmoothProblemCase): RationalProblem {
  return { ...rationalProblem(problem, x.length), ...(turned === true ? { frame: turn } : {}) };
}

/** Categories that every claim about lines of a proof must reach. */
export const commonCategories = [
  'n > 1',
  'noise',
  'θ not uniform',
  'd not convex',
  'r_γ curved',
  'a kink of ∇r_γ is hit',
] as const;

/** The categories of a case: the hypotheses of the paper allow all of them, and a line may fail for one of them only. */
export function commonCategoriesOf({ problem, x }: SmoothProblemCase, iterate: ExactIterate): string[] {
  const { smooth, functions, probabilities } = problem;
  const isNonconvex =
    smooth.type === 'geman-mcclure' || [smooth.curvature ?? 0].flat().some((curvature) => (curvature as number) < 0);
  const drawable = probabilities.filter((probability) => probability > 0);
  const noise = drawable.length > 1 && functions.length > 1;
  return [
    ...(x.length > 1 ? ['n > 1'] : []),
    ...(noise ? ['noise'] : []),
    ...(noise && drawable.some((probability) => probability !== drawable[0]) ? ['θ not uniform'] : []),
    ...(isNonconvex ? ['d not convex'] : []),
    ...(iterate.curved ? ['r_γ curved'] : []),
    ...(iterate.atKink ? ['a kink of ∇r_γ is hit'] : []),
  ];
}

const namesOfTies: Readonly<Record<SmoothProblemCase['signOfZero'], string>> = {
  zero: 'a tie with sgn(0) = 0',
  positive: 'a tie with sgn(0) = 1',
  negative: 'a tie with sgn(0) = −1',
};

/** Further categories that a claim about lines with signs must reach. */
export const signCategories: readonly string[] = ['a wrong sign', ...Object.values(namesOfTies)];

/** Further categories of a case with signs. */
export function signCategoriesOf(
  { signOfZero }: SmoothProblemCase,
  { stochasticSigns, mappingSigns, stochasticMapping }: Iteration,
): string[] {
  return [
    ...(stochasticMapping.some(({ n }) => n === 0n) ? [namesOfTies[signOfZero]] : []),
    ...(stochasticSigns.some((sign, i) => sign * mappingSigns[i]! < 0) ? ['a wrong sign'] : []),
  ];
}
