import test from 'ava';
import { fromDouble, one, type Rational, rational, zero } from '../arithmetic/rational.js';
import { NotRationalError } from '../computation.js';
import { linear, q, quadratic, sequences } from '../exact-instances.test.helper.js';
import type { Specification } from '../functions/parameters.js';
import { atStep, batchWeights, rationalProblem } from '../problem/rational-problem.js';
import { signProxIteration, spgmIteration } from './algorithms.js';
import { enumerateLeft, type MappingNorm, normOfMapping } from './enumeration.js';

test('enumeration with merged paths equals the sum over all sequences of mini-batches', (t) => {
  const problem = rationalProblem(
    {
      smooth: { type: 'huber', weight: 1, threshold: 0.5 },
      functions: [
        { type: 'translated', shift: [0.5, 0.25], inner: { type: 'huber', weight: 1, threshold: 0.25 } },
        { type: 'linear', coefficients: [-0.25, 0.5] },
      ],
      probabilities: [0.25, 0.75],
    },
    2,
  );
  const exact = atStep(problem, q('1/4'));
  const start = [q('1/2'), q('0')];
  const [iterations, miniBatch] = [3, 2];
  for (const [norm, iteration] of [
    ['l2-squared', spgmIteration],
    ['l1', signProxIteration('residual')],
  ] as const) {
    for (const signOfZero of ['zero', 'positive', 'negative', 'random'] as const) {
      let total = zero;
      const walk = (x: readonly Rational[], t: number, probability: Rational): void => {
        total = total.add(probability.mul(normOfMapping(exact, x, norm)));
        if (t === iterations) return;
        for (const draw of sequences(problem.probabilities, miniBatch)) {
          for (const successor of iteration(exact, batchWeights(draw.indices, 2), x, signOfZero)) {
            const share = rational(1n, 2n ** BigInt(successor.halvings));
            walk(successor.x, t + 1, probability.mul(draw.probability).mul(share));
          }
        }
      };
      walk(start, 1, one);
      const left = enumerateLeft({ problem: exact, start, iterations, miniBatch, iteration, norm, signOfZero });
      t.true(rational(left.n, left.d).equals(total.div(rational(BigInt(iterations)))), `${norm}, ${signOfZero}`);
    }
  }
});

test('too large enumerations are refused, not begun', (t) => {
  const refused = (
    functions: Specification[],
    iterations: number,
    miniBatch: number,
    smooth: Specification = quadratic(1),
  ) => {
    const theta = functions.map(() => 1 / functions.length);
    const problem = atStep(rationalProblem({ smooth, functions, probabilities: theta }, 1), fromDouble(0.3));
    const start = [fromDouble(0.7)];
    const shared = {
      problem,
      start,
      iterations,
      miniBatch,
      norm: 'l2-squared' as MappingNorm,
      signOfZero: 'zero' as const,
    };
    return t.throws(() => enumerateLeft({ ...shared, iteration: spgmIteration }), { instanceOf: NotRationalError })!
      .message;
  };
  t.regex(
    refused([linear(1), linear(-1), linear(2), linear(0)], 4, 80),
    /\d+ outcomes of a mini-batch in each of 3 steps$/,
  );
  t.regex(refused([linear(1), linear(-1)], 64, 1), /4 points after 2 of 63 steps, no two paths have met$/);
  const grows = { type: 'geman-mcclure', weight: 1, scale: 1 };
  t.regex(refused([linear(1), linear(-1)], 9, 1, grows), /numerators and denominators grow too long$/);
  // With d = 0 the paths of linear functions meet, but with 33 outcomes per step there are too many points.
  t.regex(refused([linear(1), linear(-1)], 64, 32, { type: 'zero' }), /points after \d+ of 63 steps, 33 outcomes/);
});
