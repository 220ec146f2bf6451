import test from 'ava';
import { one, toDouble } from '../../src/exact/arithmetic/rational.js';
import { conditionalLaw } from './conditional-law.js';

test('the law of one iteration has the step, the mini-batch and the variance of the theorems', (t) => {
  const input = {
    problem: {
      smooth: { type: 'quadratic', curvature: 1, center: 0 },
      functions: [1, -1].map((slope) => ({ type: 'linear', coefficients: [slope] })),
      probabilities: [0.25, 0.75],
    },
    x: Float64Array.of(3),
    root: 2,
    // The law is that of the theorem: neither a mini-batch nor a step is given.
    ...{ indices: [], step: Number.NaN, signOfZero: 'zero' as const },
  };
  for (const [algorithm, step, outcomes] of [
    // γ = 1/(L√T) with B = 1, and γ = 1/(2‖L‖₁√T) with B = T = 4: as many outcomes as counts of the first of two components.
    ['spgm', '1/2', 2],
    ['sign-prox', '1/4', 5],
  ] as const) {
    const law = conditionalLaw(input, algorithm);
    t.is(law.step.toFraction(), step);
    t.is(law.outcomes.length, outcomes);
    t.is(law.expectation(() => one).toFraction(), '1');
    // ∇r_k = ±1 with mean −½: ¼(3/2)² + ¾(1/2)².
    t.deepEqual(law.variances.map(toDouble), [0.75]);
    t.deepEqual([law.root, law.iterations].map(toDouble), [2, 4]);
  }
});
