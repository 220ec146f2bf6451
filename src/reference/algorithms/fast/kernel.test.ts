import test from 'ava';
import { parseProblem } from '../../problem/create-problem.js';
import { signProxStep } from '../sign-prox.js';
import { spgmStep } from '../spgm.js';
import { Kernel } from './kernel.js';

const problem = parseProblem({
  smooth: { type: 'cosine', weight: 0.75 },
  functions: [
    { type: 'linear', coefficients: [-0.5, 0.25] },
    { type: 'translated', shift: [1, 1], inner: { type: 'huber', weight: 0.5, threshold: 1 } },
    { type: 'log-cosh', weight: 1, scale: 2 },
  ],
  probabilities: [0.25, 0.25, 0.5],
}).at(0.5);
const start = Float64Array.of(1.5, -0.75);

test('the norms and the steps of the kernel are those of the readable reference', (t) => {
  const kernel = new Kernel(problem, [0, 1, 2], 2);
  const norms = (x: Float64Array) => {
    const mapping = problem.gradientMapping(x);
    return [mapping.reduce((sum, g) => sum + g * g, 0), mapping.reduce((sum, g) => sum + Math.abs(g), 0)];
  };
  kernel.start(start);
  t.deepEqual([kernel.squaredNorm(), kernel.norm1()], norms(start));
  for (const component of [0, 1, 2]) {
    kernel.start(start);
    const squared = kernel.stepSpgm(component);
    const next = spgmStep(problem, start, [component]);
    t.deepEqual(kernel.x, next);
    t.is(squared, norms(next)[0]);
  }
  for (const counts of [
    [4, 0, 0],
    [1, 2, 1],
    [0, 1, 3],
  ]) {
    kernel.start(start);
    kernel.counts.set(counts);
    const total = kernel.stepSignProx(4, 0);
    const next = signProxStep(problem, start, { counts });
    t.deepEqual(kernel.x, next);
    t.is(total, norms(next)[1]);
  }
});

test('an x beyond the doubles is no number, also where every gradient is bounded', (t) => {
  const far = parseProblem({
    smooth: { type: 'huber', weight: 1, threshold: 1 },
    functions: [
      { type: 'linear', coefficients: [1e308] },
      { type: 'huber', weight: 1, threshold: 1 },
    ],
    probabilities: [2 ** -30, 1 - 2 ** -30],
  }).at(1024);
  const kernel = new Kernel(far, [0, 1], 1);
  kernel.start(Float64Array.of(1));
  t.is(kernel.stepSpgm(0), Number.NaN);
});
