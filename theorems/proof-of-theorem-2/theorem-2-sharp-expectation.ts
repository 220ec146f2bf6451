import { exact } from '../../src/claims/proofs/lines/arithmetic.js';
import type { ConditionalLaw } from '../../src/claims/proofs/lines/conditional-law.js';
import type { Line } from '../../src/claims/proofs/lines/iteration.js';
import { lawClaim } from '../../src/claims/proofs/lines/line-claim.js';
import type { Rational } from '../../src/exact/arithmetic/rational.js';
import { evenBatchDeviation } from '../shared/sharp-bounds.js';

const { of, sum, product, quotient, negative, magnitude } = exact;

type Constant = 'cantelli' | 'factor' | 'bend' | 'even';

/** c₂ − z₂ = 0.260234… of the factor for even B, rounded up: only then does curvature enter. */
const evenCurvature = 0.2603;

/**
 * One coordinate: Cantelli's inequality for the wrong sign, and what it costs f. The last line is squared, because √v is not rational: with
 * h_i = ∇d(x)_i + ∇r(x)_i = (1 + τγ)G_i, E[h_i s_i] ≥ |G_i| − κ√v_i where κ ≤ 1 + (γL_i)²/2, and κ ≤ 3√6/8 + 0.2603γL_i for even B.
 */
function linesOfCoordinate(law: ConditionalLaw, i: number, c: Readonly<Record<Constant, number>>): Line<Rational>[] {
  const { iterate, iterations, variances, coordinateLipschitz, step, expectation } = law;
  const G = iterate.mapping[i]!;
  const v = quotient(variances[i]!, iterations);
  const square = product(G, G);
  const slope = sum(iterate.x.smoothGradient[i]!, iterate.x.regularizerGradient[i]!);
  const sign = expectation(({ stochasticSigns }) => of(stochasticSigns[i]!));
  const total = sum(square, v);
  const margin = total.n === 0n ? of(0) : quotient(sum(square, negative(product(of(c.cantelli), v))), total);
  // The square of max(0, |G_i| − E[h_i s_i]).
  const lost = sum(magnitude(G), negative(product(slope, sign)));
  const positive = lost.s > 0n ? product(lost, lost) : of(0);
  const curved = product(step, coordinateLipschitz[i]!);
  const kappa = sum(of(c.factor), product(of(c.bend), curved, curved));
  const even = iterations.n % 2n === 0n && curved.lte(of(1));
  const evenKappa = sum(of(c.even), product(of(evenCurvature), curved));
  return [
    {
      name: `E[G_i s_i] ≥ |G_i|(G_i² − v)/(G_i² + v), coordinate ${i}`,
      left: product(magnitude(G), margin),
      relation: '≤',
      right: product(G, sign),
    },
    {
      name: `(|G_i| − E[h_i s_i])₊² ≤ (1 + (γL_i)²/2)² v, coordinate ${i}`,
      left: positive,
      relation: '≤',
      right: product(kappa, kappa, v),
    },
    ...(even
      ? [
          {
            name: `(|G_i| − E[h_i s_i])₊² ≤ (3√6/8 + 0.2603γL_i)² v for even B, coordinate ${i}`,
            left: positive,
            relation: '≤' as const,
            right: product(evenKappa, evenKappa, v),
          },
        ]
      : []),
  ];
}

/** The conditional expectation behind Theorem 2♯, with the sharper factor of the noise. */
export const claim = lawClaim({
  id: 'theorem-2-sharp-expectation',
  version: 2,
  source: { section: 'beyond the paper', equation: 'Theorem 2♯, conditional expectation' },
  statement:
    'E[G_i s_i] ≥ |G_i|(G_i² − v_i)/(G_i² + v_i) and E[(1 + τ_iγ)G_i s_i] ≥ |G_i| − (1 + (γL_i)²/2)√v_i, v_i = σ_i²/B, for any sgn(0); for even B with 0.9186 + 0.2603γL_i',
  hypotheses: ['assumption-2b', 'assumption-2c', 'assumption-2d'],
  algorithm: 'sign-prox',
  constants: { cantelli: 1, factor: 1, bend: 1 / 2, even: evenBatchDeviation * (1 + 2 ** -50) },
  lines: (law, constants) => law.iterate.mapping.flatMap((_, i) => linesOfCoordinate(law, i, constants)),
});
