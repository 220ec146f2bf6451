import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import type { ConditionalLaw } from '../../src/claims/proofs/lines/conditional-law.js';
import type { Iteration, Line } from '../../src/claims/proofs/lines/iteration.js';
import { lawClaim } from '../../src/claims/proofs/lines/line-claim.js';
import type { Rational } from '../../src/exact/arithmetic/rational.js';

const { of, sum, product, quotient, negative, magnitude } = exact;

type Constant = 'relaxation' | 'markov' | 'jensen' | 'variance';

/**
 * §5.2, the probability of a wrong sign in one coordinate. For G_i ≠ 0 the lines are as printed, with the square root of Jensen's
 * inequality squared away. For G_i = 0 the printed chain divides by 0, and the lines are judged multiplied by |G_i|, which is all that (13)
 * needs of them. The last ≤ is an equality when σ_i² is the variance at x, and is judged as such.
 */
function linesOfCoordinate(law: ConditionalLaw, i: number, c: Readonly<Record<Constant, number>>): Line<Rational>[] {
  const { iterate, iterations, variances, expectation } = law;
  const G = iterate.mapping[i]!;
  const error = ({ stochasticMapping }: Iteration<Rational>): Rational => sum(stochasticMapping[i]!, negative(G));
  const probability = (event: (iteration: Iteration<Rational>) => boolean): Rational =>
    expectation((iteration) => of(event(iteration) ? 1 : 0));
  const wrong = probability(({ mappingSigns, stochasticSigns }) => mappingSigns[i] !== stochasticSigns[i]);
  const far = probability((iteration) => magnitude(error(iteration)).gte(product(of(c.relaxation), magnitude(G))));
  const mean = expectation((iteration) => magnitude(error(iteration)));
  const square = expectation((iteration) => product(error(iteration), error(iteration)));
  const variance = quotient(product(of(c.variance), variances[i]!), iterations);
  const perSize = (value: Rational, power: 1 | 2): Rational =>
    G.n === 0n ? value : quotient(value, power === 1 ? magnitude(G) : product(G, G));
  const timesSize = (value: Rational): Rational => (G.n === 0n ? of(0) : value);
  return [
    {
      name: `P[sgn G_i ≠ sgn Ĝ_i] ≤ P[|Ĝ_i − G_i| ≥ |G_i|], coordinate ${i}`,
      left: wrong,
      relation: '≤',
      right: far,
    },
    {
      name: `P[|Ĝ_i − G_i| ≥ |G_i|] ≤ E|Ĝ_i − G_i|/|G_i|, coordinate ${i}`,
      left: timesSize(far),
      relation: '≤',
      right: perSize(product(of(c.markov), mean), 1),
    },
    {
      name: `(E|Ĝ_i − G_i|)²/G_i² ≤ E(Ĝ_i − G_i)²/G_i², coordinate ${i}`,
      left: perSize(product(mean, mean), 2),
      relation: '≤',
      right: perSize(product(of(c.jensen), square), 2),
    },
    {
      name: `E(Ĝ_i − G_i)²/G_i² ≤ σ_i²/(T G_i²), coordinate ${i}`,
      left: perSize(square, 2),
      relation: '=',
      right: perSize(variance, 2),
    },
  ];
}

export const claim = lawClaim({
  id: 'theorem-2-step-8',
  version: 2,
  source: { section: '5.2', equation: 'probability of a wrong sign' },
  statement:
    'E[1[sgn G_i ≠ sgn Ĝ_i]] = P[sgn G_i ≠ sgn Ĝ_i] ≤ P[|Ĝ_i − G_i| ≥ |G_i|] ≤ E|Ĝ_i − G_i|/|G_i| ≤ √E(Ĝ_i − G_i)²/|G_i| ≤ σ_i/(√T|G_i|)',
  hypotheses: ['assumption-2d'],
  algorithm: 'sign-prox',
  constants: { relaxation: 1, markov: 1, jensen: 1, variance: 1 },
  counterexamples: [
    'G_i = 0: the chain divides by 0 as printed; multiplied by |G_i| it holds, and (13) uses it in that form only.',
  ],
  lines: (law, constants) => law.iterate.mapping.flatMap((_, i) => linesOfCoordinate(law, i, constants)),
  undefinedAt: {
    name: 'G_i = 0',
    reason: 'the chain divides by |G_i| = 0; multiplied by |G_i| it is 0 ≤ 0, which is what (13) needs',
    meets: ({ iterate }) => iterate.mapping.some(({ n }) => n === 0n),
  },
});
