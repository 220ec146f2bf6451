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
