import test from 'ava';
import { fromDouble, type Rational, rational, toDouble } from '../../src/exact/arithmetic/rational.js';
import { signProxIteration } from '../../src/exact/engines/algorithms.js';
import { enumerateLeft } from '../../src/exact/engines/enumeration.js';
import { atStep, rationalProblem } from '../../src/exact/problem/rational-problem.js';
import type { BoundInstance } from '../../src/theory/theorem/theorem.js';
import { theorem2 } from '../theorem-2/theorem-2.js';
import { engineComparison } from './changed-theorems.js';
import { slopes, translated } from './instances.js';
import { chainLeft, drawsOf, sigmaOf } from './sign-chain.js';

const step = 1 / 4;
const start = 3 / 8;
const draws = {
  functions: [...slopes(-2, 1), translated([0.25], { type: 'huber', weight: 1, threshold: 1 })],
  probabilities: [0.25, 0.5, 0.25],
};

/** The left side by enumeration of all mini-batches of the problem with d = ½x². */
function enumerated(miniBatch: number, { functions, probabilities }: typeof draws): number {
  const problem = rationalProblem(
    { smooth: { type: 'quadratic', curvature: 1, center: 0 }, functions, probabilities },
    1,
  );
  const { s, n, d } = enumerateLeft({
    problem: atStep(problem, fromDouble(step)),
    start: [fromDouble(start)],
    iterations: 4,
    miniBatch,
    iteration: signProxIteration('residual'),
    norm: 'l1',
    signOfZero: 'zero',
  });
  return toDouble(rational(s * n, d));
}

test('the chain of declared draws is that of the algorithm on the problem: of this θ and this B, and of no other', (t) => {
  const derivative = (x: Rational): Rational => x;
  const chain = {
    ...drawsOf(draws, fromDouble(step), derivative),
    ...{ start: fromDouble(start), step: fromDouble(step), miniBatch: 4, iterations: 4 },
  };
  const [lower, upper] = chainLeft(chain);
  const inside = (left: number): boolean => lower <= left && left <= upper;
  t.true(upper - lower < 2 ** -40);
  t.true(inside(enumerated(4, draws)), `${enumerated(4, draws)} in [${lower}, ${upper}]`);
  t.false(inside(enumerated(2, draws)));
  t.false(inside(enumerated(4, { ...draws, probabilities: [0.5, 0.25, 0.25] })));
  // Drawn by another law than θ: G stays, the signs do not.
  const [biased] = chainLeft({ ...chain, drawn: [1n, 2n, 3n].map((weight) => rational(weight, 6n)) });
  t.true(Math.abs(biased - lower) > 2 ** -10);
});

test('an error of the derivative puts signs within it in doubt', (t) => {
  const pair = { functions: slopes(-1, 1), probabilities: [0.5, 0.5] };
  const chain = {
    ...drawsOf(pair, fromDouble(step), (x) => x),
    ...{ start: rational(1n), step: fromDouble(step), miniBatch: 1, iterations: 2 },
  };
  const [lower, upper] = chainLeft({ ...chain, tolerance: 2 ** -30 });
  t.true(lower < chainLeft(chain)[0] - 0.1 && upper > chainLeft(chain)[1] + 0.1);
  t.true(Math.abs(sigmaOf(pair, step) - 1) < 2 ** -40);
});

test('what cannot be followed, bounded or compared is refused with the reason', (t) => {
  const [quarter, half] = [rational(1n, 4n), rational(1n, 2n)];
  const many = { probabilities: Array.from({ length: 8 }, () => rational(1n, 8n)), mappings: () => [] };
  const run = { start: half, step: quarter, miniBatch: 64, iterations: 2 };
  t.throws(() => chainLeft({ ...many, ...run }), { message: /^B must be smaller, got 64/ });
  const curved = [1, 2].map((curvature) => ({ type: 'quadratic', curvature, center: 0 }));
  const unlike = { functions: curved, probabilities: [0.5, 0.5] };
  t.throws(() => sigmaOf(unlike, step), { message: /certified variance/ });
  const instance = (smooth: object, functions = slopes(-1, 1)) =>
    ({ name: 'x', start: [0], problem: { smooth, functions, probabilities: [0.5, 0.5] } }) as BoundInstance;
  const parabola = { type: 'quadratic', curvature: 1, center: 0 };
  t.throws(() => engineComparison(theorem2, 'lattice', instance(parabola, curved), 4), { message: /2\(d\)/ });
  t.throws(() => engineComparison(theorem2, 'moments', instance(parabola), 4), { message: /.+/ });
});
