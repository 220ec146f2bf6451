import test from 'ava';
import { parseProblem } from '../../problem/create-problem.js';
import { runAlgorithm } from '../iteration.js';
import { statefulIteration, statefulStep } from './iteration.js';
import { smoothedProblem } from './smoothed-sign-prox.js';

const specification = {
  smooth: { type: 'quadratic', curvature: 1, center: [0.5, -1] },
  functions: [
    { type: 'l1', weight: 0.75 },
    { type: 'total-variation-1d', weight: 0.5 },
    { type: 'box', lower: -1, upper: 0.25 },
  ],
  probabilities: [0.5, 0.25, 0.25],
};

test('the proxes are y + (γ/(γ + μ))(prox with γ + μ − y), for functions of any kind', (t) => {
  const [step, smoothing] = [0.5, 0.25];
  const problem = parseProblem(specification);
  const smoothed = smoothedProblem(problem, smoothing);
  t.is(smoothedProblem(problem, smoothing), smoothed);
  const x = Float64Array.of(1.5, -2);
  const forward = x.map((value, i) => value - step * problem.smooth.gradient(x)[i]!);
  problem.functions.forEach((inner, k) => {
    const wide = inner.prox(forward, step + smoothing);
    const expected = forward.map((y, i) => y + (step / (step + smoothing)) * (wide[i]! - y));
    const found = smoothed.at(step).proximalGradient(k, x);
    for (const [i, value] of expected.entries()) t.true(Math.abs(found[i]! - value) < 2 ** -48);
  });
});

test('a mini-batch may be given by its counts, and a run is that of its steps', (t) => {
  const problem = parseProblem(specification);
  const at = problem.at(0.25);
  const x = Float64Array.of(1.5, -2);
  const own = { smoothing: 0.5 };
  const byIndices = statefulStep('smoothed-sign-prox', own, at, x, undefined, [0, 2, 2]);
  t.deepEqual(statefulStep('smoothed-sign-prox', own, at, x, undefined, { counts: [1, 0, 2] }), byIndices);
  t.deepEqual(byIndices.memory, {});
  const end = runAlgorithm(statefulIteration('smoothed-sign-prox', own), problem, x, {
    ...{ step: 0.25, iterations: 1, miniBatch: 3, seed: '1' },
    indices: (_, indices) => indices.set([0, 2, 2]),
  });
  t.deepEqual(end, byIndices.x);
});

test('a smoothing of 0 is refused', (t) => {
  const problem = parseProblem(specification);
  t.throws(() => smoothedProblem(problem, 0), { message: /moreau-envelope: smoothing is 0; allowed/ });
  const at = problem.at(1);
  t.throws(() => statefulStep('smoothed-sign-prox', { smoothing: 0 }, at, Float64Array.of(0, 0), undefined, [0]), {
    message: /smoothed-sign-prox: smoothing is 0; allowed/,
  });
});
